"""The list of orders: as good as the board, of any length, and led by keys alone."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from math import ceil

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.order import OrderState
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said
from pmdesk.services.orders import book
from pmdesk.services.orders.book import Line
from pmdesk.services.session import Session
from pmdesk.ui.orders.filters import is_open
from pmdesk.ui.orders.words import clock_badge, clock_sample, state_badge, urgency_badge, what
from pmdesk.ui.tables.model import MISSING, PILL, Column, PagedModel, digits
from pmdesk.ui.tables.view import TableView
from pmdesk.ui.widgets.pill import Badge

_LONGEST = 18  # digits of a pill in the list; it is elided beyond
_SMALL = 0.9  # of a digit: the letters in pills
# what the store calls the order of a column; of a million closed orders only numbers are sorted
_SORTS = {
    "number": "number",
    "urgency": "queue",
    "where": "where",
    "state": "state",
    "who": "who",
    "clock": "due",
}
_COLUMNS = {order: column for column, order in _SORTS.items()}


class OrderList(QWidget):
    """Rows are read page by page as they are looked at."""

    opened = Signal(object)  # Line
    order_chosen = Signal(str, bool)  # as a query names it; descending

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

    def show_ids(self, ids: "array[int]", query: OrderQuery) -> None:
        """The list shows these; the cursor stays on its order where that is still here.

        Whoever looks further down is not led back when the same are read anew.
        """
        before, bar = self.chosen, self.view.verticalScrollBar()
        same, at = ids == self.model.ids, bar.value()
        self.view.show_sorting(
            _COLUMNS.get(query.order, ""),
            descending=query.descending,
            keys=_SORTS if is_open(query) else ("number",),
        )
        self.model.set_ids(ids)
        if before is not None:
            self.choose(int(before.id))
        if same:
            bar.setValue(at)

    def choose(self, order: int) -> None:
        """The cursor stands on this order, if the list has it."""
        if order in self.model.ids:
            self.view.selectRow(self.model.ids.index(order))

    def go_in(self) -> None:
        """The keyboard acts on the list."""
        self.view.go_in()

    def _sort(self, key: str, descending: bool) -> None:
        if key in _SORTS:
            self.order_chosen.emit(_SORTS[key], descending)

    def _fetch(self, ids: Sequence[int]) -> Sequence[Line]:
        try:
            return book.lines(self._session, ids)
        except PmdeskError:  # raised while painting; the page explains the same fault
            return ()


def _columns() -> tuple[Column[Line], ...]:
    return (
        Column(
            key="number",
            title=_("Order number"),
            cell=lambda line: line.number,
            width=13,
            spare=True,
        ),
        _pills(
            "urgency",
            _("Urgency"),
            lambda line: urgency_badge(line.urgency),
            map(urgency_badge, Urgency),
        ),
        Column(key="where", title=_("Where"), cell=lambda line: line.where or MISSING, width=11),
        Column(key="words", title=_("Subject"), cell=_subject, tip=_subject),
        _pills(
            "state", _("State"), lambda line: state_badge(line.state), map(state_badge, OrderState)
        ),
        Column(
            key="who",
            title=_("Done by"),
            cell=lambda line: line.assignee or MISSING,
            width=9,
            spare=True,
        ),
        Column(
            key="clock",
            title=_("Left"),
            cell=lambda line: line.clock or MISSING,
            badge=clock_badge,
            width=_pill([Badge(words=clock_sample())]),
        ),
    )


def _pills(
    key: str, title: str, badge: Callable[[Line], Badge], every: Iterable[Badge]
) -> Column[Line]:
    """A column of pills that is as wide as the widest of `every`."""
    return Column(
        key=key,
        title=title,
        cell=lambda line: badge(line).words,
        badge=badge,
        width=_pill(every),
    )


def _pill(badges: Iterable[Badge]) -> int:
    """As wide as the widest of them, within reason."""
    return min(PILL + ceil(_SMALL * digits(one.words for one in badges)), _LONGEST)


def _subject(line: Line) -> str:
    return f"{said(line.kind)}{_(': ')}{line.words}" if line.words else what(line)
