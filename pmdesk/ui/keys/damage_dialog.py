"""In the open window: the data file turned out to be damaged, so pmdesk locks after this."""

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _
from pmdesk.ui import theme
from pmdesk.ui.keys.damage_help import DamageHelp
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.stack import fit_to_screen

_WIDTH, _HEIGHT = 620, 520


class DamageDialog(QDialog):
    """However it is closed, `finished` follows: nobody goes on working on damaged data."""

    def __init__(self, error: PmdeskError, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("The office is damaged"))
        self.setModal(True)
        fit_to_screen(self, QSize(theme.length(_WIDTH), theme.length(_HEIGHT)))
        self.help = DamageHelp(error, folder)
        self.help.restore.hide()  # at the sign-in window, where nobody has the office open
        self.help.check.hide()
        self.lock = button(_("Lock now"), self.accept, look="primary", picture="lock")
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.help)
        inner.addWidget(label(_where(), "muted", wrap=True))
        inner.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.lock)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(_("The office is damaged"), "title"))
        column.addWidget(scrolled(inner), 1)
        column.addLayout(row)
        self.lock.setFocus()


def _where() -> str:
    return _("“Restore from a backup…” is at the sign-in window, which comes next.")
