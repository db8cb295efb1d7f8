"""Requests about a person's rights: their states, legal moves, and what has to be done next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.rights import RIGHTS, Reason, Right, RightCode

RequestId = NewType("RequestId", int)


class RequestChannel(StrEnum):
    """How the request reached the office; all count alike (网络数据条例 23)."""

    ORAL = "oral"
    PAPER = "paper"
    PHONE = "phone"
    MAIL = "mail"


class Requester(StrEnum):
    """Who asks."""

    SELF = "self"
    KIN = "kin"
    GUARDIAN = "guardian"
    AGENT = "agent"


class Identity(StrEnum):
    """How the office knows who asks; nothing is copied."""

    SEEN = "seen"  # in person, a document was looked at
    CALLBACK = "callback"  # called back at the stored number
    KNOWN = "known"  # known to the staff
    LETTER = "letter"  # the authority letter was looked at
    RELATION = "relation"  # a proof of kinship or guardianship was looked at


PROOFS: Mapping[Requester, tuple[Identity, ...]] = {
    Requester.SELF: (Identity.SEEN, Identity.CALLBACK, Identity.KNOWN),
    Requester.KIN: (Identity.RELATION,),
    Requester.GUARDIAN: (Identity.RELATION,),
    Requester.AGENT: (Identity.LETTER,),
}


class RequestState(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    VERIFYING = "verifying"
    IN_PROGRESS = "in_progress"
    PARTLY_DONE = "partly_done"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN_BY_PERSON = "withdrawn_by_person"


_S = RequestState
MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    _S.RECEIVED: frozenset({_S.VERIFYING, _S.IN_PROGRESS, _S.WITHDRAWN_BY_PERSON}),
    _S.VERIFYING: frozenset({_S.IN_PROGRESS, _S.REFUSED, _S.WITHDRAWN_BY_PERSON}),
    _S.IN_PROGRESS: frozenset({_S.PARTLY_DONE, _S.DONE, _S.REFUSED, _S.WITHDRAWN_BY_PERSON}),
    _S.PARTLY_DONE: frozenset({_S.DONE, _S.REFUSED, _S.WITHDRAWN_BY_PERSON}),
    _S.DONE: frozenset(),
    _S.REFUSED: frozenset(),
    _S.WITHDRAWN_BY_PERSON: frozenset(),
}
CLOSED = frozenset(state for state, further in MOVES.items() if not further)


class StepCode(StrEnum):
    """One entry of the timeline."""

    RECEIVED = "received"
    ASKED_AGAIN = "asked_again"  # identity not confirmed: another way was asked for
    IDENTIFIED = "identified"
    ASSIGNED = "assigned"
    EXTENDED = "extended"
    ACTED = "acted"
    CHECKED = "checked"
    HANDED = "handed"  # a paper or file was made
    ANSWERED = "answered"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"


class Todo(StrEnum):
    """The one thing a case waits for."""

    VERIFY = "verify"
    ASSIGN = "assign"
    ACT = "act"
    CHECK = "check"
    ANSWER = "answer"
    CLOSE = "close"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was done to a request, by whom; the timeline only grows."""

    code: StepCode
    at: datetime
    by: str  # uid
    note: str = ""
    digest: str = ""  # of the paper or file that was made
    counts: Mapping[str, int] | None = None  # what went, in numbers; never content


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request; its person is named by the register, and by words only while not found there."""

    id: RequestId
    number: str
    code: RightCode
    inner: RightCode | None  # what a guardian or agent asks for in somebody's name
    channel: RequestChannel
    state: RequestState
    received_at: datetime
    received_by: str
    person: PersonId | None
    who: str  # name as given, while the person is not found in the register
    unit: str
    requester: Requester
    requester_name: str
    relation: str
    words: str  # what was asked for
    purposes: tuple[PurposeCode, ...]
    field: str
    target: str  # of a complaint: the uid of the colleague complained about
    warn: date
    due: date
    stop: date
    identity: Identity | None = None
    handler: str = ""  # uid
    acted_by: str = ""  # uid
    checked_by: str = ""  # uid of the second person
    answer: str = ""
    answered_by: str = ""  # uid
    delivered_how: str = ""
    reason: Reason | None = None
    reason_text: str = ""
    closed_on: date | None = None

    @property
    def right(self) -> Right:
        """The right that is exercised."""
        return RIGHTS[self.code]

    @property
    def asked(self) -> RightCode:
        """What has to be done: of an agent or guardian what they ask for in another's name."""
        return self.inner or self.code

    @property
    def is_open(self) -> bool:
        """Whether the office still owes something."""
        return self.state not in CLOSED

    @property
    def urgent(self) -> bool:
        """Minors come first (网络保护条例 34)."""
        return self.right.urgent or self.requester is Requester.GUARDIAN

    @property
    def checks(self) -> bool:
        """Whether a second person looks before anything is handed over."""
        return RIGHTS[self.asked].checked

    @property
    def todo(self) -> Todo:
        """What the case waits for now."""
        if not self.is_open:
            return Todo.NOTHING
        if self.identity is None or self.state in {_S.RECEIVED, _S.VERIFYING}:
            return Todo.VERIFY
        if not self.handler:
            return Todo.ASSIGN
        if not self.acted_by:
            return Todo.ACT
        if self.checks and not self.checked_by:
            return Todo.CHECK
        return Todo.CLOSE if self.delivered_how else Todo.ANSWER

    def may_move(self, state: RequestState) -> bool:
        """Whether the request can come into that state from here."""
        return state in MOVES[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request with its timeline, oldest first."""

    request: Request
    steps: tuple[Step, ...]
    said: str = ""  # who it is about, masked

    def has(self, code: StepCode) -> bool:
        """Whether that step was taken."""
        return any(step.code is code for step in self.steps)


def in_order(requests: Sequence[Request]) -> tuple[Request, ...]:
    """Open ones first, minors before the others, then by their last day."""
    return tuple(
        sorted(requests, key=lambda one: (not one.is_open, not one.urgent, one.due, one.id))
    )
