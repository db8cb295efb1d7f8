"""Which rows fit a common person: exact, by rows as bits."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from pmdesk.rules.cells import Cell
from pmdesk.rules.classes import Column, bits_of, runs
from pmdesk.rules.facts import Fact
from pmdesk.rules.proofs import lists
from pmdesk.rules.proofs.proof import Extent, Overlap, Person, Proof
from pmdesk.rules.proofs.space import Box, Space, masks_of, space_of

MOST = 1000  # pairs


def overlaps(
    facts: Sequence[Fact], rows: Sequence[Sequence[Cell]], limit: int = MOST
) -> Proof[Overlap]:
    """The pairs of rows that fit a common person, in their order."""
    space = space_of(facts, rows)
    pairs = _pairs(space)
    found = tuple(
        Overlap(first=one, second=other, example=common(space, one, other))
        for one, other in islice(pairs, limit)
    )
    extent = Extent.ALL if next(pairs, None) is None else Extent.LIMITED
    return Proof(found=found, extent=extent)


def common(space: Space, one: int, other: int) -> Person:
    """Somebody whom both rows fit."""
    return space.somebody(met(space.rows[one], space.rows[other]))


def met(one: Sequence[int], other: Sequence[int]) -> Box:
    """The box of those who are in both."""
    return tuple(a & b for a, b in zip(one, other, strict=True))


def overlapping(space: Space) -> tuple[int, ...]:
    """For each row the others that fit somebody whom it fits, as bits."""
    found = _by_columns(space)
    for group in space.lists:
        _sift(space, group, found)
    return tuple(others & ~(1 << row) for row, others in enumerate(found))


def _pairs(space: Space) -> Iterator[tuple[int, int]]:
    for one, others in enumerate(overlapping(space)):
        for other in bits_of(others >> one + 1):
            yield one, one + 1 + other


def _by_columns(space: Space) -> list[int]:
    """The rows that meet each row in every column; of one list they may still contradict."""
    every = (1 << len(space.rows)) - 1
    found = [every] * len(space.rows)
    joined = {place for group in space.lists for place in group}
    for place, column in enumerate(space.columns):
        if place not in joined:
            _narrow(found, column.held, _meeting(column))
    for group in space.lists:
        _narrow_by_list(found, [space.columns[place] for place in group])
    return found


def _narrow(found: list[int], held: Sequence[int], meeting: Callable[[int], int]) -> None:
    rows = {bits: meeting(bits) for bits in set(held)}
    for place, bits in enumerate(held):
        found[place] &= rows[bits]


def _narrow_by_list(found: list[int], columns: Sequence[Column]) -> None:
    """Two rows meet in a list where it is known, flag by flag, or where it is unknown."""
    known = [-1] * len(found)
    unknown = [-1 if lists.is_ever_unknown(columns) else 0] * len(found)
    for column in columns:
        meeting = _meeting(column)
        _narrow(known, [bits & lists.KNOWN for bits in column.held], meeting)
        _narrow(unknown, [bits & ~lists.KNOWN for bits in column.held], meeting)
    for place in range(len(found)):
        found[place] &= known[place] | unknown[place]


def _sift(space: Space, group: tuple[int, ...], found: list[int]) -> None:
    """Leaves out the pairs that contradict each other in flags that share an option."""
    columns = [space.columns[place] for place in group]
    if all(len(column.fact.any_of) == 1 for column in columns):
        return
    meets = _meets(space, group)
    asking = sum(1 << row for row, box in enumerate(space.rows) if _asks(space, group, box))
    for one in bits_of(asking):
        for other in bits_of(found[one] & asking & ~((1 << one) - 1)):
            if not meets(one, other):
                found[one] &= ~(1 << other)
                found[other] &= ~(1 << one)
    for one in bits_of(asking):
        if not found[one] >> one & 1:  # it contradicts itself
            _forget(found, one)


def _meets(space: Space, group: tuple[int, ...]) -> Callable[[int, int], bool]:
    """Tells whether two rows allow common answers to one list."""
    for dimension in space.dimensions:
        if dimension.columns == group:
            held = dimension.held
            return lambda one, other: bool(held[one] & held[other])
    columns = [space.columns[place] for place in group]
    parts = [[box[place] for place in group] for box in space.rows]
    return lambda one, other: lists.choice(columns, met(parts[one], parts[other])) is not None


def _asks(space: Space, group: tuple[int, ...], box: Box) -> bool:
    return any(box[place] != space.columns[place].everything for place in group)


def _forget(found: list[int], one: int) -> None:
    found[one] = 0
    for other, rows in enumerate(found):
        found[other] = rows & ~(1 << one)


def _meeting(column: Column) -> Callable[[int], int]:
    """Tells for some classes the rows that hold for any of them.

    The masks are joined beforehand over all stretches of 1, 2, 4, 8 … classes, two of which cover
    any run.
    """
    stretches = [masks_of(column)]
    width = 1
    while len(stretches[-1]) > width:
        last = stretches[-1]
        stretches.append(tuple(a | b for a, b in zip(last, last[width:], strict=False)))
        width *= 2

    def meeting(bits: int) -> int:
        rows = 0
        for start, end in runs(bits):
            level = (end - start).bit_length() - 1
            rows |= stretches[level][start] | stretches[level][end - (1 << level)]
        return rows

    return meeting
