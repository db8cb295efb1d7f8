"""What the use-cases ask of the editor of purposes: plans, change notices, who was told."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Protocol

from pmdesk.domain.people import PersonId
from pmdesk.domain.purpose_plans import Alteration, Proposal, ProposalId, PurposePlan
from pmdesk.domain.purposes import PurposeCode
from pmdesk.i18n import Words

ChangeId = NewType("ChangeId", int)
EVERY_NOTICE = PurposeCode("")  # a change of the block that all notices share


class Way(StrEnum):
    """How somebody was told of a change."""

    PERSON = "person"
    BOARD = "board"


class Fault(StrEnum):
    """What is wrong with a notice that live consents name."""

    MISSING = "missing"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeText:
    """What a change notice tells: old and new, and what people can do."""

    alterations: tuple[Alteration, ...]
    summary: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeChange:
    """One change of a notice that people have to be told of (PIPL 17(2))."""

    id: ChangeId
    purpose: PurposeCode
    version: str
    asks_again: bool
    text: ChangeText
    made_at: datetime
    people: int
    told: int
    posted_on: date | None = None

    @property
    def is_done(self) -> bool:
        """Whether everybody was told."""
        return self.told >= self.people


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenNotice:
    """A notice version that live consents name and that is gone or was altered by hand."""

    purpose: PurposeCode
    version: str
    fault: Fault
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveVersion:
    """A notice version with the moment from which it was in force."""

    version: str
    language: str
    digest: str
    live_from: datetime
    people: int  # with a live consent to it


class Notices(Protocol):
    """Plans for purposes, change notices with their delivery, and whether notices are intact."""

    def add(self, plan: PurposePlan, base: str, *, author: str, at: datetime) -> ProposalId: ...
    def rewrite(self, proposal: ProposalId, plan: PurposePlan) -> None:
        """The draft holds this plan; ConflictError when it is no draft any more."""
        ...

    def get(self, proposal: ProposalId) -> Proposal: ...
    def all(self) -> tuple[Proposal, ...]:
        """Newest first."""
        ...

    def source(self, purpose: PurposeCode) -> PurposePlan | None:
        """The plan in force; None while the purpose is as it was shipped."""
        ...

    def submit(self, proposal: ProposalId) -> None: ...
    def reject(self, proposal: ProposalId, *, by: str, words: str, at: datetime) -> None: ...
    def publish(
        self, proposal: ProposalId, version: str, *, by: str, words: str, at: datetime
    ) -> None: ...
    def discard(self, proposal: ProposalId) -> None: ...
    def used_versions(self, purpose: PurposeCode) -> tuple[str, ...]:
        """Every version that a notice or a consent of the purpose ever had."""
        ...

    def versions(self, purpose: PurposeCode) -> tuple[LiveVersion, ...]:
        """Newest first."""
        ...

    def live_consents(self) -> Mapping[PurposeCode, int]: ...
    def older_consents(self, purpose: PurposeCode, major: int) -> int:
        """Live consents to a version of a lower major number."""
        ...

    def attest(self) -> tuple[str, ...]:
        """The imprints of notices that the signed log does not hold yet."""
        ...

    def broken(self) -> tuple[BrokenNotice, ...]: ...
    def is_intact(self, purpose: PurposeCode, version: str) -> bool: ...
    def change(  # noqa: PLR0913  # one change has these parts
        self,
        purpose: PurposeCode,
        version: str,
        text: ChangeText,
        *,
        asks_again: bool,
        everybody: bool,
        at: datetime,
        today: date,
    ) -> ChangeId:
        """The change is recorded; all residents, or those who agree now, have to be told."""
        ...

    def changes(self) -> tuple[NoticeChange, ...]:
        """Newest first."""
        ...

    def untold(self, change: ChangeId) -> "array[int]":
        """Those of the register who still have to be told, in the order of rooms."""
        ...

    def tell(
        self, change: ChangeId, people: Sequence[PersonId] | None, way: Way, *, on: date
    ) -> int:
        """These, or everybody still open, were told; how many."""
        ...
