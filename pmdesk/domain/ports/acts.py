"""What the use-cases ask of the registers of acts on the data."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.acts import (
    ArchiveEntry,
    Dispute,
    Erasure,
    ExportList,
    Held,
    HumanDecision,
    HumanRoute,
    Restriction,
    ServiceNote,
    Sweepable,
    SweepReport,
)
from pmdesk.domain.consents import Decision
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode

Seal = Callable[[Sequence[str | int], bytes], bytes]  # as `Sealing.seal`


class Acts(Protocol):
    """Purposes frozen, values disputed, people whom the engine leaves alone."""

    def restrictions(self, person: PersonId) -> Mapping[PurposeCode, Restriction]: ...
    def restrict(self, person: PersonId, restriction: Restriction) -> None:
        """The purpose is frozen; of P2 the result is gone."""
        ...

    def lift(self, person: PersonId, purpose: PurposeCode) -> bool:
        """The purpose is used again; whether it was frozen."""
        ...

    def disputes(self, person: PersonId) -> Mapping[FieldKey, Dispute]: ...
    def dispute(self, person: PersonId, dispute: Dispute) -> None:
        """The value is disputed, or settled as `dispute` says."""
        ...

    def settle(self, person: PersonId, field: FieldKey) -> bool:
        """Nothing is disputed about the field any more; whether it was."""
        ...

    def human_route(self, person: PersonId) -> HumanRoute | None: ...
    def send_to_people(
        self, person: PersonId, *, since: date, request: int | None, today: date
    ) -> None:
        """The engine leaves the person out, the standard holds; refused without a P2 consent."""
        ...

    def decide(self, person: PersonId, decision: HumanDecision, *, today: date) -> None:
        """The result is the one that the named person decided."""
        ...

    def back_to_engine(self, person: PersonId) -> bool:
        """The engine may decide again; whether the person was on the human route."""
        ...

    def block_tag(self, person: PersonId, tag: str, *, since: date) -> None:
        """The result has no such tag, and gets none until there are new answers."""
        ...

    def unblock_tags(self, person: PersonId) -> None:
        """New answers: every tag may come out of the rules again."""
        ...


class ConsentEnds(Protocol):
    """Consents that end without the person: what hung on them waits sealed for 30 days."""

    def expire(self, *, today: date, at: datetime, seal: Seal) -> int:
        """Consents past their last day have ended; how many."""
        ...

    def end_stale(
        self,
        purpose: PurposeCode,
        version: str,
        *,
        at: datetime,
        today: date,
        seal: Seal,
        progress: Callable[[int, int], None] = ...,
    ) -> int:
        """Consents to notices of another major version than `version` have ended; how many.

        `progress` hears how many of them; what it raises stops the work.
        """
        ...

    def end(
        self,
        person: PersonId,
        purpose: PurposeCode,
        decision: Decision,
        *,
        at: datetime,
        today: date,
        by: str = "",
    ) -> bool:
        """The live consent has ended and nothing of it is held; whether there was one."""
        ...

    def held(self, person: PersonId) -> tuple[Held, ...]: ...
    def drop_held(self, person: PersonId, purpose: PurposeCode) -> bool: ...
    def bring_back(self, held: Held, content: bytes, *, at: datetime) -> None:
        """The values stand under the new consent, and are held no more."""
        ...


class Archive(Protocol):
    """People who left: sealed, until the law wants no more."""

    def content(self, person: PersonId) -> bytes:
        """What the contract knows of a person in the register, as one document."""
        ...

    def put(self, entry: ArchiveEntry) -> None:
        """The person is in the archive and in no register any more."""
        ...

    def all(self) -> tuple[ArchiveEntry, ...]:
        """By the day they go."""
        ...

    def get(self, person: PersonId) -> ArchiveEntry:
        """NotFoundError when the archive has no such person."""
        ...

    def drop(self, person: PersonId) -> bool: ...


class Erasures(Protocol):
    """The journal, and the values of single purposes and fields."""

    def next_certificate(self, today: date) -> str: ...
    def write(self, erasure: Erasure) -> None:
        """The line stands for good."""
        ...

    def of(self, person: PersonId) -> tuple[Erasure, ...]:
        """Newest first."""
        ...

    def since(self, moment: datetime | None = None) -> tuple[Erasure, ...]:
        """In order; all of them without a moment."""
        ...

    def get(self, certificate: str) -> tuple[Erasure, ...]: ...
    def erase_values(self, person: PersonId, purpose: PurposeCode, field: FieldKey) -> bool:
        """Nothing of the purpose (or of one field of it) is known; whether there was anything."""
        ...

    def replay(self, erasures: Sequence[Erasure], *, seal: Seal, today: date) -> int:
        """What was erased in the newer office is erased here too; how many lines were news."""
        ...


class ExportLists(Protocol):
    """Lists that left the office, and who was on them."""

    def add(self, made: ExportList, people: Iterable[int], economic: Iterable[int] = ()) -> None:
        """On record with everybody on it, and of whom it tells something economic."""
        ...

    def all(self) -> tuple[ExportList, ...]:
        """Newest first."""
        ...

    def holding(self, person: PersonId) -> tuple[ExportList, ...]: ...
    def recall(self, person: PersonId, *, at: datetime) -> tuple[ExportList, ...]:
        """Every list with the person has to be fetched back; those that are new to recall."""
        ...

    def returned(self, number: str, *, by: str, at: datetime) -> None:
        """The list was fetched back and destroyed; NotFoundError when it was not recalled."""
        ...


class ServiceNotes(Protocol):
    """A few words on a repair, by person."""

    def of(self, person: PersonId) -> tuple[ServiceNote, ...]:
        """Newest first."""
        ...

    def add(self, person: PersonId, text: str, *, at: datetime) -> int: ...
    def drop(self, note: int) -> bool: ...


class Optouts(Protocol):
    """Who wants no offers, by marks that do not tell the number."""

    def put(self, number: str, *, since: date, until: date) -> None: ...
    def has(self, number: str, *, today: date) -> bool: ...
    def since(self, number: str, *, today: date) -> date | None:
        """The day of the no that still counts; None without one."""
        ...

    def drop(self, number: str) -> bool:
        """Offers are wanted again; whether they were not."""
        ...


class Sweeps(Protocol):
    """What is due by the calendar goes, kind by kind."""

    def day(self) -> date:
        """The day up to which the office is swept."""
        ...

    def advance(self, today: date, *, at: datetime) -> None:
        """The office is swept up to `today`, which is never before the last sweep."""
        ...

    def forget(self) -> None:
        """The search index holds nothing any more of what was corrected since the last sweep."""
        ...

    def sweep(self, kind: Sweepable, before: date, *, at: datetime) -> int:
        """Everything of the kind that is from before that day is gone; how many."""
        ...

    def oldest(self, kind: Sweepable) -> date | None:
        """The day that the period of the first of the kind counts from."""
        ...

    def report(self, made: SweepReport) -> None: ...
    def reports(self, limit: int = 50) -> tuple[SweepReport, ...]:
        """Newest first."""
        ...
