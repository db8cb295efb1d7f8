"""Which sums follow from known ones: a random vector at right angles to them shows it at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_solve, cholesky, solve_triangular

from pmdesk.analytics.dashboard.lattice import Candidates, Floats
from pmdesk.analytics.dashboard.marks import Flags, Ints
from pmdesk.analytics.dashboard.rows import Rows

_PROBES = 2  # random vectors; both missing something that does not follow is out of the question
TINY = 1e-6  # below that a sum is nothing
SLIGHT = 1e-10  # of a length, below which rows do not add to what is spanned
_SEED = 20_260_301
_RIDGE = 1e-12  # of all squares together
_PASSES = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Space:
    """All sums that follow from known ones."""

    astray: Floats  # random, at right angles to all that is known
    tallies: Floats  # the same for each unit of products that are never told apart
    units: Ints | None  # of each product; None: each is a unit
    patterns: Callable[[], Ints]  # of each unit: the same number in the same rows, 0 in none

    def follows(self, candidates: Candidates) -> Flags:
        """Of each box, whether its sum does."""
        return np.asarray(follow([self.astray], candidates)[0])

    def holds(self, sets: Flags) -> Flags:
        """Of each set of products, whether its sum follows."""
        return np.asarray((np.abs(self.astray @ sets.T) < TINY).all(axis=0))

    def rests(self) -> Flags:
        """Products that no known sum tells apart, of any shape, whose sum follows."""
        kinds, of_unit = np.unique(self.patterns(), return_inverse=True)
        sums = np.array([np.bincount(of_unit, one, len(kinds)) for one in self.tallies])
        found = np.flatnonzero((np.abs(sums) < TINY).all(axis=0) & (kinds != 0))
        of_each = of_unit if self.units is None else of_unit[self.units]
        return np.asarray(of_each[None, :] == found[:, None])


def follow(astray: Sequence[Floats], candidates: Candidates) -> Flags:
    """Of each box, whether its sum follows where these are at right angles to what is known."""
    sums = candidates.sums(np.stack(astray))
    return np.asarray((np.abs(sums) < TINY).all(axis=1))


class Whole:
    """Sums of whole boxes, of which there may be a thousand: of the known ones, and of some more.

    A triangle (Cholesky) of what each two share is worked out once for all that is known; more
    boxes add a few lines to it.
    """

    def __init__(self, rows: Rows, known: int, filled: Flags) -> None:
        """The first rows are known."""
        self._rows = rows
        self._known = known
        self._probes = np.random.default_rng(_SEED).standard_normal((_PROBES, len(filled))) * filled
        squares = rows.shared()
        squares[np.diag_indices(len(rows))] += _RIDGE * max(float(np.trace(squares)), 1.0)
        self._head = cholesky(squares[:known, :known], lower=True, check_finite=False)
        cross = squares[:known, known:]
        self._side = solve_triangular(self._head, cross, lower=True, check_finite=False).T
        self._rest = squares[known:, known:] - self._side @ self._side.T

    def space(self, more: Sequence[int]) -> Space:
        """What follows from what is known with these rows of the others."""
        chosen = np.array([*range(self._known), *more], dtype=np.int64)
        lines = weights(len(chosen))
        astray = self._beside(chosen)
        return Space(
            astray=astray,
            tallies=astray,
            units=None,
            patterns=lambda: self._rows.hashed(lines, chosen),
        )

    def _beside(self, chosen: Ints) -> Floats:
        """The probes without what the rows span; many times faster than a basis of so many."""
        probes = self._probes
        if not len(chosen):
            return probes
        factor = self._triangle(chosen[self._known :] - self._known), True
        for _again in range(_PASSES):  # each leaves what the ridge and rounding leave
            sums = self._rows.sums(probes)[:, chosen]
            probes = probes - self._rows.spread(
                cho_solve(factor, sums.T, check_finite=False).T, chosen
            )
        return probes

    def _triangle(self, more: Ints) -> Floats:
        found = np.zeros((self._known + len(more),) * 2, order="F")
        found[: self._known, : self._known] = self._head
        found[self._known :, : self._known] = self._side[more]
        found[self._known :, self._known :] = cholesky(
            self._rest[np.ix_(more, more)], lower=True, check_finite=False
        )
        return found


class Columns:
    """Products that no box tells apart, taken together: there are few, however many boxes."""

    def __init__(self, rows: Rows, filled: Flags) -> None:
        """Where nothing is filled the reader knows that there is nothing."""
        dice = np.random.default_rng(_SEED)
        marks = rows.hashed(weights(len(rows)), np.arange(len(rows)))
        _kinds, self._first, self.labels, counts = np.unique(
            np.where(filled, marks, -1), return_index=True, return_inverse=True, return_counts=True
        )
        self._filled = filled
        self.roots = np.sqrt(counts)
        loose = dice.standard_normal((_PROBES, len(filled)))
        means = np.array([np.bincount(self.labels, one) for one in loose]) / counts
        self._loose = (loose - means[:, self.labels]) * filled  # tells what cuts through a column
        self.probes = dice.standard_normal((_PROBES, len(counts)))

    def short(self, rows: Rows) -> Floats:
        """The rows by columns; products of two of them stay what they are."""
        return np.asarray(rows.at(self._first) * self.roots)

    def are_whole(self, candidates: Candidates) -> Flags:
        """Of each box, whether it cuts through no column."""
        return np.asarray(follow([self._loose], candidates)[0])

    def of(self, candidates: Candidates, places: Ints) -> Flags:
        """Of such boxes, which columns they have."""
        return candidates.having(places, self._first) & self._filled[self._first]

    def space(self, rows: Floats, astray: Floats) -> Space:
        """What follows from rows by columns, to which `astray` is at right angles."""
        spread = (self._loose + (astray / self.roots)[:, self.labels]) * self._filled
        own = np.random.default_rng(_SEED).integers(1, 2**62, len(rows))
        return Space(
            astray=spread,
            tallies=astray * self.roots,
            units=self.labels,
            patterns=lambda: own @ (rows > 0),
        )


def basis(rows: Floats) -> Floats:
    """Orthonormal rows that span the same."""
    if not rows.size:
        return np.zeros((0, rows.shape[1]))
    sizes, turns = np.linalg.eigh(rows @ rows.T)  # small, where the rows are long
    kept = sizes > SLIGHT * max(float(sizes[-1]), 1.0)
    return np.asarray((turns[:, kept] / np.sqrt(sizes[kept])).T @ rows)


def weights(count: int) -> Floats:
    """Whole numbers whose sums are hardly ever the same, and exact for thousands of them."""
    return np.random.default_rng(_SEED).integers(1, 2**40, (2, count)).astype(np.float64)
