"""Sets of orders as boxes (days x buildings x services), and which sums follow from known ones.

Boxes cut the days, buildings and services into classes. A sum over a box is a row of zeroes and
ones over the products of these classes; it follows from known sums exactly when its row is a
combination of theirs. A random vector at right angles to all known rows shows that at once, for
every box that could be asked about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from pmdesk.analytics.dashboard.marks import SERVICES, Flags, Ints, Marks

Floats = NDArray[np.float64]

_PROBES = 2  # random vectors; both missing something that does not follow is out of the question
_TINY = 1e-6
SLIGHT = 1e-10  # of a length, below which rows do not add to what is spanned
_FEW = 4  # classes, of which every union is looked at
_SEED = 20_260_301
_RIDGE = 1e-12  # of all squares together
_PASSES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Orders of these days (numbers, the end is not in it), buildings and services; none: all."""

    since: int
    until: int
    buildings: frozenset[int] = frozenset()
    services: frozenset[int] = frozenset()

    def meets(self, other: "Box") -> bool:
        """Whether an order could be in both."""
        return (
            self.since < other.until
            and other.since < self.until
            and _share(self.buildings, other.buildings)
            and _share(self.services, other.services)
        )


def joined(box: Box, others: Sequence[Box]) -> tuple[int, ...]:
    """The places of the boxes that the box is linked with, directly or through others."""
    reached, waiting = set[int](), [box]
    while waiting:
        one = waiting.pop()
        fresh = [at for at, other in enumerate(others) if at not in reached and one.meets(other)]
        reached.update(fresh)
        waiting.extend(others[at] for at in fresh)
    return tuple(sorted(reached))


def inside(marks: Marks, box: Box) -> Flags:
    """Which orders lie in the box."""
    chosen = (marks.day >= box.since) & (marks.day < box.until)
    if box.buildings:
        chosen &= _among(marks.building, box.buildings)
    if box.services:
        chosen &= _among(marks.service, box.services)
    return np.asarray(chosen)


def _among(column: Ints, wanted: frozenset[int]) -> Flags:
    """Which are one of those; of one alone, as a card asks for hundreds of buildings, at once."""
    if len(wanted) == 1:
        return np.asarray(column == min(wanted))
    return np.isin(column, sorted(wanted))


class Grid:
    """The classes into which boxes cut everything."""

    def __init__(self, boxes: Sequence[Box], marks: Marks) -> None:
        self._ends = sorted({end for box in boxes for end in (box.since, box.until)})
        buildings = np.flatnonzero(np.bincount(marks.building, minlength=1)).tolist()
        known = {0, *buildings, *(one for box in boxes for one in box.buildings)}
        self._building = _classes(known, {box.buildings for box in boxes})
        self._service = _classes(range(len(SERVICES) + 2), {box.services for box in boxes})
        self.shape = (
            len(self._ends) - 1,
            max(self._building.values()) + 1,
            max(self._service.values()) + 1,
        )

    @property
    def size(self) -> int:
        """How many products of classes there are."""
        return self.shape[0] * self.shape[1] * self.shape[2]

    def sides(self, box: Box) -> tuple[Flags, Flags, Flags]:
        """Which classes of days, buildings and services the box has."""
        starts = np.array(self._ends[:-1])
        return (
            (starts >= box.since) & (starts < box.until),
            _chosen(self._building, box.buildings, self.shape[1]),
            _chosen(self._service, box.services, self.shape[2]),
        )

    def row(self, box: Box) -> Floats:
        """The box as zeroes and ones over the products."""
        days, buildings, services = self.sides(box)
        whole = days[:, None, None] & buildings[None, :, None] & services[None, None, :]
        return whole.ravel().astype(np.float64)

    def places(self, marks: Marks) -> Ints:
        """In which product each order lies; -1: outside of all days."""
        seg = np.searchsorted(np.array(self._ends), marks.day, side="right") - 1
        inside = (seg >= 0) & (seg < self.shape[0])
        building = _looked_up(self._building, marks.building)
        service = _looked_up(self._service, marks.service)
        place = (seg * self.shape[1] + building) * self.shape[2] + service
        return np.where(inside, place, -1)


class Candidates:
    """The boxes that somebody could be after: cut out of each other in every way that helps."""

    def __init__(self, grid: Grid, asked: Sequence[Box], boxes: Sequence[Box]) -> None:
        self._grid = grid
        cut = [grid.sides(box) for box in asked]
        all_sides = [grid.sides(box) for box in boxes]
        self._sides = [
            _cut_out([sides[d] for sides in cut], [sides[d] for sides in all_sides], grid.shape[d])
            for d in range(3)
        ]
        self.shape = tuple(len(sides) for sides in self._sides)

    def sums(self, over: Floats | Flags) -> Floats:
        """Of each box, the sum of numbers given for the products; leading axes stay."""
        lead = over.shape[:-1]
        told = over.reshape(*lead, *self._grid.shape).astype(np.float64)
        for side in self._sides:  # each takes the first axis of the grid and puts its own last
            told = np.tensordot(told, side.astype(np.float64), axes=([len(lead)], [1]))
        return np.asarray(told)

    def products(self, place: tuple[int, ...]) -> Flags:
        """Which products that box has."""
        days, buildings, services = (s[at] for s, at in zip(self._sides, place, strict=True))
        whole = days[:, None, None] & buildings[None, :, None] & services[None, None, :]
        return np.asarray(whole.ravel())


