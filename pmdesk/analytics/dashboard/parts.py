"""Which parts of which boxes follow from shown parts and known totals, and which are too small."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from pmdesk.analytics.dashboard.blocks import Block, Shapes
from pmdesk.analytics.dashboard.homes import Homes
from pmdesk.analytics.dashboard.lattice import Floats
from pmdesk.analytics.dashboard.marks import Flags
from pmdesk.analytics.dashboard.spaces import Space

_LOOKED_AT = 400  # boxes whose homes are counted one by one in a round

Violation = tuple[tuple[int, ...], Flags]  # parts of which one is to be hidden, and where


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What was worked out of these boxes in an earlier round, which changes little of it."""

    rows: Floats  # boxes by columns
    blocks: dict[tuple[bytes, bytes], Block] = field(default_factory=dict)
    apart: dict[bytes, list[Flags]] = field(default_factory=dict)
    spaces: dict[tuple[bytes, tuple[tuple[Block, int], ...]], Space] = field(default_factory=dict)


class Known:
    """Boxes of one cut, each with the parts that were not shown."""

    def __init__(
        self,
        boxes: Sequence[tuple[int, frozenset[int]]],
        count: int,
        shapes: Shapes,
        memory: Memory,
    ) -> None:
        """The boxes are rows of `memory`, by their places; `shapes` has the same columns."""
        self._shapes = shapes
        self._memory = memory
        self._places = np.array([place for place, _hidden in boxes], dtype=np.int64)
        self.rows = memory.rows[self._places]
        self._shown = np.ones((len(boxes), count), dtype=np.bool_)
        for at, (_place, hidden) in enumerate(boxes):
            self._shown[at, list(hidden)] = False
        key = self._places.tobytes()
        if key not in memory.apart:
            memory.apart[key] = list(self._apart())
        self._blocks = [self._block(one) for one in memory.apart[key]]

    def follows(self) -> tuple[Flags, Flags, Flags]:
        """Of each candidate whether its total follows; by part, it by itself; with all known."""
        bare = ~(self.rows > 0).any(axis=0)  # columns of which nothing is known
        total: Flags = np.asarray(~self._shapes.has[:, bare].any(axis=1))
        own = np.tile(total, (self._shown.shape[1], 1))
        more = [part for part in range(len(own)) if self.is_wider(part)]
        besides = own[more]
        for block in self._blocks:
            total = total & block.follows[block.all]
            own &= block.follows[[block.own(part) for part in range(len(own))]]
            besides &= block.follows[[block.wider(part) for part in more]]
        wider = own.copy()
        wider[more] = besides
        return total, own, wider

    def is_wider(self, part: int) -> bool:
        """Whether totals tell more of the part than what was shown of it."""
        return any(block.wider(part) != block.own(part) for block in self._blocks)

    def space(self, part: int) -> Space:
        """What follows of the part with all that is known."""
        return self._space(part, self._shown[:, part])

    def among_all(self, part: int) -> Space:
        """The same, in which all boxes tell products apart; of a part that totals tell more of."""
        return self._space(part, np.ones(len(self.rows), dtype=np.bool_))

    def _space(self, part: int, chosen: Flags) -> Space:
        told = tuple((block, block.wider(part)) for block in self._blocks)
        is_wider = self.is_wider(part)  # else it is of the rows alone
        known, key = self._memory.spaces, (self._places[chosen].tobytes(), told if is_wider else ())
        if key not in known:
            astray = self._shapes.columns.probes.copy()
            for block, place in told:
                astray[:, block.columns] = block.astray[place]
            known[key] = self._shapes.columns.space(self.rows[chosen], astray)
        return known[key]

    def _block(self, boxes: Flags) -> Block:
        shown = self._shown[boxes]
        known, key = self._memory.blocks, (self._places[boxes].tobytes(), shown.tobytes())
        if key not in known:
            known[key] = Block(self.rows[boxes], shown, self._shapes)
        return known[key]

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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """Of each candidate: whether its total follows, and by part whether that does."""

    total: Flags
    own: Flags  # part x candidates
    wider: Flags
    known: Known


