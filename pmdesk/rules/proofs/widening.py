"""From one person whom no row fits to a box of such people that can grow no further."""

from functools import reduce
from operator import and_

from pmdesk.rules.classes import Column, bits_of, runs
from pmdesk.rules.proofs import lists
from pmdesk.rules.proofs.space import Box, Dimension, Point, Space

_MOST_RANGES = 3  # in one cell of a box


def widened(space: Space, point: Point) -> Box:
    """The box around `point`, whom no row fits, grown column by column while no row meets it."""
    box = [1 << place for place in point]
    rows = [_rows(dimension, box) for dimension in space.dimensions]
    for place, dimension in enumerate(space.dimensions):
        alive = reduce(and_, (own for other, own in enumerate(rows) if other != place), -1)
        free = sum(1 << one for one, mask in enumerate(dimension.masks) if not mask & alive)
        if len(dimension.columns) == 1:
            (column,) = dimension.columns
            box[column] = _writable(space.columns[column], free, box[column])
        else:
            _widen_list(space, dimension, free, box)
        rows[place] = _rows(dimension, box)
    return tuple(box)


def _rows(dimension: Dimension, box: list[int]) -> int:
    """The rows that fit somebody in the box, as far as these columns can tell."""
    rows = 0
    for one in bits_of(dimension.within(tuple(box))):
        rows |= dimension.masks[one]
    return rows


def _writable(column: Column, free: int, own: int) -> int:
    """The part of `free` around `own` that can be written as a cell and read at a glance."""
    if free & column.rest and free != column.everything:
        return own if own & column.rest else free & ~column.rest
    known = runs(free & ~column.unknown)
    if not column.fact.is_ordered or len(known) <= _MOST_RANGES:
        return free
    start, end = next(
        (run for run in known if own >> run[0] & (1 << run[1] - run[0]) - 1), known[0]
    )
    return (1 << end) - (1 << start) | free & column.unknown


def _widen_list(space: Space, dimension: Dimension, free: int, box: list[int]) -> None:
    """Widens flags of one list: unknown comes and goes for all of them together."""
    unknown = dimension.unknown
    if unknown and free & unknown and free != unknown:
        known = dimension.joint[next(bits_of(free & ~unknown))]
        was_unknown = dimension.within(tuple(box)) == unknown
        for column, answer in zip(dimension.columns, known, strict=True):
            box[column] = 1 << lists.UNKNOWN | (1 << answer if was_unknown else box[column])
    for column in dimension.columns:
        own = box[column]
        box[column] = own | lists.KNOWN
        if dimension.within(tuple(box)) & ~free:
            box[column] = own
    _drop_known(space, dimension, box)


def _drop_known(space: Space, dimension: Dimension, box: list[int]) -> None:
    """Asks that the list be known in one column only; the others follow."""
    inside = dimension.within(tuple(box))
    for column in reversed(dimension.columns):
        own = box[column]
        box[column] = space.columns[column].everything
        if dimension.within(tuple(box)) != inside:
            box[column] = own
