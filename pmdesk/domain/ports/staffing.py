"""What the use-cases ask of the book of rosters and rounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol


class PlanKind(StrEnum):
    """What a saved plan is about."""

    CREW = "crew"  # shifts, hands and what is planned with
    ROSTER = "roster"  # who works when in a week
    PATROL = "patrol"  # rounds of a week


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPlan:
    """One version of a plan."""

    id: int
    kind: PlanKind
    week: date | None  # none: it holds for all weeks
    document: Mapping[str, Any]
    author: str
    at: datetime
    before: int | None  # the version it was made from, to which undoing leads


class StaffingPlans(Protocol):
    """Versions of plans; the newest holds."""

    def current(self, kind: PlanKind, week: date | None = None) -> SavedPlan | None:
        """The newest; None while nothing was saved."""
        ...

    def version(self, version: int) -> SavedPlan | None:
        """That version; None when it is no more kept."""
        ...

    def versions(self, kind: PlanKind, week: date | None = None) -> tuple[SavedPlan, ...]:
        """Newest first."""
        ...

    def save(
        self,
        kind: PlanKind,
        week: date | None,
        document: Mapping[str, Any],
        *,
        at: datetime,
        before: int | None,
    ) -> int:
        """The version that holds from now on; very old ones go."""
        ...

    def forget(self, before: date) -> int:
        """Plans of weeks that began before that day are gone; how many versions."""
        ...
