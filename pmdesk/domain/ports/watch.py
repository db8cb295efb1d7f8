"""What the use-cases ask of the register of measures, findings and decisions, and of its counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.classification import RulesetId
from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.requests import RequestId
from pmdesk.domain.watch import About, Decision, Finding, Measure, MeasureId, Plan, Reviews

Bins = Mapping[str, Mapping[str, int]]  # counts by what is counted and by answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Complained:
    """From how many homes complaints came; a home counts once, a place all share each time."""

    building: str
    topic: str  # EVERY_TOPIC: whatever they were about
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedPart:
    """Orders of one group that took about as long, or were in time alike."""

    group: str
    urgency: Urgency
    in_time: bool
    hours: int  # whole hours until somebody began
    orders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedPeople:
    """How many residents stand behind the orders of a group, and behind its late ones."""

    group: str
    people: int
    late: int
    in_time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedBy:
    """All groups of one kind: their orders, and the residents behind those by group."""

    parts: tuple[ServedPart, ...]
    people: Mapping[str, ServedPeople]


class WatchBook(Protocol):
    """Measures, what was found about complaints, decisions on proposals, and monthly counts."""

    def add(self, plan: Plan, *, on: date) -> MeasureId: ...
    def measure(self, measure: MeasureId) -> Measure:
        """NotFoundError when there is none of that id."""
        ...

    def measures(self) -> tuple[Measure, ...]:
        """Open ones first, by their last day; then the ended ones, newest first."""
        ...

    def save(self, measure: Measure) -> None:
        """Owner, last day, words and state stand as given; place and beginning never change."""
        ...

    def find(self, request: RequestId, about: About, *, upheld: bool, at: datetime) -> int: ...
    def findings(self) -> tuple[Finding, ...]:
        """The newest of each complaint, in order."""
        ...

    def decide(self, decision: Decision) -> None: ...
    def decisions(self, ruleset: RulesetId) -> tuple[Decision, ...]:
        """Newest first."""
        ...

    def reviewed(self, ruleset: RulesetId, day: date, *, changed: bool) -> None:
        """One more result that a person looked at again; nothing tells whose it is."""
        ...

    def reviews(
        self,
        ruleset: RulesetId | None,
        *,
        after: int = 0,
        since: date | None = None,
        until: date | None = None,
    ) -> Reviews:
        """Of that version, or of all, after an entry and from a day to before another."""
        ...

    def keep_counts(self, month: date, bins: Bins) -> None:
        """The counts of that month stand for good."""
        ...

    def counts(self, month: date) -> Bins | None:
        """None where none were kept."""
        ...

    def months(self) -> tuple[date, ...]:
        """The months with counts, newest first."""
        ...


class WatchCounts(Protocol):
    """Counted events; never who."""

    def complaints(self, *, since: date, until: date) -> tuple[Complained, ...]:
        """By building and topic, and by building over all topics."""
        ...

    def homes(self) -> Mapping[str, int]:
        """Units by building, in the order of the office."""
        ...

    def served(self, *, since: date, until: date, now: datetime) -> Mapping[str, ServedBy]:
        """Orders that are done or overdue, by `tier` and by `building`, and the residents behind.

        Of public areas nobody stands behind them.
        """
        ...

    def results(self) -> Mapping[str, Mapping[str, int]]:
        """Classified people by `tier`, `tag` and `rule`; empty before the first rules."""
        ...

    def inputs(self) -> Bins:
        """What the answers say that rules may read: people by field and answer, "" for none.

        Where several answers may be chosen, each stands by itself: people by `field/answer`, with
        and without it.
        """
        ...

    def choices(self, *, since: datetime, until: datetime) -> Mapping[str, int]:
        """Decisions on the consent to classification from a moment to before another, by kind."""
        ...
