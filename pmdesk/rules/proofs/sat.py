"""The search by a SAT solver: each row is one clause, “some cell does not hold”.

The classes of a column are ordered: variable `c` says “class c or a later one”, so that a cell of
neighbouring classes takes two literals. The flags of one list share the variable for unknown and
are linked by one variable for each option.
"""

from collections.abc import Iterator, Sequence
from itertools import count, pairwise

from pysat.solvers import Minisat22

from pmdesk.rules.classes import bits_of, runs
from pmdesk.rules.proofs import lists
from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.proofs.space import Box, Point, Space

CONFLICTS = 500  # between two looks at the clock

_TRUE = 1  # the variable that always holds


class SatSearch:
    """Finds people with minisat; see `search.Search`."""

    def __init__(self, space: Space, budget: Budget) -> None:
        self._space = space
        self._budget = budget
        self._solver = Minisat22()
        self._fresh = count(_TRUE + 1)
        self._barred: set[int] = set()
        self._selectors: dict[int, int] = {}
        self._outside: dict[tuple[int, int], int] = {}
        self._add(_TRUE)
        self._reaches = [self._chain(len(column.classes)) for column in space.columns]
        for group in space.lists:
            self._link(group)

    def bar_row(self, row: int) -> None:
        """From now on nobody whom this row fits is found."""
        if row not in self._barred:
            self._barred.add(row)
            self.bar_box(self._space.rows[row])

    def bar_box(self, box: Box) -> None:
        """From now on nobody in the box is found."""
        if all(box):
            self._add(*self._outside_of(box))

    def finds(self, inside: Box, without: int = 0) -> bool | None:
        """Whether somebody is in the box whom none of the rows `without` fits; None: undecided."""
        if not all(inside):
            return False
        rows = [row for row in bits_of(without) if row not in self._barred]
        assumed = [self._selector(row) for row in rows if all(self._space.rows[row])]
        assumed += self._inside_of(inside)
        answer = None
        while answer is None and not self._budget.is_spent:
            self._solver.conf_budget(CONFLICTS)
            answer = self._solver.solve_limited(assumptions=assumed)
        return answer

    @property
    def point(self) -> Point:
        """Where somebody was last found."""
        true = {literal for literal in self._solver.get_model() if literal > 0}
        return tuple(sum(reach in true for reach in chain[1:-1]) for chain in self._reaches)

    @property
    def blame(self) -> int:
        """Of the rows `without`, some that together left nobody in the box when none was found."""
        row_of = {selector: row for row, selector in self._selectors.items()}
        core = self._solver.get_core() or ()
        return sum(1 << row_of[literal] for literal in core if literal in row_of)

    def _chain(self, classes: int) -> list[int]:
        """For each class and the end the literal “this one or later”."""
        chain = [next(self._fresh) for _one in range(classes - 1)]
        for one, later in pairwise(chain):
            self._add(one, -later)
        return [_TRUE, *chain, -_TRUE]

    def _link(self, group: Sequence[int]) -> None:
        columns = [self._space.columns[place] for place in group]
        unknown = next(self._fresh) if lists.is_ever_unknown(columns) else -_TRUE
        option = {code: next(self._fresh) for code in lists.options(columns)}
        for place, column in zip(group, columns, strict=True):
            reaches = self._reaches[place]
            self._add(-unknown, reaches[lists.UNKNOWN])
            self._add(unknown, -reaches[lists.UNKNOWN])
            asked = [option[code] for code in column.fact.any_of]
            self._add(unknown, -reaches[lists.YES], *asked)
            for one in asked:
                self._add(unknown, reaches[lists.YES], -one)

    def _selector(self, row: int) -> int:
        """The literal that, when assumed, bars the row."""
        if row not in self._selectors:
            self._selectors[row] = next(self._fresh)
            self._add(-self._selectors[row], *self._outside_of(self._space.rows[row]))
        return self._selectors[row]

    def _outside_of(self, box: Box) -> Iterator[int]:
        """A clause: some column lies outside the box."""
        for place, bits in enumerate(box):
            if bits != self._space.columns[place].everything:
                inside = runs(bits)
                if len(inside) == 1:
                    start, end = inside[0]
                    yield -self._reaches[place][start]
                    yield self._reaches[place][end]
                else:
                    yield self._outside_literal(place, bits)

    def _inside_of(self, box: Box) -> Iterator[int]:
        """Literals that together say: every column lies inside the box."""
        for place, bits in enumerate(box):
            everything = self._space.columns[place].everything
            if bits != everything:
                inside = runs(bits)
                if len(inside) == 1:
                    start, end = inside[0]
                    yield self._reaches[place][start]
                    yield -self._reaches[place][end]
                else:
                    yield self._outside_literal(place, everything & ~bits)

    def _outside_literal(self, place: int, bits: int) -> int:
        """A literal that implies that the column lies outside these classes."""
        if (place, bits) not in self._outside:
            literal = self._outside[place, bits] = next(self._fresh)
            for start, end in runs(bits):
                self._add(-literal, -self._reaches[place][start], self._reaches[place][end])
        return self._outside[place, bits]

    def _add(self, *literals: int) -> None:
        self._solver.add_clause(literals)
