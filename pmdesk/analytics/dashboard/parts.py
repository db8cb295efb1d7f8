"""Which parts of which boxes follow from shown parts and known totals, and which are too small."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.linalg import qr

from pmdesk.analytics.dashboard.homes import Homes
from pmdesk.analytics.dashboard.lattice import (
    SLIGHT,
    Candidates,
    Columns,
    Floats,
    Space,
    basis,
)
from pmdesk.analytics.dashboard.marks import Flags, Ints

_TINY = 1e-6
_LOOKED_AT = 400  # boxes whose homes are counted one by one in a round

Violation = tuple[tuple[int, ...], Flags]  # parts of which one is to be hidden, and where


class Known:
    """Boxes of one cut, each with the parts that were not shown."""

    def __init__(
        self,
        boxes: Sequence[tuple[Floats, frozenset[int]]],
        count: int,
        columns: Columns,
        memory: "Memory",
    ) -> None:
        """The boxes are rows by columns; `memory` is of the same columns."""
        self._columns = columns
        self._memory = memory
        width = columns.width
        self.rows = np.array([row for row, _hidden in boxes]).reshape(len(boxes), width)
        self._shown = np.ones((len(boxes), count), dtype=np.bool_)
        for place, (_row, hidden) in enumerate(boxes):
            self._shown[place, list(hidden)] = False
        self.patterns, self._first, self.pattern_of = np.unique(
            self._shown, axis=1, return_index=True, return_inverse=True
        )
        self.pattern_of = self.pattern_of.reshape(-1)
        self._spaces = memory.spaces.setdefault(self.rows.tobytes(), {})

    def spaces(self) -> "Spaces":
        """What follows from them."""
        blocks = [self._block(one) for one in self._apart()]
        own = tuple(self._own(at, blocks) for at in self._places)
        none = np.zeros((0, self._columns.width))
        whole = np.concatenate([none, *(block.whole for block in blocks)])
        return Spaces(
            total=self._columns.space(self.rows, whole),
            own=own,
            wider=tuple(self._wider(at, blocks, own[at]) for at in self._places),
        )

    def _block(self, boxes: Flags) -> "_Block":
        rows, shown = self.rows[boxes], self._shown[boxes]
        known, key = self._memory.blocks, (rows.tobytes(), shown.tobytes())
        if key not in known:
            spanned = self._memory.spanned.setdefault(key[0], [])
            if not spanned:
                spanned.append(basis(rows))
            known[key] = _Block(rows, shown, spanned[0])
        return known[key]

    def _own(self, at: int, blocks: Sequence["_Block"]) -> Space:
        known, key = self._spaces, self.patterns[:, at].tobytes()
        if key not in known:
            known[key] = self._space(at, [block.own(self._first[at]) for block in blocks])
        return known[key]

    def _wider(self, at: int, blocks: Sequence["_Block"], own: Space) -> Space:
        """With the totals from which all other parts can be taken away."""
        part = self._first[at]
        if not any(block.is_wider(part) for block in blocks):
            return own
        return self._space(at, [block.wider(part) for block in blocks])

    def _space(self, at: int, known: Sequence[Floats]) -> Space:
        none = np.zeros((0, self._columns.width))
        rows = self.rows[self.patterns[:, at]]
        return self._columns.space(rows, np.concatenate([none, *known]))

    @property
    def _places(self) -> range:
        return range(self.patterns.shape[1])

    def _apart(self) -> Iterator[Flags]:
        """Boxes that share nothing with others, even through others, tell nothing of them."""
        meets = (self.rows > 0).astype(np.float64)
        meets = meets @ meets.T
        left = np.diag(meets) > 0
        while left.any():
            block = np.zeros(len(left), dtype=np.bool_)
            fresh = block.copy()
            fresh[np.argmax(left)] = True
            while (fresh & ~block).any():
                block |= fresh
                fresh = meets @ block > 0
            yield block
            left = left & ~block


class _Block:
    """Boxes that have to do with each other: what follows from them is found for them alone."""

    def __init__(self, rows: Floats, shown: Flags, whole: Floats) -> None:
        """`shown` says of each box and part whether it was; `whole` is what the rows span."""
        self.whole = whole
        inner = rows @ self.whole.T  # the rows by coordinates of what they span
        patterns, of_each, parts = np.unique(shown, axis=1, return_inverse=True, return_counts=True)
        self._of = of_each.reshape(-1).tolist()
        self._own = _spanned(inner, patterns)
        lacking = np.eye(len(self.whole)) - np.array([part.T @ part for part in self._own])
        self._more = self._common(lacking, parts)

    def own(self, part: int) -> Floats:
        """What was shown of the part tells these sums, as rows at right angles."""
        return np.asarray(self._own[self._of[part]] @ self.whole)

    def is_wider(self, part: int) -> bool:
        """Whether totals from which all other parts can be taken away tell more of it."""
        return self._of[part] in self._more

    def wider(self, part: int) -> Floats:
        """The sums that are told with these totals."""
        more = self._more.get(self._of[part])
        own = self.own(part)
        return own if more is None else np.concatenate([own, more @ self.whole])

    def _common(self, lacking: Floats, parts: Ints) -> dict[int, Floats]:
        """Of each pattern that one part alone has: what all others tell, and it does not yet."""
        single = np.flatnonzero(parts == 1)
        if len(parts) == 2:  # noqa: PLR2004  # what the others tell is what the one other does
            told = [(at, self._own[1 - at] @ lacking[at]) for at in single.tolist()]
            return {at: basis(fresh) for at, fresh in told if (np.abs(fresh) > _TINY).any()}
        gap = np.einsum("p,pij->ij", parts.astype(np.float64), lacking)
        sizes, turns = np.linalg.eigh(gap - lacking[single])
        flat = np.abs(sizes) < _TINY
        found = {}
        for place, at in enumerate(single.tolist()):
            fresh = turns[place].T[flat[place]] @ lacking[at]
            if (np.abs(fresh) > _TINY).any():
                found[at] = basis(fresh)
        return found


def _spanned(rows: Floats, shown: Flags) -> list[Floats]:
    """Of each choice of the rows, orthonormal ones that span the same."""
    found = []
    for choice in shown.T:
        turn, left, _order = qr(rows[choice].T, mode="economic", pivoting=True, check_finite=False)
        sizes = np.abs(np.diag(left))
        found.append(turn[:, : np.count_nonzero(sizes**2 > SLIGHT * max([1.0, *sizes[:1] ** 2]))].T)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What was worked out in an earlier round, which changes little of it."""

    blocks: dict[tuple[bytes, bytes], _Block] = field(default_factory=dict)
    spanned: dict[bytes, list[Floats]] = field(default_factory=dict)
    spaces: dict[bytes, dict[bytes, Space]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spaces:
    """Sums that follow: of everything; of a part by itself; of it with all that is known."""

    total: Space
    own: tuple[Space, ...]
    wider: tuple[Space, ...]

    def among_all(self, at: int) -> Space:
        """The wider one, in which all boxes tell products apart."""
        return replace(self.wider[at], rows=self.total.rows)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """Of each candidate: whether its total follows, and by part whether that does."""

    total: Flags
    own: Flags  # part x candidates
    wider: Flags
    spaces: Spaces
    pattern_of: Ints


class Parts:
    """The parts of a question in all candidate boxes."""

    def __init__(self, homes: Homes, candidates: Candidates, smallest: int) -> None:
        self._homes = homes
        self._candidates = candidates
        self._smallest = smallest
        self._sums = candidates.sums(homes.parts)  # no fewer than there are homes
        self._large = candidates.sums(homes.parts >= smallest) > 0
        self._orders = candidates.sums(homes.orders)
        self._follows: dict[Space, Flags] = {}
        self._left: dict[Space, Flags] = {}

    def found(self, known: Known) -> Found:
        """What follows from these."""
        spaces = known.spaces()
        own = [self._told_by(space) for space in spaces.own]
        wider = [self._told_by(space) for space in spaces.wider]
        return Found(
            total=spaces.total.follows(self._candidates),
            own=np.array(own)[known.pattern_of],
            wider=np.array(wider)[known.pattern_of],
            spaces=spaces,
            pattern_of=known.pattern_of,
        )

    def violations(self, known: Known, old: Found) -> list[Violation]:
        """What would follow anew and stands for too few homes."""
        new = self.found(known)
        return self._single(new, old) or self._rests(new, old) or self._together(new, old)

    def _single(self, new: Found, old: Found) -> list[Violation]:
        """Parts that follow by themselves; the worst of each part."""
        doubtful = new.wider & ~old.wider & (self._sums > 0) & ~self._large
        told: dict[int, Violation] = {}
        for part, *place in np.argwhere(doubtful):
            if part in told:
                continue
            where = tuple(place)
            small = self._sums[(part, *where)] < self._smallest
            if small or self._homes.at(self._candidates, where, int(part)) < self._smallest:
                is_alone = new.own[(part, *where)]  # else hiding any other part helps as well
                wanted = (int(part),) if is_alone else tuple(range(len(new.pattern_of)))
                told[part] = (wanted, self._candidates.products(where))
        return list(told.values())

    def _rests(self, new: Found, old: Found) -> list[Violation]:
        """The same of what is left of a part when all that is shown is taken away."""
        told: list[Violation] = []
        for part, pattern in enumerate(new.pattern_of):
            wider = new.spaces.wider[pattern]
            wanted: tuple[int, ...] = (part,)
            rests = self._rests_of(wider)
            if wider is not new.spaces.own[pattern]:  # totals tell of it: any part may be hidden
                finer = self._rests_of(new.spaces.among_all(pattern))
                rests, wanted = np.concatenate([rests, finer]), tuple(range(len(new.pattern_of)))
            small = self._homes.few_in(rests, self._smallest, part)
            if small is None:
                continue
            fresh = rests[~old.spaces.wider[old.pattern_of[part]].holds(rests)]
            small = self._homes.few_in(fresh, self._smallest, part)
            if small is not None:
                told.append((wanted, small))
        return told

    def _together(self, new: Found, old: Found) -> list[Violation]:
        """All hidden parts of a box, whose sum follows from its total and the shown ones."""
        open_parts = ~new.own & (self._sums > 0)
        same = (open_parts == (~old.own & (self._sums > 0))).all(axis=0)
        is_new = new.total & ~(old.total & same)
        hidden = open_parts.sum(axis=0)
        enough = (open_parts & self._large).any(axis=0)
        orders = np.where(open_parts, self._orders, 0).sum(axis=0)
        tight = (orders <= hidden) & (hidden > 0)  # each of them could only be one order
        doubtful = is_new & (hidden > 0) & (~enough | tight)
        told: list[Violation] = []
        for place in map(tuple, np.argwhere(doubtful)[:_LOOKED_AT]):
            products, gone = self._candidates.products(place), open_parts[(slice(None), *place)]
            if tight[place] or self._homes.together(products, gone) < self._smallest:
                told.append((tuple(np.flatnonzero(~gone).tolist()), products))
                break
        return told

    def _told_by(self, space: Space) -> Flags:
        """Of each candidate whether it follows, worked out once."""
        if space not in self._follows:
            self._follows[space] = space.follows(self._candidates)
        return self._follows[space]

    def _rests_of(self, space: Space) -> Flags:
        if space not in self._left:
            self._left[space] = space.rests()
        return self._left[space]
