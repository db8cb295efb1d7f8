"""Splits a large table by a few questions, so that each person meets only rules that may still fit.

The questions ask nothing of a fact's declared domain: a value outside it is decided as the
reference evaluator does. What is unknown never answers a question with yes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pmdesk.rules.cells import Cell, Range
from pmdesk.rules.classes import cut
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.table import DecisionTable

MANY = 50  # rules that a flat CASE tests for a person on average before a tree pays
DEEPEST = 5
_FEW = 6  # rules that a leaf may hold without another question
_GROWTH = 1.5  # how much longer both branches together may be than what they split
_GAIN = 0.8  # the share of rules that a question must leave on average
_QUESTIONS = 16  # that are tried for one column


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A rule where it may fit: its place, and the columns still to be tested."""

    place: int
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """The rules that may fit, in deciding order."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A question about one column: whether the cell holds."""

    column: int
    cell: Cell
    then: "Tree"
    otherwise: "Tree"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Trees of different rules, of which several may fit."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    column: int
    cell: Cell
    mask: int


Tree = Leaf | Split | Beside
Masks = tuple[int, ...]


def whole(table: DecisionTable) -> tuple[Row, ...]:
    """All rules as they stand, each with every column that it asks about."""
    return tuple(
        Row(
            place=place,
            columns=tuple(n for n, cell in enumerate(rule.cells) if not cell.is_any),
        )
        for place, rule in enumerate(table.rules)
    )


def expected(rows: Sequence[Masks], everything: Masks) -> float:
    """How many rules a person meets on average, if every class of a column is as likely."""
    met, still = 0.0, 1.0
    for masks in rows:
        met += still
        fits = 1.0
        for mask, full in zip(masks, everything, strict=True):
            fits *= mask.bit_count() / full.bit_count()
        still *= 1 - fits
    return met


class Ground:
    """The rules of a table, in deciding order, as the classes of each column they hold for."""

    def __init__(self, table: DecisionTable) -> None:
        self._tagged = [place for place, rule in enumerate(table.rules) if rule.tags]
        self._questions: list[_Question] = []
        self._whole: Masks = ()
        columns: list[Masks] = []
        for place, fact in enumerate(table.facts):
            cells = [rule.cells[place] for rule in table.rules]
            asked = _questions(fact, cells)
            classes = cut([*cells, *asked], _undeclared(fact))
            columns.append(classes.held[: len(cells)])
            self._whole = (*self._whole, classes.everything)
            self._questions += [
                _Question(column=place, cell=cell, mask=mask)
                for cell, mask in zip(asked, classes.held[len(cells) :], strict=True)
            ]
        self._rows = {
            place: tuple(held[place] for held in columns) for place in table.deciding_order
        }

    def for_first(self, many: float = MANY) -> Tree:
        """The rules so that the first that fits is found; one leaf where a flat CASE will do."""
        places = list(self._rows)
        if expected(list(self._rows.values()), self._whole) <= many:
            return self._leaf(places, self._whole)
        return self._first(places, self._whole, DEEPEST)

    def for_tags(self, many: float = MANY) -> Tree:
        """The rules that give tags so that all that fit are found, in whatever order."""
        if len(self._tagged) <= many:
            return self._leaf(self._tagged, self._whole)
        return self._all(self._tagged, self._whole, DEEPEST)

    def _first(self, alive: Sequence[int], piece: Masks, depth: int) -> Tree:
        best = self._best(alive, piece) if depth and len(alive) > _FEW else None
        if best is None:
            return self._leaf(alive, piece)
        then, otherwise = self._halves(best, alive, piece)
        return Split(
            column=best.column,
            cell=best.cell,
            then=self._first(*then, depth - 1),
            otherwise=self._first(*otherwise, depth - 1),
        )

    def _all(self, alive: Sequence[int], piece: Masks, depth: int) -> Tree:
        """Rules that do not ask about the column of a question stand beside it, only once."""
        best = self._best(alive, piece, asking=True) if depth and len(alive) > _FEW else None
        if best is None:
            return self._leaf(alive, piece)
        asking = self._asking(alive, piece, best.column)
        then, otherwise = self._halves(best, asking, piece)
        split = Split(
            column=best.column,
            cell=best.cell,
            then=self._all(*then, depth - 1),
            otherwise=self._all(*otherwise, depth - 1),
        )
        rest = [place for place in alive if place not in set(asking)]
        return Beside(parts=(split, self._all(rest, piece, depth))) if rest else split

    def _best(
        self, alive: Sequence[int], piece: Masks, *, asking: bool = False
    ) -> _Question | None:
        """The question that saves most tests on average, if one is worth its length."""
        found: _Question | None = None
        most = 0.0
        for question in self._questions:
            region = piece[question.column]
            yes, no = _parts(region, question.mask)
            split = self._asking(alive, piece, question.column) if asking else alive
            if not yes or not no or len(split) <= 1:
                continue
            masks = [self._rows[place][question.column] for place in split]
            left, right = (sum(1 for mask in masks if mask & part) for part in (yes, no))
            share = yes.bit_count() / region.bit_count()
            cost = share * left + (1 - share) * right
            is_worth = cost <= _GAIN * len(split) and left + right <= _GROWTH * len(split)
            if is_worth and len(split) - cost > most:
                found, most = question, len(split) - cost
        return found

    def _asking(self, alive: Sequence[int], piece: Masks, column: int) -> list[int]:
        """Those for which the column is not settled yet."""
        return [place for place in alive if piece[column] & ~self._rows[place][column]]

    def _halves(
        self, best: _Question, alive: Sequence[int], piece: Masks
    ) -> Iterator[tuple[list[int], Masks]]:
        """For yes and for no: who may still fit, and in which classes."""
        at = best.column
        for part in _parts(piece[at], best.mask):
            left = [place for place in alive if self._rows[place][at] & part]
            yield left, (*piece[:at], part, *piece[at + 1 :])

    def _leaf(self, alive: Sequence[int], piece: Masks) -> Leaf:
        return Leaf(
            rows=tuple(
                Row(place=place, columns=tuple(_open_columns(self._rows[place], piece)))
                for place in alive
            )
        )


def _parts(region: int, mask: int) -> tuple[int, int]:
    return region & mask, region & ~mask


def _open_columns(masks: Masks, piece: Masks) -> list[int]:
    """The columns that the questions so far have not settled for the rule, the strictest first."""
    pairs = list(zip(masks, piece, strict=True))
    left = [column for column, (mask, region) in enumerate(pairs) if region & ~mask]
    return sorted(left, key=lambda n: (masks[n] & piece[n]).bit_count() / piece[n].bit_count())


def _questions(fact: Fact, cells: Sequence[Cell]) -> list[Cell]:
    """Some of the questions that tell values of the column apart, evenly chosen."""
    if fact.is_ordered:
        ends = {end for cell in cells for span in cell.ranges for end in span if end is not None}
        return [Cell(ranges=(Range(None, end),)) for end in sorted(ends)[:: _step(len(ends))]]
    values = {value for cell in cells for value in cell.values}
    return [Cell(values=(value,)) for value in sorted(values, key=str)[:: _step(len(values))]]


def _step(count: int) -> int:
    return max(1, -(-count // _QUESTIONS))


def _undeclared(fact: Fact) -> Fact:
    """The fact without what its catalogue promises about its values."""
    kind = FactType.TEXT if fact.type is FactType.CHOICE else fact.type
    return replace(fact, type=kind, options=(), low=None, high=None, nullable=True)
