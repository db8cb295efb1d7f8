"""The import page: choose a file, lead its columns, check it, enter the good rows."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pmdesk.domain.office import Changes
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext, told
from pmdesk.services.exchange import importing
from pmdesk.services.exchange.examining import Examined, examine, pasted
from pmdesk.services.exchange.faults import write_faults
from pmdesk.services.exchange.importing import Report
from pmdesk.services.exchange.planned import ImportPlan
from pmdesk.services.exchange.sheet import Book
from pmdesk.services.exchange.template import SUGGESTED, write_template
from pmdesk.services.session import Session
from pmdesk.ui.exchange.check import CheckStep
from pmdesk.ui.exchange.choose import ChooseStep
from pmdesk.ui.exchange.columns import ColumnsStep
from pmdesk.ui.exchange.done import DoneStep
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import CancelledError, Progress, Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.steps import StepBar

CHOOSE, COLUMNS, CHECK, DONE = range(4)


class ImportPage(QWidget):
    """Four steps; until the last one nothing is written, and then all good rows or none."""

    list_requested = Signal()

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._source: Path | Book | None = None
        self._plan: ImportPlan | None = None
        self._running: Progress | None = None
        self._name = ""
        self.step = CHOOSE
        self._build()
        self._arrange()
        self._connect()
        self.restart()

    def restart(self) -> None:
        """The page waits for a file."""
        self._source = self._plan = None
        self.banner.show_sentence("")
        self._go(CHOOSE)

    def open_file(self, path: Path) -> None:
        """The columns of the file are shown, or a sentence says why it cannot be read."""
        self._name = path.name
        self._examine(path)

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        titles = (_("Choose a file"), _("Match columns"), _("Check"), _("Import"))
        self.steps = StepBar(titles)
        self.banner = Banner()
        self.working = WorkingBar()
        self.choose, self.columns = ChooseStep(), ColumnsStep()
        self.check, self.done = CheckStep(), DoneStep()
        self.stack = QStackedWidget()
        # large text on a small screen: the other steps scroll within
        for widget in (scrolled(self.choose), self.columns, self.check, self.done):
            self.stack.addWidget(widget)
        self.back = button(_("Back"), self._back, picture="chevron-left")
        self.forth = button("", self._forth, look="primary")

    def _arrange(self) -> None:
        self.header = PageHeader(_("Import residents"), " ")
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

    def _connect(self) -> None:
        self.choose.chosen.connect(self.open_file)
        self.choose.pasted.connect(self._open_pasted)
        self.choose.browse_requested.connect(self._browse)
        self.choose.template_requested.connect(self._save_template)
        self.columns.edited.connect(self._show_foot)
        self.check.save_requested.connect(self._save_faults)
        self.done.save_requested.connect(self._save_faults)
        self.done.again_requested.connect(self.restart)
        self.done.list_requested.connect(lambda: self.list_requested.emit())
        self.working.cancelled.connect(self._cancel)

    # ---- going from step to step ------------------------------------------------------------

    def _go(self, step: int) -> None:
        self.step = step
        self.steps.show_step(step)
        self.stack.setCurrentIndex(step)
        self._show_foot()
        says = {
            CHOOSE: _("A list of residents from Excel, WPS or another program"),
            DONE: _("Done"),
        }
        self.header.show_subtitle(says.get(step, self._name))

    def _show_foot(self) -> None:
        busy = self._running is not None
        self.stack.setEnabled(not busy)
        self.back.setVisible(self.step in {COLUMNS, CHECK})
        self.back.setEnabled(not busy)
        self.forth.setVisible(self.step in {COLUMNS, CHECK})
        self.forth.setText(self._next_words())
        self.forth.setEnabled(not busy and self._may_go_on())

    def _next_words(self) -> str:
        if self.step != CHECK or self._plan is None:
            return _("Check the rows")
        count = len(self._plan.residents) - self._plan.known
        return ngettext("Enter {count} resident", "Enter {count} residents", count).format(
            count=f"{count:,}"
        )

    def _may_go_on(self) -> bool:
        if self.step == COLUMNS:
            return self.columns.is_usable
        plan = self._plan
        return plan is not None and bool(len(plan.residents) - plan.known or plan.units)

    def _back(self) -> None:
        self.banner.show_sentence("")
        if self.step == COLUMNS:
            self.restart()
        else:
            self._go(COLUMNS)

    def _forth(self) -> None:
        self.banner.show_sentence("")
        if self.step == COLUMNS:
            self._check()
        else:
            self._enter()

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
            partial(examine, self._session, source),
            owner=self,
            done=self._show_columns,
            failed=self._explain,
            newest="file",
        )

    def _show_columns(self, examined: Examined) -> None:
        self.columns.show_file(examined)
        self._go(COLUMNS)

    def _check(self) -> None:
        source = self._source
        if source is None:
            return
        mapping = dict(self.columns.mapping)
        self.working.start(_("Checking the rows"))
        self._running = self._tasks.long(
            lambda progress: importing.dry_run(self._session, source, mapping, progress=progress),
            owner=self,
            reported=self.working.show_progress,
            done=self._show_plan,
            failed=self._stopped,
        )
        self._show_foot()

    def _show_plan(self, plan: ImportPlan) -> None:
        self._ended()
        self._plan = plan
        self.check.show_plan(plan)
        self._go(CHECK)

    def _enter(self) -> None:
        plan = self._plan
        if plan is None:
            return
        self.working.start(_("Entering the residents"))
        self._running = self._tasks.long(
            lambda progress: importing.enter(self._session, plan, progress=progress),
            owner=self,
            reported=self.working.show_progress,
            done=self._show_report,
            failed=self._stopped,
        )
        self._show_foot()

    def _show_report(self, outcome: tuple[Changes, Report]) -> None:
        self._ended()
        self.done.show_report(outcome[1])
        self._go(DONE)

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

    def _save_template(self) -> None:
        path = self._prompts.save_file(_("Save the template"), SUGGESTED, "Excel (*.xlsx)")
        if path is not None:
            self._tasks.query(
                partial(write_template, path),
                owner=self,
                done=lambda _path: self.banner.show_sentence(
                    _("The template is saved. Fill in one resident per row and choose it here."),
                    Tone.GOOD,
                ),
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
