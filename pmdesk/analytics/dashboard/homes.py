"""How many different homes stand behind a set of orders; what all share counts for none."""

import numpy as np

from pmdesk.analytics.dashboard.lattice import Candidates, Floats, Grid
from pmdesk.analytics.dashboard.marks import Flags, Ints, Marks

HOME_BITS = 24  # of the number of a home


class Homes:
    """Homes by part and product of classes."""

    def __init__(self, marks: Marks, grid: Grid, parts: Ints | None = None, count: int = 1) -> None:
        places = grid.places(marks)
        self._size = grid.size
        self.filled = np.bincount(places[places >= 0], minlength=grid.size) > 0
        kept = (marks.home > 0) & (places >= 0)
        if parts is not None:
            kept &= parts >= 0
        place, home = places[kept], marks.home[kept]
        key = place if parts is None else parts[kept] * grid.size + place
        pairs = np.sort((key << HOME_BITS) | home)
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]  # each home once for each part and product
        self._home = pairs & (1 << HOME_BITS) - 1
        cells = np.bincount(pairs >> HOME_BITS, minlength=grid.size * count)
        self._start = np.concatenate([[0], np.cumsum(cells)])
        self.parts: Floats = cells.reshape(count, grid.size).astype(np.float64)
        orders = np.bincount(key, minlength=grid.size * count)
        self.orders: Floats = orders.reshape(count, grid.size).astype(np.float64)
        self._told: dict[tuple[int, ...], int] = {}

    def of(self, products: Flags, part: int = 0) -> int:
        """Different homes in these products, of one part."""
        return len(np.unique(self._in(products, part)))

    def together(self, products: Flags, parts: Flags) -> int:
        """Different homes in any of these parts."""
        found = [self._in(products, int(part)) for part in np.flatnonzero(parts)]
        return len(np.unique(np.concatenate(found))) if found else 0

    def at(self, candidates: Candidates, place: tuple[int, ...], part: int = 0) -> int:
        """Different homes of a box, counted once."""
        key = (part, *place)
        if key not in self._told:
            self._told[key] = self.of(candidates.products(place), part)
        return self._told[key]

    def few_in(self, sets: Flags, smallest: int, part: int = 0) -> Flags | None:
        """The first of the sets of products with too few homes but some; None: there is none."""
        counts = self.parts[part]
        doubtful = (sets @ counts > 0) & ~(sets @ (counts >= smallest))
        for products in sets[doubtful]:
            if 0 < self.of(products, part) < smallest:
                return np.asarray(products)
        return None

    def _in(self, products: Flags, part: int) -> Ints:
        cells = np.flatnonzero(products & (self.parts[part] > 0)) + part * self._size
        spans = [self._home[self._start[cell] : self._start[cell + 1]] for cell in cells]
        return np.concatenate(spans) if spans else np.zeros(0, dtype=np.int64)


def counted(marks: Marks, chosen: Flags) -> int:
    """Different homes behind these orders."""
    return int(np.count_nonzero(np.bincount(marks.home[chosen], minlength=1)[1:]))


def counted_by(marks: Marks, chosen: Flags, parts: Ints, count: int) -> Ints:
    """The same of each part."""
    own = np.flatnonzero(chosen & (marks.home > 0) & (parts >= 0))
    width = int(marks.home.max(initial=0)) + 1
    each_once = np.unique(parts[own] * width + marks.home[own])
    return np.asarray(np.bincount(each_once // width, minlength=count))
