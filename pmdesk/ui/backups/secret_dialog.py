"""What opens a backup is typed here: its passphrase, or the recovery key."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.i18n import _
from pmdesk.ui import theme
from pmdesk.ui.forms.passphrase import PassphraseLine
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label

_WIDTH = 520


class SecretDialog(QDialog):
    """Emits what was typed and closes; opened again with a sentence, the file stays chosen.

    `follows` says what comes next.
    """

    typed = Signal(str)

    def __init__(
        self, name: str, follows: str, parent: QWidget | None = None, *, problem: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Open a backup"))
        self.setModal(True)
        self.setMinimumWidth(theme.length(_WIDTH))
        self.line = PassphraseLine(_("Backup passphrase or recovery key"))
        self.line.entered.connect(self._go)
        self.go = button(_("Go on"), self._go, look="primary")
        self.go.setEnabled(False)
        self.line.changed.connect(lambda: self.go.setEnabled(bool(self.line.text)))
        head = label(_("Backup passphrase or recovery key"), "label")
        head.setBuddy(self.line)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Cancel"), self.reject))
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(label(_("Open a backup"), "title"))
        column.addWidget(label(name, "muted", wrap=True))
        column.addWidget(label(follows, wrap=True))
        column.addWidget(head)
        column.addWidget(self.line)
        column.addWidget(Banner(problem, Tone.PROBLEM))
        column.addLayout(row)
        self.line.setFocus()

    def _go(self) -> None:
        if self.line.text:
            self.accept()
            self.typed.emit(self.line.text)
