"""The rules page: a version in the grid, its draft kept by itself, its way to a second person."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain import office
from pmdesk.domain.classification import Ruleset, RulesetId, RulesetStatus
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.domain.training import Task
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.rules.table import DecisionTable
from pmdesk.services import rules
from pmdesk.services.records import assessments
from pmdesk.services.records.assessments import Assessed
from pmdesk.services.session import Session
from pmdesk.ui import ear
from pmdesk.ui.building import built
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.places import Part
from pmdesk.ui.preferences import Preferences
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.rules.exchange.menu import ExchangeMenu
from pmdesk.ui.rules.force.activation import Activation
from pmdesk.ui.rules.lifecycle import Desk, Step, desk
from pmdesk.ui.rules.panels import PANELS, PanelTabs
from pmdesk.ui.rules.review_watch import ReviewWatch
from pmdesk.ui.rules.shelf import Shelf, fetched
from pmdesk.ui.rules.shown import Shown
from pmdesk.ui.rules.version_bar import VersionBar
from pmdesk.ui.rules.workbench import Workbench
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.training.banner import TrainingBanner
from pmdesk.ui.watch.proposals import ProposalBanner
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.page import scrolled

Add = Callable[[], RulesetId]
Act = Callable[[], Changes]
SAVE_MS = 3000
_ASSESSED = {RulesetStatus.SUBMITTED, RulesetStatus.APPROVED, RulesetStatus.ACTIVE}


class RulesPage(QWidget):
    """Everyone who may see rules sees them; only one's own draft can be edited."""

    assessment_requested = Signal(str)  # the subject of an impact assessment
    course_requested = Signal(str)

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._preferences = preferences
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._shelf: Shelf | None = None
        self._shown: Ruleset | None = None
        self._wanted: RulesetId | None = None
        self._unsaved: DecisionTable | None = None
        self._is_saving = False
        self.desk = Desk(steps=())
        self.bench: Workbench | None = None
        self.exchange = ExchangeMenu(session, tasks, prompts, self.keep_now)
        self.bar = VersionBar(self.exchange.button)
        self.tabs = PanelTabs(session, tasks, prompts)
        self.force = Activation(session, tasks, prompts, self)
        self.review = ReviewWatch(session, tasks, self.bar, self.tabs)
        self.training: TrainingBanner | None = None
        self.proposal = ProposalBanner(session, tasks)
        self.nothing = self._empty_state()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.save)
        self._lay_out()
        self._connect()
        build_actions(self, {Command.SAVE: self.save, Command.REFRESH: self.reload})
        self.reload()

    @staticmethod
    def parts() -> tuple[Part, ...]:
        """What the search finds here."""
        return tuple(Part(key=tab.key, title=_(tab.title)) for tab in PANELS)

    def open_part(self, key: str) -> None:
        """That tab is seen."""
        self.tabs.panel(key)

    def reload(self, changes: Changes | None = None) -> None:
        """The page shows what the office holds now; what is being edited stays."""
        if changes is None or changes.kinds & {office.RULES, office.STAFF, office.OFFICE}:
            self._tasks.query(
                partial(fetched, self._session),
                owner=self,
                done=self._show_shelf,
                newest="shelf",
            )
        elif self.bench and changes.kinds & {office.CLASSIFICATION, office.RESIDENTS}:
            self.bench.look_now()
        if changes is not None:
            self.tabs.reload(changes)
            if changes.kinds & {office.RECORDS, office.RULES}:
                self._ask_assessment()
            self.review.reload(changes)

    def show_version(self, ruleset: RulesetId) -> None:
        """The page shows this version."""
        self._wanted = ruleset
        self.reload()

    def save(self) -> None:
        """The draft is saved in the background."""
        self._timer.stop()
        if self._unsaved is None or self._shown is None or self._is_saving:
            return
        table, self._unsaved, self._is_saving = self._unsaved, None, True
        self._tasks.command(
            partial(rules.save_draft, self._session, self._shown.id, table),
            owner=self,
            done=lambda _changes: self._on_saved(),
            failed=lambda error: self._on_not_saved(table, error),
        )

    def keep_now(self) -> None:
        """The draft is saved before this returns: the office locks."""
        self._timer.stop()
        if self._unsaved is not None and self._shown is not None:
            rules.save_draft(self._session, self._shown.id, self._unsaved)
            self._unsaved = None

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.save()
        super().hideEvent(event)

    # ---- building --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._column = QVBoxLayout()
        self._column.setContentsMargins(28, 16, 28, 16)
        self._column.setSpacing(10)
        self._column.addWidget(self.bar)
        self._column.addWidget(self.force.working)
        self._column.addWidget(self.proposal)
        if self._session.staff.may(Permission.APPROVE_RULES):
            self.training = TrainingBanner(self._session, self._tasks, Task.REVIEW)
            self.training.course_requested.connect(self.course_requested)
            self._column.addWidget(self.training)
        self._column.addWidget(self.tabs, 1)
        self._stack = QStackedLayout(self)
        area = scrolled(self._column)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack.addWidget(area)
        self._stack.addWidget(self.nothing)

    def _empty_state(self) -> EmptyState:
        may = self._session.staff.may(Permission.EDIT_RULES)
        return EmptyState(
            _("Here the rules will stand that give each resident a tier. There is no version yet."),
            picture="grid-3x3",
            action=_("Begin with the starter table") if may else "",
            pressed=self._begin,
        )

    def _connect(self) -> None:
        self.bar.version_chosen.connect(self._choose)
        self.bar.step_chosen.connect(self._take)
        self.bar.assessment.requested.connect(self.assessment_requested)
        self.exchange.imported.connect(self._open_new)
        self.exchange.watch(self)
        self.force.refused.connect(lambda error: self.bar.show_problem(told(error)))
        self.force.made.connect(self._open_new)

    # ---- showing ---------------------------------------------------------------------------

    def _show_shelf(self, shelf: Shelf) -> None:
        self._shelf = shelf
        present = self._shown.id if self._shown else None
        chosen = shelf.of(self._wanted) or shelf.of(present) or shelf.first_for(self._session.staff)
        self._wanted = None
        self._stack.setCurrentIndex(1 if chosen is None else 0)
        if chosen is None:
            self._shown = None
            return
        self.bar.show_versions(shelf.versions, shelf.names, chosen.id)
        self._show_version(chosen)

    def _show_version(self, ruleset: Ruleset) -> None:
        before, self._shown = self._shown, ruleset
        self.exchange.show_version(ruleset)
        assert self._shelf is not None  # noqa: S101  # shown only after the shelf arrived
        shelf = self._shelf
        refusal = shelf.refusals.get(ruleset.id)
        self.desk = desk(
            ruleset, self._session.staff, shelf.names, alone=shelf.alone, refusal=refusal
        )
        same = before is not None and _state(before) == _state(ruleset)
        if same and self.bench is not None:
            self.review.follow(ruleset, self.bench.model.table, editable=self.desk.editable)
            return
        self.bar.show_desk(ruleset, self.desk, self._shelf.names)
        self._ask_assessment()
        self.review.show_version(ruleset)
        self.bar.setEnabled(False)  # nobody decides on a table that is not on the screen yet
        if self.bench is not None:
            self.bench.hold()
        self._tasks.query(
            partial(rules.table, self._session, ruleset.id),
            owner=self,
            done=partial(self._show_table, ruleset.id),
            failed=self._show_no_table,
            newest="table",
        )

    def _ask_assessment(self) -> None:
        """An assessment is bound to a document that no longer changes: a draft has none."""
        if self._shown is None or self._shown.status not in _ASSESSED:
            self.bar.assessment.show_assessed(None)
            return
        self._tasks.query(
            partial(assessments.of_ruleset, self._session, self._shown.id),
            owner=self,
            done=partial(self._show_assessed, self._shown.id),
            newest="assessment",
        )

    def _show_assessed(self, ruleset: RulesetId, found: Assessed) -> None:
        """A version that was left meanwhile says nothing about the one that is shown."""
        if self._shown is not None and self._shown.id == ruleset:
            self.bar.assessment.show_assessed(found)

    def _show_no_table(self, error: PmdeskError) -> None:
        self.bar.setEnabled(True)
        self.bar.show_problem(told(error))

    def _show_table(self, ruleset: RulesetId, table: DecisionTable) -> None:
        if self._shown is None or self._shelf is None or self._shown.id != ruleset:
            self.bar.setEnabled(True)
        elif self.bench is None:  # the bar waits for it: what is pressed there needs the grid
            self._tasks.in_turns(self._opening(ruleset, table), owner=self, newest="bench")
        else:
            self.bar.setEnabled(True)
            self.bench.toolbar.saved.setText("")
            self.bench.start(table, self._shelf.facts, editable=self.desk.editable)
            self._tell_panels(table)

    def _opening(self, ruleset: RulesetId, table: DecisionTable) -> Iterator[None]:
        """The grid with all around it, which is much to build, then what it shows."""
        made = built(partial(Workbench, self._session, self._tasks, table))
        try:
            yield
        except GeneratorExit:  # another version is asked for, or the page goes
            made.deleteLater()
            raise
        made.edited.connect(self._on_edited)
        made.submit_wanted.connect(self._submit_by_key)
        if self._preferences is not None:
            made.toolbar.fold.remember_in(self._preferences)
        self.bench = made
        with ear.resting():
            self.tabs.put_grid(made, made.toolbar.saved, made.toolbar.fold)
            self.review.put_into(made)
        yield  # what is counted in the background would hold up the first look
        if made.model.table == table:  # a newer one may have come meanwhile
            self._show_table(ruleset, table)

    def _tell_panels(self, table: DecisionTable) -> None:
        self.bar.show_policy(table.policy)
        if self._shown is not None and self._shelf is not None:
            shown = Shown(
                ruleset=self._shown,
                table=table,
                desk=self.desk,
                facts=self._shelf.facts,
                versions=self._shelf.versions,
                names=self._shelf.names,
            )
            self.tabs.show_version(shown)
            self.review.look_at(table, editable=self.desk.editable)

    # ---- keeping the draft -----------------------------------------------------------------

    def _on_edited(self, table: DecisionTable) -> None:
        self._unsaved = table
        self._tell_panels(table)
        self._timer.start()
        if self.bench:
            self.bench.toolbar.saved.setText(_("Not saved yet"))

    def _on_saved(self) -> None:
        self._is_saving = False
        if self.bench and self._unsaved is None:
            at = self._session.clock.now().astimezone()
            self.bench.toolbar.saved.setText(_("Draft saved {time}").format(time=f"{at:%H:%M:%S}"))
        elif self._unsaved is not None:
            self._timer.start()

    def _on_not_saved(self, table: DecisionTable, error: PmdeskError) -> None:
        self._is_saving = False
        self._unsaved = self._unsaved or table
        self.bar.show_problem(told(error))

    # ---- acting ----------------------------------------------------------------------------

    def _choose(self, ruleset: RulesetId) -> None:
        self.save()
        if self._shelf is not None and (chosen := self._shelf.of(ruleset)) is not None:
            self._show_version(chosen)

    def _take(self, step: Step, words: str) -> None:
        if self._shown is None or self.bench is None:
            return
        shown = self._shown.id
        acts: Mapping[Step, Callable[[], None]] = {
            Step.COPY: lambda: self._add(partial(rules.draft_from, self._session, shown)),
            Step.SUBMIT: self._submit,
            Step.WITHDRAW: lambda: self._do(partial(rules.withdraw, self._session, shown)),
            Step.DISCARD: self._discard,
            Step.APPROVE: lambda: self._do(partial(rules.approve, self._session, shown, words)),
            Step.REJECT: lambda: self._do(partial(rules.reject, self._session, shown, words)),
            Step.ACTIVATE: self._ask_activate,
            Step.SCHEDULE: partial(self.force.ask_day, self._shown),
            Step.UNSCHEDULE: partial(self.force.take_back, self._shown),
            Step.RESTORE: partial(self.force.restore, self._shown),
        }
        acts[step]()

    def _begin(self) -> None:
        self._add(partial(rules.draft_from_starter, self._session))

    def _add(self, work: Add) -> None:
        self.save()
        self._tasks.command(work, owner=self, done=self._open_new)

    def _open_new(self, ruleset: RulesetId) -> None:
        self._wanted = ruleset
        self._tasks.changed.emit(rules.CHANGED)

    def _do(self, work: Act) -> None:
        self._tasks.command(
            work, owner=self, failed=lambda error: self.bar.show_problem(told(error))
        )

    def _submit_by_key(self) -> None:
        if Step.SUBMIT in self.desk.steps:
            self._submit()

    def _submit(self) -> None:
        if self.bench is None or self._shown is None:
            return
        if self.bench.model.refusals:
            self.bar.show_problem(
                _("Some entries cannot be read yet. They are marked; mend them or press Esc there.")
            )
            return
        self.review.ask_unready(self.bench.model.table, self._prompts, self._submit_now)

    def _submit_now(self) -> None:
        if self.bench is None or self._shown is None or self.bench.model.refusals:
            return
        self._timer.stop()
        self._unsaved = None
        self._do(partial(_submitted, self._session, self._shown.id, self.bench.model.table))

    def _discard(self) -> None:
        sentence = _("Discard this draft? It cannot be brought back.")
        if self._shown and self._prompts.confirm(sentence, yes=_("Discard the draft")):
            self._timer.stop()
            self._unsaved = None
            self._do(partial(rules.discard, self._session, self._shown.id))

    def _ask_activate(self) -> None:
        found = self.bar.assessment.assessed
        error = (assessments.refusal(found.state) if found else None) or self.review.refusal
        if error is not None:
            self.bar.show_problem(told(error))
        elif self.bench is not None and self._shown is not None:
            self.force.ask(self._shown, self.bench.model.table)


def _state(ruleset: Ruleset) -> tuple[object, ...]:
    return ruleset.id, ruleset.status, ruleset.active_from


def _submitted(session: Session, ruleset: RulesetId, table: DecisionTable) -> Changes:
    rules.save_draft(session, ruleset, table)
    return rules.submit(session, ruleset)
