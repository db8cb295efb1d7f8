"""Requests for large exports, as the use-cases see them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.export_guard import Errand, ExportRequest, ExportRequestId, Load, Wish


class ExportRequests(Protocol):
    """Who asked for which list, who decided, and whether it was fetched."""

    def add(
        self, wish: Wish, errand: Errand, reason: str, load: Load, *, by: str, at: datetime
    ) -> ExportRequestId: ...
    def get(self, request: ExportRequestId) -> ExportRequest:
        """NotFoundError when there is none."""
        ...

    def all(self) -> tuple[ExportRequest, ...]:
        """Newest first."""
        ...

    def decide(
        self,
        request: ExportRequestId,
        *,
        approved: bool,
        by: str,
        at: datetime,
        words: str,
        alone: bool,
    ) -> None:
        """It stands; ConflictError when somebody decided or it was withdrawn meanwhile."""
        ...

    def withdraw(self, request: ExportRequestId, *, at: datetime) -> None:
        """It leads nowhere any more; ConflictError when it was fetched or withdrawn."""
        ...

    def fetched(self, request: ExportRequestId, number: str, *, at: datetime) -> None:
        """The one file it allowed was made; ConflictError when it allows none."""
        ...

    def unapproved(self, by: str, *, since: datetime) -> Sequence[tuple[datetime, Load]]:
        """Whom the lists of that operator name that left since then without a second person."""
        ...

    def expire(self, today: date) -> int:
        """How many requests are gone that are older than three years."""
        ...

    def first_to_go(self) -> date | None:
        """When the oldest goes; None without one."""
        ...
