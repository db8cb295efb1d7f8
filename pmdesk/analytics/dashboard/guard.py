"""What of a card may be shown beside all that an account was shown before: the one suppression.

A card asks for one or more boxes of orders, each divided into parts (hours, tiers, …) or not. Shown
are the total of the scope, of each box its total and its parts, and nothing else. A number that
stands for 1 to `smallest` - 1 homes is hidden, and so is whatever would let it be found: by
subtracting within the card (complementary suppression), from other cards, or from earlier filters
and exports (differencing). These are one question of linear algebra, so one function answers them.

Known of a part are the boxes in which it was shown; known as well are the totals of all boxes. So
the sum of a part over a box follows when it is a combination of boxes in which the part was shown
and of boxes in which all other parts were. Neither may stand for too few homes, nor may all hidden
parts of a box together.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pmdesk.analytics.dashboard.blocks import Shapes
from pmdesk.analytics.dashboard.homes import Homes, counted, counted_by
from pmdesk.analytics.dashboard.lattice import (
    Box,
    Candidates,
    Floats,
    Grid,
    inside,
    joined,
)
from pmdesk.analytics.dashboard.marks import Flags, Ints, Marks
from pmdesk.analytics.dashboard.parts import Known, Memory, Parts
from pmdesk.analytics.dashboard.rows import Rows
from pmdesk.analytics.dashboard.spaces import Columns
from pmdesk.analytics.dashboard.totals import Totals

WHOLE = "all"  # the cut of numbers that are not divided
LEFT_OUT = "-"  # before the cut of a box that an answer did not show
_ROUNDS = 60
_PATIENCE = 15  # rounds in which numbers are hidden one by one
_PAIR = frozenset({0, 1})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A box whose numbers were shown, and the parts of it that were not."""

    cut: str
    box: Box
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """What a card asks: the scope, its boxes, and the part into which each order falls."""

    scope: Box
    boxes: tuple[Box, ...]
    cut: str = WHOLE
    parts: Ints | None = None  # one for each mark, -1 for none; None: not divided
    count: int = 0  # of parts
    never: frozenset[int] = frozenset()  # parts that are hidden in any case
    tells_total: bool = True  # whether the total of the scope is known to the reader
    beside: tuple[Seen, ...] = ()  # parts that another page tells

    @property
    def told(self) -> tuple[Box, ...]:
        """Boxes whose totals are told whatever else is not."""
        return (self.scope,) if self.tells_total else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Permitted:
    """Of each box the parts that stay hidden, None: the box is not shown."""

    hidden: tuple[frozenset[int] | None, ...]
    told: tuple[Seen, ...]  # all of it
    fresh: tuple[Seen, ...]  # what of that is to be remembered


def linked(question: Question, seen: Sequence[Seen]) -> tuple[Seen, ...]:
    """What was seen of orders that the question may tell of."""
    return tuple(seen[at] for at in joined(question.scope, [one.box for one in seen]))


def permitted(
    marks: Marks,
    question: Question,
    seen: Sequence[Seen],
    smallest: int,
    start: Sequence[Seen] = (),
) -> Permitted | None:
    """What of the answer may be shown; None: nothing, because of what was shown before.

    `marks` has every order of the scope and of what was seen that is linked with it; what `start`
    hides or leaves out stays so.
    """
    return _Guard(marks, question, linked(question, seen), smallest, start).permitted()


@dataclass(slots=True, kw_only=True)
class _Answer:
    """One box of the answer as it stands."""

    box: Box
    homes: int
    counts: Ints  # homes of each part
    hidden: set[int] = field(default_factory=set)
    dropped: bool = False