class Columns:
    """Products that no box tells apart, taken together: there are few, however many boxes."""

    def __init__(self, rows: Floats, filled: Flags) -> None:
        """Where nothing is filled the reader knows that there is nothing."""
        dice = np.random.default_rng(_SEED)
        marks = np.where(filled, dice.integers(1, 2**62, len(rows)) @ (rows > 0), -1)
        _kinds, self.labels, counts = np.unique(marks, return_inverse=True, return_counts=True)
        self._filled = filled
        self._roots = np.sqrt(counts)
        loose = dice.standard_normal((_PROBES, len(filled)))
        means = np.array([np.bincount(self.labels, one) for one in loose]) / counts
        self._loose = (loose - means[:, self.labels]) * filled  # tells what cuts through a column
        self._probes = dice.standard_normal((_PROBES, len(counts)))

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self._roots)

    def short(self, rows: Floats) -> Floats:
        """The rows by columns; products of two of them stay what they are."""
        first = np.zeros(len(self._roots), dtype=np.int64)
        first[self.labels] = np.arange(len(self.labels))
        return np.asarray(rows[:, first] * self._roots)

    def space(self, rows: Floats, known: Floats | None = None) -> "Space":
        """What follows from rows by columns, or from rows at right angles that span as much."""
        probes = self._probes
        if known is None:
            probes = _beside(rows, probes)
        else:
            for _again in range(2):  # once leaves what rounding leaves
                probes = probes - (probes @ known.T) @ known
        spread = (self._loose + (probes / self._roots)[:, self.labels]) * self._filled
        return Space(rows=rows, astray=spread, columns=self)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Space:
    """All sums that follow from known ones."""

    rows: Floats
    astray: Floats  # random, at right angles to all that is known
    columns: Columns

    def follows(self, candidates: Candidates) -> Flags:
        """Of each box, whether its sum does."""
        return np.asarray((np.abs(candidates.sums(self.astray)) < _TINY).all(axis=0))

    def holds(self, sets: Flags) -> Flags:
        """Of each set of products, whether its sum follows."""
        return np.asarray((np.abs(self.astray @ sets.T) < _TINY).all(axis=0))

    def rests(self) -> Flags:
        """Products that no known sum tells apart, of any shape, whose sum follows."""
        weights = np.random.default_rng(_SEED).integers(1, 2**62, len(self.rows))
        marks = weights @ (self.rows > 0)  # the same in the same rows; in others hardly ever
        kinds, of_column = np.unique(marks, return_inverse=True)
        of_each = of_column[self.columns.labels]
        sums = np.array([np.bincount(of_each, one, len(kinds)) for one in self.astray])
        found = np.flatnonzero((np.abs(sums) < _TINY).all(axis=0) & (kinds != 0))
        return np.asarray(of_each[None, :] == found[:, None])


def basis(rows: Floats) -> Floats:
    """Orthonormal rows that span the same."""
    if not rows.size:
        return np.zeros((0, rows.shape[1]))
    sizes, turns = np.linalg.eigh(rows @ rows.T)  # small, where the rows are long
    kept = sizes > SLIGHT * max(float(sizes[-1]), 1.0)
    return np.asarray((turns[:, kept] / np.sqrt(sizes[kept])).T @ rows)


def _beside(rows: Floats, probes: Floats) -> Floats:
    """The probes without what the rows span; many times faster than a basis of so many rows."""
    if not rows.size:
        return probes
    squares = rows @ rows.T
    squares[np.diag_indices(len(rows))] += _RIDGE * max(float(np.trace(squares)), 1.0)
    factor = cho_factor(squares, lower=True, overwrite_a=True, check_finite=False)
    for _again in range(_PASSES):  # each leaves what the ridge and rounding leave
        probes = probes - cho_solve(factor, rows @ probes.T, check_finite=False).T @ rows
    return probes


def _share(one: frozenset[int], other: frozenset[int]) -> bool:
    return not one or not other or bool(one & other)


def _classes(members: Iterable[int], sets: Iterable[frozenset[int]]) -> dict[int, int]:
    """Members that are in the same sets are of one class."""
    known = sorted((one for one in sets if one), key=sorted)
    numbers: dict[tuple[bool, ...], int] = {}
    return {
        member: numbers.setdefault(tuple(member in one for one in known), len(numbers))
        for member in sorted(members)
    }


def _chosen(classes: dict[int, int], members: frozenset[int], count: int) -> Flags:
    if not members:
        return np.ones(count, dtype=np.bool_)
    flags = np.zeros(count, dtype=np.bool_)
    flags[[classes[one] for one in members]] = True
    return flags


def _looked_up(classes: dict[int, int], values: Ints) -> Ints:
    table = np.zeros(max([*classes, int(values.max(initial=0))]) + 1, dtype=np.int64)
    table[list(classes)] = list(classes.values())
    return table[values]


def _cut_out(asked: Sequence[Flags], sides: Sequence[Flags], count: int) -> Flags:
    """Sets of classes: those there are, what asking cuts out of them, and each class alone."""
    if count <= _FEW:
        every = np.arange(1, 2**count)[:, None] >> np.arange(count)[None, :] & 1
        return np.asarray(every.astype(np.bool_))
    known = _different(np.array([*sides, *asked, np.ones(count, dtype=np.bool_)]))
    parts = [known, np.eye(count, dtype=np.bool_)]
    for one in _different(np.array(asked)):
        parts += [known & one, known & ~one, ~known & one]
    found = _different(np.concatenate(parts))
    return np.asarray(found[found.any(axis=1)])


def _different(rows: Flags) -> Flags:
    """Each row once, in order; numpy's own way compares field by field and takes seconds."""
    packed = np.packbits(rows, axis=1)
    found = sorted({one.tobytes() for one in packed})
    bits = np.frombuffer(b"".join(found), dtype=np.uint8).reshape(-1, packed.shape[1])
    return np.unpackbits(bits, axis=1, count=rows.shape[1]).astype(np.bool_)
