"""The list of orders: as good as the board, of any length, and led by keys alone."""

from array import array
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.order import OrderState
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said
from pmdesk.services.orders import book
from pmdesk.services.orders.book import Line
from pmdesk.services.session import Session
from pmdesk.ui.orders.words import clock_badge, clock_sample, state_badge, urgency_badge, what
from pmdesk.ui.tables.model import MISSING, PILL, Column, PagedModel, digits
from pmdesk.ui.tables.view import TableView
from pmdesk.ui.widgets.pill import Badge

# the columns by which the store can order the whole book
_LONGEST = 21  # digits of a pill in the list; it is elided beyond
_SORTS = {"urgency": "queue", "clock": "due", "number": "newest"}


class OrderList(QWidget):
    """Rows are read page by page as they are looked at."""

    opened = Signal(object)  # Line
    order_chosen = Signal(str)  # queue, due or newest

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.model = PagedModel[Line](_columns(), self._fetch, lambda line: int(line.id))
        self.view = TableView(self.model, sortable=True)
        self.view.opened.connect(self.opened)
        self.model.sort_requested.connect(self._sort)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    @property
    def chosen(self) -> Line | None:
        """The order at the cursor."""
        return self.model.row_at(self.view.currentIndex())

    def show_ids(self, ids: "array[int]") -> None:
        """The list shows these; the cursor stays on its order where that is still here."""
        before = self.chosen
        self.model.set_ids(ids)
        if before is not None:
            self.choose(int(before.id))

    def choose(self, order: int) -> None:
        """The cursor stands on this order, if the list has it."""
        if order in self.model.ids:
            self.view.selectRow(self.model.ids.index(order))

    def go_in(self) -> None:
        """The keyboard acts on the list."""
        self.view.go_in()

    def _sort(self, key: str, _descending: bool) -> None:
        if key in _SORTS:
            self.order_chosen.emit(_SORTS[key])

    def _fetch(self, ids: Sequence[int]) -> Sequence[Line]:
        try:
            return book.lines(self._session, ids)
        except PmdeskError:  # raised while painting; the page explains the same fault
            return ()


def _columns() -> tuple[Column[Line], ...]:
    return (
        Column(key="number", title=_("Order number"), cell=lambda line: line.number, width=14),
        Column(
            key="urgency",
            title=_("Urgency"),
            cell=lambda line: urgency_badge(line.urgency).words,
            badge=lambda line: urgency_badge(line.urgency),
            width=_pill(urgency_badge(one) for one in Urgency),
        ),
        Column(key="where", title=_("Where"), cell=lambda line: line.where or MISSING, width=11),
        Column(key="words", title=_("Subject"), cell=_subject, tip=_subject),
        Column(
            key="state",
            title=_("State"),
            cell=lambda line: state_badge(line.state).words,
            badge=lambda line: state_badge(line.state),
            width=_pill(state_badge(one) for one in OrderState),
        ),
        Column(key="who", title=_("Done by"), cell=lambda line: line.assignee or MISSING, width=8),
        Column(
            key="clock",
            title=_("Left"),
            cell=lambda line: line.clock or MISSING,
            badge=clock_badge,
            width=_pill([Badge(words=clock_sample())]),
        ),
    )


def _pill(badges: Iterable[Badge]) -> int:
    """As wide as the widest of them, within reason."""
    return min(PILL + digits(one.words for one in badges), _LONGEST)


def _subject(line: Line) -> str:
    return f"{said(line.kind)}{_(': ')}{line.words}" if line.words else what(line)
