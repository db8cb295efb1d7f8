"""What all imports have in common: steps, a banner, progress with a cancel, files in and out."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pmdesk.domain.office import Changes
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services.exchange.examining import Examined, pasted
from pmdesk.services.exchange.faults import write_faults
from pmdesk.services.exchange.sheet import Book
from pmdesk.services.session import Session
from pmdesk.ui.exchange.check import Checked, PlanT
from pmdesk.ui.exchange.choose import ChooseStep
from pmdesk.ui.exchange.columns import ColumnsStep
from pmdesk.ui.exchange.done import Done, ReportT
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import CancelledError, Progress, Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.steps import StepBar

T = TypeVar("T")
CHOOSE, COLUMNS = range(2)  # the first steps of every import


class ImportFlow(QWidget, Generic[PlanT, ReportT]):
    """Steps of which the last one writes; a page says what each of them does."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._source: Path | Book | None = None
        self._plan: PlanT | None = None
        self._running: Progress | None = None
        self._name = ""
        self.step = CHOOSE

    def restart(self) -> None:
        """The page waits for a file."""
        self._source = self._plan = None
        self.banner.show_sentence("")
        self._go(CHOOSE)

    def open_file(self, path: Path) -> None:
        """The columns of the file are shown, or a sentence says why it cannot be read."""
        self._name = path.name
        self._examine(path)

    # ---- what a page says -------------------------------------------------------------------

    def _examined(self, source: Path | Book) -> Examined:
        """The columns of the file."""
        raise NotImplementedError

    def _entered(self, plan: PlanT, progress: Progress) -> tuple[Changes, ReportT]:
        """The rows of the plan are entered."""
        raise NotImplementedError

    def _subtitles(self) -> Mapping[int, str]:
        """What stands below the title at a step; elsewhere the name of the file."""
        raise NotImplementedError

    def _next_words(self) -> str:
        """What the button says that goes on."""
        raise NotImplementedError

    def _may_go_on(self) -> bool:
        raise NotImplementedError

    def _forth(self) -> None:
        raise NotImplementedError

    # ---- building --------------------------------------------------------------------------

    def _build(
        self,
        title: str,
        steps: Sequence[str],
        first: tuple[ChooseStep, ColumnsStep],
        last: tuple[Checked[PlanT], Done[ReportT]],
        actions: Sequence[QWidget] = (),
        *,
        between: Sequence[QWidget] = (),
    ) -> None:
        """The frame stands around these steps."""
        self.header = PageHeader(title, " ", actions)
        self.steps = StepBar(steps)
        self.banner = Banner()
        self.working = WorkingBar()
        self.choose, self.columns = first
        self.stack = QStackedWidget()
        # large text on a small screen: the other steps scroll within
        for widget in (scrolled(self.choose), self.columns, *between, *last):
            self.stack.addWidget(widget)
        self.back = button(_("Back"), self._back, picture="chevron-left")
        self.forth = button("", self._forth, look="primary")
        self._arrange()
        self.choose.chosen.connect(self.open_file)
        self.choose.pasted.connect(self._open_pasted)
        self.choose.browse_requested.connect(self._browse)
        self.columns.edited.connect(self._show_foot)
        self.working.cancelled.connect(self._cancel)
        self._checked, self._told = last
        self._checked.save_requested.connect(self._save_faults)
        self._told.save_requested.connect(self._save_faults)
        self._told.again_requested.connect(self.restart)

    def _arrange(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.forth)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(14)
        for widget in (self.header, self.steps, self.banner, self.working):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)

    # ---- going from step to step ------------------------------------------------------------

    def _go(self, step: int) -> None:
        self.step = step
        self.steps.show_step(step)
        self.stack.setCurrentIndex(step)
        self._show_foot()
        self.header.show_subtitle(self._subtitles().get(step, self._name))

    def _show_foot(self) -> None:
        busy = self._running is not None
        between = 0 < self.step < self.stack.count() - 1
        self.stack.setEnabled(not busy)
        self.back.setVisible(between)
        self.back.setEnabled(not busy)
        self.forth.setVisible(between)
        self.forth.setText(self._next_words())
        self.forth.setEnabled(not busy and self._may_go_on())

    def _back(self) -> None:
        self.banner.show_sentence("")
        if self.step == COLUMNS:
            self.restart()
        else:
            self._go(self.step - 1)

    def _show_plan(self, plan: PlanT) -> None:
        self._plan = plan
        self._checked.show_plan(plan)
        self._go(self.stack.indexOf(self._checked))

    # ---- work ------------------------------------------------------------------------------

    def _browse(self) -> None:
        kinds = _("Tables ({patterns})").format(patterns="*.xlsx *.xlsm *.xls *.csv *.tsv *.txt")
        path = self._prompts.open_file(_("Choose a file"), kinds)
        if path is not None:
            self.open_file(path)

    def _open_pasted(self, text: str) -> None:
        try:
            book = pasted(text)
        except PmdeskError as error:
            self._explain(error)
            return
        self._name = _("Pasted table")
        self._examine(book)

    def _examine(self, source: Path | Book) -> None:
        self._source = source
        self.banner.show_sentence("")
        self._tasks.query(
            partial(self._examined, source),
            owner=self,
            done=self._show_columns,
            failed=self._explain,
            newest="file",
        )

    def _show_columns(self, examined: Examined) -> None:
        self.columns.show_file(examined)
        self._go(COLUMNS)

    def _run(self, words: str, job: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        """The job runs, its progress is shown, and it can be cancelled."""
        self.working.start(words)

        def ended(outcome: T) -> None:
            self._ended()
            done(outcome)

        self._running = self._tasks.long(
            job,
            owner=self,
            reported=self.working.show_progress,
            done=ended,
            failed=self._stopped,
        )
        self._show_foot()

    def _enter(self, words: str) -> None:
        """The checked rows are entered, and the last step tells what came of it."""
        plan = self._plan
        if plan is not None:
            self._run(words, lambda progress: self._entered(plan, progress), self._show_report)

    def _show_report(self, outcome: tuple[Changes, ReportT]) -> None:
        self._told.show_report(outcome[1])
        self._go(self.stack.indexOf(self._told))

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _stopped(self, error: PmdeskError) -> None:
        self._ended()
        self._show_foot()
        self._explain(error)

    def _ended(self) -> None:
        self._running = None
        self.working.stop()

    def _explain(self, error: PmdeskError) -> None:
        tone = Tone.INFO if isinstance(error, CancelledError) else Tone.PROBLEM
        self.banner.show_sentence(told(error), tone)

    # ---- files -----------------------------------------------------------------------------

    def _save_template(self, write: Callable[[Path], Path], suggested: str, words: str) -> None:
        path = self._prompts.save_file(_("Save the template"), suggested, "Excel (*.xlsx)")
        if path is not None:
            self._tasks.query(
                partial(write, path),
                owner=self,
                done=lambda _path: self.banner.show_sentence(words, Tone.GOOD),
                failed=self._explain,
            )

    def _save_faults(self) -> None:
        plan = self._plan
        if plan is None:
            return
        path = self._prompts.save_file(
            _("Save the rows to mend"), _("Rows to mend") + ".xlsx", "Excel (*.xlsx)"
        )
        if path is not None:
            self._tasks.query(
                partial(write_faults, plan, path),
                owner=self,
                done=lambda _path: self.banner.show_sentence(_reminder(), Tone.WARN),
                failed=self._explain,
            )


def _reminder() -> str:
    return _("Saved. The file holds personal information: mend it, import it here, then delete it.")
