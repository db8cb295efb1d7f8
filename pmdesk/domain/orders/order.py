"""A work order, its states, and the moves between them that are legal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from pmdesk.domain.fields import FieldKey
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.people import PersonId, UnitId

OrderId = NewType("OrderId", int)  # of a work order
LONGEST = 200  # characters of a description
ORDERS, COMPLAINTS = FieldKey("work_orders"), FieldKey("complaints")  # as the catalogue has them
STARS = range(1, 6)
_NONE = timedelta(0)


class OrderState(StrEnum):
    """How far an order is."""

    NEW = "new"
    ASSIGNED = "assigned"
    WORKING = "working"
    WAITING = "waiting"  # for the resident; the clock stands
    CALLBACK = "callback"  # done, and not yet heard whether it is well
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"  # another order goes on with it


class Move(StrEnum):
    """What can be done to an order."""

    ASSIGN = "assign"
    SEND_BACK = "send_back"
    START = "start"
    WAIT = "wait"
    RESUME = "resume"
    FINISH = "finish"
    REDO = "redo"
    CLOSE = "close"
    CANCEL = "cancel"
    MERGE = "merge"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRule:
    """From where a move is legal, where it leads, and whether it needs a reason."""

    start: frozenset[OrderState]
    end: OrderState
    reason: bool = False


_S = OrderState
OPEN = frozenset({_S.NEW, _S.ASSIGNED, _S.WORKING, _S.WAITING, _S.CALLBACK})
MOVES: Mapping[Move, MoveRule] = {
    Move.ASSIGN: MoveRule(start=frozenset({_S.NEW, _S.ASSIGNED, _S.WORKING}), end=_S.ASSIGNED),
    Move.SEND_BACK: MoveRule(start=frozenset({_S.ASSIGNED, _S.WORKING}), end=_S.NEW, reason=True),
    Move.START: MoveRule(start=frozenset({_S.ASSIGNED}), end=_S.WORKING),
    Move.WAIT: MoveRule(start=frozenset({_S.ASSIGNED, _S.WORKING}), end=_S.WAITING, reason=True),
    Move.RESUME: MoveRule(start=frozenset({_S.WAITING}), end=_S.WORKING),
    Move.FINISH: MoveRule(start=frozenset({_S.WORKING}), end=_S.CALLBACK),
    Move.REDO: MoveRule(start=frozenset({_S.CALLBACK}), end=_S.ASSIGNED, reason=True),
    Move.CLOSE: MoveRule(start=frozenset({_S.CALLBACK}), end=_S.CLOSED),
    Move.CANCEL: MoveRule(
        start=frozenset({_S.NEW, _S.ASSIGNED, _S.WORKING, _S.WAITING}),
        end=_S.CANCELLED,
        reason=True,
    ),
    Move.MERGE: MoveRule(
        start=frozenset({_S.NEW, _S.ASSIGNED, _S.WORKING, _S.WAITING}), end=_S.MERGED
    ),
    Move.REOPEN: MoveRule(
        start=frozenset({_S.CLOSED, _S.CANCELLED, _S.MERGED}), end=_S.NEW, reason=True
    ),
}


class OrderChannel(StrEnum):
    """How the office heard of it."""

    COUNTER = "counter"
    PHONE = "phone"
    STAFF = "staff"  # a colleague saw it
    WRITING = "writing"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where: a room, or a part of the estate that all share."""

    unit: UnitId | None = None
    building: str = ""  # its name; empty for the estate as a whole
    room: str = ""  # label of the unit, as 3-1-502
    area: str = ""  # such as 大厅, 北门; empty for a room

    @property
    def is_public(self) -> bool:
        """Whether it belongs to all."""
        return self.unit is None

    @property
    def label(self) -> str:
        """As lists show it."""
        return self.room or "-".join(part for part in (self.building, self.area) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One work order as it stands."""

    id: OrderId
    number: str
    service: Service
    kind: str
    urgency: Urgency
    state: OrderState
    channel: OrderChannel
    spot: Spot
    person: PersonId | None  # nobody for what all share
    words: str
    received_at: datetime
    received_by: str
    due_at: datetime | None  # None: closed before it was entered here
    assignee: str = ""  # uid of a colleague, or the name of a contractor
    appointment: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    closed_at: datetime | None = None
    paused_since: datetime | None = None
    paused: timedelta = _NONE  # all pauses that have ended; of a complaint there are none
    urged: int = 0
    reopened: int = 0
    rating: int | None = None
    parent: OrderId | None = None  # that goes on with it
    source: str = ""  # number in the list it was imported from

    @property
    def is_complaint(self) -> bool:
        """Whether only few may read its words."""
        return self.service is Service.COMPLAINT

    @property
    def is_open(self) -> bool:
        """Whether the office still owes something."""
        return self.state in OPEN

    def may(self, move: Move) -> bool:
        """Whether the move is legal now; an emergency where all share waits for nobody."""
        if move is Move.WAIT and self.spot.is_public and self.urgency is Urgency.EMERGENCY:
            return False
        return self.state in MOVES[move].start

    @property
    def ends_at(self) -> datetime | None:
        """When it is due, put off by all pauses that have ended."""
        return None if self.due_at is None else self.due_at + self.paused

    def stood(self, now: datetime) -> timedelta:
        """How long its clock has stood; while a complaint waits its clock goes on."""
        if self.paused_since is None or self.is_complaint:
            return self.paused
        return self.paused + (now - self.paused_since)

    def left(self, now: datetime) -> timedelta | None:
        """How much time there is, or was when it was done; pauses not counted, negative: late."""
        if self.due_at is None:
            return None
        end = self.finished_at or self.closed_at or now
        return self.due_at + self.stood(now) - end

    def is_overdue(self, now: datetime) -> bool:
        """Whether the promise is broken."""
        left = self.left(now)
        return left is not None and left < timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStep:
    """One line of an order's history, which only grows."""

    at: datetime
    by: str  # uid
    act: str  # a Move, or one of `Deed`
    words: str = ""


class Deed(StrEnum):
    """What is done to an order beside moving it."""

    RECEIVED = "received"
    URGED = "urged"
    CHANGED = "changed"
    CALLED_BACK = "called_back"
    IMPORTED = "imported"
    TAKEN_BACK = "taken_back"  # with the code of the move in its words
