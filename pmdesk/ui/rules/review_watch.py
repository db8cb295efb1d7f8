"""Keeps the head of the rules page, the line below the buttons and the tab about one review."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from pmdesk.domain.classification import Ruleset, RulesetId, RulesetStatus
from pmdesk.domain.office import Changes
from pmdesk.domain.reviews import Review
from pmdesk.errors import RefusedError
from pmdesk.i18n import _, told
from pmdesk.rules.table import DecisionTable
from pmdesk.services import review
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.rules.panels import REVIEW, TABLE, PanelTabs
from pmdesk.ui.rules.places import Place
from pmdesk.ui.rules.review.looks import unready
from pmdesk.ui.rules.review.panel import KINDS
from pmdesk.ui.rules.review.strip import ReviewStrip
from pmdesk.ui.rules.version_bar import VersionBar
from pmdesk.ui.rules.workbench import Workbench
from pmdesk.ui.tasks import Tasks

_STANDING = {RulesetStatus.SUBMITTED, RulesetStatus.APPROVED, RulesetStatus.ACTIVE}


class ReviewWatch(QObject):
    """The head says how the review of a submitted version stands, the line that of a draft."""

    def __init__(self, session: Session, tasks: Tasks, bar: VersionBar, tabs: PanelTabs) -> None:
        super().__init__(bar)
        self._session = session
        self._tasks = tasks
        self._bar = bar
        self._tabs = tabs
        self._shown: Ruleset | None = None
        self._bench: Workbench | None = None
        self.strip = ReviewStrip(session, tasks)
        for asked in (bar.review.requested, self.strip.opened):
            asked.connect(self._open)
        tabs.place_chosen.connect(self._go)

    def show_version(self, ruleset: Ruleset) -> None:
        """The head is about this version."""
        self._shown = ruleset
        self._bar.show_review(None)
        self._ask()

    def follow(self, ruleset: Ruleset, table: DecisionTable, *, editable: bool) -> None:
        """The version is the same; its examples may have been answered meanwhile."""
        before, self._shown = self._shown, ruleset
        if before is not None and before.examples != ruleset.examples:
            self.look_at(table, editable=editable)

    def reload(self, changes: Changes) -> None:
        """The head says what the office holds now."""
        if changes.kinds & KINDS:
            self._ask()

    def put_into(self, bench: Workbench) -> None:
        """The line of a draft stands there, and places are shown in its grid."""
        self._bench = bench
        bench.put_strip(self.strip)

    def look_at(self, table: DecisionTable, *, editable: bool) -> None:
        """The line is about this table while it can be edited."""
        if self._shown is not None:
            self.strip.look_at(self._shown, table, wanted=editable)

    def ask_unready(
        self, table: DecisionTable, prompts: Prompts, go_on: Callable[[], None]
    ) -> None:
        """`go_on` follows at once, or when the author wants it although something fails."""
        if self._shown is not None:
            self._tasks.query(
                partial(review.of_draft, self._session, self._shown, table),
                owner=self,
                done=partial(self._warn, self._shown.id, prompts, go_on),
                failed=lambda error: self._bar.show_problem(told(error)),
                newest="unready",
            )

    def _warn(
        self, ruleset: RulesetId, prompts: Prompts, go_on: Callable[[], None], found: Review
    ) -> None:
        if self._shown is None or self._shown.id != ruleset:
            return
        sentence, detail = unready(found)
        if not sentence or prompts.confirm(sentence, yes=_("Submit anyway"), detail=detail):
            go_on()

    @property
    def refusal(self) -> RefusedError | None:
        """Why the version cannot be activated, as far as the review goes."""
        found = self._bar.review.review
        return review.refusal(found) if found else None

    def _ask(self) -> None:
        if self._shown is not None and self._shown.status in _STANDING:
            self._tasks.query(
                partial(review.standing, self._session, self._shown.id),
                owner=self,
                done=partial(self._show, self._shown.id),
                newest="review",
            )

    def _show(self, ruleset: RulesetId, found: Review) -> None:
        """A version that was left meanwhile says nothing about the one that is shown."""
        if self._shown is not None and self._shown.id == ruleset:
            self._bar.show_review(found)

    def _open(self) -> None:
        self._tabs.panel(REVIEW)

    def _go(self, place: Place) -> None:
        self._tabs.panel(TABLE)
        if self._bench is not None:
            self._bench.grid.go(place)
