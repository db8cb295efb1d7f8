"""Earlier imports of orders: when, by whom, how many; and the way to withdraw a wrong one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pmdesk.i18n import _, ngettext
from pmdesk.services.order_import.withdrawing import PastImport
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label, rule

SHOWN = 8  # newest first; a wrong import is noticed soon


class EarlierCard(Card):
    """Hidden while there was none."""

    withdraw_requested = Signal(object)  # PastImport

    def __init__(self) -> None:
        super().__init__(_("Earlier imports"))
        self._lines: QWidget | None = None
        self.hide()

    def show_imports(self, found: Sequence[PastImport]) -> None:
        """These, newest first."""
        if self._lines is not None:
            self._lines.hide()
            self._lines.deleteLater()
        self._lines = QWidget()
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setColumnStretch(2, 1)
        for at, one in enumerate(found[:SHOWN]):
            self._add_line(grid, 2 * at, one)
        self.add(self._lines)
        self.setVisible(bool(found))

    def _add_line(self, grid: QGridLayout, at: int, one: PastImport) -> None:
        day = one.found.at.astimezone().date().isoformat()
        orders = ngettext("{count} order", "{count} orders", one.found.orders)
        if at:
            grid.addWidget(rule(), at - 1, 0, 1, 4)
        grid.addWidget(label(day), at, 0)
        grid.addWidget(label(orders.format(count=f"{one.found.orders:,}")), at, 1)
        grid.addWidget(label(one.who, "muted", wrap=True), at, 2)
        if one.found.is_withdrawn:
            grid.addWidget(label(_("withdrawn"), "muted"), at, 3, Qt.AlignmentFlag.AlignRight)
            return
        act = button(
            _("Withdraw…"), partial(self.withdraw_requested.emit, one), picture="rotate-ccw"
        )
        act.setAccessibleDescription(f"{day}, {one.found.orders:,}")
        grid.addWidget(act, at, 3, Qt.AlignmentFlag.AlignRight)
