"""Items agreed to one by one: where they stand on the sheet, never openly which they are."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.consents import ConsentItem
from pmdesk.i18n import Words, _, said
from pmdesk.ui.resident.sealed import SECONDS
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class ItemLine(QWidget):
    """One item: its place, receipt and day, and what it is for as long as it was opened."""

    open_requested = Signal(int)  # its place
    withdrawal_requested = Signal(int)

    def __init__(self, item: ConsentItem, *, may_open: bool, may_withdraw: bool) -> None:
        super().__init__()
        self.item = item
        words = _("Item {number} · receipt {receipt} · {date}").format(
            number=item.slot, receipt=item.receipt, date=item.given_on.isoformat()
        )
        self.clear_text = label("", wrap=True, select=True)
        self.open = button(
            _("Open…"), lambda: self.open_requested.emit(item.slot), look="link", picture="eye"
        )
        self.withdraw = button(
            _("Withdraw"), lambda: self.withdrawal_requested.emit(item.slot), look="link"
        )
        for made in (self.open, self.withdraw):
            made.setAccessibleName(f"{words}: {made.text()}")
        set_shown(self.open, may_open)
        set_shown(self.withdraw, may_withdraw)
        line = QWidget()
        row = FlowLayout(12)
        for widget in (label(words), self.open, self.withdraw):
            row.addWidget(widget)
        line.setLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(line)
        column.addWidget(self.clear_text)
        self.clear_text.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide_clear)

    def show_clear(self, name: Words) -> None:
        """Which item it is, is on the screen for a minute, until `hide_clear` at the latest."""
        self.clear_text.setText(said(name))
        self.clear_text.show()
        self._timer.start(SECONDS * 1000)

    def hide_clear(self) -> None:
        """Which item it is, is not on the screen any more."""
        self.clear_text.setText("")
        self.clear_text.hide()
