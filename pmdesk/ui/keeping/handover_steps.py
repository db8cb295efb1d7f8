"""What has to be done next in a hand-over: tell everybody, have it approved, make the files."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from pmdesk.domain.export_guard import ExportRequest, ExportRequestId
from pmdesk.domain.office import Changes
from pmdesk.domain.records import RecordId
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _, ngettext, told
from pmdesk.services import export_guard
from pmdesk.services.export_guard import Shown, Sizing
from pmdesk.services.files import write_whole
from pmdesk.services.notices import notice_changes
from pmdesk.services.rights import handover, handover_package
from pmdesk.services.rights.handover import Handover, Stage
from pmdesk.services.rights.handover_package import HandedOver
from pmdesk.services.session import Session
from pmdesk.ui.exports.guard_panel import GuardPanel
from pmdesk.ui.notices.papers import NoticePapers
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

STAGES: Mapping[Stage, str] = {
    Stage.NOTICES: N_("1 · Tell everybody"),
    Stage.SUBMIT: N_("2 · Put it forward"),
    Stage.APPROVAL: N_("3 · A second person decides"),
    Stage.PACKAGE: N_("4 · Make the files"),
    Stage.HANDED: N_("Files made"),
    Stage.CLOSED: N_("Closed"),
}
_NEXT: Mapping[Stage, str] = {
    Stage.NOTICES: N_(
        "Hand out the change notice or hang up the poster. People are ticked off one by one under"
        " “Purposes and notices”, in the tab “Change notices”; the poster counts for all who are"
        " left."
    ),
    Stage.SUBMIT: N_(
        "Everybody knows. Put the entry forward, so that a second person looks at it."
    ),
    Stage.APPROVAL: N_("A second person decides under “Disclosures”. Nobody approves his own."),
    Stage.PACKAGE: N_(
        "The workbook holds the roster and the list of units, the PDF goes with it to be signed."
        " Keep both out of e-mail: they are not encrypted."
    ),
    Stage.HANDED: N_(
        "The files were made; the list stands under “Exported lists” for three years. When the"
        " service ends, end each contract on the page of the person: the rest is erased then."
    ),
    Stage.CLOSED: N_("This hand-over is over."),
}
Saved = tuple[Changes, str, int]
_MADE = frozenset({Stage.PACKAGE, Stage.HANDED})


class HandoverSteps(Card):
    """One hand-over; only the buttons of the present step are to be seen."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(_("What is next"))
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._papers = NoticePapers(session, tasks, prompts)
        self._shown: Handover | None = None
        self.step = label("", "heading", wrap=True)
        self.words = label("", wrap=True)
        self.count = label("", "muted", wrap=True)
        self.outcome = Banner()
        self.notice = button(
            _("Change notice as PDF…"), partial(self._paper, poster=False), picture="download"
        )
        self.poster = button(
            _("Poster as PDF…"), partial(self._paper, poster=True), picture="download"
        )
        self.posted = button(_("The poster hangs on the notice board…"), self.post)
        self.forward = button(_("Put forward"), self.put_forward, look="primary")
        self.files = button(_("Make the files…"), self.save, look="primary", picture="download")
        self.guard = GuardPanel(session, self._ways)
        self.guard.asked.connect(self._ask)
        self.guard.withdrawn.connect(self._withdraw)
        self.guard.due.connect(self._look)
        acts = FlowLayout(12)
        for made in self._stages():
            acts.addWidget(made)
        for part in (self.step, self.words, self.count):
            self.add(part)
        self.body.addLayout(acts)
        self.add(self.guard)
        self.add(self.outcome)
        self.hide()

    def show_handover(self, one: Handover | None) -> None:
        """The card shows this hand-over; nothing without one."""
        if one is None or self._shown is None or one.record.id != self._shown.record.id:
            self.outcome.show_sentence("")
        self._shown = one
        set_shown(self, one is not None)
        if one is not None:
            self.step.setText(f"{one.record.number} · {one.recipient} · {_(STAGES[one.stage])}")
            self.words.setText(_(_NEXT[one.stage]))
            self.count.setText(
                _("{told} of {people} told").format(told=one.told, people=one.people)
            )
            for made, stages in self._stages().items():
                set_shown(made, one.stage in stages)
        self.guard.show_guard(None, ())
        self._look()

    def post(self) -> None:
        """The poster hangs: everybody still open was told today."""
        if self._shown is not None and self._prompts.confirm(
            _("Does the poster hang on the notice board?"),
            yes=_("It hangs there"),
            detail=_("Everybody still open counts as told today. This cannot be taken back."),
        ):
            work = partial(notice_changes.post, self._session, self._shown.change)
            self._tasks.command(work, owner=self, failed=self._failed)

    def put_forward(self) -> None:
        """A second person may decide."""
        if self._shown is not None:
            work = partial(handover.put_forward, self._session, self._shown.record.id)
            self._tasks.command(work, owner=self, failed=self._failed)

    def save(self, request: ExportRequestId | None = None) -> None:
        """Workbook and list lie side by side where the user says."""
        if self._shown is None:
            return
        name = f"{_('Hand-over roster')} {self._shown.record.number}.xlsx"
        path = self._prompts.save_file(_("Save the hand-over"), name, "Excel (*.xlsx)")
        if path is not None:
            self.files.setEnabled(False)
            work = partial(_saved, self._session, self._shown.record.id, path, request)
            self._tasks.command(work, owner=self, done=self._done, failed=self._failed)

    def _look(self) -> None:
        """Whether the roster is so large that its file has to be asked for."""
        one = self._shown
        if one is not None and one.stage in _MADE:
            self._tasks.query(
                partial(handover_package.guarded, self._session, one.record.id),
                owner=self,
                done=self._show_guard,
                failed=self._failed,
                newest="guard",
            )

    def _show_guard(self, found: tuple[Sizing, tuple[Shown, ...]]) -> None:
        size, requests = found
        set_shown(self.files, not size.is_large)
        wanted = requests[0].request.fingerprint if requests else ""
        self.guard.show_guard(size, requests, wanted)

    def _ways(self, request: ExportRequest) -> tuple[QPushButton, ...]:
        fetch = partial(self.save, request.id)
        return (button(_("Make the files…"), fetch, look="primary", picture="download"),)

    def _ask(self, reason: str) -> None:
        if self._shown is not None:
            work = partial(handover_package.ask, self._session, self._shown.record.id, reason)
            self._tasks.command(
                work, owner=self, done=lambda _done: self.guard.reason.clear(), failed=self._failed
            )

    def _withdraw(self, request: ExportRequestId) -> None:
        work = partial(export_guard.withdraw, self._session, request)
        self._tasks.command(work, owner=self, failed=self._failed)

    def _stages(self) -> Mapping[QPushButton, frozenset[Stage]]:
        telling = frozenset({Stage.NOTICES})
        return {
            self.notice: telling,
            self.poster: telling,
            self.posted: telling,
            self.forward: frozenset({Stage.SUBMIT}),
            self.files: _MADE,
        }

    def _paper(self, *, poster: bool) -> None:
        if self._shown is not None:
            self._papers.save_change(self, self._shown.change, poster=poster)

    def _done(self, made: Saved) -> None:
        self.files.setEnabled(True)
        _changes, number, people = made
        words = ngettext(
            "{number}: {count} person, workbook and list saved",
            "{number}: {count} people, workbook and list saved",
            people,
        )
        self.outcome.show_sentence(words.format(number=number, count=f"{people:,}"), Tone.GOOD)

    def _failed(self, error: PmdeskError) -> None:
        self.files.setEnabled(True)
        self.outcome.show_sentence(told(error), Tone.PROBLEM)


def _saved(
    session: Session, record: RecordId, path: Path, request: ExportRequestId | None
) -> Saved:
    made = handover_package.package(session, record, request, partial(_write, path))
    return made.changes, made.number, made.people


def _write(path: Path, made: HandedOver) -> None:
    write_whole(path.with_suffix(".xlsx"), made.workbook)
    write_whole(path.with_suffix(".pdf"), made.paper)
