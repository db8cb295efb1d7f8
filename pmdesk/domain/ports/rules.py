"""What the use-cases ask of the registers of rules, results and counts."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.classification import (
    Cause,
    Classification,
    Fate,
    Ruleset,
    RulesetId,
    RulesetStatus,
    TierCounts,
    TierPeriod,
)
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode


class Rulesets(Protocol):
    """Versions of the classification rules."""

    def all(self) -> tuple[Ruleset, ...]:
        """Newest first."""
        ...

    def get(self, ruleset: RulesetId) -> Ruleset: ...
    def active(self) -> Ruleset | None: ...
    def add(
        self,
        document: str,
        digest: str,
        *,
        author: str,
        at: datetime,
        examples: str = "[]",
        restored_from: RulesetId | None = None,
    ) -> RulesetId:
        """A new draft with the next version number."""
        ...

    def rewrite(self, ruleset: RulesetId, document: str, digest: str) -> None:
        """The draft holds this document; ConflictError when it is no draft any more."""
        ...

    def expect(self, ruleset: RulesetId, examples: str) -> None:
        """The draft has these examples; ConflictError when it is no draft any more."""
        ...

    def move(
        self, ruleset: RulesetId, status: RulesetStatus, *, by: str, words: str, at: datetime
    ) -> None:
        """The version has this status; activating retires the one before."""
        ...

    def schedule(self, ruleset: RulesetId, day: date | None, *, by: str) -> None:
        """The approved version comes into force on that day; None: when somebody says so."""
        ...

    def discard(self, ruleset: RulesetId) -> None:
        """The draft is gone; refused once a reviewer answered about an earlier state of it."""
        ...


class Classifications(Protocol):
    """The narrow table of results, written by one SQL statement."""

    def of(self, person: PersonId) -> Classification | None: ...
    def classify(
        self,
        ruleset: Ruleset,
        *,
        today: date,
        person: PersonId | None = None,
        cause: Cause = Cause.RULES,
        progress: Callable[[int, int], None] | None = None,
    ) -> int:
        """All with a live P2 consent (or that person) are classified; the rows that changed."""
        ...

    def suspend(self, *, today: date) -> int:
        """Nothing that the engine decided holds any more: the standard for all; how many.

        What a person decided about somebody stands.
        """
        ...

    def history(self, person: PersonId) -> tuple[TierPeriod, ...]:
        """The results that the person had and has, newest first."""
        ...

    def fates(self, document: str, *, today: date) -> tuple[Fate, ...]:
        """What a table would make of whom; nothing is written."""
        ...

    def preview(self, document: str, *, today: date) -> TierCounts:
        """What a table would do, as counts; nothing is written."""
        ...

    def facts(
        self, person: PersonId, *, today: date, asked: Collection[str] = ()
    ) -> Mapping[str, str | bool | int | date | None]:
        """What rules may read of the person, by fact key, as SQL saw it; groups where `asked`."""
        ...


class Counts(Protocol):
    """Numbers for charts: counted people, never lists of them."""

    def tiers(self) -> Mapping[str, int]: ...
    def needs(self, field: FieldKey, options: Collection[str], *, by: str) -> Mapping[str, int]:
        """Classified people by `tier` or `building` who chose any of the options of the field."""
        ...

    def consent_states(self, purpose: PurposeCode, *, today: date) -> Mapping[str, int]:
        """People by ConsentState value."""
        ...

    def people(self, *, by: str) -> Mapping[str, int]:
        """Classified people by `tier` or `building`."""
        ...

    def moves(self, ruleset: RulesetId) -> Mapping[tuple[str, str], int]:
        """Classified people by their tier before that version and their tier now."""
        ...
