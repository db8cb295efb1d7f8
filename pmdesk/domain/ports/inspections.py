"""What the use-cases ask of the package log."""

from datetime import date
from typing import Protocol

from pmdesk.domain.inspections import Pack


class Inspections(Protocol):
    """Packs that were made for authorities; a line never changes."""

    def next_number(self, year: int) -> str:
        """The first number of that year that no pack has yet."""
        ...

    def add(self, pack: Pack) -> None: ...
    def all(self) -> tuple[Pack, ...]:
        """Newest first."""
        ...

    def expire(self, today: date) -> int:
        """Lines of more than three years ago are gone; how many."""
        ...

    def first_to_go(self) -> date | None: ...
