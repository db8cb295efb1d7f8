"""What the orders page says while it has nothing to show, and the one button that helps."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.i18n import _
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.visibility import set_shown


class NoOrders(QWidget):
    """Nothing is open, or nothing fits the filter: never mistaken for each other."""

    register_requested = Signal()
    reset_requested = Signal()

    def __init__(self, *, may_register: bool) -> None:
        super().__init__()
        self._none = EmptyState(
            _(
                "Nothing is open today. What residents report by phone or at the counter is"
                " registered here and stays until it is done."
            ),
            picture="circle-check",
            action=_("Register an order") if may_register else "",
            pressed=self.register_requested.emit,
        )
        self._no_fit = EmptyState(
            _("No order fits the filter."),
            picture="funnel",
            action=_("Reset filters"),
            pressed=self.reset_requested.emit,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._none)
        column.addWidget(self._no_fit)
        self.show_reason(is_narrowed=False)

    def show_reason(self, *, is_narrowed: bool) -> None:
        """Why there is nothing."""
        set_shown(self._none, shown=not is_narrowed)
        set_shown(self._no_fit, shown=is_narrowed)
