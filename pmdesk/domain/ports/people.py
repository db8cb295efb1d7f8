"""What the use-cases ask of the registers of people, their consents and their answers."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.classification import ResidentQuery, ResidentRow
from pmdesk.domain.consents import Consent, ConsentEvent, Decision, EventId, Evidence
from pmdesk.domain.fields import FieldKey, Value
from pmdesk.domain.notices import Notice
from pmdesk.domain.people import NewResident, Occupancy, Person, PersonId, Premises, UnitId
from pmdesk.domain.purposes import PurposeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The values of one purpose of one person, and how fresh they are."""

    values: Mapping[FieldKey, Value]
    source: str
    collected_at: datetime
    confirmed_at: datetime


class PremisesRegister(Protocol):
    """Buildings, entrances and rooms."""

    def ensure(self, building: str, entrance: str, room: str) -> UnitId:
        """The unit, entered when it was not there."""
        ...

    def ensure_many(self, rooms: Iterable[tuple[str, str, str]]) -> None:
        """The units (building, entrance, room) are all there, at bulk speed."""
        ...

    def find(self, building: str, entrance: str, room: str) -> Premises | None: ...
    def household(self, unit: UnitId) -> tuple[PersonId, ...]:
        """Everybody on record with that unit, also those whose tie to it ended."""
        ...

    def buildings(self) -> tuple[str, ...]: ...
    def rooms(self) -> frozenset[tuple[str, str, str]]:
        """(building, entrance, room) of every unit that was ever entered."""
        ...

    def count(self) -> int: ...


class People(Protocol):
    """Residents under P1, their search index, and the lists over them."""

    def add(
        self, name: str, mobile: str, occupancies: Sequence[Occupancy], *, at: datetime
    ) -> PersonId: ...
    def add_many(self, entries: Iterable[NewResident], *, at: datetime) -> Sequence[PersonId]:
        """The ids of the new residents in order, at bulk speed; units are entered as needed."""
        ...

    def existing(self) -> frozenset[tuple[str, str, str, str]]:
        """(building, entrance, room, name) of everybody: what an import must not enter twice."""
        ...

    def by_home(self) -> Mapping[tuple[str, str, str, str], PersonId]:
        """Everybody who has a unit, by (building, entrance, room, name)."""
        ...

    def get(self, person: PersonId) -> Person:
        """NotFoundError when the person is gone."""
        ...

    def save(
        self,
        person: PersonId,
        name: str,
        mobile: str,
        occupancies: Sequence[Occupancy],
        *,
        revision: int,
        at: datetime,
    ) -> int:
        """The new revision; ConflictError when somebody saved meanwhile."""
        ...

    def shield(self, person: PersonId, *, on: bool) -> None:
        """No list, and no search by room or number, tells where a shielded person is found."""
        ...

    def remove(self, person: PersonId) -> None:
        """The person and everything that hangs on the person is gone."""
        ...

    def ids(self, query: ResidentQuery, *, today: date) -> "array[int]":  # 3.12 can index it
        """The ids that fit, in order, as one int64 vector."""
        ...

    def rows(self, ids: Sequence[int], *, today: date) -> tuple[ResidentRow, ...]:
        """The rows of these ids in their order, unmasked."""
        ...

    def look_alikes(self, name: str, mobile: str, unit: UnitId | None) -> tuple[PersonId, ...]:
        """At most 10 residents with the same phone, the same sounding name, or that unit."""
        ...

    def count(self) -> int: ...


class Consents(Protocol):
    """The append-only record of decisions and what is live now."""

    def record(  # noqa: PLR0913  # one event has these parts
        self,
        person: PersonId,
        purpose: PurposeCode,
        decision: Decision,
        *,
        notice: Notice,
        evidence: Evidence,
        at: datetime,
        today: date,
        valid_until: date | None,
        item: int | None = None,
    ) -> ConsentEvent:
        """The event stands; GIVEN is live, every other decision erased what hung on it.

        Of an `item` only that item has ended, and with the last one the consent.
        """
        ...

    def live(self, person: PersonId) -> Mapping[PurposeCode, Consent]: ...
    def events(self, person: PersonId) -> tuple[ConsentEvent, ...]:
        """Newest first."""
        ...

    def newest(self) -> datetime | None:
        """The moment of the last decision on record; None before the first."""
        ...

    def signature(self, event: EventId) -> bytes:
        """The PNG of the drawn signature; empty when the act was another."""
        ...


class AnswerStore(Protocol):
    """Values under the gate: without a live consent the database itself refuses them."""

    def get(self, person: PersonId, purpose: PurposeCode) -> Answers | None: ...
    def put(
        self,
        person: PersonId,
        purpose: PurposeCode,
        values: Mapping[FieldKey, Value],
        *,
        source: str,
        at: datetime,
    ) -> None:
        """Exactly these values are stored; refused without a live consent."""
        ...

    def put_many(
        self,
        purpose: PurposeCode,
        rows: Iterable[tuple[PersonId, Mapping[FieldKey, Value]]],
        *,
        source: str,
        at: datetime,
    ) -> None:
        """`put` for each of these people, at bulk speed."""
        ...

    def seal(self, person: PersonId, purpose: PurposeCode, field: FieldKey, blob: bytes) -> None:
        """The sealed value is stored; an empty blob removes it."""
        ...

    def sealed(self, person: PersonId) -> Mapping[FieldKey, bytes]: ...
