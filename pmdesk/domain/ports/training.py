"""What the use-cases ask of the register of training."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.training import Attempt, Course, CourseCode


class Training(Protocol):
    """Tests that were taken, the office's own courses, and since when material is here."""

    def record(self, attempt: Attempt) -> None:
        """The test stands; ConflictError when that number was taken meanwhile."""
        ...

    def attempts(self, uid: str | None = None) -> tuple[Attempt, ...]:
        """Those of one person, or everybody's, oldest first."""
        ...

    def own(self) -> tuple[Course, ...]:
        """The newest version of each course of the office."""
        ...

    def add_course(self, course: Course, *, author: str, at: datetime) -> None:
        """The version stands; ConflictError when there is one of that number."""
        ...

    def material(self) -> Mapping[tuple[CourseCode, int], date]:
        """Since when each major version is here."""
        ...

    def meet(self, course: CourseCode, version: str, *, day: date) -> None:
        """The major version is here since that day, unless it was here before."""
        ...

    def erase_old(self) -> int:
        """Records older than three years, by the day the office is swept to, are gone; how many."""
        ...
