"""Somebody whom some rows fit and others do not."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_

from pmdesk.rules.cells import Cell
from pmdesk.rules.facts import Fact
from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.proofs.overlaps import met
from pmdesk.rules.proofs.proof import Extent, Person, Proof
from pmdesk.rules.proofs.search import search_in
from pmdesk.rules.proofs.space import Box, Point, Space, space_of


def witness(
    facts: Sequence[Fact],
    rows: Sequence[Sequence[Cell]],
    wanted: Iterable[int],
    without: Iterable[int] = (),
    budget: Budget | None = None,
) -> Proof[Person]:
    """Somebody whom all rows `wanted` and none of the rows `without` fit, if there is anybody."""
    space = space_of(facts, rows)
    search = search_in(space, budget)
    box = space.everything
    for row in wanted:
        box = met(box, space.rows[row])
    barred = sum(1 << row for row in set(without))
    found = search.finds(box, barred)
    if found is None:
        return Proof(found=(), extent=Extent.NOT_PROVED)
    return Proof(found=(space.person(_plain(space, search.point, box, barred)),) if found else ())


def _plain(space: Space, point: Point, box: Box, barred: int) -> Point:
    """The point, with unknown wherever it stays in the box and outside the barred rows."""
    plain = list(point)
    rows = [dimension.masks[dimension.at(point)] & barred for dimension in space.dimensions]
    for place, dimension in enumerate(space.dimensions):
        others = reduce(and_, (own for other, own in enumerate(rows) if other != place), barred)
        unknown = dimension.within(box) & dimension.unknown
        mask = dimension.masks[-1]
        if unknown and not others & mask:
            rows[place] = mask & barred
            for column, one in zip(dimension.columns, dimension.joint[-1], strict=True):
                plain[column] = one
    return tuple(plain)
