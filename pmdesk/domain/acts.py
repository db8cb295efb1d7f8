"""What acts do to the data: frozen, disputed, decided by people, archived, erased, recalled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from pmdesk.domain.classification import RulesetId
from pmdesk.domain.consents import Decision
from pmdesk.domain.export_guard import Errand
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode

_ANY_PURPOSE, _ANY_FIELD = PurposeCode(""), FieldKey("")
HELD_DAYS = 30  # values of a consent that went stale or ran out wait so long for a new one
SHORTEST_REASON = 10  # characters of a decision by a person
REQUEST_WORDS = FieldKey("request_words")  # what the person wrote to the rights desk
HUMAN = "human"  # stands where a result names its rule: no rule, a person decided


class ArchiveReason(StrEnum):
    """Why a person leaves the register while the contract's data are still kept by law."""

    MOVED_OUT = "moved_out"
    CONTRACT_ENDED = "contract_ended"
    DECEASED = "deceased"
    ERASURE = "erasure"  # asked to be erased: blocked until the legal end


class EraseReason(StrEnum):
    """PIPL 47(1)(1)–(5), what was recorded by mistake (条例 24), and death (PIPL 49)."""

    PURPOSE_DONE = "47-1-1"
    PERIOD_OVER = "47-1-2"
    WITHDRAWN = "47-1-3"
    UNLAWFUL = "47-1-4"
    OTHER_LAW = "47-1-5"
    ACCIDENTAL = "24"
    DECEASED = "49"


ARCHIVED_FOR: Mapping[EraseReason, ArchiveReason] = {
    EraseReason.PURPOSE_DONE: ArchiveReason.MOVED_OUT,
    EraseReason.PERIOD_OVER: ArchiveReason.CONTRACT_ENDED,
    EraseReason.DECEASED: ArchiveReason.DECEASED,
    EraseReason.OTHER_LAW: ArchiveReason.ERASURE,
}  # how the journal tells why somebody was archived


class Method(StrEnum):
    """What was done."""

    ERASED = "erased"
    BLOCKED = "blocked"  # archived until the legal end; nobody reads it without a reason


class Sweepable(StrEnum):
    """What goes by the calendar alone."""

    CONSENTS = "consents"
    HELD = "held"
    DRAFTS = "drafts"
    NOTES = "notes"
    ARCHIVE = "archive"
    EVIDENCE = "evidence"
    OPTOUTS = "optouts"
    EXPORTS = "exports"
    JOURNAL = "journal"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is to go: everything of a person, everything of one purpose, or one field of it.

    Of a consent for single items, `field` is the receipt of the item: what it is about is sealed.
    """

    purpose: PurposeCode = _ANY_PURPOSE
    field: FieldKey = _ANY_FIELD

    @property
    def is_everything(self) -> bool:
        """Whether nothing of the person is to stay."""
        return not self.purpose


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """A line of the journal: what went, when, by whom and why; ids only, no content."""

    at: datetime
    by: str  # uid
    person: PersonId
    scope: Scope
    reason: EraseReason
    method: Method
    certificate: str
    keep_until: date | None = None  # of what was blocked instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """The person wants the purpose frozen: its values stay and are not used."""

    purpose: PurposeCode
    since: date
    request: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """The person says that a value is wrong; until it is settled, rules read it as unknown."""

    field: FieldKey
    purpose: PurposeCode
    since: date
    request: int | None = None
    settled_on: date | None = None  # the value was kept, with a statement of the person
    statement: bytes = b""  # sealed

    @property
    def is_open(self) -> bool:
        """Whether the value is still being checked."""
        return self.settled_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanRoute:
    """The person objects to the engine: people decide, and until then the standard holds."""

    person: PersonId
    since: date
    request: int | None = None
    tier: str | None = None  # none: not decided yet
    tags: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanDecision:
    """A result that a named person writes in the terms of a rule set."""

    ruleset: RulesetId
    tier: str
    tags: tuple[str, ...]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Values that wait, sealed, for a new consent."""

    person: PersonId
    purpose: PurposeCode
    decision: Decision
    until: date
    blob: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveEntry:
    """A person who left the register; the content is sealed."""

    person: PersonId
    reason: ArchiveReason
    archived_on: date
    keep_until: date
    blob: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPerson:
    """What the law still wants kept of a person, opened for a stated reason."""

    entry: ArchiveEntry
    name: str
    mobile: str
    units: tuple[Mapping[str, str], ...]  # label, role, since, until
    answers: Mapping[str, object]  # of the contract, by field


class ListKind(StrEnum):
    """What sort of list left the office."""

    CLASSIFICATION = "classification"
    TRANSFER = "transfer"  # the person's own data, handed over at their wish
    HANDOVER = "handover"  # the contract's roster, to the office that follows
    LOG = "log"  # entries of the log with the rooms they are about

    @property
    def rests_on_consent(self) -> bool:
        """Whether the list has to come back once somebody on it withdraws or leaves."""
        return self is ListKind.CLASSIFICATION

    @property
    def names_many(self) -> bool:
        """Whether the export guard counts it; a transfer is what one person asked for."""
        return self is not ListKind.TRANSFER


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportList:
    """A list that left the office: to whom, with how many people, and whether to fetch it back."""

    number: str
    at: datetime
    by: str
    what: ListKind
    recipient: str
    people: int
    masked: bool
    errand: Errand | None = None  # unknown of lists of the first versions
    recalled_since: datetime | None = None
    recalled_at: datetime | None = None
    recalled_by: str = ""

    @property
    def is_recalled(self) -> bool:
        """Whether it has to be fetched back and destroyed, and nobody confirmed that yet."""
        return self.recalled_since is not None and self.recalled_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceNote:
    """A few words on a repair; it goes after a year, and no list or rule reads it."""

    id: int
    person: PersonId
    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepReport:
    """What went when the office caught up with the calendar."""

    day_from: date
    day_to: date
    at: datetime
    by: str
    counts: Mapping[str, int]  # by kind; kinds of which nothing went are left out

    @property
    def days(self) -> int:
        """How many days were caught up."""
        return (self.day_to - self.day_from).days


def held_until(ended_on: date) -> date:
    """The last day on which values of a consent that ended then may come back."""
    return ended_on + timedelta(days=HELD_DAYS)


def archive_info(person: PersonId) -> tuple[str | int, ...]:
    """What the seal of an entry of the archive is bound to."""
    return ("pmdesk-archive", 1, int(person))


def field_info(
    person: PersonId, purpose: PurposeCode, field_key: FieldKey
) -> tuple[str | int, ...]:
    """What binds a sealed value to its place: it opens nowhere else."""
    return ("pmdesk-field", 1, int(person), purpose, field_key)


def item_info(person: PersonId, purpose: PurposeCode, slot: int) -> tuple[str | int, ...]:
    """What binds the consent to a single item to its place on the sheet."""
    return ("pmdesk-item", 1, int(person), purpose, slot)


def held_info(person: PersonId, purpose: PurposeCode) -> tuple[str | int, ...]:
    """What the seal of held values is bound to: it opens for this person and purpose only."""
    return ("pmdesk-held", 1, int(person), purpose)


def statement_info(person: PersonId, field_key: FieldKey) -> tuple[str | int, ...]:
    """What the seal of a person's statement on a value is bound to."""
    return ("pmdesk-statement", 1, int(person), field_key)
