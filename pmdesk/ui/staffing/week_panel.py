"""What the plans of a week have in common: its bar, its acts, one change at a time."""

from collections.abc import Sequence
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
    """Each change is saved at once and can be taken back, one after the other."""

    kind: PlanKind

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self._session, self._tasks = session, tasks
        self._may = session.staff.may(Permission.PLAN_SERVICE)
        self._saving = False
        self.papers = Papers(session, tasks, prompts)
        self.bar = WeekBar(session.clock.today())
        self.note = Banner()
        self.working = working_bar(_("Counting"))
        self.edition = label("", "muted", wrap=True)
        self.undo = button(_("Undo"), self._undo, picture="undo-2")
        self.printing = button(_("Print…"), self._print, picture="printer")
        self.saving = button(_("PDF…"), self._save_pdf, picture="file-text")
        self.bar.wanted.connect(lambda _week: self.reload())

    def reload(self, changes: Changes | None = None) -> None:
        """The panel shows the week as it is planned now; until then the old one stays."""
        raise NotImplementedError

    # ---- what a plan says -------------------------------------------------------------------

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
        """Who saved it when, and whether it can be taken back; the next change may come."""
        self.working.hide()
        self._saving = False
        self.undo.setEnabled(edition.can_undo)
        self.edition.setText(_edition_words(edition, self._session))

    # ---- acts ------------------------------------------------------------------------------

    def _undo(self) -> None:
        self._do(partial(plans.undo, self._session, self.kind, self.bar.week))

    def _do(self, work: "partial[Changes]") -> None:
        """One change at a time: the next one begins from what this one made."""
        if self._saving:
            return
        self._saving = True
        self.note.show_sentence("")
        self._tasks.command(work, owner=self, failed=self._refused)

    def _tell(self, sentence: str) -> None:
        self.note.show_sentence(sentence, Tone.GOOD)

    def _refused(self, error: PmdeskError) -> None:
        """What a colleague saved meanwhile is shown beside the reason."""
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
