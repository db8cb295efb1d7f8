"""Totals of boxes: which may be told, so that no sum or difference of them is too small."""

from collections.abc import Iterator, Sequence

import numpy as np

from pmdesk.analytics.dashboard.homes import Homes
from pmdesk.analytics.dashboard.lattice import Box, Candidates, Floats, Grid
from pmdesk.analytics.dashboard.marks import Flags, Marks
from pmdesk.analytics.dashboard.rows import Rows
from pmdesk.analytics.dashboard.spaces import Whole

_ROUNDS = 40


class Totals:
    """What follows from totals that are known, and from those that would be told."""

    def __init__(
        self, marks: Marks, asked: Sequence[Box], known: Sequence[Box], smallest: int
    ) -> None:
        first = list(dict.fromkeys(known))
        boxes = list(dict.fromkeys([*first, *asked]))
        grid = Grid(boxes, marks)
        self._homes = Homes(marks, grid)
        self._candidates = Candidates(grid, asked, boxes)
        self._smallest = smallest
        self._sums = self._candidates.sums(self._homes.parts[0])
        self._large = self._candidates.sums(self._homes.parts[0] >= smallest) > 0
        rows = Rows(grid, boxes, self._homes.filled)
        self._whole = Whole(rows, len(first), self._homes.filled)
        self._fresh = {box: at for at, box in enumerate(boxes) if at >= len(first)}
        self._rows: dict[Box, Floats] = {box: grid.row(box) * self._homes.filled for box in asked}
        self._old = self._whole.space(())
        self._before = self._old.follows(self._candidates)

    def kept(self, told: Sequence[Box], able: Sequence[Box]) -> tuple[Box, ...] | None:
        """The boxes of `able` that may be told; None when `told` is too much by itself."""
        kept = list(able)
        for _round in range(_ROUNDS):
            small = list(self._small(kept, told))
            if not small:
                return tuple(kept)
            gone = set[Box]()
            for products in small:
                if gone and any((self._rows[one] * products).any() for one in gone):
                    continue  # it may be mended already
                worst = self._smallest_of([one for one in kept if one not in gone], products)
                if worst is None:
                    break
                gone.add(worst)
            if not gone:
                return None
            kept = [one for one in kept if one not in gone]
        return None

    def _small(self, kept: Sequence[Box], told: Sequence[Box]) -> Iterator[Flags]:
        """Sums that would follow, did not follow before, and stand for too few homes."""
        more = {self._fresh[box] for box in (*told, *kept) if box in self._fresh}
        space = self._whole.space(sorted(more))
        found = space.follows(self._candidates) & ~self._before & (self._sums > 0) & ~self._large
        for place in map(tuple, np.argwhere(found)):
            is_small = self._sums[place] < self._smallest
            if is_small or self._homes.at(self._candidates, place) < self._smallest:
                yield self._candidates.products(place)
        rests = space.rests()
        rest = self._homes.few_in(rests[~self._old.holds(rests)], self._smallest)
        if rest is not None:
            yield rest

    def _smallest_of(self, kept: Sequence[Box], products: Flags) -> Box | None:
        """The smallest box, first of those that have to do with these products."""
        return min(
            kept,
            key=lambda one: (
                not (self._rows[one] * products).any(),
                float(self._rows[one] @ self._homes.parts[0]),
            ),
            default=None,
        )
