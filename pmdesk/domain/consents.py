"""Consent: the decision of a person on one purpose, tied to the notice that was shown."""

from dataclasses import dataclass
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


class Channel(StrEnum):
    """How the decision reached the office."""

    COUNTER = "counter"
    VISIT = "visit"
    PAPER = "paper"
    PHONE = "phone"


class Act(StrEnum):
    """The affirmative act that proves the decision."""

    DRAWN = "drawn"  # a signature on screen
    PAPER = "paper"  # a signed sheet in the archive, found by its number
    ORAL = "oral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How a decision can be proved (law.md 3.4)."""

    channel: Channel
    act: Act
    paper_ref: str = ""
    witness: str = ""
    signature_png: bytes = b""
    signature_strokes: str = ""  # JSON: strokes of [x, y, ms]
    adult_confirmed: bool = False
    given_by: str = "self"


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


def state(last: ConsentEvent | None, live: Consent | None, today: date) -> ConsentState:
    """The state of one purpose of one person."""
    if live is not None and live.is_over(today):
        return ConsentState.EXPIRED
    if live is not None:
        soon = live.valid_until is not None and (live.valid_until - today).days <= EXPIRING_DAYS
        return ConsentState.EXPIRING if soon else ConsentState.LIVE
    if last is None:
        return ConsentState.NEVER_ASKED
    if last.decision is Decision.GIVEN:  # given once, but no longer live
        return ConsentState.EXPIRED
    return ConsentState(last.decision.value)
