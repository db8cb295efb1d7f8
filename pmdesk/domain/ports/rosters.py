"""What the use-cases ask of the register for a hand-over."""

from datetime import date
from typing import Protocol

from pmdesk.domain.handover import RosterLine
from pmdesk.domain.ports.notices import ChangeId


class Rosters(Protocol):
    """The contract's roster, and whether everybody on it was told who takes over."""

    def lines(self, *, today: date) -> tuple[RosterLine, ...]:
        """Everybody with a running contract, by room; not whoever had its use restricted."""
        ...

    def left_out(self, *, today: date) -> int:
        """How many people are not on it because they had the use restricted (PIPL 44)."""
        ...

    def units(self) -> tuple[tuple[str, str, str], ...]:
        """Every unit (building, entrance, room) of the property, in order."""
        ...

    def unlisted(self, change: ChangeId) -> int:
        """How many people are in the register and not among those to be told."""
        ...

    def widen(self, change: ChangeId) -> int:
        """Who was registered since has to be told as well; how many were added."""
        ...
