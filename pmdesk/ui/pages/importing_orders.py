"""The import of past work orders: file, columns, what words mean here, check, enter."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from typing_extensions import override

from pmdesk.analytics.buildings import building_words
from pmdesk.domain.office import Changes
from pmdesk.i18n import _, ngettext
from pmdesk.services.exchange.examining import Examined
from pmdesk.services.exchange.sheet import Book
from pmdesk.services.exchange.template import ORDERS_SUGGESTED, write_order_template
from pmdesk.services.order_import import importing, withdrawing
from pmdesk.services.order_import.importing import OrderReport
from pmdesk.services.order_import.planned import OrderPlan, ReadList
from pmdesk.services.order_import.withdrawing import PastImport
from pmdesk.services.session import Session
from pmdesk.ui.exchange.choose import ChooseStep
from pmdesk.ui.exchange.columns import ColumnsStep
from pmdesk.ui.exchange.earlier import EarlierCard
from pmdesk.ui.exchange.flow import ImportFlow
from pmdesk.ui.exchange.meanings import MeaningsStep
from pmdesk.ui.exchange.order_words import TARGETS, tells_when
from pmdesk.ui.exchange.orders_check import OrdersCheckStep, OrdersDoneStep
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Progress, Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button

CHOOSE, COLUMNS, MEANINGS, CHECK, DONE = range(5)
_NAMED = 8  # buildings in a sentence


class OrderImportPage(ImportFlow[OrderPlan, OrderReport]):
    """Five steps; until the last one nothing is written, and then all good rows or none."""

    page_requested = Signal(str)
    import_requested = Signal()

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(session, tasks, prompts)
        self._read: ReadList | None = None
        self.meanings = MeaningsStep()
        self.check, self.done = OrdersCheckStep(), OrdersDoneStep()
        self.residents = button(
            _("Residents…"), lambda: self.import_requested.emit(), picture="users"
        )
        self._build(
            _("Import past work orders"),
            (_("File"), _("Columns"), _("Meanings"), _("Check"), _("Import")),
            (ChooseStep(_never()), ColumnsStep(TARGETS, tells_when)),
            (self.check, self.done),
            (self.residents,),
            between=(self.meanings,),
        )
        self.earlier = EarlierCard()
        self.earlier.withdraw_requested.connect(self._withdraw)
        self.choose.add_below(self.earlier)
        self.choose.template_requested.connect(self._template)
        self.done.onward_requested.connect(lambda: self.page_requested.emit("orders"))
        self.restart()

    @override
    def restart(self) -> None:
        self._read = None
        super().restart()
        self.reload()

    def reload(self, _changes: Changes | None = None) -> None:
        """The earlier imports are those of now."""
        self._tasks.query(
            partial(withdrawing.imports, self._session),
            owner=self,
            done=self.earlier.show_imports,
            failed=self._explain,
            newest="earlier",
        )

    # ---- going from step to step ------------------------------------------------------------

    @override
    def _examined(self, source: Path | Book) -> Examined:
        return importing.examined(self._session, source)

    @override
    def _entered(self, plan: OrderPlan, progress: Progress) -> tuple[Changes, OrderReport]:
        return importing.enter(self._session, plan, progress=progress)

    @override
    def _subtitles(self) -> Mapping[int, str]:
        return {
            CHOOSE: _("Past orders from Excel, WPS or another program, for charts and forecast"),
            DONE: _("Done"),
        }

    @override
    def _next_words(self) -> str:
        if self.step == COLUMNS:
            return _("Read the rows")
        if self.step != CHECK or self._plan is None:
            return _("Check the rows")
        count = len(self._plan.lines)
        return ngettext("Enter {count} order", "Enter {count} orders", count).format(
            count=f"{count:,}"
        )

    @override
    def _may_go_on(self) -> bool:
        if self.step == COLUMNS:
            return self.columns.is_usable
        if self.step == MEANINGS:
            return self._read is not None
        return self._plan is not None and bool(self._plan.lines)

    @override
    def _forth(self) -> None:
        self.banner.show_sentence("")
        acts = {COLUMNS: self._read_rows, MEANINGS: self._check, CHECK: self._enter_orders}
        acts[self.step]()

    # ---- work ------------------------------------------------------------------------------

    def _read_rows(self) -> None:
        source = self._source
        if source is None:
            return
        mapping = dict(self.columns.mapping)
        self._run(
            _("Reading the rows"),
            lambda progress: importing.read(self._session, source, mapping, progress=progress),
            self._show_meanings,
        )

    def _show_meanings(self, read: ReadList) -> None:
        self._read = read
        self.meanings.show_list(read)
        self._go(MEANINGS)

    def _check(self) -> None:
        read, choices = self._read, self.meanings.choices
        if read is None:
            return
        if waiting := self.meanings.open_buildings:
            self.banner.show_sentence(_undecided(waiting), Tone.WARN)
            self.meanings.show_open()
            return
        self._run(
            _("Checking the rows"),
            lambda progress: importing.planned(self._session, read, choices, progress=progress),
            self._show_plan,
        )

    def _enter_orders(self) -> None:
        self._enter(_("Entering the orders"))

    # ---- taking it back ---------------------------------------------------------------------

    def _withdraw(self, one: PastImport) -> None:
        asked = ngettext(
            "Withdraw this import of {count} order?",
            "Withdraw this import of {count} orders?",
            one.found.orders,
        )
        if self._prompts.confirm(
            asked.format(count=f"{one.found.orders:,}"), yes=_("Withdraw"), detail=_what_it_is()
        ):
            self.working.start(_("Withdrawing the import"))
            self._tasks.command(
                partial(withdrawing.withdraw, self._session, one.found.id),
                owner=self,
                done=self._show_withdrawn,
                failed=self._stopped,
            )

    def _show_withdrawn(self, _changes: Changes) -> None:
        self._ended()
        self.banner.show_sentence(
            _("The import is withdrawn. Its orders stay in the book as cancelled."), Tone.GOOD
        )
        self.reload()

    # ---- files -----------------------------------------------------------------------------

    def _template(self) -> None:
        self._save_template(
            write_order_template,
            ORDERS_SUGGESTED,
            _("The template is saved. Fill in one order per row and choose it here."),
        )


def _undecided(buildings: Sequence[str]) -> str:
    words = ngettext(
        "Choose first what this building is: {names}",
        "Choose first what these {count} buildings are: {names}",
        len(buildings),
    )
    more = "…" if len(buildings) > _NAMED else ""
    names = _(", ").join(map(building_words, buildings[:_NAMED])) + more
    return words.format(count=len(buildings), names=names)


def _what_it_is() -> str:
    return _(
        "Nothing is deleted: the orders stay in the book as cancelled, with their numbers. Words, "
        "rooms and residents are taken out of them, and neither charts nor forecast count them "
        "any more. This cannot be undone; the right list can be imported afterwards."
    )


def _never() -> str:
    return _(
        "Names of people who are not residents of that home, phone numbers, pictures and identity "
        "numbers are never taken over: such columns are left out, and the report says so. Words "
        "and rooms are kept only as long as the retention schedule allows."
    )
