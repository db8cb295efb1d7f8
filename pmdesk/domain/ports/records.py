"""What the use-cases ask of the register of compliance records."""

from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.records import (
    Record,
    RecordDecision,
    RecordId,
    RecordKind,
    RecordStatus,
    RecordVersion,
)


class Records(Protocol):
    """Records with versions and decisions that never change."""

    def get(self, record: RecordId) -> Record:
        """That record; NotFoundError when there is none."""
        ...

    def all(self, kind: str = "", subject: str | None = None) -> tuple[Record, ...]:
        """Those of a kind (empty: of any), about a subject if one is named; newest first."""
        ...

    def versions(self, record: RecordId) -> tuple[RecordVersion, ...]:
        """Newest first."""
        ...

    def version(self, record: RecordId, number: int) -> RecordVersion: ...
    def decisions(self, record: RecordId) -> tuple[RecordDecision, ...]:
        """Newest first."""
        ...

    def add(
        self, kind: RecordKind, subject: str, document: str, *, author: str, at: datetime, year: int
    ) -> RecordId:
        """A new draft with the next number of that kind and year."""
        ...

    def write(self, record: RecordId, document: str, *, author: str, at: datetime) -> int:
        """The number of the new version, which is a draft again."""
        ...

    def step(
        self,
        record: RecordId,
        status: RecordStatus,
        *,
        by: str,
        at: datetime,
        words: str = "",
        alone: bool = False,
    ) -> None:
        """The present version has this status, and it is written down who did it and why."""
        ...

    def expire(self, today: date) -> tuple[str, ...]:
        """Closed records past their minimum period are gone; their numbers."""
        ...

    def delete(self, record: RecordId) -> None:
        """The record is gone; RefusedError before its minimum period is over."""
        ...
