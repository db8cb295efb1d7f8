"""Work orders 工单: board, list and week over one filter bar, registering, and one order whole."""

from array import array
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import OrderId
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import residents
from pmdesk.services.orders import board, book
from pmdesk.services.orders.board import Lane, Week
from pmdesk.services.orders.book import Line, Waiting
from pmdesk.services.orders.registering import Registered
from pmdesk.services.session import Session
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.orders.acts import OrderActs
from pmdesk.ui.orders.detail import OrderDetail
from pmdesk.ui.orders.empty import NoOrders
from pmdesk.ui.orders.filters import FilterBar
from pmdesk.ui.orders.foot import Foot
from pmdesk.ui.orders.intake import IntakeCard
from pmdesk.ui.orders.lanes import Board, Lanes, WeekView
from pmdesk.ui.orders.move_panel import MovePanel
from pmdesk.ui.orders.order_list import OrderList
from pmdesk.ui.orders.prepared import Prepared
from pmdesk.ui.orders.task import Task
from pmdesk.ui.orders.week_bar import WeekBar
from pmdesk.ui.orders.words import waiting_words
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.visibility import set_shown

T = TypeVar("T")
_MINUTE_MS = 60_000  # clocks in words go on that often
_SIDE, _TOP = 28, 18
_BOARD, _LIST, _WEEK = "board", "list", "week"