class _Guard:
    """Hides more until nothing can be found out."""

    def __init__(
        self,
        marks: Marks,
        question: Question,
        seen: Sequence[Seen],
        smallest: int,
        start: Sequence[Seen],
    ) -> None:
        self._marks = marks
        self._question = question
        self._start = start
        self._never = {one.box for one in start if one.cut == LEFT_OUT + question.cut}
        self._seen = [one for one in seen if not one.cut.startswith(LEFT_OUT)]
        self._out = {one.box for one in seen if one.cut == LEFT_OUT + question.cut}
        self._smallest = smallest
        self._answers = [self._first(box) for box in question.boxes]

    def permitted(self) -> Permitted | None:
        """None when even the total of the scope would tell too much."""
        if not self._was_asked_before():
            for one in self._answers:
                is_small = 0 < one.homes < self._smallest and one.box not in self._question.told
                one.dropped = is_small or one.box in self._never
            if not self._are_totals_safe():
                return None
            if self._question.parts is not None and not self._are_parts_safe():
                return None
        return Permitted(
            hidden=tuple(None if one.dropped else frozenset(one.hidden) for one in self._answers),
            told=(told := self._told()),
            fresh=self._fresh(told),
        )

    def _first(self, box: Box) -> _Answer:
        """Hidden is what is too small by itself, and what was hidden of the same box before."""
        question, chosen = self._question, inside(self._marks, box)
        one = _Answer(
            box=box, homes=counted(self._marks, chosen), counts=np.zeros(0, dtype=np.int64)
        )
        if question.parts is not None:
            one.counts = counted_by(self._marks, chosen, question.parts, question.count)
            few = np.flatnonzero((one.counts > 0) & (one.counts < self._smallest))
            one.hidden = {*few.tolist(), *question.never}
            for earlier in (*self._seen, *self._start):
                if earlier.cut == question.cut and earlier.box == box:
                    one.hidden |= earlier.hidden
        self._complete(one)
        return one

    def _complete(self, one: _Answer) -> None:
        """Of two parts each tells the other, as the total is known."""
        if one.hidden and self._question.count == len(_PAIR):
            one.hidden |= _PAIR

    def _was_asked_before(self) -> bool:
        """Whether all of it was shown, or left out, in an earlier answer: that adds nothing."""
        cut, told = self._question.cut, {one.box for one in self._seen}
        shown = {one.box for one in self._seen if one.cut == cut}
        boxes = set(self._question.boxes)
        if not told.issuperset(self._question.told) or not boxes <= shown | self._out:
            return False
        for one in self._answers:
            one.dropped = one.box not in shown - self._never
        return not boxes.isdisjoint(shown)  # what was left out may be asked about by itself

    def _are_totals_safe(self) -> bool:
        """Boxes are left out until no sum of boxes stands for too few homes."""
        told = self._question.told
        totals = Totals(
            self._marks,
            list(dict.fromkeys([*told, *self._question.boxes])),
            [one.box for one in self._seen],
            self._smallest,
        )
        able = [one.box for one in self._kept() if one.box not in told]
        kept = totals.kept(told, able)
        for one in self._kept():
            one.dropped = kept is None or one.box not in (*told, *kept)
        return kept is not None

    def _are_parts_safe(self) -> bool:
        """Parts are hidden until none that is too small follows from what is shown."""
        question = self._question
        own = [one.box for one in (*self._seen, *question.beside) if one.cut == question.cut]
        grid = Grid([*question.boxes, *own], self._marks)
        homes = Homes(self._marks, grid, question.parts, question.count)
        candidates = Candidates(grid, question.boxes, [*question.boxes, *own])
        boxes = list(dict.fromkeys([*question.boxes, *own]))
        table = Rows(grid, boxes, homes.filled)
        columns = Columns(table, homes.filled)
        shapes = Shapes(candidates, columns)
        parts = Parts(homes, shapes, self._smallest)
        memory, places = Memory(columns.short(table)), {box: at for at, box in enumerate(boxes)}
        rows = {box: grid.row(box) * homes.filled for box in question.boxes}
        old = parts.found(self._known(places, shapes, memory, fresh=False))
        for turn in range(_ROUNDS):
            open_ones = parts.violations(self._known(places, shapes, memory, fresh=True), old)
            if not open_ones:
                return True
            hide = self._hide if turn < _PATIENCE else self._hide_all
            done = [hide(rows, wanted, products) for wanted, products in open_ones]
            if not any(done):
                return False
        return False

    def _hide_all(
        self, rows: Mapping[Box, Floats], wanted: Collection[int], products: Flags
    ) -> bool:
        """Where one number after the other does not help, the box that has to do with it goes."""
        every = set(range(self._question.count))
        for one in self._answers:
            if not one.dropped and one.hidden < every and (rows[one.box] * products).any():
                one.hidden |= every
                return True
        return self._hide(rows, wanted, products)

    def _hide(self, rows: Mapping[Box, Floats], wanted: Collection[int], products: Flags) -> bool:
        """The smallest shown number of one of these parts that has to do with it is hidden."""
        able = [
            (not touches, int(one.counts[part]), at, part)
            for at, one in enumerate(self._answers)
            if not one.dropped
            for touches in [bool((rows[one.box] * products).any())]
            for part in wanted
            if part not in one.hidden and one.counts[part]
        ]
        if able:
            _far, _count, at, part = min(able)
            self._answers[at].hidden.add(part)
            self._complete(self._answers[at])
            return True
        boxes = [
            (not (rows[one.box] * products).any(), int(one.counts.sum()), at)
            for at, one in enumerate(self._answers)
            if not one.dropped and one.box not in self._question.told
        ]
        if boxes:
            self._answers[min(boxes)[-1]].dropped = True
        return bool(boxes)

    def _known(
        self, places: Mapping[Box, int], shapes: Shapes, memory: Memory, *, fresh: bool
    ) -> Known:
        cut = self._question.cut
        before = (*self._seen, *self._question.beside)
        own = [(places[one.box], one.hidden) for one in before if one.cut == cut]
        if fresh:
            own += [(places[one.box], frozenset(one.hidden)) for one in self._kept()]
        return Known(own, self._question.count, shapes, memory)

    def _told(self) -> tuple[Seen, ...]:
        """All that the answer shows or leaves out."""
        cut = self._question.cut
        told = [Seen(cut=WHOLE, box=box) for box in self._question.told]
        answered = [
            Seen(cut=LEFT_OUT + cut, box=one.box)
            if one.dropped
            else Seen(cut=cut, box=one.box, hidden=frozenset(one.hidden))
            for one in self._answers
        ]
        return tuple(dict.fromkeys([*told, *answered]))

    def _fresh(self, told: Sequence[Seen]) -> tuple[Seen, ...]:
        cut = LEFT_OUT + self._question.cut
        known = {*self._seen, *(Seen(cut=cut, box=box) for box in self._out)}
        return tuple(one for one in told if one not in known)

    def _kept(self) -> list[_Answer]:
        return [one for one in self._answers if not one.dropped]
