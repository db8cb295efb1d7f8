"""Which rows are never the first to fit."""

from collections.abc import Sequence

from pmdesk.rules.cells import Cell
from pmdesk.rules.classes import bits_of
from pmdesk.rules.facts import Fact
from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.proofs.overlaps import overlapping
from pmdesk.rules.proofs.proof import Extent, Proof, Unreachable
from pmdesk.rules.proofs.search import Search, search_in
from pmdesk.rules.proofs.space import Space, space_of


def unreachable(
    facts: Sequence[Fact],
    rows_in_order: Sequence[Sequence[Cell]],
    budget: Budget | None = None,
) -> Proof[Unreachable]:
    """The rows that fit nobody for whom not an earlier row decides."""
    space = space_of(facts, rows_in_order)
    budget = budget or Budget()
    searches = search_in(space, budget), search_in(space, budget)
    return unreachable_in(space, overlapping(space), *searches)


def unreachable_in(
    space: Space, others: Sequence[int], search: Search, blaming: Search
) -> Proof[Unreachable]:
    """The same in a space; `others` are the rows that meet each row.

    Afterwards all rows that are reached are barred in `search`, none in `blaming`.
    """
    found: list[Unreachable] = []
    undecided: list[int] = []
    for row, box in enumerate(space.rows):
        earlier = others[row] & (1 << row) - 1
        by = _by(space, row, earlier, search)
        if by is None:
            undecided.append(row)
        elif by:
            found.append(Unreachable(row=row, by=_blamed(box, by, blaming)))
            continue
        elif not space.is_possible(box):
            found.append(Unreachable(row=row, by=()))
            continue
        search.bar_row(row)
    extent = Extent.NOT_PROVED if undecided else Extent.ALL
    return Proof(found=tuple(found), extent=extent, undecided=tuple(undecided))


def covering(space: Space, row: int, others: int) -> int:
    """Those of the rows `others` that fit whenever the row does, as bits."""
    for dimension in space.dimensions:
        held = dimension.held[row]
        if held:
            first, last = (held & -held).bit_length() - 1, held.bit_length() - 1
            others &= dimension.masks[first] & dimension.masks[last]
    return sum(1 << other for other in bits_of(others) if space.includes(other, row))


def _by(space: Space, row: int, earlier: int, search: Search) -> int | None:
    """Earlier rows that together cover the row; 0 where it is reached, None if undecided."""
    alone = covering(space, row, earlier)
    if alone:
        return alone & -alone
    if _is_plainly_reached(space, row, earlier):
        return 0
    reached = search.finds(space.rows[row])
    if reached is None:
        return None
    return 0 if reached else earlier


def _is_plainly_reached(space: Space, row: int, earlier: int) -> bool:
    """Whether no earlier row fits two people whom the row fits, of whom little else is known."""
    if not earlier or space.loose:
        return not earlier
    low = high = earlier
    for dimension in space.dimensions:
        held = dimension.held[row]
        unknown = held & dimension.unknown
        low &= dimension.masks[((unknown or held & -held).bit_length()) - 1]
        high &= dimension.masks[(unknown or held).bit_length() - 1]
    return not low or not high


def _blamed(box: tuple[int, ...], by: int, blaming: Search) -> tuple[int, ...]:
    """As few as possible of the rows `by` that cover the box."""
    if by.bit_count() > 1 and blaming.finds(box, by) is False:
        by = blaming.blame
    return tuple(bits_of(by))
