"""Board, list and week of the orders under one filter bar; one of them is in front."""

from array import array
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.orders.order import OrderId
from pmdesk.i18n import N_
from pmdesk.services.orders import board, book
from pmdesk.services.orders.board import Lane, Week
from pmdesk.services.orders.book import Line
from pmdesk.services.session import Session
from pmdesk.ui.orders.empty import NoOrders
from pmdesk.ui.orders.filters import FilterBar
from pmdesk.ui.orders.lanes import Board, Lanes, WeekView
from pmdesk.ui.orders.order_list import OrderList
from pmdesk.ui.orders.week_bar import WeekBar
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.visibility import set_shown

T = TypeVar("T")
BOARD, LIST, WEEK = "board", "list", "week"
VIEWS = (  # title, and what else people call it
    (BOARD, N_("Board"), N_("board of orders")),
    (LIST, N_("List"), N_("list of orders")),
    (WEEK, N_("Calendar"), N_("week, appointments")),
)


class OrderViews(QWidget):
    """The list is the equal of the board, and every key does the same in both."""

    opened = Signal(object)  # Line
    orders_requested = Signal(object)  # OrderQuery
    arrived = Signal()
    failed = Signal(object)  # PmdeskError

    def __init__(self, session: Session, tasks: Tasks, *, may_register: bool) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._follow: OrderId | None = None  # where the cursor goes once it is shown
        self.view = BOARD
        self.filters = FilterBar(session)
        self.filters.show_states(shown=False)
        self.bar = WeekBar(session.clock)
        self.board, self.week = Board(), WeekView()
        self.list = OrderList(session)
        self.list_card = Card(margin=8)
        self.list_card.add(self.list, 1)
        self.empty = NoOrders(may_register=may_register)
        self._arrange()
        self._connect()

    @property
    def front(self) -> Lanes | OrderList:
        """The view that is in front."""
        lanes: dict[str, Lanes] = {BOARD: self.board, WEEK: self.week}
        return lanes.get(self.view, self.list)

    @property
    def chosen(self) -> Line | None:
        """The order at the cursor of the view in front."""
        return self.front.chosen

    def show_view(self, view: str) -> None:
        """Board, list or week is in front."""
        self.view = view
        self.filters.show_states(shown=view == LIST)
        self._show_parts()
        self.ask()

    def follow(self, order: OrderId | None) -> None:
        """The cursor goes to this order once the next answer is shown."""
        self._follow = order

    def ask(self) -> None:
        """The view in front shows how things stand, once the answer has come."""
        query = self.filters.query
        if self.view == BOARD:
            self._query(partial(board.board, self._session, query), self._show_board)
        elif self.view == WEEK:
            monday = self.bar.monday
            self._query(partial(board.week, self._session, query, monday), self._show_week)
        else:
            self._query(partial(book.found, self._session, query), self._show_list)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.filters)
        column.addWidget(self.bar)
        for part in (self.board, self.list_card, self.week, self.empty):
            column.addWidget(part, 1)
        self._show_parts()

    def _connect(self) -> None:
        self.filters.changed.connect(self.ask)
        self.bar.changed.connect(self.ask)
        self.bar.orders_requested.connect(self.orders_requested)
        self.list.order_chosen.connect(self.filters.sort)
        for view in (self.board, self.week, self.list):
            view.opened.connect(self.opened)
        self.empty.reset_requested.connect(self.filters.reset)

    def _query(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._tasks.query(work, owner=self, done=done, failed=self.failed.emit, newest="view")

    def _show_board(self, lanes: tuple[Lane, ...]) -> None:
        self.board.show_board(lanes)
        self._arrived(is_empty=not any(lane.count for lane in lanes))

    def _show_week(self, week: Week) -> None:
        today = (self._session.clock.today() - week.monday) // timedelta(days=1)
        self.week.show_week(week, today)
        self.bar.show_week(week)
        self._arrived(is_empty=not any((week.before, week.after, *week.days)))

    def _show_list(self, ids: "array[int]") -> None:
        self.list.show_ids(ids, self.filters.query)
        self._arrived(is_empty=not ids)

    def _arrived(self, *, is_empty: bool) -> None:
        self.arrived.emit()
        self.empty.show_reason(is_narrowed=self.filters.is_narrowed)
        self._show_parts(is_empty=is_empty)
        if self._follow is not None:
            self.front.choose(int(self._follow))
            self._follow = None

    def _show_parts(self, *, is_empty: bool = False) -> None:
        fronts = {BOARD: self.board, LIST: self.list_card, WEEK: self.week}
        for name, part in fronts.items():
            set_shown(part, shown=name == self.view and not is_empty)
        set_shown(self.bar, shown=self.view == WEEK and not is_empty)
        set_shown(self.empty, shown=is_empty)
