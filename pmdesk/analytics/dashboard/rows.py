"""Many boxes as rows over the products of a grid, none of which is ever written out.

A box is a stretch of days and a kind: its buildings and services. There are few kinds, so sums over
a thousand boxes, what a thousand boxes add up to, and how much each two of them share, are found
from running totals by day.
"""

from collections.abc import Sequence

import numpy as np

from pmdesk.analytics.dashboard.lattice import Box, Floats, Grid
from pmdesk.analytics.dashboard.marks import Flags, Ints

_ODD = 0x9E3779B97F4A7C15 - 2**64  # puts two numbers together to one


class Rows:
    """Boxes of a grid in their order, as far as there is anything in them."""

    def __init__(self, grid: Grid, boxes: Sequence[Box], filled: Flags) -> None:
        """Where nothing is filled the reader knows that there is nothing."""
        sides = [grid.sides(box) for box in boxes]
        days, *_rest = grid.shape
        self._filled = filled.reshape(days, -1).astype(np.float64)
        self._first = np.array([int(np.argmax(one[0])) for one in sides], dtype=np.int64)
        self._end = self._first + np.array([one[0].sum() for one in sides], dtype=np.int64)
        kinds: dict[bytes, int] = {}
        masks: list[Flags] = []
        places = []
        for _days, buildings, services in sides:
            key = buildings.tobytes() + services.tobytes()
            if key not in kinds:
                kinds[key] = len(masks)
                masks.append((buildings[:, None] & services[None, :]).ravel())
            places.append(kinds[key])
        self._kind = np.array(places, dtype=np.int64)
        self._masks = np.array(masks).reshape(len(masks), self._filled.shape[1])

    def __len__(self) -> int:
        return len(self._kind)

    def sums(self, of_each: Floats) -> Floats:
        """Of each line of numbers given for the products, the sum over each row."""
        told = (of_each * self._filled.ravel()).reshape(len(of_each), *self._filled.shape)
        until = _running(told @ self._masks.T.astype(np.float64), axis=1)
        return until[:, self._end, self._kind] - until[:, self._first, self._kind]

    def spread(self, weights: Floats, chosen: Ints) -> Floats:
        """What the chosen rows add up to, each line of weights by itself."""
        found = np.zeros((len(weights), len(self._filled) + 1, len(self._masks)))
        for line, own in zip(found, weights, strict=True):
            np.add.at(line, (self._first[chosen], self._kind[chosen]), own)
            np.add.at(line, (self._end[chosen], self._kind[chosen]), -own)
        whole = np.cumsum(found, axis=1)[:, :-1] @ self._masks.astype(np.float64)
        return np.asarray((whole * self._filled).reshape(len(weights), -1))

    def hashed(self, weights: Floats, chosen: Ints) -> Ints:
        """Of each product a number, the same where the same of these rows are, 0 where none is.

        The weights are two lines of whole numbers of which no sum is rounded.
        """
        first, second = self.spread(weights, chosen).astype(np.int64)
        return joined(first, second)

    def shared(self) -> Floats:
        """How many filled products each two rows have in common."""
        found = np.zeros((len(self), len(self)))
        for kind, mask in enumerate(self._masks):
            own = np.flatnonzero(self._kind == kind)
            both = self._filled[:, mask] @ self._masks[:, mask].T.astype(np.float64)
            until = _running(both, axis=0)
            end = np.minimum(self._end[own][:, None], self._end[None, :])
            first = np.minimum(np.maximum(self._first[own][:, None], self._first[None, :]), end)
            found[own] = until[end, self._kind] - until[first, self._kind]
        return found

    def at(self, products: Ints) -> Floats:
        """Of each row, which of these products it has."""
        day, place = np.divmod(products, self._filled.shape[1])
        inside = (self._first[:, None] <= day) & (day < self._end[:, None])
        inside &= self._masks[self._kind[:, None], place[None, :]]
        return np.asarray(inside * (self._filled.ravel()[products] > 0), dtype=np.float64)


def joined(first: Ints, second: Ints) -> Ints:
    """One number for two of them."""
    return np.asarray(first * _ODD + second)


def _running(values: Floats, axis: int) -> Floats:
    """The totals up to each day, the first of which is nothing."""
    shape = list(values.shape)
    shape[axis] += 1
    found = np.zeros(shape)
    after = [slice(None)] * values.ndim
    after[axis] = slice(1, None)
    np.cumsum(values, axis=axis, out=found[tuple(after)])
    return found
