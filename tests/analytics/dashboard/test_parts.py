"""What is kept from one round of the guard to the next never answers for other boxes."""

import itertools

import numpy as np

from pmdesk.analytics.dashboard.blocks import Shapes
from pmdesk.analytics.dashboard.homes import Homes
from pmdesk.analytics.dashboard.lattice import Box, Candidates, Grid
from pmdesk.analytics.dashboard.parts import Known, Memory
from pmdesk.analytics.dashboard.rows import Rows
from pmdesk.analytics.dashboard.spaces import Columns
from tests.analytics.dashboard.worlds import BUILDINGS, DAYS, SLOTS, office

BOXES = tuple(  # some share something, others nothing
    Box(since=since, until=until, buildings=frozenset(buildings))
    for since, until in itertools.combinations(range(DAYS + 1), 2)
    for count in (1, 2)
    for buildings in itertools.combinations(range(1, BUILDINGS + 1), count)
)
HIDDEN: tuple[frozenset[int], ...] = tuple(map(frozenset, ([0], [], [0, 1], [])))
FEW = 12  # boxes, so that the same ones come again with other parts hidden


def shapes_and_rows(marks):
    """Everything that can be asked of all the boxes."""
    grid = Grid(BOXES, marks)
    homes = Homes(marks, grid, marks.hour, SLOTS)
    table = Rows(grid, BOXES, homes.filled)
    columns = Columns(table, homes.filled)
    return Shapes(Candidates(grid, BOXES, BOXES), columns), columns.short(table)


def told(known):
    """All that follows: totals, parts, parts with all that is known, and what is left of each."""
    wider = [part for part in range(SLOTS) if known.is_wider(part)]
    spaces = [*map(known.space, range(SLOTS)), *map(known.among_all, wider)]
    return [*known.follows(), *(np.round(one.tallies, 6) for one in spaces)]


def test_what_was_worked_out_of_some_boxes_is_not_told_of_others():
    """Rounds with other boxes, one after the other, of which nothing but the memory is kept."""
    shapes, rows = shapes_and_rows(office(3, 120, 20))
    dice = np.random.default_rng(3)
    kept = Memory(rows)
    for _round in range(300):
        places = dice.choice(FEW, len(HIDDEN), replace=False).tolist()
        hidden = [HIDDEN[at] for at in dice.permutation(len(HIDDEN))]
        boxes = tuple(zip(places, hidden, strict=True))
        again, anew = (Known(boxes, SLOTS, shapes, memory) for memory in (kept, Memory(rows)))
        for one, other in zip(told(again), told(anew), strict=True):
            np.testing.assert_array_equal(one, other)
