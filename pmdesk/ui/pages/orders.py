"""Work orders 工单: board, list and week over one filter bar, registering, and one order whole."""

from collections.abc import Callable
from functools import cached_property, partial
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
from pmdesk.i18n import N_, _, told
from pmdesk.services import residents
from pmdesk.services.orders import book
from pmdesk.services.orders.book import Line, Waiting
from pmdesk.services.orders.registering import Registered
from pmdesk.services.session import Session
from pmdesk.ui.building import built
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.orders.acts import OrderActs
from pmdesk.ui.orders.detail import OrderDetail
from pmdesk.ui.orders.foot import Foot
from pmdesk.ui.orders.intake import IntakeCard
from pmdesk.ui.orders.move_panel import MovePanel
from pmdesk.ui.orders.prepared import Prepared
from pmdesk.ui.orders.task import Task
from pmdesk.ui.orders.views import BOARD, LIST, VIEWS, OrderViews
from pmdesk.ui.orders.words import waiting_words
from pmdesk.ui.places import Part
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.visibility import set_shown

W = TypeVar("W", bound=QWidget)
_MINUTE_MS = 60_000  # clocks in words go on that often
_SIDE, _TOP = 28, 18
_NEW = "new"


class OrdersPage(QWidget):
    """Views of all orders; form, prepared step and open order are built when they are needed."""

    resident_requested = Signal(object)  # PersonId

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._session = session
        self._tasks = tasks
        self._handles = session.staff.may(Permission.HANDLE_ORDERS)
        self._prompts = prompts
        self._build()
        self._arrange()
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(_MINUTE_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.reload()

    @staticmethod
    def parts() -> tuple[Part, ...]:
        """What the search finds here: the views, and the form."""
        views = (Part(key=key, title=_(title), words=words) for key, title, words in VIEWS)
        new = N_("new order")
        may = Permission.HANDLE_ORDERS
        return (*views, Part(key=_NEW, title=_("Register an order"), words=new, permission=may))

    def open_part(self, key: str) -> None:
        """That view is in front, or the form is open; of what was typed a draft is kept."""
        if key == _NEW:
            self.start_order()
        else:
            self._leave_all()
            self.show_view(key)

    def reload(self, changes: Changes | None = None) -> None:
        """The view in front and the open order show how things stand."""
        if changes is not None and not changes.kinds & {office.ORDERS, office.RESIDENTS}:
            return
        self.views.ask()
        self._tasks.query(
            partial(_around, self._session),
            owner=self,
            done=self._show_around,
            failed=self.show_trouble,
            newest="around",
        )
        if self.is_whole:
            self.detail.reload(changes)

    def show_query(self, query: OrderQuery) -> None:
        """The list shows these orders, and the filters say so."""
        self._leave_all()
        self.filters.show_query(query)
        self.show_view(LIST)

    def show_order(self, order: OrderId) -> None:
        """This order is shown whole."""
        self.acts.say("")
        self._stand_back("panel", "intake")
        self.detail.show()
        self.detail.show_acts(shown=True)
        self.detail.show_order(order)
        self._show_front()
        self._area.verticalScrollBar().setValue(0)
        self.detail.setFocus()

    def start_order(
        self, person: PersonId | None = None, visit: Service | None = None, draft: str = ""
    ) -> None:
        """The form is open, for this resident where one is known; as a visit of that service."""
        if not self._handles:
            return
        if person is None and self._is_open("intake"):
            self.intake.finder.setFocus()  # what was typed stays
            if draft:
                self.intake.autosave.offer(draft)
            return
        self.close_order()
        self.acts.say("")
        self._stand_back("panel")
        self.intake.start(person, visit, draft)
        self._show_front()

    def start_task(self, line: Line, task: Task) -> None:
        """The step is done at once, or prepared where something has to be said with it."""
        self.acts.start(line, task)

    def show_view(self, view: str) -> None:
        """Board, list or week is in front."""
        self.choice.show_value(view)
        self.views.show_view(view)

    def close_order(self) -> None:
        """The views are back, with the cursor on the order that was open."""
        if self.is_whole:
            self.views.follow(self.detail.detail.order.id if self.detail.detail else None)
            self.detail.leave()
            self._stand_back("detail", "panel")
            self._show_front()
            self.views.front.go_in()
            self.views.ask()

    def show_trouble(self, error: PmdeskError) -> None:
        """What could not be read is said; what was shown before stays."""
        self.trouble.show_sentence(told(error), Tone.PROBLEM)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._is_open("intake"):
            self._leave_intake()
        elif (form := self._form) is not None:
            form.leave()
        else:
            self.close_order()

    # ---- building --------------------------------------------------------------------------

    @cached_property
    def intake(self) -> IntakeCard:
        """The form for a new order."""
        made = self._put_in(partial(IntakeCard, self._session, self._tasks))
        made.registered.connect(self._registered)
        made.order_requested.connect(self.show_order)
        made.urge_requested.connect(self._urge)
        made.left.connect(self._leave_intake)
        return made

    @cached_property
    def panel(self) -> MovePanel:
        """The step that is prepared; it stands above everything else."""
        made = self._put_in(partial(MovePanel, self._session, self._tasks), at=0)
        made.moved.connect(self.acts.moved_on)
        made.noted.connect(lambda words: self.acts.say(words, Tone.GOOD))
        made.left.connect(self._back_to_view)
        return made

    @cached_property
    def detail(self) -> OrderDetail:
        """One order whole."""
        parts = (self._session, self._tasks, self._prompts, self.acts.say)
        made = self._put_in(partial(OrderDetail, *parts), at=-1, stretch=1)
        made.task_requested.connect(self.start_task)
        made.resident_requested.connect(self.resident_requested)
        made.back_requested.connect(self.close_order)
        return made

    def _put_in(self, make: Callable[[], W], at: int | None = None, stretch: int = 0) -> W:
        """Built and hidden: above the views, or at that place of the body."""
        made = built(make)
        made.hide()
        place = self._body.indexOf(self.views) if at is None else at % self._body.count()
        self._body.insertWidget(place, made, stretch)
        return made

    def _build(self) -> None:
        session = self._session
        self.choice = Segmented([(key, _(title)) for key, title, _words in VIEWS])
        self.choice.show_value(BOARD)
        self.register = button(
            _("Register"), self.start_order, look="primary", picture="plus", tip="Ctrl+N"
        )
        set_shown(self.register, self._handles)
        self.header = PageHeader(_("Work orders"), " ", (self.choice, self.register))
        self.trouble = Banner(action=_("Read again"), pressed=self.reload)
        self.acts = OrderActs(session, self._tasks, lambda: self.panel, self)
        self.note = self.acts.note
        self.foot = Foot(self.trouble, self.note)
        self.views = OrderViews(session, self._tasks, may_register=self._handles)
        self.filters, self.bar, self.empty = self.views.filters, self.views.bar, self.views.empty
        self.board, self.list, self.week = self.views.board, self.views.list, self.views.week

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
        body.addWidget(self.views, 1)
        body.addStretch(0)  # takes the room below the form

    def _connect(self) -> None:
        self.choice.chosen.connect(lambda value: self.show_view(str(value)))
        self.views.orders_requested.connect(self.show_query)
        self.views.opened.connect(lambda line: self.show_order(line.id))
        self.views.arrived.connect(lambda: self.trouble.show_sentence(""))
        self.views.failed.connect(self.show_trouble)
        self.empty.register_requested.connect(self.start_order)
        self.acts.moved.connect(self._moved)
        self.acts.prepared.connect(self._prepared)
        build_actions(
            self,
            {
                Command.NEW: self.start_order,
                Command.FILTER: self._focus_filter,
                Command.REFRESH: self.reload,
                Command.PRINT: partial(self._with_chosen, self._print),
                Command.UNDO: self._take_back,
            },
        )
        for keys, act in (("Ctrl+Shift+D", self.acts.assign), ("Alt+Right", self.acts.step)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._with_chosen, act))

    # ---- acting ----------------------------------------------------------------------------

    @property
    def view(self) -> str:
        """Which view is in front."""
        return self.views.view

    @property
    def is_whole(self) -> bool:
        """Whether one order is shown whole."""
        return self._is_open("detail")

    @property
    def chosen(self) -> Line | None:
        """The order at the cursor, or the open one."""
        if self.is_whole:
            return self.detail.detail.line if self.detail.detail else None
        return self.views.chosen

    @property
    def _form(self) -> Prepared | None:
        """What is being prepared for an order."""
        if self._is_open("panel"):
            return self.panel
        return self.detail.amend if self.is_whole and self.detail.amend.isVisible() else None

    def _is_open(self, part: str) -> bool:
        """Whether that part is built and to be seen."""
        found = vars(self).get(part)
        return isinstance(found, QWidget) and not found.isHidden()

    def _stand_back(self, *parts: str) -> None:
        for part in filter(self._is_open, parts):
            vars(self)[part].hide()

    def _print(self, line: Line) -> None:
        self.detail.papers.print(line)

    def _with_chosen(self, act: Callable[[Line], object]) -> None:
        """The act is done to the chosen order, unless something is being entered."""
        if self._is_open("intake"):
            return
        if (line := self.chosen) is not None:
            act(line)
        else:
            self.acts.say(_("No order is chosen: choose one with the arrow keys or the mouse."))

    def _take_back(self) -> None:
        if self._handles and not self._is_open("intake") and self._form is None:
            self.acts.take_back()

    def _prepared(self) -> None:
        if self.is_whole:
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
        self.views.follow(order)
        if not self._is_open("panel"):  # the next step is prepared already
            self._back_to_view()
        self.views.ask()

    def _registered(self, made: Registered, again: bool) -> None:  # a Qt signal's argument
        self.views.follow(made.order)
        words = _("Registered as {number}.").format(number=made.number)
        self.acts.offer(words, _("Open"), partial(self.show_order, made.order))
        if not again:
            self._leave_intake()
        self.views.ask()

    def _leave_intake(self) -> None:
        self.intake.hide()
        self._show_front()
        self._back_to_view()

    def _back_to_view(self) -> None:
        if self.is_whole:
            self.detail.show_acts(shown=True)
            self.detail.setFocus()
        else:
            self.views.front.go_in()

    def _leave_all(self) -> None:
        if self._is_open("intake"):
            self._leave_intake()
        self.close_order()

    def _focus_filter(self) -> None:
        self._leave_all()
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def _tick(self) -> None:
        if self.isVisible():
            self.reload()

    # ---- showing --------------------------------------------------------------------------

    def _show_around(self, found: tuple[Waiting, tuple[str, ...]]) -> None:
        waiting, buildings = found
        self.filters.show_buildings(buildings)
        self.filters.show_counts(waiting)
        self.header.show_subtitle(waiting_words(waiting) or _("Nothing is open"))

    def _show_front(self) -> None:
        """Either the views, or the form, or one order: one thing at a time."""
        whole, form = self.is_whole, self._is_open("intake")
        set_shown(self.header, shown=not whole)
        self._body.setContentsMargins(_SIDE, _TOP if whole else 0, _SIDE, 12)
        set_shown(self.choice, shown=not form)
        set_shown(self.register, shown=self._handles and not form)
        set_shown(self.views, shown=not whole and not form)
        self.foot.show_keys(shown=not whole and not form)


def _around(session: Session) -> tuple[Waiting, tuple[str, ...]]:
    return book.waiting(session), residents.buildings(session)
