"""Rule-set versions and what they decide about consented residents."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NewType

from pmdesk.domain.consents import ConsentState
from pmdesk.domain.people import PersonId

RulesetId = NewType("RulesetId", int)


class RulesetStatus(StrEnum):
    """草稿 → 待审 → 已批准 → 生效 → 已停用; rejected returns to its author as a new draft."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REJECTED = "rejected"
    APPROVED = "approved"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """One version of the classification rules; only a draft's document may change."""

    id: RulesetId
    version: int
    status: RulesetStatus
    document: str  # canonical JSON of the decision table
    digest: str  # SHA-256 of the document
    author: str  # uid
    created_at: datetime
    decided_by: str = ""  # uid of the second person
    decided_at: datetime | None = None
    words: str = ""  # the second person's reason
    activated_at: datetime | None = None
    examples: str = "[]"  # canonical JSON of what the author expects of invented people
    active_from: date | None = None  # the day on which an approved version comes into force
    scheduled_by: str = ""  # uid
    restored_from: RulesetId | None = None  # the earlier version that this one brings back
    submitted_at: datetime | None = None  # unknown of versions of the first schema


class Cause(IntEnum):
    """Why a person's tier, tags or deciding rule became what they are."""

    RULES = 0  # everyone was classified again, as dates move on
    ACTIVATION = 1  # another version came into force
    EDIT = 2  # values came, changed or went
    CONSENT = 3
    OBJECTION = 4  # the standard, until a person decides
    HUMAN = 5  # a named person decided
    TAG = 6  # the person had a tag deleted
    USE = 7  # a freeze or a dispute began or ended


@dataclass(frozen=True, slots=True, kw_only=True)
class TierPeriod:
    """A result that a person had for a while; the present one has no end."""

    since: date
    until: date | None
    ruleset: RulesetId
    rule: str  # id of the deciding rule
    tier: str
    tags: tuple[str, ...]
    cause: Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """The live result of one person."""

    person: PersonId
    ruleset: RulesetId
    rule: str  # id of the winning rule
    tier: str
    tags: tuple[str, ...]
    decided_on: date
    objected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentRow:
    """A line of the resident list and of the classification table."""

    id: PersonId
    room: str
    name: str
    mobile: str
    role: str
    consent: ConsentState  # to classification (P2)
    tier: str | None  # None: no consent, served as standard
    tags: tuple[str, ...]
    rule: str
    updated_at: datetime
    updated_by: str
    shielded: bool = False  # room and number are left out: 妇女权益保障法 28, 29


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentQuery:
    """Which residents a list shows, and in which order."""

    text: str = ""
    building: str = ""
    consent: ConsentState | None = None
    tier: str = ""
    tag: str = ""
    order: str = "room"  # room, name, updated or tier
    descending: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether it leaves anybody out."""
        return bool(self.text or self.building or self.consent or self.tier or self.tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierCounts:
    """How many residents a table puts where: per tier, per winning rule, per tag."""

    tiers: dict[str, int]
    rules: dict[str, int]
    tags: dict[str, int]
    moved: int = 0  # residents whose tier differs from the present one
    matrix: dict[str, dict[str, int]] = field(default_factory=dict)  # present tier, new tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """People of one tier of whom a table would make the same by the same rule."""

    present: str
    tier: str
    rule: str
    people: tuple[str, ...]  # ids, as text: they are compared, never shown
