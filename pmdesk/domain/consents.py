"""Consent: the decision of a person on one purpose, tied to the notice that was shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode

EventId = NewType("EventId", int)


class Decision(StrEnum):
    """What an event records."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STALE = "stale"  # the notice has a new major version
    EXPIRED = "expired"


class ConsentState(StrEnum):
    """What a purpose group of a person shows."""

    NEVER_ASKED = "never_asked"
    LIVE = "live"
    EXPIRING = "expiring"  # live, with 30 days or less to go
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STALE = "stale"
    EXPIRED = "expired"
    RESTRICTED = "restricted"  # live, but the person had its use stopped


class Channel(StrEnum):
    """How the decision reached the office."""

    COUNTER = "counter"
    VISIT = "visit"
    PAPER = "paper"
    PHONE = "phone"


class GivenBy(StrEnum):
    """Who decided: the person, the guardian of an adult without capacity, or an agent."""

    SELF = "self"
    GUARDIAN = "guardian"
    AGENT = "agent"


class Act(StrEnum):
    """The affirmative act that proves the decision."""

    DRAWN = "drawn"  # a signature on screen
    PAPER = "paper"  # a signed sheet in the archive, found by its number
    ORAL = "oral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Who decided for the person (Civil Code 161): no copy and no number of any document."""

    name: str
    relation: str
    document: str  # which document was seen, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How a decision can be proved (law.md 3.4)."""

    channel: Channel
    act: Act
    paper_ref: str = ""
    witness: str = ""  # uid of the colleague
    signature_png: bytes = b""
    signature_strokes: str = ""  # JSON: strokes of [x, y, ms]
    adult_confirmed: bool = False
    given_by: GivenBy = GivenBy.SELF
    representative: Representative | None = None
    home_respected: bool = False  # of a visit: no photograph, no note on the inside of the home
    own_initiative: bool = False  # the person asked for it without being asked
    shown_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """That this text of a notice was in front of the person (PIPL 14(1))."""

    version: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Yes or no to one purpose, or to one item of a purpose that asks item by item."""

    purpose: PurposeCode
    agreed: bool
    item: str = ""  # code of the item; it is stored sealed only
    own_initiative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one signature, one sheet of paper or one oral statement decides on.

    A separate consent has a sheet of its own (PIPL 29).
    """

    answers: tuple[Answer, ...]
    evidence: Evidence
    shown: Mapping[PurposeCode, Shown] = field(default_factory=dict)

    @property
    def purposes(self) -> frozenset[PurposeCode]:
        """The purposes that the sheet decides on."""
        return frozenset(answer.purpose for answer in self.answers)

    @property
    def agrees(self) -> bool:
        """At least one purpose or item is agreed to."""
        return any(answer.agreed for answer in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEvent:
    """One entry of the append-only record of decisions."""

    id: EventId
    person: PersonId
    purpose: PurposeCode
    decision: Decision
    notice_version: str
    notice_digest: str
    at: datetime
    by: str  # uid of the operator
    channel: Channel
    act: Act
    receipt: str  # number printed on the receipt
    paper_ref: str = ""
    valid_until: date | None = None
    notice_language: str = ""
    witness: str = ""
    given_by: GivenBy = GivenBy.SELF
    representative: Representative | None = None
    adult_confirmed: bool = False
    own_initiative: bool = False
    shown_at: datetime | None = None
    item: int | None = None  # its place on the sheet; which item it is, is sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentItem:
    """A live consent for one item; what it is about can be opened by few (PIPL 28)."""

    purpose: PurposeCode
    slot: int
    receipt: str
    given_on: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What is live now for a person and a purpose; withdrawing removes it and all it carries."""

    person: PersonId
    purpose: PurposeCode
    event: EventId
    notice_version: str
    given_on: date
    valid_until: date | None

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed; the record of that follows at the next sign-in."""
        return self.valid_until is not None and self.valid_until < today


EXPIRING_DAYS = 30


def state(
    last: ConsentEvent | None, live: Consent | None, today: date, *, restricted: bool = False
) -> ConsentState:
    """The state of one purpose of one person."""
    if live is not None and live.is_over(today):
        return ConsentState.EXPIRED
    if live is not None and restricted:
        return ConsentState.RESTRICTED
    if live is not None:
        soon = live.valid_until is not None and (live.valid_until - today).days <= EXPIRING_DAYS
        return ConsentState.EXPIRING if soon else ConsentState.LIVE
    if last is None:
        return ConsentState.NEVER_ASKED
    if last.decision is Decision.GIVEN:  # given once, but no longer live
        return ConsentState.EXPIRED
    return ConsentState(last.decision.value)
