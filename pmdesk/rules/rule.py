"""One row of a decision table, and how several fitting rows agree on a tier."""

from dataclasses import dataclass
from enum import StrEnum

from pmdesk.rules.cells import Cell


class HitPolicy(StrEnum):
    """Which rule gives the tier when several fit."""

    PRIORITY = "priority"  # the strongest tier, in whatever order the rules stand
    FIRST = "first"  # the first row
    UNIQUE = "unique"  # the only one: proved before anybody is classified, so the first will do


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: a cell for each fact, what it gives, why, and on which legal ground."""

    id: str
    cells: tuple[Cell, ...]
    tier: str
    tags: frozenset[str] = frozenset()
    reason: str = ""
    legal: str = ""

    @property
    def fits_everyone(self) -> bool:
        """Whether no cell asks for anything."""
        return all(cell.is_any for cell in self.cells)
