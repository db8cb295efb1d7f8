"""Cuts a column's domain into the classes that its cells tell apart, as bits."""

from collections.abc import Sequence

from pmdesk.rules.cells import Cell, Range, meets_span
from pmdesk.rules.facts import Fact, FactType


def column_masks(cells: Sequence[Cell], fact: Fact) -> tuple[int, ...]:
    """For each cell the set of elementary classes it holds for.

    One cell includes another exactly when its bits include the other's. The top bit is unknown.
    """
    masks, known = _range_masks(cells, fact) if fact.is_ordered else _value_masks(cells, fact)
    unknown = 1 << known.bit_length() if fact.nullable else 0
    everything = known | unknown
    return tuple(
        everything if cell.is_any else mask | (unknown if cell.unknown else 0)
        for cell, mask in zip(cells, masks, strict=True)
    )


def _range_masks(cells: Sequence[Cell], fact: Fact) -> tuple[list[int], int]:
    ends = {end for cell in cells for span in cell.ranges for end in span if end is not None}
    edges = sorted(ends)
    begins = {None: 0} | {edge: place + 1 for place, edge in enumerate(edges)}
    stops = begins | {None: len(edges) + 1}
    pieces = zip([None, *edges], [*edges, None], strict=True)
    possible = sum(
        1 << place for place, ends in enumerate(pieces) if meets_span(Range(*ends), fact)
    )
    masks = [
        sum((1 << stops[span.high]) - (1 << begins[span.low]) for span in cell.ranges) & possible
        for cell in cells
    ]
    return masks, possible


def _value_masks(cells: Sequence[Cell], fact: Fact) -> tuple[list[int], int]:
    used = {value for cell in cells for value in cell.values}
    declared = (False, True) if fact.type is FactType.FLAG else fact.codes
    values = tuple(dict.fromkeys((*declared, *sorted(used))))
    bit = {value: 1 << place for place, value in enumerate(values)}
    masks = [sum(bit[value] for value in cell.values) for cell in cells]
    is_open = fact.type is FactType.TEXT  # any other text is one more class
    return masks, (1 << len(values) + is_open) - 1
