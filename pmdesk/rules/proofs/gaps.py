"""Whom no row fits: boxes as wide as they can be, found one after the other."""

from collections.abc import Sequence

from pmdesk.rules.cells import Cell
from pmdesk.rules.facts import Fact
from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.proofs.proof import Extent, Gap, Proof
from pmdesk.rules.proofs.search import Search, search_in
from pmdesk.rules.proofs.space import Space, space_of
from pmdesk.rules.proofs.widening import widened

MOST = 20


def gaps(
    facts: Sequence[Fact],
    rows: Sequence[Sequence[Cell]],
    limit: int = MOST,
    budget: Budget | None = None,
) -> Proof[Gap]:
    """The boxes in which no row fits; they may overlap, and together hold every such person."""
    space = space_of(facts, rows)
    return gaps_in(space, search_in(space, budget), limit)


def gaps_in(space: Space, search: Search, limit: int = MOST) -> Proof[Gap]:
    """The same in a space, by a search that may have barred rows already."""
    for row in range(len(space.rows)):
        search.bar_row(row)
    found: list[Gap] = []
    while (more := search.finds(space.everything)) and len(found) < limit:
        box = widened(space, search.point)
        search.bar_box(box)
        cells = (column.cell(bits) for column, bits in zip(space.columns, box, strict=True))
        found.append(Gap(cells=tuple(cells), example=space.somebody(box)))
    return Proof(found=tuple(found), extent=_EXTENTS[more])


_EXTENTS = {False: Extent.ALL, True: Extent.LIMITED, None: Extent.NOT_PROVED}