class OrdersPage(QWidget):
    """The board is a view; the list is its equal, and every key does the same in both."""

    resident_requested = Signal(object)  # PersonId

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._session = session
        self._tasks = tasks
        self._handles = session.staff.may(Permission.HANDLE_ORDERS)
        self._follow: OrderId | None = None  # where the cursor goes once it is shown
        self._known = False  # whether any answer has come yet
        self.view = _BOARD
        self._build(prompts)
        self._arrange()
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(_MINUTE_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The view in front and the open order show how things stand."""
        if changes is not None and not changes.kinds & {office.ORDERS, office.RESIDENTS}:
            return
        self._ask()
        self._tasks.query(
            partial(_around, self._session),
            owner=self,
            done=self._show_around,
            failed=self.show_trouble,
            newest="around",
        )
        if not self.detail.isHidden():
            self.detail.reload(changes)

    def show_query(self, query: OrderQuery) -> None:
        """The list shows these orders, and the filters say so."""
        self.close_order()
        self.filters.show_query(query)
        self.show_view(_LIST)

    def show_order(self, order: OrderId) -> None:
        """This order is shown whole."""
        self.acts.say("")
        self.panel.hide()
        self.intake.hide()
        self.detail.show()
        self.detail.show_acts(shown=True)
        self.detail.show_order(order)
        self._show_front()
        self._area.verticalScrollBar().setValue(0)
        self.detail.setFocus()

    def start_order(self, person: PersonId | None = None, visit: Service | None = None) -> None:
        """The form is open, for this resident where one is known; as a visit of that service."""
        if not self._handles:
            return
        if person is None and not self.intake.isHidden():
            self.intake.finder.setFocus()  # what was typed stays
            return
        self.close_order()
        self.acts.say("")
        self.panel.hide()
        self.intake.start(person, visit)
        self._show_front()

    def start_task(self, line: Line, task: Task) -> None:
        """The step is done at once, or prepared where something has to be said with it."""
        self.acts.start(line, task)

    def show_view(self, view: str) -> None:
        """Board, list or week is in front."""
        self.view = view
        self.choice.show_value(view)
        self.filters.show_states(shown=view == _LIST)
        self._show_parts()
        self._ask()

    def close_order(self) -> None:
        """The views are back, with the cursor on the order that was open."""
        if not self.detail.isHidden():
            self._follow = self.detail.detail.order.id if self.detail.detail else None
            self.detail.leave()
            self.detail.hide()
            self.panel.hide()
            self._show_front()
            self._front().go_in()
            self._ask()

    def show_trouble(self, error: PmdeskError) -> None:
        """What could not be read is said; what was shown before stays."""
        self.trouble.show_sentence(told(error), Tone.PROBLEM)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.intake.isHidden():
            self._leave_intake()
        elif (form := self._form) is not None:
            form.leave()
        else:
            self.close_order()

    # ---- building --------------------------------------------------------------------------

    def _build(self, prompts: Prompts) -> None:
        session, tasks = self._session, self._tasks
        self.choice = Segmented(((_BOARD, _("Board")), (_LIST, _("List")), (_WEEK, _("Calendar"))))
        self.choice.show_value(self.view)
        self.register = button(
            _("Register"), self.start_order, look="primary", picture="plus", tip="Ctrl+N"
        )
        set_shown(self.register, self._handles)
        self.header = PageHeader(_("Work orders"), " ", (self.choice, self.register))
        self.trouble = Banner(action=_("Read again"), pressed=self.reload)
        self.panel = MovePanel(session, tasks)
        self.acts = OrderActs(session, tasks, self.panel)
        self.note = self.acts.note
        self.foot = Foot(self.trouble, self.note)
        self.intake = IntakeCard(session, tasks)
        self.filters = FilterBar(session)
        self.filters.show_states(shown=False)
        self.board, self.week = Board(), WeekView()
        self.list = OrderList(session)
        self.list_card = Card(margin=8)
        self.list_card.add(self.list, 1)
        self.bar = WeekBar(session.clock)
        self.empty = NoOrders(may_register=self._handles)
        self.detail = OrderDetail(session, tasks, prompts, self.acts.say)

    def _arrange(self) -> None:
        self.header.setContentsMargins(28, 22, 28, 0)
        body = self._body = QVBoxLayout()
        body.setContentsMargins(_SIDE, 0, _SIDE, 12)
        body.setSpacing(14)
        self._area = scrolled(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.header)
        column.addWidget(self._area, 1)
        column.addWidget(self.foot)
        self._views = QWidget()
        body.addWidget(self._views, 1)
        views = QVBoxLayout(self._views)
        views.setContentsMargins(0, 0, 0, 0)
        views.setSpacing(14)
        views.addWidget(self.filters)
        views.addWidget(self.bar)
        for part in (self.board, self.list_card, self.week, self.empty):
            views.addWidget(part, 1)
        for above in (self.intake, self.panel):
            body.insertWidget(0, above)
        body.addWidget(self.detail, 1)
        body.addStretch(0)  # takes the room below the form
        for hidden in (self.intake, self.detail):
            hidden.hide()
        self._show_parts()

    def _connect(self) -> None:
        self.choice.chosen.connect(lambda value: self.show_view(str(value)))
        self.filters.changed.connect(self._ask)
        self.bar.changed.connect(self._ask)
        self.bar.orders_requested.connect(self.show_query)
        self.list.order_chosen.connect(self.filters.sort)
        for view in (self.board, self.week, self.list):
            view.opened.connect(lambda line: self.show_order(line.id))
        self.empty.register_requested.connect(self.start_order)
        self.empty.reset_requested.connect(self.filters.reset)
        self.intake.registered.connect(self._registered)
        self.intake.order_requested.connect(self.show_order)
        self.intake.urge_requested.connect(self._urge)
        self.intake.left.connect(self._leave_intake)
        self.acts.moved.connect(self._moved)
        self.acts.prepared.connect(self._prepared)
        self.panel.left.connect(self._back_to_view)
        self.detail.task_requested.connect(self.start_task)
        self.detail.resident_requested.connect(self.resident_requested)
        self.detail.back_requested.connect(self.close_order)
        build_actions(
            self,
            {
                Command.NEW: self.start_order,
                Command.FILTER: self._focus_filter,
                Command.REFRESH: self.reload,
                Command.PRINT: partial(self._with_chosen, self.detail.papers.print),
                Command.UNDO: self._take_back,
            },
        )
        for keys, act in (("Ctrl+Shift+D", self.acts.assign), ("Alt+Right", self.acts.step)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._with_chosen, act))

    # ---- acting ----------------------------------------------------------------------------

    @property
    def chosen(self) -> Line | None:
        """The order at the cursor, or the open one."""
        if not self.detail.isHidden():
            return self.detail.detail.line if self.detail.detail else None
        return self._front().chosen

    def _front(self) -> "Lanes | OrderList":
        lanes: dict[str, Lanes] = {_BOARD: self.board, _WEEK: self.week}
        return lanes.get(self.view, self.list)

    @property
    def _form(self) -> Prepared | None:
        """What is being prepared for an order."""
        forms: tuple[Prepared, ...] = (self.panel, self.detail.amend)
        return next((one for one in forms if one.isVisible()), None)

    def _with_chosen(self, act: Callable[[Line], object]) -> None:
        """The act is done to the chosen order, unless something is being entered."""
        if not self.intake.isHidden():
            return
        if (line := self.chosen) is not None:
            act(line)
        else:
            self.acts.say(_("No order is chosen: choose one with the arrow keys or the mouse."))

    def _take_back(self) -> None:
        if self._handles and self.intake.isHidden() and self._form is None:
            self.acts.take_back()

    def _prepared(self) -> None:
        self.detail.show_acts(shown=False)
        self._area.verticalScrollBar().setValue(0)  # where it stands

    def _urge(self, order: OrderId) -> None:
        self.acts.urge(order, partial(self._urged, order))

    def _urged(self, order: OrderId) -> None:
        self.intake.clear()
        self.intake.autosave.discard()
        self._leave_intake()
        self._moved(order)

    def _moved(self, order: OrderId) -> None:
        self._follow = order
        self._back_to_view()
        self._ask()

    def _registered(self, made: Registered, again: bool) -> None:  # a Qt signal's argument
        self._follow = made.order
        words = _("Registered as {number}.").format(number=made.number)
        self.acts.say(words, Tone.GOOD)
        if not again:
            self._leave_intake()
        self._ask()

    def _leave_intake(self) -> None:
        self.intake.hide()
        self._show_front()
        self._back_to_view()

    def _back_to_view(self) -> None:
        self.detail.show_acts(shown=True)
        if self.detail.isHidden():
            self._front().go_in()
        else:
            self.detail.setFocus()

    def _focus_filter(self) -> None:
        if not self.intake.isHidden():
            self._leave_intake()
        self.close_order()
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def _tick(self) -> None:
        if self.isVisible():
            self.reload()

    # ---- asking and showing ----------------------------------------------------------------

    def _ask(self) -> None:
        query = self.filters.query
        if self.view == _BOARD:
            self._query(partial(board.board, self._session, query), self._show_board)
        elif self.view == _WEEK:
            monday = self.bar.monday
            self._query(partial(board.week, self._session, query, monday), self._show_week)
        else:
            self._query(partial(book.found, self._session, query), self._show_list)

    def _query(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._tasks.query(work, owner=self, done=done, failed=self.show_trouble, newest="view")

    def _show_around(self, found: tuple[Waiting, tuple[str, ...]]) -> None:
        waiting, buildings = found
        self.filters.show_buildings(buildings)
        self.filters.show_counts(waiting)
        self.header.show_subtitle(waiting_words(waiting) or _("Nothing is open"))

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
        self._known = True
        self.trouble.show_sentence("")
        self.empty.show_reason(is_narrowed=self.filters.is_narrowed)
        self._show_parts(is_empty=is_empty)
        if self._follow is not None:
            self._front().choose(int(self._follow))
            self._follow = None

    def _show_front(self) -> None:
        """Either the views, or the form, or one order: one thing at a time."""
        whole, form = not self.detail.isHidden(), not self.intake.isHidden()
        set_shown(self.header, shown=not whole)
        self._body.setContentsMargins(_SIDE, _TOP if whole else 0, _SIDE, 12)
        set_shown(self.choice, shown=not form)
        set_shown(self.register, shown=self._handles and not form)
        set_shown(self._views, shown=not whole and not form)
        self.foot.show_keys(shown=not whole and not form)

    def _show_parts(self, *, is_empty: bool = False) -> None:
        fronts = {_BOARD: self.board, _LIST: self.list_card, _WEEK: self.week}
        for name, part in fronts.items():
            set_shown(part, shown=name == self.view and not is_empty)
        set_shown(self.bar, shown=self.view == _WEEK and not is_empty)
        set_shown(self.empty, shown=is_empty)


def _around(session: Session) -> tuple[Waiting, tuple[str, ...]]:
    return book.waiting(session), residents.buildings(session)