class Parts:
    """The parts of a question in all candidate boxes that cut through no column."""

    def __init__(self, homes: Homes, shapes: Shapes, smallest: int) -> None:
        self._homes = homes
        self._shapes = shapes
        self._smallest = smallest
        short = np.float32  # whole numbers up to millions are exact in it
        sums = shapes.candidates.sums
        self._sums = shapes.only(sums(homes.parts.astype(short)))  # no fewer than there are homes
        self._large = shapes.only(sums((homes.parts >= smallest).astype(short))) > 0
        self._few = (self._sums > 0) & ~self._large
        self._orders = shapes.only(sums(homes.orders.astype(short)))
        self._left: dict[Space, Flags] = {}

    def found(self, known: Known) -> Found:
        """What follows from these."""
        total, own, wider = known.follows()
        return Found(total=total, own=own, wider=wider, known=known)

    def violations(self, known: Known, old: Found) -> list[Violation]:
        """What would follow anew and stands for too few homes."""
        new = self.found(known)
        return self._single(new, old) or self._rests(new, old) or self._together(new, old)

    def _single(self, new: Found, old: Found) -> list[Violation]:
        """Parts that follow by themselves; the worst of each part."""
        doubtful = new.wider & ~old.wider & self._few
        told: list[Violation] = []
        for part in np.flatnonzero(doubtful.any(axis=1)).tolist():
            where = self._too_few(part, doubtful[part])
            if where is not None:
                is_alone = new.own[part, where]  # else hiding any other part helps as well
                wanted = (part,) if is_alone else tuple(range(len(new.own)))
                told.append((wanted, self._products(where)))
        return told

    def _too_few(self, part: int, doubtful: Flags) -> int | None:
        """The first of these places with too few homes."""
        small = np.flatnonzero(doubtful & (self._sums[part] < self._smallest))
        if len(small):
            return int(small[0])
        places = np.flatnonzero(doubtful).tolist()
        return next((one for one in places if self._count(one, part) < self._smallest), None)

    def _count(self, at: int, part: int) -> int:
        return self._homes.at(self._shapes.candidates, self._shapes.place(at), part)

    def _products(self, at: int) -> Flags:
        return self._shapes.candidates.products(self._shapes.place(at))

    def _rests(self, new: Found, old: Found) -> list[Violation]:
        """The same of what is left of a part when all that is shown is taken away."""
        told: list[Violation] = []
        for part in range(len(new.own)):
            wanted: tuple[int, ...] = (part,)
            rests = self._rests_of(new.known.space(part))
            if new.known.is_wider(part):  # totals tell of it: any part may be hidden
                finer = self._rests_of(new.known.among_all(part))
                rests, wanted = np.concatenate([rests, finer]), tuple(range(len(new.own)))
            small = self._homes.few_in(rests, self._smallest, part)
            if small is None:
                continue
            fresh = rests[~old.known.space(part).holds(rests)]
            small = self._homes.few_in(fresh, self._smallest, part)
            if small is not None:
                told.append((wanted, small))
        return told

    def _together(self, new: Found, old: Found) -> list[Violation]:
        """All hidden parts of a box, whose sum follows from its total and the shown ones."""
        of = np.flatnonzero(new.total)  # few boxes
        some, large, own, before = (
            one[:, of] for one in (self._sums > 0, self._large, new.own, old.own)
        )
        orders = self._orders[:, of]
        open_parts = ~own & some
        same = (open_parts == (~before & some)).all(axis=0)
        hidden = open_parts.sum(axis=0)
        enough = (open_parts & large).any(axis=0)
        # as many hidden parts as orders: each of them could only be one order
        tight = (np.where(open_parts, orders, 0).sum(axis=0) <= hidden) & (hidden > 0)
        doubtful = ~(old.total[of] & same) & (hidden > 0) & (~enough | tight)
        told: list[Violation] = []
        taken = np.zeros(self._homes.filled.shape, dtype=np.bool_)
        for one in np.flatnonzero(doubtful)[:_LOOKED_AT].tolist():
            products, gone = self._products(int(of[one])), open_parts[:, one]
            if (taken & products).any():  # it may be mended already
                continue
            if tight[one] or self._homes.together(products, gone) < self._smallest:
                shown = ~gone & some[:, one]  # hiding what is not there helps nothing
                wanted = np.flatnonzero(shown if shown.any() else ~gone)
                told.append((tuple(wanted.tolist()), products))
                taken |= products
        return told

    def _rests_of(self, space: Space) -> Flags:
        if space not in self._left:
            self._left[space] = space.rests()
        return self._left[space]
