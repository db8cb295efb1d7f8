"""What the use-cases ask of the registers of refused data: own words, quarantine, switches."""

from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.dimensions import Switch, SwitchId
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.own_words import OwnWord, OwnWordId
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.quarantine import Mistake, Quarantined, QuarantineId


class OwnWords(Protocol):
    """Words that the office added to what is not collected."""

    def all(self) -> tuple[OwnWord, ...]:
        """In force, oldest first."""
        ...

    def add(self, word: str, why: str, *, at: datetime) -> OwnWordId: ...
    def propose_removal(self, word: OwnWordId, reason: str, *, at: datetime) -> None:
        """A second person may now agree."""
        ...

    def keep(self, word: OwnWordId) -> None:
        """Nobody wants it removed any more."""
        ...

    def remove(self, word: OwnWordId, *, at: datetime) -> None:
        """The word is in force no more; its row stays. The store refuses the proposer himself."""
        ...


class Quarantine(Protocol):
    """What was collected by mistake, sealed and out of its place."""

    def add(  # noqa: PLR0913  # one entry has these parts
        self,
        person: PersonId,
        purpose: PurposeCode,
        field: FieldKey,
        mistake: Mistake,
        *,
        blob: bytes,
        at: datetime,
        until: date,
        note: int | None = None,
    ) -> QuarantineId: ...
    def all(self) -> tuple[Quarantined, ...]:
        """By the day they go."""
        ...

    def of(self, person: PersonId) -> tuple[Quarantined, ...]: ...
    def get(self, entry: QuarantineId) -> Quarantined:
        """NotFoundError when it was erased or put back."""
        ...

    def drop(self, entry: QuarantineId) -> None: ...
    def expire(self, today: date, *, at: datetime) -> int:
        """What waited its days is erased, with a line in the journal; how many."""
        ...


class Switches(Protocol):
    """Proposals to collect a field that is off by default."""

    def all(self, field: FieldKey) -> tuple[Switch, ...]:
        """Newest first."""
        ...

    def propose(
        self, field: FieldKey, necessity: str, alternatives: str, *, at: datetime
    ) -> SwitchId: ...
    def decide(self, switch: SwitchId, *, on: bool, words: str, at: datetime) -> None:
        """Decided by a second person; the store refuses the proposer himself."""
        ...

    def end(self, switch: SwitchId, *, at: datetime) -> None:
        """The field is off again."""
        ...

    def people(self, purpose: PurposeCode) -> tuple[PersonId, ...]:
        """Whoever has a live consent to the purpose, or values of it that wait for one."""
        ...
