"""Sets of orders as boxes (days x buildings x services), and which sums follow from known ones.

Boxes cut the days, buildings and services into classes. A sum over a box is a row of zeroes and
ones over the products of these classes; it follows from known sums exactly when its row is a
combination of theirs (`spaces`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pmdesk.analytics.dashboard.marks import SERVICES, Flags, Ints, Marks

Floats = NDArray[np.float64]

_FEW = 4  # classes, of which every union is looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Orders of these days (numbers, the end is not in it), buildings and services; none: all."""

    since: int
    until: int
    buildings: frozenset[int] = frozenset()
    services: frozenset[int] = frozenset()


def joined(box: Box, others: Sequence[Box]) -> tuple[int, ...]:
    """The places of the boxes that the box is linked with, directly or through others."""
    boxes = [box, *others]
    since, until = (np.array([getattr(one, end) for one in boxes]) for end in ("since", "until"))
    near, kind = _near(boxes)
    reach = np.zeros((len(near), 2), dtype=np.int64)  # days that were followed from each kind
    left = np.arange(1, len(boxes))
    waiting = [0]
    while waiting and len(left):
        at = waiting.pop()
        first, end = since[at], until[at]
        if reach[kind[at], 0] <= first and end <= reach[kind[at], 1]:
            continue
        reach[kind[at]] = first, end
        found = near[kind[at], kind[left]] & (since[left] < end) & (first < until[left])
        waiting.extend(left[found].tolist())
        left = left[~found]
    gone = np.zeros(len(boxes), dtype=np.bool_)
    gone[left] = True
    return tuple((np.flatnonzero(~gone[1:])).tolist())


def _near(boxes: Sequence[Box]) -> tuple[Flags, Ints]:
    """Which kinds of boxes share a building and a service, and the kind of each box."""
    sets = [(one.buildings, one.services) for one in boxes]
    kinds = {one: at for at, one in enumerate(dict.fromkeys(sets))}
    near = np.ones((len(kinds), len(kinds)), dtype=np.bool_)
    for side in range(2):
        own = [kind[side] for kind in kinds]
        members = {one: at for at, one in enumerate(frozenset().union(*own))}
        masks = np.zeros((len(own), len(members) + 1))
        for some, line in zip(own, masks, strict=True):
            line[[members[one] for one in some] if some else slice(None)] = 1
        near &= masks @ masks.T > 0
    return near, np.array([kinds[one] for one in sets])


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

    def sums(self, over: NDArray[Any]) -> NDArray[Any]:
        """Of each box, the sum of numbers given for the products; leading axes stay."""
        lead = over.shape[:-1]
        kind = np.promote_types(over.dtype, np.float32)
        told = over.reshape(*lead, *self._grid.shape).astype(kind)
        for side in self._sides:  # each takes the first axis of the grid and puts its own last
            told = np.tensordot(told, side.astype(kind), axes=([len(lead)], [1]))
        return np.asarray(told)

    def having(self, places: Ints, products: Ints) -> Flags:
        """Of each of these boxes, which of the products it has."""
        boxes = np.unravel_index(places, self.shape)
        parts = np.unravel_index(products, self._grid.shape)
        found = np.ones((len(places), len(products)), dtype=np.bool_)
        for side, box, part in zip(self._sides, boxes, parts, strict=True):
            found &= side[:, part][box]
        return found

    def products(self, place: tuple[int, ...]) -> Flags:
        """Which products that box has."""
        days, buildings, services = (s[at] for s, at in zip(self._sides, place, strict=True))
        whole = days[:, None, None] & buildings[None, :, None] & services[None, None, :]
        return np.asarray(whole.ravel())


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
