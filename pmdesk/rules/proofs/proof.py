"""What the proofs answer: what was found, and whether that is proved to be all there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from pmdesk.rules.cells import Cell
from pmdesk.rules.facts import Value

Person = Mapping[str, Value]  # a value for each fact, by key

_Item = TypeVar("_Item")


class Extent(Enum):
    """How much of what there is was found."""

    ALL = "all"  # proved: there is nothing else
    LIMITED = "limited"  # there is more, which was not asked for
    NOT_PROVED = "not proved"  # the budget ran out: there may be more


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof(Generic[_Item]):
    """What was found; `undecided` are the rows about which nothing could be proved."""

    found: tuple[_Item, ...]
    extent: Extent = Extent.ALL
    undecided: tuple[int, ...] = ()

    @property
    def is_proved(self) -> bool:
        """Whether nothing else can be found."""
        return self.extent is Extent.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two rows that fit a common person, the earlier first."""

    first: int
    second: int
    example: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A box in which no row fits, as wide as it can be; a cell is None for any other text."""

    cells: tuple[Cell | None, ...]
    example: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """A row that is never the first to fit: together the rows `by` always fit before it.

    A row that fits nobody at all has no such rows.
    """

    row: int
    by: tuple[int, ...]
