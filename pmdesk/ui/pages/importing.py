"""The import page: choose a file, lead its columns, check it, enter the good rows."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from typing_extensions import override

from pmdesk.domain.office import Changes
from pmdesk.i18n import N_, _, ngettext
from pmdesk.services.exchange import importing
from pmdesk.services.exchange.examining import Examined, examine
from pmdesk.services.exchange.importing import Report
from pmdesk.services.exchange.planned import ImportPlan
from pmdesk.services.exchange.sheet import Book
from pmdesk.services.exchange.template import SUGGESTED, write_template
from pmdesk.services.session import Session
from pmdesk.ui.exchange.check import CheckStep
from pmdesk.ui.exchange.choose import ChooseStep
from pmdesk.ui.exchange.columns import ColumnsStep
from pmdesk.ui.exchange.done import DoneStep
from pmdesk.ui.exchange.flow import ImportFlow
from pmdesk.ui.places import Part
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Progress, Tasks
from pmdesk.ui.widgets.button import button

CHOOSE, COLUMNS, CHECK, DONE = range(4)


class ImportPage(ImportFlow[ImportPlan, Report]):
    """Four steps; until the last one nothing is written, and then all good rows or none."""

    list_requested = Signal()
    order_import_requested = Signal()

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(session, tasks, prompts)
        self.check, self.done = CheckStep(), DoneStep()
        self.orders = button(
            _("Past work orders…"), self.order_import_requested.emit, picture="clipboard-list"
        )
        self._build(
            _("Import residents"),
            (_("Choose a file"), _("Match columns"), _("Check"), _("Import")),
            (ChooseStep(), ColumnsStep()),
            (self.check, self.done),
            (self.orders,),
        )
        self.choose.template_requested.connect(self._template)
        self.done.onward_requested.connect(lambda: self.list_requested.emit())
        self.restart()

    @staticmethod
    def parts() -> tuple[Part, ...]:
        """What the search finds here."""
        return (Part(key="orders", title=_("Past work orders…"), words=N_("import orders")),)

    def open_part(self, _key: str) -> None:
        """The import of orders lies over the page."""
        self.order_import_requested.emit()

    # ---- going from step to step ------------------------------------------------------------

    @override
    def _examined(self, source: Path | Book) -> Examined:
        return examine(self._session, source)

    @override
    def _entered(self, plan: ImportPlan, progress: Progress) -> tuple[Changes, Report]:
        return importing.enter(self._session, plan, progress=progress)

    @override
    def _subtitles(self) -> Mapping[int, str]:
        return {
            CHOOSE: _("A list of residents from Excel, WPS or another program"),
            DONE: _("Done"),
        }

    @override
    def _next_words(self) -> str:
        if self.step != CHECK or self._plan is None:
            return _("Check the rows")
        count = len(self._plan.residents) - self._plan.known
        return ngettext("Enter {count} resident", "Enter {count} residents", count).format(
            count=f"{count:,}"
        )

    @override
    def _may_go_on(self) -> bool:
        if self.step == COLUMNS:
            return self.columns.is_usable
        plan = self._plan
        return plan is not None and bool(len(plan.residents) - plan.known or plan.units)

    @override
    def _forth(self) -> None:
        self.banner.show_sentence("")
        if self.step == COLUMNS:
            self._check()
        else:
            self._enter(_("Entering the residents"))

    # ---- work ------------------------------------------------------------------------------

    def _check(self) -> None:
        source = self._source
        if source is None:
            return
        mapping = dict(self.columns.mapping)
        self._run(
            _("Checking the rows"),
            lambda progress: importing.dry_run(self._session, source, mapping, progress=progress),
            self._show_plan,
        )

    # ---- files -----------------------------------------------------------------------------

    def _template(self) -> None:
        self._save_template(
            write_template,
            SUGGESTED,
            _("The template is saved. Fill in one resident per row and choose it here."),
        )
