"""Whether anybody in a box is outside some rows: by a SAT solver, or by trying without one."""

from typing import Protocol

from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.proofs.space import Box, Point, Space
from pmdesk.rules.proofs.trying import TryingSearch


class Search(Protocol):
    """Looks for people in a space; what is barred stays so."""

    def bar_row(self, row: int) -> None:
        """From now on nobody whom this row fits is found."""

    def bar_box(self, box: Box) -> None:
        """From now on nobody in the box is found."""

    def finds(self, inside: Box, without: int = 0) -> bool | None:
        """Whether somebody is in the box whom none of the rows `without` fits; None: undecided."""

    @property
    def point(self) -> Point:
        """Where somebody was last found."""

    @property
    def blame(self) -> int:
        """Of the rows `without`, some that together left nobody in the box when none was found."""


def search_in(space: Space, budget: Budget | None = None) -> Search:
    """The fastest search that this installation has."""
    try:
        from pmdesk.rules.proofs.sat import SatSearch  # noqa: PLC0415  # the solver may be missing
    except ImportError:
        return TryingSearch(space, budget or Budget())
    return SatSearch(space, budget or Budget())
