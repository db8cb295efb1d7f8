"""What the use-cases ask of the log as evidence: checks, anchors and pages to read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pmdesk.domain.anchors import Anchor
from pmdesk.domain.ports.office import AuditEntry
from pmdesk.domain.progress import Progress
from pmdesk.domain.proof import Checked, Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuery:
    """Which entries are wanted; what is empty does not narrow."""

    since: datetime | None = None
    until: datetime | None = None  # not included
    by: str = ""  # uid
    actions: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()  # one of these objects

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return self != LogQuery()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """Entries, newest first, and from where the next older ones are to be looked for."""

    entries: tuple[AuditEntry, ...]
    before: int | None  # None: there are no older ones


class AuditProof(Protocol):
    """The log as evidence; nothing here changes it."""

    @property
    def vault(self) -> str:
        """The office whose log this is."""
        ...

    def check(
        self, *, since: Anchor | None = None, progress: Progress = lambda _done, _total: None
    ) -> Checked:
        """The first entry that does not hold, of all or of those after a trusted point."""
        ...

    def differences(
        self, progress: Progress = lambda _done, _total: None
    ) -> tuple[Difference, ...]:
        """Rows that are not as the log last committed to them."""
        ...

    def uncovered(self) -> int:
        """How many rows are older than what the log binds rows by."""
        ...

    def anchor(self, at: datetime) -> Anchor:
        """What the log is now, signed by the present account."""
        ...

    def is_genuine(self, anchor: Anchor) -> bool:
        """Whether somebody of this office signed it."""
        ...

    def contains(self, anchor: Anchor) -> bool:
        """Whether this history goes through the anchor."""
        ...

    def with_code(
        self, code: str, progress: Progress = lambda _done, _total: None
    ) -> AuditEntry | None:
        """The entry that was the last one when this code was printed."""
        ...

    def page(self, query: LogQuery, *, before: int | None = None, limit: int = 100) -> LogPage:
        """The entries that are wanted, newest first; perhaps only a part of the way back."""
        ...

    def newest(self, actions: tuple[str, ...]) -> AuditEntry | None:
        """The newest entry of one of these acts."""
        ...

    def count(self) -> int:
        """How many entries there are."""
        ...

    def values(self, seq: int) -> tuple[str, str]:
        """What the entry committed to, and what the one before about the same did, as JSON.

        Empty where nothing was committed or the values were erased.
        """
        ...


class AnchorMemory(Protocol):
    """Anchors that this computer keeps outside the office."""

    def of(self, vault: str) -> tuple[Anchor, ...]:
        """Those of this office, one of each account that ever signed in here."""
        ...

    def keep(self, anchor: Anchor) -> None:
        """The account's anchor is this one; a disk that cannot be written keeps the old one."""
        ...

    def forget(self, vault: str) -> None:
        """None of this office is kept."""
        ...
