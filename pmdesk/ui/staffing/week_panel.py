"""What the plans of a week have in common: its bar, its acts, one change at a time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from pmdesk.domain.office import Changes
from pmdesk.domain.ports.staffing import PlanKind
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services.session import Session
from pmdesk.services.staffing import plans
from pmdesk.services.staffing.plans import Edition
from pmdesk.ui.commands import SPECS, Command, build_actions, keys_of
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.staffing.papers import Papers
from pmdesk.ui.staffing.week_bar import WeekBar
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.working import working_bar


class WeekPanel(QWidget):
    """Each change is saved at once; Ctrl+Z names the newest one and takes it back."""

    kind: PlanKind

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self._session, self._tasks = session, tasks
        self._may = session.staff.may(Permission.PLAN_SERVICE)
        self._saving = False
        self._steps: list[tuple[PlanKind, str]] = []  # made here, of the week that is shown
        self._undone: list[tuple[PlanKind, str, int]] = []  # with the version that held before
        self.papers = Papers(session, tasks, prompts)
        self.bar = WeekBar(session.clock.today())
        self.note = Banner()
        self.working = working_bar(_("Counting"))
        self.edition = label("", "muted", wrap=True)
        self.undo = button(_("Undo"), self._undo, picture="undo-2")
        self.redo = button(_("Redo"), self._redo, picture="redo-2")
        self.printing = button(_("Print…"), self._print, picture="printer")
        self.saving = button(_("PDF…"), self._save_pdf, picture="file-text")
        actions = build_actions(self, {Command.UNDO: self._undo, Command.REDO: self._redo})
        self.undoing, self.redoing = actions[Command.UNDO], actions[Command.REDO]
        self.bar.wanted.connect(self._on_week)

    def reload(self, changes: Changes | None = None) -> None:
        """The panel shows the week as it is planned now; until then the old one stays."""
        raise NotImplementedError

    # ---- what a plan says -------------------------------------------------------------------

    def _editions(self) -> Mapping[PlanKind, Edition]:
        """What can be changed here, as it is shown."""
        raise NotImplementedError

    def _print(self) -> None:
        raise NotImplementedError

    def _save_pdf(self) -> None:
        raise NotImplementedError

    # ---- showing ---------------------------------------------------------------------------

    def _row(self, acts: Sequence[QPushButton]) -> QWidget:
        row = QWidget()
        flow = FlowLayout(10)
        for act in acts:
            flow.addWidget(act)
        row.setLayout(flow)
        return row

    def _show_edition(self, edition: Edition) -> None:
        """Who saved it when, and what can be taken back; the next change may come."""
        self.working.hide()
        self._saving = False
        self.edition.setText(_edition_words(edition, self._session))
        step = self._newest()
        name = _("Undo: {name}").format(name=step[1]) if step and step[1] else _("Undo")
        self.undo.setText(name)
        self.undo.setToolTip(keys_of(SPECS[Command.UNDO]))
        for part in (self.undo, self.undoing):
            part.setEnabled(step is not None and self._may)
        again = self._undone[-1][1] if self._undone else ""
        self.redo.setText(_("Redo: {name}").format(name=again) if again else _("Redo"))
        self.redo.setToolTip(keys_of(SPECS[Command.REDO]))
        for made in (self.undo, self.redo):
            made.setAccessibleName(made.text())
        for part in (self.redo, self.redoing):
            part.setEnabled(bool(self._undone) and self._may)

    def _newest(self) -> tuple[PlanKind, str] | None:
        """What is taken back next: made here, or before the page was opened and without a name."""
        step = self._steps[-1] if self._steps else (self.kind, "")
        edition = self._editions().get(step[0])
        return step if edition is not None and edition.can_undo else None

    def _on_week(self, _week: object) -> None:
        self._forget()
        self.note.show_sentence("")  # it spoke of the other week
        self.reload()

    def _forget(self) -> None:
        self._steps.clear()
        self._undone.clear()

    # ---- acts ------------------------------------------------------------------------------

    def _undo(self) -> None:
        step = self._newest()
        held = step and self._editions()[step[0]].id
        if step is None or held is None:
            return
        kind, name = step
        work = partial(
            plans.undo, self._session, kind, self._week_of(kind), shown=self._editions()[kind]
        )
        self._do(work, lambda: self._took_back((kind, name, held)))

    def _took_back(self, step: tuple[PlanKind, str, int]) -> None:
        del self._steps[-1:]
        self._undone.append(step)

    def _redo(self) -> None:
        edition = self._editions().get(self._undone[-1][0]) if self._undone else None
        if edition is None:
            return
        kind, name, held = self._undone[-1]
        work = partial(plans.redo, self._session, kind, self._week_of(kind), held, edition)
        self._do(work, lambda: self._did_again(kind, name))

    def _did_again(self, kind: PlanKind, name: str) -> None:
        self._undone.pop()
        self._steps.append((kind, name))

    def _week_of(self, kind: PlanKind) -> date | None:
        return None if kind is PlanKind.CREW else self.bar.week

    def _made(self, name: str, kind: PlanKind | None = None) -> None:
        """The change is what Ctrl+Z takes back next; what was taken back before it is gone."""
        self._steps.append((kind or self.kind, name))
        self._undone.clear()

    def _change(self, work: "partial[Changes]", name: str, kind: PlanKind | None = None) -> None:
        """The change is saved, and is what Ctrl+Z takes back next."""
        self._do(work, lambda: self._made(name, kind))

    def _do(self, work: "partial[Changes]", then: Callable[[], None]) -> None:
        """One change at a time: the next one begins from what this one made."""
        if self._saving:
            return
        self._saving = True
        self.note.show_sentence("")
        self._tasks.command(
            work,
            owner=self,
            done=lambda _changes: then(),
            failed=self._refused,
            broken=self.reload,  # what is shown then may be changed
        )

    def _tell(self, sentence: str) -> None:
        self.note.show_sentence(sentence, Tone.GOOD)

    def _refused(self, error: PmdeskError) -> None:
        """What a colleague saved meanwhile is shown beside the reason, and is not taken back."""
        self._forget()
        self._explain(error)
        self.reload()

    def _explain(self, error: PmdeskError) -> None:
        self.working.hide()
        self._saving = False
        self.note.show_sentence(told(error), Tone.PROBLEM)


def _edition_words(edition: Edition, session: Session) -> str:
    """Who saved it when."""
    if edition.at is None:
        return _("Nothing is saved for this week yet. The program suggests; the manager decides.")
    offset = session.clock.local().tzinfo
    at = edition.at.astimezone(offset)
    return _(
        "Version {number}, saved by {name}, {at}. The program suggests; the manager decides."
    ).format(number=edition.number, name=edition.author, at=f"{at:%Y-%m-%d %H:%M}")
