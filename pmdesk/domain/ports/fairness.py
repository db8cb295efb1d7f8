"""What the use-cases ask of the register of fairness samples and results."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.classification import RulesetId
from pmdesk.domain.fairness import FairnessReport, OldAnswer, Participant, Participation
from pmdesk.domain.people import PersonId


class Fairness(Protocol):
    """Sealed samples under pseudonyms, and the counts that were made of them."""

    def put(self, person: PersonId, sample: Participation) -> None:
        """The answers stand under their pseudonym; refused without a live consent to P6."""
        ...

    def of(self, person: PersonId) -> Participation | None: ...
    def drop(self, person: PersonId) -> bool:
        """The answers are gone, the consent stays; whether there were any."""
        ...

    def count(self, *, today: date) -> int:
        """How many take part."""
        ...

    def participants(self, document: str, *, today: date) -> tuple[Participant, ...]:
        """Whom that rule table decides about and who takes part, in the order of pseudonyms."""
        ...

    def old_answers(self) -> tuple[OldAnswer, ...]:
        """Answers that were sealed under the person's number, before samples were apart."""
        ...

    def mark(self, pseudonyms: Collection[str], day: date) -> None:
        """A report of that day used them: from its day on their period runs."""
        ...

    def expire(self, before: date, *, at: datetime, today: date) -> int:
        """Samples first reported before that day are gone, with lines in the journal; how many."""
        ...

    def clear(self, *, at: datetime, today: date) -> int:
        """Every sample is gone, with lines in the journal; how many there were."""
        ...

    def first(self) -> date | None:
        """The day of the oldest report whose sample is still there."""
        ...

    def keep(self, report: FairnessReport) -> None:
        """The result of the version; it takes the place of the one before."""
        ...

    def report(self, ruleset: RulesetId) -> FairnessReport | None: ...
