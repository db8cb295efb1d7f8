"""The search without a solver: column by column, remembering which rests lead nowhere."""

from collections.abc import Sequence

from pmdesk.rules.classes import bits_of
from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.proofs.space import Box, Point, Space

MOST_STEPS = 20_000  # of one search


class _SpentError(Exception):
    """The search used up its steps or its time."""


class TryingSearch:
    """Finds people by trying the classes one after the other; see `search.Search`."""

    def __init__(self, space: Space, budget: Budget, steps: int = MOST_STEPS) -> None:
        self._space = space
        self._budget = budget
        self._most = steps
        self._masks = [list(dimension.masks) for dimension in space.dimensions]
        self._count = len(space.rows)
        self._barred = 0
        self._point: Point = ()
        self._blame = 0
        self._begin(space.everything)

    def bar_row(self, row: int) -> None:
        """From now on nobody whom this row fits is found."""
        self._barred |= 1 << row

    def bar_box(self, box: Box) -> None:
        """From now on nobody in the box is found."""
        mark = 1 << self._count
        for dimension, masks in zip(self._space.dimensions, self._masks, strict=True):
            for one in bits_of(dimension.within(box)):
                masks[one] |= mark
        self._count += 1
        self._barred |= mark

    def finds(self, inside: Box, without: int = 0) -> bool | None:
        """Whether somebody is in the box whom none of the rows `without` fits; None: undecided."""
        self._begin(inside)
        self._blame = without
        if not all(self._inside):
            return False
        try:
            path = self._descend(0, self._barred | without)
        except _SpentError:
            return None
        if path is None:
            return False
        self._point = self._placed(path)
        return True if self._is_possible(self._point) else None

    @property
    def point(self) -> Point:
        """Where somebody was last found."""
        return self._point

    @property
    def blame(self) -> int:
        """Of the rows `without`, some that together left nobody in the box when none was found."""
        return self._blame

    def _begin(self, inside: Box) -> None:
        self._steps = 0
        self._dead: set[tuple[int, int]] = set()
        self._inside = [dimension.within(inside) for dimension in self._space.dimensions]
        always = -1
        self._always = [always]  # from the last dimension on: the rows that hold all the way
        for masks, classes in zip(reversed(self._masks), reversed(self._inside), strict=True):
            for one in bits_of(classes):
                always &= masks[one]
            self._always.insert(0, always)

    def _descend(self, depth: int, alive: int) -> tuple[int, ...] | None:
        """The joint classes from `depth` on in which all rows `alive` fail; None without any."""
        self._steps += 1
        if self._steps > self._most or self._budget.is_spent:
            raise _SpentError
        if not alive:
            return ()
        if alive & self._always[depth] or (depth, alive) in self._dead:
            return None
        for left, one in self._branches(depth, alive):
            path = self._descend(depth + 1, left)
            if path is not None:
                return one, *path
        self._dead.add((depth, alive))
        return None

    def _branches(self, depth: int, alive: int) -> Sequence[tuple[int, int]]:
        """The classes worth trying, with the rows that stay alive, fewest first."""
        masks = self._masks[depth]
        found = {alive & masks[one]: one for one in bits_of(self._inside[depth])}
        kept: list[tuple[int, int]] = []
        for left, one in sorted(found.items(), key=lambda pair: pair[0].bit_count()):
            if not any(other & left == other for other, _one in kept):
                kept.append((left, one))
        return kept

    def _placed(self, path: tuple[int, ...]) -> Point:
        chosen = [next(bits_of(classes)) for classes in self._inside]
        chosen[: len(path)] = path
        point = [0] * len(self._space.columns)
        for dimension, one in zip(self._space.dimensions, chosen, strict=True):
            for column, place in zip(dimension.columns, dimension.joint[one], strict=True):
                point[column] = place
        return tuple(point)

    def _is_possible(self, point: Point) -> bool:
        return self._space.is_in_loose(tuple(1 << place for place in point))
