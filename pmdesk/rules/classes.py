"""Cuts a column's domain into the classes that its cells tell apart, as bits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import cast

from pmdesk.rules.cells import ANY, Cell, Range, known, meets_span, of_values
from pmdesk.rules.facts import Fact, FactType, Value


class Rest(Enum):
    """The class of all values that no cell of the column names."""

    OTHER_TEXT = "other text"


_EPOCH = date(2000, 1, 1).toordinal()

Class = Range | str | bool | Rest | None  # None is unknown, always the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The classes of one fact, numbered from 0, and for each cell those it holds for, as bits.

    One cell includes another exactly when its bits include the other's.
    """

    fact: Fact
    classes: tuple[Class, ...]
    held: tuple[int, ...]

    @property
    def everything(self) -> int:
        """All classes as bits."""
        return (1 << len(self.classes)) - 1

    @property
    def unknown(self) -> int:
        """The bit of the class of unknown; 0 where the value is always known."""
        return 1 << len(self.classes) - 1 if self.fact.nullable else 0

    @property
    def rest(self) -> int:
        """The bit of the class of all other texts, for which no cell can be written."""
        is_open = self.fact.type is FactType.TEXT
        return 1 << self.classes.index(Rest.OTHER_TEXT) if is_open else 0

    def sample(self, place: int) -> Value:
        """A value in the class at `place`."""
        one = self.classes[place]
        if isinstance(one, Range):
            return self._number(one)
        return self._other_text() if one is Rest.OTHER_TEXT else one

    def cell(self, bits: int) -> Cell | None:
        """The cell that holds for exactly these classes; None for a text that no cell names."""
        if bits == self.everything:
            return ANY
        if bits & self.rest:
            return None
        whole = known(self.fact)
        if whole is not None and bits == self.everything & ~self.unknown:
            return whole
        unknown = bool(bits & self.unknown)
        if self.fact.is_ordered:
            parts = runs(bits & ~self.unknown)
            return Cell(ranges=tuple(self._span(*part) for part in parts), unknown=unknown)
        chosen = (self.classes[place] for place in bits_of(bits))
        values = (one for one in chosen if isinstance(one, str | bool))
        return of_values(values, self.fact, unknown=unknown)

    def _span(self, start: int, end: int) -> Range:
        first, last = self.classes[start], self.classes[end - 1]
        return Range(cast("Range", first).low, cast("Range", last).high)

    def _number(self, span: Range) -> Value:
        low, high = self.fact.span
        if span.low is not None:
            number = span.low if low is None else max(span.low, low)
        elif span.high is not None:
            number = span.high - 1 if high is None else min(span.high - 1, high)
        elif self.fact.type is FactType.DATE:
            number = _EPOCH
        else:
            number = next((end for end in (low, high) if end is not None), 0)
        return date.fromordinal(number) if self.fact.type is FactType.DATE else number

    def _other_text(self) -> str:
        taken = set(self.classes)
        return next(text for n in range(1, len(taken) + 2) if (text := "…" * n) not in taken)


def cut(cells: Sequence[Cell], fact: Fact) -> Column:
    """The classes that `cells` tell apart, and those that each of them holds for."""
    classes, masks = _ranges(cells, fact) if fact.is_ordered else _values(cells, fact)
    everything = (1 << len(classes)) - 1
    if fact.nullable:
        unknown = 1 << len(classes)
        classes = (*classes, None)
        everything |= unknown
        masks = [mask | unknown * cell.unknown for mask, cell in zip(masks, cells, strict=True)]
    held = (everything if cell.is_any else mask for cell, mask in zip(cells, masks, strict=True))
    return Column(fact=fact, classes=classes, held=tuple(held))


def bits_of(bits: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def runs(bits: int) -> list[tuple[int, int]]:
    """The runs of neighbouring bits, each from its first to behind its last."""
    turns = list(bits_of(bits ^ bits << 1))
    return list(zip(turns[::2], turns[1::2], strict=True))


def _ranges(cells: Sequence[Cell], fact: Fact) -> tuple[tuple[Class, ...], list[int]]:
    ends = {end for cell in cells for span in cell.ranges for end in span if end is not None}
    edges = sorted(ends)
    begins = {None: 0} | {edge: place + 1 for place, edge in enumerate(edges)}
    stops = begins | {None: len(edges) + 1}
    pieces = [Range(*ends) for ends in zip([None, *edges], [*edges, None], strict=True)]
    possible = [place for place, piece in enumerate(pieces) if meets_span(piece, fact)]
    first, last = possible[0], possible[-1]  # all between are possible as well
    whole = (1 << last + 1 - first) - 1
    masks = [
        sum((1 << stops[span.high]) - (1 << begins[span.low]) for span in cell.ranges) >> first
        & whole
        for cell in cells
    ]
    return tuple(pieces[first : last + 1]), masks


def _values(cells: Sequence[Cell], fact: Fact) -> tuple[tuple[Class, ...], list[int]]:
    used = {value for cell in cells for value in cell.values}
    declared = (False, True) if fact.type is FactType.FLAG else fact.codes
    values: tuple[Class, ...] = tuple(dict.fromkeys((*declared, *sorted(used, key=str))))
    bit = {value: 1 << place for place, value in enumerate(values)}
    masks = [sum(bit[value] for value in cell.values) for cell in cells]
    return (*values, Rest.OTHER_TEXT) if fact.type is FactType.TEXT else values, masks
