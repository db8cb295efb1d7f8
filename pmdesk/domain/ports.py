"""What the use-cases ask of the encrypted store, as Protocols; only `app` joins the two."""

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import (
    Classification,
    ResidentQuery,
    ResidentRow,
    Ruleset,
    RulesetId,
    RulesetStatus,
    TierCounts,
)
from pmdesk.domain.consents import Consent, ConsentEvent, Decision, EventId, Evidence
from pmdesk.domain.fields import FieldKey, Value
from pmdesk.domain.notices import Notice
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.people import NewResident, Occupancy, Person, PersonId, Premises, UnitId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.staff import Role, Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The values of one purpose of one person, and how fresh they are."""

    values: Mapping[FieldKey, Value]
    source: str
    collected_at: datetime
    confirmed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An unsaved form, kept encrypted until it is saved, discarded or expired."""

    page: str
    subject: str  # what the form is about: a person's id, "new", a rule set
    document: str  # JSON, as the page wrote it
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One signed entry of the chain: who did what to which object; names of fields, no values."""

    seq: int
    at: datetime
    by: str
    role: Role
    action: str
    target: str
    fields: tuple[str, ...]


class OfficeRegister(Protocol):
    """The one row of the office."""

    def get(self) -> OfficeProfile: ...
    def put(self, profile: OfficeProfile) -> None: ...


class CatalogueRegister(Protocol):
    """The live catalogue and the notices; the answers tables follow the catalogue."""

    def live(self) -> Catalogue: ...
    def install(self, catalogue: Catalogue) -> None:
        """The catalogue is live and each answers table has exactly its columns."""
        ...

    def add_notice(self, notice: Notice, *, at: datetime) -> None:
        """The version is stored for good and is the live one of its purpose and language."""
        ...

    def notice(self, purpose: PurposeCode, language: str) -> Notice | None:
        """The live version; None when the purpose has none."""
        ...

    def notice_version(
        self, purpose: PurposeCode, version: str, language: str
    ) -> Notice | None: ...


class PremisesRegister(Protocol):
    """Buildings, entrances and rooms."""

    def ensure(self, building: str, entrance: str, room: str) -> UnitId:
        """The unit, entered when it was not there."""
        ...

    def ensure_many(self, rooms: Iterable[tuple[str, str, str]]) -> None:
        """The units (building, entrance, room) are all there, at bulk speed."""
        ...

    def find(self, building: str, entrance: str, room: str) -> Premises | None: ...
    def buildings(self) -> tuple[str, ...]: ...
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
    ) -> ConsentEvent:
        """The event stands; GIVEN is live, every other decision erased what hung on it."""
        ...

    def expire(self, *, today: date, at: datetime) -> int:
        """Consents past their last day have ended, with all that hung on them; how many."""
        ...

    def live(self, person: PersonId) -> Mapping[PurposeCode, Consent]: ...
    def events(self, person: PersonId) -> tuple[ConsentEvent, ...]:
        """Newest first."""
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


class Audit(Protocol):
    """The signed, chained log; an entry is part of the same transaction as the act."""

    def append(
        self,
        action: str,
        target: str = "",
        *,
        fields: Iterable[str] = (),
        at: datetime,
        row: Mapping[str, object] | None = None,
    ) -> None: ...
    def recent(self, limit: int) -> tuple[AuditEntry, ...]: ...
    def about(self, target: str) -> tuple[AuditEntry, ...]: ...


class Drafts(Protocol):
    """Unsaved forms of the present user."""

    def put(self, page: str, subject: str, document: str, *, at: datetime) -> None: ...
    def get(self, page: str, subject: str) -> Draft | None: ...
    def all(self) -> tuple[Draft, ...]: ...
    def drop(self, page: str, subject: str) -> None: ...


class StaffRegister(Protocol):
    """The names behind the accounts of the vault."""

    def all(self) -> tuple[Staff, ...]: ...
    def put(self, staff: Staff) -> None: ...


class UnitOfWork(AbstractContextManager["UnitOfWork"], Protocol):
    """One transaction; leaving without `commit` undoes everything."""

    @property
    def office(self) -> OfficeRegister: ...
    @property
    def catalogue(self) -> CatalogueRegister: ...
    @property
    def premises(self) -> PremisesRegister: ...
    @property
    def people(self) -> People: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def answers(self) -> AnswerStore: ...
    @property
    def rulesets(self) -> Rulesets: ...
    @property
    def classifications(self) -> Classifications: ...
    @property
    def counts(self) -> Counts: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def staff(self) -> StaffRegister: ...

    def commit(self) -> None: ...


class Sealing(Protocol):
    """The ring `sealed` of the vault: everybody may seal, few may open."""

    def seal(self, info: Sequence[str | int], data: bytes) -> bytes: ...
    def open_sealed(self, info: Sequence[str | int], blob: bytes) -> bytes:
        """RefusedError for an account without the ring."""
        ...


class Accounts(Sealing, Protocol):
    """The key pairs of the office: who may open it."""

    def enrol(self, login: str, password: str, role: Role) -> str:
        """The uid of a new account that can sign in from now on."""
        ...

    def change_password(self, old: str, new: str) -> None: ...
    def reset_password(self, uid: str, password: str) -> None:
        """The account, whose person forgot the old passphrase, has new keys under this one."""
        ...

    def disable(self, uid: str) -> None: ...
    def password_problems(self, password: str, login: str) -> tuple[str, ...]:
        """Why the passphrase is too weak, as message ids; none when it is good."""
        ...


class Store(Protocol):
    """The open office: each call starts one transaction."""

    def reading(self) -> UnitOfWork: ...
    def writing(self) -> UnitOfWork: ...
