"""Purposes and notices: what is in force, what is planned, who was told."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.ports.notices import LiveVersion, NoticeChange
from pmdesk.domain.purpose_plans import ProposalId, PurposePlan
from pmdesk.domain.purposes import Purpose, PurposeCode
from pmdesk.domain.staff import Permission
from pmdesk.errors import NotFoundError, PmdeskError
from pmdesk.i18n import N_, _, ngettext, told
from pmdesk.services import starters
from pmdesk.services.notices import notice_changes, purpose_desk, purpose_shelf
from pmdesk.services.notices.purpose_shelf import Look, PurposeDetail, PurposeRow
from pmdesk.services.session import Session
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.notices.desk_bar import Step
from pmdesk.ui.notices.papers import NoticePapers
from pmdesk.ui.notices.plan_tabs import PlanTabs
from pmdesk.ui.notices.shelf import PurposeShelf
from pmdesk.ui.places import Part
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Progress, Tasks
from pmdesk.ui.widgets.page import scrolled

LOOK_MS, SAVE_MS = 350, 2000
_Found = tuple[PurposeDetail, tuple[NoticeChange, ...], Look | None]


class PurposesPage(QWidget):
    """The list; opening a line shows that purpose in its place, going back the list."""

    rules_document_requested = Signal()
    change_requested = Signal(object)  # ChangeId

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._papers = NoticePapers(session, tasks, prompts)
        self._code: PurposeCode | None = None
        self._proposal: ProposalId | None = None
        self._unsaved: PurposePlan | None = None
        self.tabs: PlanTabs | None = None
        self.shelf = PurposeShelf(editable=session.staff.may(Permission.EDIT_PURPOSES))
        self.shelf.opened.connect(self.show_purpose)
        self.shelf.add_requested.connect(self._add)
        self.shelf.rules_requested.connect(self.rules_document_requested)
        self.place = QVBoxLayout()
        self.place.setContentsMargins(28, 22, 28, 24)
        self._open = scrolled(self.place)
        self._stack = QStackedLayout()
        self._running: Progress | None = None
        self.working = WorkingBar(_people)
        self.working.cancelled.connect(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.working)
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self.shelf)  # not earlier: it would flash up as a window
        self._stack.addWidget(self._open)
        self._look_timer = self._timer(LOOK_MS, self._look_now)
        self._save_timer = self._timer(SAVE_MS, self.save)
        self.reload()

    @staticmethod
    def parts() -> tuple[Part, ...]:
        """What the search finds here."""
        return (Part(key="rules", title=_("Public handling rules"), words=N_("privacy policy")),)

    def open_part(self, _key: str) -> None:
        """The public handling rules lie over the page."""
        self.rules_document_requested.emit()

    def reload(self, changes: Changes | None = None) -> None:
        """The list, or the purpose that is open, is shown as it is now; what is typed stays."""
        kinds = {office.PURPOSES, office.OFFICE, office.CONSENTS}
        if changes is not None and not changes.kinds & kinds:
            return
        if self._code is None:
            self._tasks.query(
                partial(purpose_shelf.shelf, self._session),
                owner=self,
                done=self.shelf.show_rows,
                newest="shelf",
            )
        elif changes is None or self._unsaved is None:
            self.show_purpose(self._code)

    def show_purpose(self, code: PurposeCode) -> None:
        """The purpose is shown with its plan."""
        self.keep_now()
        self._code = code
        self._tasks.query(
            partial(_found, self._session, code),
            owner=self,
            done=self._show,
            newest="detail",
            failed=self._gone,
        )

    def show_list(self) -> None:
        """All purposes are shown."""
        self.keep_now()
        self._code = self._proposal = None
        self._stack.setCurrentWidget(self.shelf)
        self.reload()

    def save(self) -> None:
        """The plan is saved in the background."""
        self._save_timer.stop()
        plan, self._unsaved = self._unsaved, None
        if plan is not None and self._proposal is not None:
            self._tasks.query(
                partial(purpose_desk.save, self._session, self._proposal, plan),
                owner=self,
                done=lambda _changes: None,
                failed=self._failed,
            )

    def keep_now(self) -> None:
        """The plan is saved before this returns: the office locks, or the page is left."""
        self._save_timer.stop()
        plan, self._unsaved = self._unsaved, None
        if plan is not None and self._proposal is not None:
            purpose_desk.save(self._session, self._proposal, plan)

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(act)
        return made

    def _show(self, found: _Found) -> None:
        detail, changes, look = found
        self._proposal = detail.row.proposal.id if detail.row.proposal else None
        before = self.tabs.tab if self.tabs is not None else None
        tabs = PlanTabs(detail, changes, _shipped(detail.row.purpose.code), self._session.staff)
        tabs.edited.connect(self._on_edit)
        tabs.bar.step_chosen.connect(self._take)
        tabs.bar.back_requested.connect(self.show_list)
        tabs.versions.chosen.connect(self._read)
        tabs.changes.opened.connect(self.change_requested)
        if tabs.text is not None:
            tabs.text.save_requested.connect(lambda large: self._paper(large=large, print_it=False))
            tabs.text.print_requested.connect(lambda large: self._paper(large=large, print_it=True))
        if self.tabs is not None:
            self.place.removeWidget(self.tabs)
            self.tabs.deleteLater()
        self.tabs = tabs
        self.place.addWidget(tabs, 1)
        if before is not None:
            tabs.show_tab(before)
        if look is not None:
            tabs.show_look(look)
        self._stack.setCurrentWidget(self._open)

    def _gone(self, error: PmdeskError) -> None:
        if not isinstance(error, NotFoundError):  # a plan that was just discarded is gone
            self._prompts.explain(error)
        self.show_list()

    def _on_edit(self, plan: PurposePlan) -> None:
        self._unsaved = plan
        self._look_timer.start()
        self._save_timer.start()

    def _look_now(self) -> None:
        if self.tabs is not None and self.tabs.plan is not None:
            self._tasks.query(
                partial(purpose_shelf.look, self._session, self.tabs.plan),
                owner=self,
                done=self.tabs.show_look,
                newest="look",
            )

    def _read(self, versions: tuple[LiveVersion, ...]) -> None:
        tabs, code = self.tabs, self._code
        if tabs is not None and code is not None:
            self._tasks.query(
                lambda: [
                    purpose_shelf.text_of(self._session, code, one.version, one.language)
                    for one in versions
                ],
                owner=tabs,
                done=tabs.versions.show_texts,
                newest="read",
            )

    def _paper(self, *, large: bool, print_it: bool) -> None:
        if self.tabs is None or self.tabs.text is None or self._code is None:
            return
        tongue = self.tabs.text.tongue
        act = self._papers.print_notice if print_it else self._papers.save_notice
        act(self, self._code, tongue, large=large)

    def _add(self) -> None:
        def opened(_made: ProposalId) -> None:
            self._tasks.query(
                partial(purpose_shelf.shelf, self._session), owner=self, done=self._open_newest
            )

        work = partial(purpose_desk.draft_local, self._session)
        self._tasks.query(work, owner=self, done=opened)

    def _open_newest(self, rows: tuple[PurposeRow, ...]) -> None:
        self.show_purpose(rows[-1].purpose.code)

    def _take(self, step: Step, words: str) -> None:
        if self._code is None or not self._agrees(step):
            return
        self.keep_now()
        code, proposal = self._code, self._proposal or ProposalId(0)
        if step is Step.APPROVE:
            self._approve(proposal, words)
            return
        acts: dict[Step, Callable[[], object]] = {
            Step.PLAN: partial(purpose_desk.draft, self._session, code),
            Step.SUBMIT: partial(purpose_desk.submit, self._session, proposal),
            Step.REJECT: partial(purpose_desk.reject, self._session, proposal, words),
            Step.DISCARD: partial(purpose_desk.discard, self._session, proposal),
            Step.RESTORE: partial(purpose_desk.restore, self._session, code),
        }
        self._tasks.command(
            acts[step], owner=self, done=lambda _result: self._taken(step), failed=self._failed
        )

    def _approve(self, proposal: ProposalId, words: str) -> None:
        """Thousands of consents may end with it: the page says how far it is."""
        if self._running is not None:
            return
        self.working.start(_("Putting the version into force"))
        self._running = self._tasks.long(
            lambda progress: purpose_desk.approve(self._session, proposal, words, progress),
            owner=self,
            reported=self.working.show_progress,
            done=lambda _changes: self._approved(),
            failed=self._stopped,
        )

    def _approved(self) -> None:
        self._ended()
        self._taken(Step.APPROVE)

    def _stopped(self, error: PmdeskError) -> None:
        self._ended()
        self._failed(error)

    def _ended(self) -> None:
        self._running = None
        self.working.stop()

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _agrees(self, step: Step) -> bool:
        if step is Step.DISCARD:
            return self._prompts.confirm(
                _("Discard the plan?"), yes=_("Discard the plan"), detail=_("It is gone then.")
            )
        if step is Step.APPROVE:
            return self._prompts.confirm(
                _("Put this version into force now?"),
                yes=_("Approve and put into force"),
                detail=self.tabs.bar.effect.sentence if self.tabs else "",
            )
        return True

    def _taken(self, step: Step) -> None:
        if self._code is None:
            return
        fresh = not any(p.code == self._code for p in starters.catalogue().purposes)
        if step is Step.DISCARD and fresh:
            self.show_list()
        else:
            self.show_purpose(self._code)

    def _failed(self, error: PmdeskError) -> None:
        if self.tabs is not None:
            self.tabs.bar.show_problem(told(error))


def _people(done: int) -> str:
    return ngettext("{count} person", "{count} people", done).format(count=f"{done:,}")


def _found(session: Session, code: PurposeCode) -> _Found:
    detail = purpose_shelf.detail(session, code)
    look = purpose_shelf.look(session, detail.plan) if detail.plan else None
    return detail, notice_changes.changes(session), look


def _shipped(code: PurposeCode) -> Purpose | None:
    return next((p for p in starters.catalogue().purposes if p.code == code), None)
