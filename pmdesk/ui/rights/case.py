"""One case: fixed steps, the next one to take, its papers, and the timeline below."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.requests import Request, RequestId, Todo
from pmdesk.domain.rights import RIGHTS, RightCode
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, said
from pmdesk.services.case_words import PAPERS, Paper
from pmdesk.services.paper.letter_text import CHANNELS, REQUESTERS
from pmdesk.services.rights import request_acts, request_book, request_choices, requests
from pmdesk.services.rights.request_acts import Acted, Order
from pmdesk.services.rights.request_book import CaseView
from pmdesk.services.rights.request_choices import Choices
from pmdesk.services.rights.request_papers import offered
from pmdesk.services.rights.request_steps import may_handle
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.rights.archived import ask_archived
from pmdesk.ui.rights.papers import CasePapers
from pmdesk.ui.rights.step_card import ExtensionCard, RefusalCard, StepCard
from pmdesk.ui.rights.timeline import timeline
from pmdesk.ui.rights.words import TODOS, days_badge
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Pill
from pmdesk.ui.widgets.steps import StepBar
from pmdesk.ui.widgets.visibility import set_shown

_FILES = frozenset({Paper.DOSSIER, Paper.PACKAGE, Paper.CORRECTION})


class CaseCard(QWidget):
    """Reads its case anew after each step; nothing is typed here that could be lost."""

    back_requested = Signal()
    resident_requested = Signal(object)  # PersonId

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._papers = CasePapers(session, tasks, prompts)
        self.view: CaseView | None = None
        self.step: StepCard | None = None
        self._request: RequestId | None = None
        self.note = Banner()
        self._content = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        back = button(
            _("All requests"), self.back_requested.emit, look="quiet", picture="chevron-left"
        )
        self._column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self.receipt = self._receipt()
        in_note = self.note.layout()
        if in_note is not None:
            in_note.addWidget(self.receipt)
        self._column.addWidget(self.note)
        self._column.addWidget(self._content)
        self._column.addStretch(1)

    def show_case(self, request: RequestId, note: str = "", *, fresh: bool = False) -> None:
        """This case is shown; a fresh one has its receipt beside the note."""
        self._request = request
        self._say(note)
        set_shown(self.receipt, fresh)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The case as it stands now."""
        if self._request is None or (changes and office.REQUESTS not in changes.kinds):
            return
        self._tasks.query(
            partial(_read, self._session, self._request),
            owner=self,
            done=lambda found: self._show(*found),
            newest="case",
        )

    def _say(self, note: str) -> None:
        set_shown(self.receipt, False)
        self.note.show_sentence(note, Tone.GOOD)

    def _receipt(self) -> QWidget:
        """The paper that a new case asks for, where the eye is."""
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = f"{_(PAPERS[Paper.RECEIPT])}…"
        row.addWidget(button(words, partial(self._save, Paper.RECEIPT), picture="file-text"))
        show = partial(self._print, Paper.RECEIPT)
        row.addWidget(button(_("Print…"), show, picture="printer", tip=_("Print preview")))
        set_shown(made, False)
        return made

    # ---- showing ---------------------------------------------------------------------------

    def _show(self, view: CaseView, choices: Choices) -> None:
        self.view = view
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self._head(view))
        request = view.case.request
        self.step = None
        if request.is_open:
            self.step = StepCard(self._session, self._tasks, view, choices)
            self._connect(self.step, request)
            column.addWidget(self.step)
        self._extra = QVBoxLayout()
        column.addLayout(self._extra)
        column.addWidget(self._papers_card(request))
        column.addWidget(timeline(view))
        self._column.replaceWidget(self._content, content)
        self._content.hide()
        self._content.deleteLater()
        self._content = content

    def _head(self, view: CaseView) -> Card:
        request = view.case.request
        card = Card()
        top = QHBoxLayout()
        top.setSpacing(12)
        title = f"{request.number}　{said(request.right.title)}"
        top.addWidget(label(title, "heading", select=True, wrap=True), 1)
        top.addWidget(Pill(days_badge(view.row)))
        if view.is_held and request.person is not None:
            top.addWidget(button(_("Open the resident"), self._open_resident))
        card.body.addLayout(top)
        card.add(label(_facts(view), wrap=True))
        if request.words and self._reads_words(request):
            card.add(label(_("Asked for: {words}").format(words=request.words), wrap=True))
        card.add(label(said(request.right.article), "muted", wrap=True))
        if view.unknown_years and request.is_open:
            card.add(label(_weekends_only(view.unknown_years), "warning", wrap=True))
        bar = StepBar([_(TODOS[one]) for one in _steps(request)])
        bar.show_step(_at(request))
        card.add(bar)
        return card

    def _reads_words(self, request: Request) -> bool:
        staff = self._session.staff
        return staff.may(Permission.HANDLE_REQUESTS) or request.received_by == staff.uid

    def _papers_card(self, request: Request) -> Card:
        card = Card(_("Papers and other steps"))
        row = QWidget()
        flow = FlowLayout(10)
        for paper in offered(request):
            if paper not in _FILES:
                flow.addWidget(self._paper(paper))
        for made in self._ways_out(request):
            flow.addWidget(made)
        row.setLayout(flow)
        card.add(row)
        if request.is_open and not _refusable(request):
            card.add(label(_("This right cannot be refused."), "muted"))
        return card

    def _save(self, paper: Paper) -> None:
        if self.view is not None:
            request = self.view.case.request
            self._papers.save(request.id, request.number, paper, self, self._saved)

    def _print(self, paper: Paper) -> None:
        self._papers.print(self.view_id, paper, self, lambda _title: self.reload())

    def _paper(self, paper: Paper) -> QWidget:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        words = _(PAPERS[paper])
        row.addWidget(button(f"{words}…", partial(self._save, paper), picture="file-text"))
        show = partial(self._print, paper)
        tip = _("Print preview")
        printer = button(_("Print…"), show, look="quiet", picture="printer", tip=tip)
        printer.setAccessibleName(_("Print preview: {paper}").format(paper=words))
        row.addWidget(printer)
        return pair

    def _ways_out(self, request: Request) -> tuple[QWidget, ...]:
        """What may happen beside the next step."""
        if not request.is_open:
            return ()
        found = [button(_("The person takes it back…"), self._take_back, look="quiet")]
        if not self._handles(request):
            return tuple(found)
        later = button(_("Answer later…"), self._ask_later, look="quiet", picture="clock")
        refusing = button(_("Refuse…"), self._ask_refusal, look="quiet", picture="ban")
        if request.due < request.stop and request.asked is not RightCode.WITHDRAWAL:
            found.append(later)
        if _refusable(request):
            found.append(refusing)
        return tuple(found)

    def _handles(self, request: Request) -> bool:
        staff = self._session.staff
        own = request.handler == staff.uid
        return own or (staff.may(Permission.CONFIGURE) and may_handle(staff, request))

    # ---- acting ----------------------------------------------------------------------------

    def _connect(self, step: StepCard, request: Request) -> None:
        number = request.id
        session = self._session
        step.verified.connect(
            lambda identity, note: self._do(
                partial(requests.verify, session, number, identity, note)
            )
        )
        step.bound.connect(lambda who: self._do(partial(requests.bind, session, number, who)))
        step.archive_requested.connect(lambda: self._look_in_archive(request))
        step.assigned.connect(lambda uid: self._do(partial(requests.assign, session, number, uid)))
        step.checked.connect(lambda: self._do(partial(requests.check, session, number)))
        step.answered.connect(
            lambda text, how: self._do(partial(requests.answer, session, number, text, how))
        )
        step.closed.connect(lambda: self._do(partial(requests.close, session, number)))
        step.asked_again.connect(self._ask_again)
        step.acted.connect(lambda order: self._act(request, order))
        step.files_requested.connect(
            lambda recipient: self._papers.save_files(
                number, request.number, recipient, self, self._saved
            )
        )

    def _do(self, work: Callable[[], Changes]) -> None:
        self._say("")
        self._tasks.command(work, owner=self, done=lambda _changes: self.reload())

    def _act(self, request: Request, order: Order) -> None:
        if _is_final(request) and not self._prompts.confirm(
            _("Carry it out now?"),
            yes=_("Carry it out"),
            detail=_("What is erased cannot be brought back."),
        ):
            return
        self._say("")
        self._tasks.command(
            partial(_acted, self._session, request.id, order),
            owner=self,
            done=lambda found: self._done(request, found[0]),
        )

    def _done(self, request: Request, acted: Acted) -> None:
        self.reload()
        if acted.field:
            ways = (_("Save as PDF"), _("Print preview"))
            chosen = self._prompts.ask(
                _("How is the letter about the correction given out?"),
                ways,
                detail=_("The value before is told in it now or never: it is kept nowhere."),
            )
            if chosen == 0:
                self._papers.save_correction(request.id, request.number, acted, self, self._saved)
            elif chosen == 1:
                self._papers.print_correction(request.id, acted, self, lambda _title: self.reload())

    def _look_in_archive(self, request: Request) -> None:
        ask_archived(
            self._session,
            self._tasks,
            self._prompts,
            request.number,
            self,
            lambda who: self._do(partial(requests.bind_archived, self._session, request.id, who)),
        )

    def _ask_again(self) -> None:
        words = self._prompts.ask_text(_("Which other way was offered?"))
        if words and self._request is not None:
            self._do(partial(requests.ask_again, self._session, self._request, words))

    def _take_back(self) -> None:
        if self._request is not None and self._prompts.confirm(
            _("Does the person take the request back?"), yes=_("Taken back")
        ):
            self._do(partial(requests.withdraw, self._session, self._request))

    def _ask_later(self) -> None:
        if self.view is not None:
            card = ExtensionCard(self.view.case.request)
            card.extended.connect(
                lambda day, why: self._do(
                    partial(requests.extend, self._session, self.view_id, day, why)
                )
            )
            self._put(card)

    def _ask_refusal(self) -> None:
        if self.view is not None:
            card = RefusalCard(self.view.case.request)
            card.refused.connect(
                lambda reason, text: self._do(
                    partial(requests.refuse, self._session, self.view_id, reason, text)
                )
            )
            self._put(card)

    @property
    def view_id(self) -> RequestId:
        """The case that is shown."""
        return self._request if self._request is not None else RequestId(0)

    def _put(self, card: RefusalCard | ExtensionCard) -> None:
        """One such card at a time."""
        while (item := self._extra.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        card.left.connect(card.deleteLater)
        self._extra.addWidget(card)

    def _saved(self, name: str) -> None:
        self._say(_("Saved as {file}.").format(file=name))
        self.reload()

    def _open_resident(self) -> None:
        if self.view is not None and self.view.case.request.person is not None:
            self.resident_requested.emit(PersonId(self.view.case.request.person))


def _read(session: Session, request: RequestId) -> tuple[CaseView, Choices]:
    view = request_book.case(session, request)
    return view, request_choices.choices(session, view.case.request.person)


def _acted(session: Session, request: RequestId, order: Order) -> tuple[Acted, Changes]:
    acted = request_acts.act(session, request, order)
    return acted, acted.changes


def _is_final(request: Request) -> bool:
    return request.asked in {RightCode.ERASURE, RightCode.DEACTIVATION, RightCode.WITHDRAWAL}


def _refusable(request: Request) -> bool:
    return bool(RIGHTS[request.code].reasons or RIGHTS[request.asked].reasons)


def _facts(view: CaseView) -> str:
    request = view.case.request
    parts = [
        view.row.said or _("no longer in the register"),
        _("received {day}, {channel}").format(
            day=f"{request.received_at.astimezone():%Y-%m-%d %H:%M}",
            channel=_(CHANNELS[request.channel]),
        ),
        _("asked by: {who}").format(who=_asker(request)),
        _("answer by {due}, at the latest {stop}").format(
            due=request.due.isoformat(), stop=request.stop.isoformat()
        ),
    ]
    if request.inner is not None:
        parts.append(_("about: {right}").format(right=said(RIGHTS[request.inner].title)))
    if view.row.handler:
        parts.append(_("handled by {name}").format(name=view.row.handler))
    return " · ".join(parts)


def _asker(request: Request) -> str:
    words = _(REQUESTERS[request.requester])
    return f"{words} {request.requester_name} {request.relation}".strip()


def _weekends_only(years: tuple[int, ...]) -> str:
    return _("The holidays of {years} are not known yet: only weekends are left out.").format(
        years=_(", ").join(map(str, years))
    )


def _steps(request: Request) -> tuple[Todo, ...]:
    every = (Todo.VERIFY, Todo.ASSIGN, Todo.ACT, Todo.CHECK, Todo.ANSWER, Todo.CLOSE)
    return tuple(one for one in every if one is not Todo.CHECK or request.checks)


def _at(request: Request) -> int:
    steps = _steps(request)
    return steps.index(request.todo) if request.todo in steps else len(steps) - 1
