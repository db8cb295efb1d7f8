"""When a list of residents may leave: thresholds, the second person, the waiting hour, the end.

The thresholds lie at half of what the criminal law counts for people who serve residents (law.md
S-CRIM). Waiting is measured by the clock of the computer. A clock that was set back can only make
it longer: an approval is stamped no earlier than the newest entry of the log, and nothing is asked,
approved or fetched while the clock stands behind that entry. A clock that is set forward cannot be
told from time that passed; the log shows it afterwards, when the clock is put right.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from pmdesk.domain.exports import ExportKind
from pmdesk.domain.fields import Dimension, Field, FieldKey

ExportRequestId = NewType("ExportRequestId", int)

MOST = 250  # people on the lists of a day
MOST_ECONOMIC = 25  # of them those of whom something economic is told
TOGETHER = timedelta(hours=24)  # lists of one operator count together for so long
COOLING = timedelta(hours=1)  # between the approval and the file
ALONE = timedelta(hours=24)  # before a single person decides on his own request
LASTS = timedelta(days=7)  # for the decision, and then for fetching the file
STEP_BACK = timedelta(minutes=5)  # by which clocks are put right without anybody asking
SHORTEST_REASON = 10  # characters
PRICED = frozenset({FieldKey("fee_standard")})  # a price, though the catalogue says contract


class ExportPurpose(StrEnum):
    """What a list is for."""

    SERVICE = "service"
    NOTICE = "notice"
    MEETING = "meeting"
    AUTHORITY = "authority"
    AUDIT = "audit"
    HANDOVER = "handover"
    PERSON = "person"  # the person wants it


class Recipient(StrEnum):
    """Who gets it."""

    OFFICE = "office"
    COMMITTEE = "committee"
    AUTHORITY = "authority"
    PROCESSOR = "processor"
    SUCCESSOR = "successor"
    PERSON = "person"


class Stage(StrEnum):
    """How far a request has come."""

    WAITING = "waiting"
    COOLING = "cooling"
    READY = "ready"
    FETCHED = "fetched"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def is_open(self) -> bool:
        """Whether it may still lead to a file."""
        return self in {Stage.WAITING, Stage.COOLING, Stage.READY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a list leaves the office for, and to whom it goes."""

    purpose: ExportPurpose
    recipient: Recipient
    to: str = ""  # by name; the office itself needs none

    @property
    def is_complete(self) -> bool:
        """Whether it says who gets the list."""
        return self.recipient is Recipient.OFFICE or bool(self.to.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Whom lists name, and of whom they tell something economic."""

    people: frozenset[int] = frozenset()
    economic: frozenset[int] = frozenset()

    @property
    def is_large(self) -> bool:
        """Whether a second person has to agree."""
        return len(self.people) > MOST or len(self.economic) > MOST_ECONOMIC

    def with_more(self, other: "Load") -> "Load":
        """Both together; who is on both counts once."""
        return Load(people=self.people | other.people, economic=self.economic | other.economic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which list is wanted: what the approval is bound to."""

    kind: ExportKind
    query: str  # canonical JSON, without a search text
    unmasked: bool

    @property
    def fingerprint(self) -> str:
        """SHA-256 of kind, query and masking."""
        parts = json.dumps([self.kind.value, self.query, self.unmasked], ensure_ascii=False)
        return hashlib.sha256(parts.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """Somebody wants a large list; a second person decides, then it waits an hour."""

    id: ExportRequestId
    wish: Wish
    fingerprint: str  # of the wish, as it was asked
    errand: Errand
    reason: str
    people: int
    economic: int
    asked_at: datetime
    asked_by: str  # uid
    decided_at: datetime | None = None
    decided_by: str = ""
    approved: bool = False
    words: str = ""  # why, by who decided
    alone: bool = False  # 单人审批
    withdrawn_at: datetime | None = None
    fetched_at: datetime | None = None
    number: str = ""  # of the list that left

    @property
    def ready_at(self) -> datetime | None:
        """From when on the file may be fetched; None before it was approved."""
        approved = self.decided_at if self.approved else None
        return None if approved is None else approved + COOLING

    @property
    def ends_at(self) -> datetime:
        """When it lapses: unanswered after seven days, approved seven days after it is ready."""
        return (self.ready_at or self.asked_at) + LASTS

    @property
    def ended_at(self) -> datetime:
        """When it came, or will come, to its end: fetched, taken back, refused or lapsed."""
        refused = None if self.approved else self.decided_at
        return self.fetched_at or self.withdrawn_at or refused or self.ends_at

    def stage(self, now: datetime) -> Stage:
        """How far it has come at that moment."""
        if self.fetched_at is not None:
            return Stage.FETCHED
        if self.withdrawn_at is not None:
            return Stage.WITHDRAWN
        if self.decided_at is not None and not self.approved:
            return Stage.REFUSED
        if now >= self.ends_at:
            return Stage.EXPIRED
        if self.ready_at is None:
            return Stage.WAITING
        return Stage.READY if now >= self.ready_at else Stage.COOLING

    def covers(self, load: Load) -> bool:
        """Whether the list has not grown beyond what was approved."""
        return len(load.people) <= self.people and len(load.economic) <= self.economic

    def decidable_alone_at(self) -> datetime:
        """From when on a single person may decide on his own request."""
        return self.asked_at + ALONE


def tells_of_money(field: Field) -> bool:
    """Whether the field is economic: bands, payment, orders with prices, fee rates."""
    return field.dimension is Dimension.ECONOMIC or field.key in PRICED


def canonical(query: Mapping[str, object]) -> str:
    """The same text for the same query, whatever the order of its parts."""
    return json.dumps(dict(query), ensure_ascii=False, sort_keys=True, default=str)


def stamped(now: datetime, last: datetime | None) -> datetime:
    """The moment of an act: never before what the log says happened already."""
    return now if last is None else max(now, last)


def is_back(now: datetime, last: datetime | None) -> bool:
    """Whether the clock stands behind the log, so that waiting cannot be measured."""
    return last is not None and now < last - STEP_BACK


def together(loads: Iterable[tuple[datetime, Load]], now: datetime) -> Load:
    """What left in the last 24 hours; a time still to come counts, for the clock was set back."""
    found = Load()
    for at, load in loads:
        if at > now - TOGETHER:
            found = found.with_more(load)
    return found
