"""What every card is made from: the open office, the scope, and how few is too few."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from pmdesk.analytics.figures import Figure
from pmdesk.domain.classification import Ruleset
from pmdesk.domain.dashboard import (
    FEWEST_HOMES,
    OF_THE_WHOLE,
    OF_TODAY,
    CardKey,
    CardState,
    Scope,
    SeenView,
)
from pmdesk.domain.ports import UnitOfWork
from pmdesk.i18n import _
from pmdesk.services.dashboard.card import Card, Target
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One question, asked within one transaction."""

    session: Session
    work: UnitOfWork
    key: CardKey
    scope: Scope
    smallest: int
    active: Ruleset | None  # the rules in force
    memory: str  # whose: an account's, or that of all that left the program
    seen: tuple[SeenView, ...] = ()  # all that is remembered there
    start: frozenset[SeenView] = frozenset()  # what it leaves out stays out
    told: list[SeenView] = field(default_factory=list)  # what the answer shows of orders
    shown_now: list[SeenView] = field(default_factory=list)  # what of that was not known before

    @property
    def today(self) -> date:
        """The office's own day."""
        return self.session.clock.today()

    def shown(
        self,
        answer: str,
        *figures: Figure,
        notes: tuple[str, ...] = (),
        targets: tuple[Target, ...] = (),
    ) -> Card:
        """The card with its figures."""
        return self._card(CardState.SHOWN, answer, figures=figures, notes=notes, targets=targets)

    def empty(self, answer: str, remedy: str, *targets: Target) -> Card:
        """There is nothing to count yet."""
        return self._card(CardState.EMPTY, answer, remedy=remedy, targets=targets)

    def too_small(self) -> Card:
        """Fewer homes than a card may tell of."""
        answer = _("Sample too small: fewer than {count} homes stand behind this.")
        return self._card(
            CardState.TOO_SMALL,
            answer.format(count=FEWEST_HOMES),
            remedy=_("Choose a longer period, or take a filter off."),
        )

    def refused(self) -> Card:
        """Beside what the account saw before, this would tell of single homes."""
        return self._card(
            CardState.REFUSED,
            _(
                "Beside what you have seen of this period, this would tell of fewer than {count} "
                "homes by subtraction."
            ).format(count=self.smallest),
            remedy=_("Go back to a view that you had before, or choose another whole period."),
        )

    @property
    def _as_of(self) -> date:
        """The last day told of; residents are counted as they are, what is foretold from today."""
        if self.key in OF_THE_WHOLE:
            return self.today
        ended = self.today if self.key is CardKey.STAFF else min(self.today, self.scope.until)
        return ended - timedelta(days=1)

    @property
    def _version(self) -> int | None:
        """Of the rules in force now, by which people have tiers; else on the last day told of."""
        if self.key in OF_TODAY:
            return self.active.version if self.active else None
        zone = self.session.clock.local().tzinfo
        begun = [(one.activated_at, one.version) for one in self.work.rulesets.all()]
        then = [(at, v) for at, v in begun if at and at.astimezone(zone).date() <= self._as_of]
        return max(then)[1] if then else None

    def _card(
        self,
        state: CardState,
        answer: str,
        *,
        remedy: str = "",
        figures: tuple[Figure, ...] = (),
        notes: tuple[str, ...] = (),
        targets: tuple[Target, ...] = (),
    ) -> Card:
        if state is not CardState.SHOWN:
            self.told.clear()
            self.shown_now.clear()
        return Card(
            key=self.key,
            scope=self.scope,
            state=state,
            answer=answer,
            remedy=remedy,
            figures=figures,
            notes=notes,
            as_of=self._as_of,
            version=self._version,
            smallest=self.smallest,
            targets=targets,
            told=frozenset(self.told),
        )
