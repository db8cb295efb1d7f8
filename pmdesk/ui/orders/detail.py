"""One order whole: where it stands, what can be done now, what is known, and its history."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.order import Deed, Move, OrderId
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said, told
from pmdesk.services.orders import book
from pmdesk.services.orders.book import Detail
from pmdesk.services.orders.reading import Complaint
from pmdesk.services.session import Session
from pmdesk.ui.orders.amend_panel import AMEND, AmendPanel
from pmdesk.ui.orders.facts import FactsCard
from pmdesk.ui.orders.history import HistoryCard
from pmdesk.ui.orders.papers import Say, SheetPapers
from pmdesk.ui.orders.task import Task, picture, task_name
from pmdesk.ui.orders.words import (
    NEXT,
    advice_words,
    clock_badge,
    marks,
    state_badge,
    urgency_badge,
    what,
)
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.columns import Columns
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge, Pill
from pmdesk.ui.widgets.visibility import set_shown

_HALF = 340  # pixels that facts and history want beside each other


class OrderDetail(QWidget):
    """Only legal moves are offered; the sentence below them tells what comes first."""

    task_requested = Signal(object, object)  # Line, Task
    resident_requested = Signal(object)  # PersonId
    back_requested = Signal()

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts, say: Say) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._session = session
        self._tasks = tasks
        self._say = say
        self.papers = SheetPapers(session, tasks, prompts, self, say)
        self.detail: Detail | None = None
        self._order: OrderId | None = None
        self._goes_on = ""  # what is prepared again as soon as the order is shown
        self._offers = True  # what can be done; not while one step is prepared
        self.back = button(
            _("Work orders"), self.back_requested.emit, look="quiet", picture="chevron-left"
        )
        self.header = PageHeader(" ", " ")
        self.pills = QWidget()
        self.pills.setLayout(FlowLayout(8))
        self.acts = QWidget()
        self.acts.setLayout(FlowLayout(10))
        self.advice = label("", "muted", wrap=True)
        self.amend = AmendPanel(session, tasks)
        self.facts = FactsCard(session, tasks)
        self.history = HistoryCard()
        self._arrange()
        self._connect()

    def show_order(self, order: OrderId) -> None:
        """This order is shown; what was opened of another one is closed."""
        if order != self._order:
            self.leave()
        self._order = order
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The order is shown as it stands now."""
        if self._order is None or (changes is not None and office.ORDERS not in changes.kinds):
            return
        self._tasks.query(
            partial(book.detail, self._session, self._order),
            owner=self,
            done=self._show,
            failed=self._failed,
            newest="detail",
        )

    def go_on_with(self, task: str) -> None:
        """What a draft was typed for is prepared again, as soon as the order is shown."""
        self._goes_on = task

    def leave(self) -> None:
        """Nothing is shown, and words that were opened are closed."""
        self._order = self.detail = None
        self._goes_on = ""
        self.header.show_title(" ")
        self.header.show_subtitle(" ")
        _refill(self.pills, [])
        _refill(self.acts, [])
        self.advice.setText("")
        self.facts.forget()
        self.history.show_steps((), {}, None)
        self.amend.hide()

    def show_acts(self, *, shown: bool) -> None:
        """What can be done is offered, or stands back while one step is prepared."""
        self._offers = shown
        set_shown(self.acts, shown=shown)
        set_shown(self.advice, shown=shown)

    # ---- building --------------------------------------------------------------------------

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.header)
        column.addWidget(self.pills)
        column.addWidget(self.acts)
        for part in (self.advice, self.amend):
            column.addWidget(part)
        column.addWidget(Columns((self.facts, self.history), least=_HALF))
        column.addStretch(1)

    def _connect(self) -> None:
        self.facts.resident_requested.connect(self.resident_requested)
        self.facts.complaint_opened.connect(self._show_read)
        self.amend.amended.connect(lambda _order: self._amended())
        self.amend.left.connect(self.setFocus)

    # ---- showing ---------------------------------------------------------------------------

    def _show(self, detail: Detail) -> None:
        if detail.order.id != self._order:  # it was left before the answer came
            return
        self.detail = detail
        line, zone = detail.line, self._session.clock.local().tzinfo
        self.header.show_title("  ".join(filter(None, (detail.where, what(line)))))
        self.header.show_subtitle(line.number)
        self._show_pills(detail)
        self._show_acts(detail)
        self.facts.show_detail(detail)
        opened = self.facts.complaint
        steps = opened.steps if opened else detail.steps
        self.history.show_steps(steps, detail.names, zone)
        task, self._goes_on = self._goes_on, ""
        if task == AMEND:
            self._start_amending()
        elif task:
            self._want(Move(task) if task in set(Move) else Deed(task))

    def _show_read(self, found: Complaint) -> None:
        if self.detail is not None:
            zone = self._session.clock.local().tzinfo
            self.history.show_steps(found.steps, self.detail.names, zone)

    def _show_pills(self, detail: Detail) -> None:
        line = detail.line
        badges = [state_badge(line.state)]
        if line.urgency is not Urgency.NORMAL:
            badges.append(urgency_badge(line.urgency))
        clock = clock_badge(line)
        badges += [clock] if clock else []
        if marks(line):
            badges.append(Badge(words=marks(line), tone=Tone.WARN, icon="bell"))
        _refill(self.pills, [Pill(one) for one in badges])

    def _show_acts(self, detail: Detail) -> None:
        first = NEXT.get(detail.order.state)
        moves = sorted(detail.moves, key=lambda one: one is not first)
        made = [self._act(one, primary=one is first) for one in moves]
        handles = self._session.staff.may(Permission.HANDLE_ORDERS)
        if handles and detail.order.is_open:
            made += [self._act(one) for one in (Deed.URGED, Deed.CALLED_BACK)]
            made.append(button(_("Put right…"), self._start_amending, picture="pencil"))
        if handles and not detail.order.is_complaint and not detail.is_withdrawn:
            made.append(self._sheet_button())
        _refill(self.acts, made)
        set_shown(self.acts, shown=self._offers and bool(made))
        rest = len(Move) > len(detail.moves)
        words = _("For other steps: {advice}").format(advice=_advice(detail))
        if detail.order.is_complaint:
            words += _(" A complaint has no work sheet: register what has to be done as an order.")
        self.advice.setText(words if handles and rest else _see_only(handles=handles))

    def _act(self, task: Task, *, primary: bool = False) -> QWidget:
        name = said(task_name(task))
        return button(
            name,
            lambda: self._want(task),
            look="primary" if primary else "",
            picture=picture(task),
            tip="Alt+→" if primary else "",
        )

    def _sheet_button(self) -> QWidget:
        made = button(_("Work sheet…"), picture="printer", tip="Ctrl+P")
        menu = QMenu(made)
        menu.addAction(_("Print…"), self._print)
        menu.addAction(_("Save as PDF…"), self._save_sheet)
        made.setMenu(menu)
        return made

    # ---- acting ----------------------------------------------------------------------------

    def _want(self, task: Task) -> None:
        if self.detail is not None:
            self.task_requested.emit(self.detail.line, task)

    def _start_amending(self) -> None:
        if self.detail is not None and self.detail.order.is_open:
            self.amend.start(self.detail.order)

    def _amended(self) -> None:
        self.setFocus()
        self._say(_("Saved."), Tone.GOOD)

    def _print(self) -> None:
        if self.detail is not None:
            self.papers.print(self.detail.line)

    def _save_sheet(self) -> None:
        if self.detail is not None:
            self.papers.save(self.detail.line)

    def _failed(self, error: PmdeskError) -> None:
        self._say(told(error), Tone.PROBLEM)


def _refill(holder: QWidget, parts: list[QWidget]) -> None:
    """Exactly these stand in the row; the cursor stays on the one of the same name."""
    row = holder.layout()
    if row is None:
        return
    held = QApplication.focusWidget()
    name = held.accessibleName() if held is not None and holder.isAncestorOf(held) else ""
    before = []
    while (item := row.takeAt(0)) is not None:
        before.append(item.widget())
    for part in parts:
        row.addWidget(part)
        part.show()
        if name and part.accessibleName() == name:
            part.setFocus()
    for widget in filter(None, before):
        widget.hide()
        widget.deleteLater()
    holder.updateGeometry()


def _advice(detail: Detail) -> str:
    if detail.is_withdrawn:
        return _("Its import was withdrawn: register what is still to be done as a new order.")
    return advice_words(detail.order.state)


def _see_only(*, handles: bool) -> str:
    return "" if handles else _("Your role looks at orders; the front desk moves them on.")
