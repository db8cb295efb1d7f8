"""Instead of the sign-in page: this office cannot be opened, and what to do about it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _
from pmdesk.ui.keys.damage_help import DamageHelp
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.page import scrolled


class DamagedPage(QWidget):
    """Help, and the ways to another folder or back to signing in."""

    check_requested = Signal()
    restore_requested = Signal()
    other_folder_requested = Signal()

    def __init__(self, error: PmdeskError, folder: Path) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.help = DamageHelp(error, folder)
        self.help.check_requested.connect(self.check_requested)
        self.help.restore_requested.connect(self.restore_requested)
        self.other = button(_("Another folder…"), self.other_folder_requested.emit, look="link")
        card = Card(margin=28)
        card.add(self.help)
        row = QHBoxLayout()
        row.addWidget(self.other)
        row.addStretch(1)
        card.body.addLayout(row)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(36, 32, 36, 32)
        column.setSpacing(16)
        column.addWidget(PageHeader(_("This office cannot be opened")))
        column.addWidget(card)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))
