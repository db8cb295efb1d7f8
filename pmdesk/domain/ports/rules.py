"""What the use-cases ask of the registers of rules, results and counts."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.classification import (
    Classification,
    Ruleset,
    RulesetId,
    RulesetStatus,
    TierCounts,
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
    def add(self, document: str, digest: str, *, author: str, at: datetime) -> RulesetId:
        """A new draft with the next version number."""
        ...

    def rewrite(self, ruleset: RulesetId, document: str, digest: str) -> None:
        """The draft holds this document; ConflictError when it is no draft any more."""
        ...

    def move(
        self, ruleset: RulesetId, status: RulesetStatus, *, by: str, words: str, at: datetime
    ) -> None:
        """The version has this status; activating retires the one before."""
        ...

    def discard(self, ruleset: RulesetId) -> None:
        """The draft is gone."""
        ...


class Classifications(Protocol):
    """The narrow table of results, written by one SQL statement."""

    def of(self, person: PersonId) -> Classification | None: ...
    def classify(self, ruleset: Ruleset, *, today: date, person: PersonId | None = None) -> int:
        """All with a live P2 consent (or that person) are classified; the rows that changed."""
        ...

    def preview(self, document: str, *, today: date) -> TierCounts:
        """What a table would do, as counts; nothing is written."""
        ...

    def facts(
        self, person: PersonId, *, today: date
    ) -> Mapping[str, str | bool | int | date | None]:
        """What rules may read of the person, by fact key, as SQL saw it."""
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
