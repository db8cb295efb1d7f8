"""What follows from boxes that have to do with each other is found for them alone, at once.

All is reckoned in what the boxes of a block span: there are few dimensions. What is lacking of them
where only some of the boxes are known is a projector; those of all parts are one stack of squares.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pmdesk.analytics.dashboard.lattice import Candidates, Floats
from pmdesk.analytics.dashboard.marks import Flags, Ints
from pmdesk.analytics.dashboard.rows import joined
from pmdesk.analytics.dashboard.spaces import TINY, Columns, basis, weights

_RIDGE = 1e-12  # of all squares together
_LITTLE = 1e-4
_AT_ONCE = 32  # patterns that are looked at together


class Shapes:
    """Candidates as columns: a sum that cuts through a column never follows."""

    def __init__(self, candidates: Candidates, columns: Columns) -> None:
        self.columns = columns
        self.candidates = candidates
        self.places: Ints = np.flatnonzero(columns.are_whole(candidates))
        self.has = columns.of(candidates, self.places)  # candidates x columns
        self._among: dict[bytes, tuple[Floats, Ints]] = {}

    def __len__(self) -> int:
        return len(self.places)

    def place(self, at: int) -> tuple[int, ...]:
        """Where it is among all candidates."""
        found = np.unravel_index(self.places[at], self.candidates.shape)
        return tuple(int(one) for one in found)

    def only(self, over: NDArray[Any]) -> NDArray[Any]:
        """Of numbers given for all candidates, those of these; the first axis stays."""
        return np.asarray(over.reshape(len(over), -1)[:, self.places])

    def among(self, columns: Ints) -> tuple[Floats, Ints]:
        """Each different choice of these columns that any candidate has, and that of each."""
        key = columns.tobytes()
        if key not in self._among:
            has = self.has[:, columns].astype(np.float64)
            first, second = (has @ weights(len(columns)).T).T.astype(np.int64)
            _kinds, some, of_each = np.unique(
                joined(first, second), return_index=True, return_inverse=True
            )
            self._among[key] = has[some], of_each.reshape(-1)
        return self._among[key]


class Block:
    """Boxes that share something, even through others, and no column with any other box."""

    def __init__(self, rows: Floats, shown: Flags, shapes: Shapes) -> None:
        """`shown` says of each box and part whether it was."""
        self.columns: Ints = np.flatnonzero(rows.any(axis=0))
        self._shapes = shapes
        rows = rows[:, self.columns]
        whole = basis(basis(rows))  # the second time takes away what rounding left
        patterns, of_each, parts = np.unique(shown, axis=1, return_inverse=True, return_counts=True)
        self._of: list[int] = of_each.reshape(-1).tolist()
        lacking = _lacking(rows @ whole.T, patterns.T)
        more = _common(lacking, parts)
        self._wider = {at: len(lacking) + 1 + place for place, at in enumerate(more)}
        self.all = len(lacking)  # the place of what follows from all boxes
        none = np.zeros((1, len(whole), len(whole)))
        left = np.concatenate([lacking, none, *(one[None] for one in more.values())])
        self.astray = self._astray(whole, left)
        self._follows: Flags | None = None

    def own(self, part: int) -> int:
        """The place of what was shown of the part."""
        return self._of[part]

    def wider(self, part: int) -> int:
        """The same with totals from which all other parts can be taken away, if they tell more."""
        return self._wider.get(self._of[part], self._of[part])

    @property
    def follows(self) -> Flags:
        """By place, of each candidate whether as much of it as is here follows."""
        if self._follows is None:
            has, of_each = self._shapes.among(self.columns)
            tallies = self.astray * self._shapes.columns.roots[self.columns]
            sums = tallies.reshape(-1, len(self.columns)) @ has.T
            small = (np.abs(sums) < TINY).reshape(*tallies.shape[:2], -1)
            self._follows = np.asarray(small.all(axis=1))[:, of_each]
        return self._follows

    def _astray(self, whole: Floats, left: Floats) -> Floats:
        """By place, the probes without what is known."""
        probes = self._shapes.columns.probes[:, self.columns]
        inner = probes @ whole.T
        outer = probes - inner @ whole
        outer -= (outer @ whole.T) @ whole
        return np.asarray(outer + (inner @ left) @ whole)


def _lacking(inner: Floats, chosen: Flags) -> Floats:
    """By choice of the rows, what takes away from anything what these rows span."""
    count, width = inner.shape
    found = np.zeros((len(chosen), width, width))
    size = _RIDGE * max(float((inner**2).sum()), 1.0)
    for at in range(0, len(chosen), _AT_ONCE):
        rows = inner * chosen[at : at + _AT_ONCE, :, None]
        turned = rows.transpose(0, 2, 1)
        told = np.linalg.solve(rows @ turned + size * np.eye(count), rows)
        left = np.eye(width) - turned @ told
        for _again in range(3):  # each leaves less of what the ridge and rounding leave
            left = left @ left
        found[at : at + _AT_ONCE] = left
    return found


def _common(lacking: Floats, parts: Ints) -> dict[int, Floats]:
    """Of each pattern that one part alone has: what it lacks when all others are known as well.

    Known besides is what each of the others tells; not there where that adds nothing.
    """
    single = np.flatnonzero(parts == 1)
    if len(parts) == 2:  # noqa: PLR2004  # what the others tell is what the one other does
        every = np.eye(lacking.shape[1])
        told = {at: (every - lacking[1 - at]) @ lacking[at] for at in single.tolist()}
    else:
        told = _told_by_others(lacking, parts, single)
    return {
        at: lacking[at] - more.T @ more
        for at, fresh in told.items()
        if (np.abs(fresh) > TINY).any()
        for more in [basis(fresh)]
    }


def _told_by_others(lacking: Floats, parts: Ints, single: Ints) -> dict[int, Floats]:
    """What no other part lacks; a random vector shows at once where there is any of it."""
    gap = np.einsum("p,pij->ij", parts.astype(np.float64), lacking)
    sizes = np.linalg.eigvalsh(gap)
    if not ((sizes > TINY) & (sizes < 1 + _LITTLE)).any():  # whatever any lacks, two do
        return {}
    others = gap - lacking[single]
    width = lacking.shape[1]
    probes = lacking[single] @ np.random.default_rng(0).standard_normal((width, 1))
    left = np.linalg.solve(
        others + TINY * np.eye(width), TINY * probes
    )  # of what they lack, little
    found = {}
    for at in np.flatnonzero(np.abs(left).max(axis=(1, 2), initial=0) > _LITTLE).tolist():
        sizes, turns = np.linalg.eigh(others[at])
        found[int(single[at])] = turns.T[np.abs(sizes) < TINY] @ lacking[single[at]]
    return found
