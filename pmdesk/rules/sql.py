"""Compiles a table to SQL expressions that decide exactly as the reference evaluator does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    String,
    and_,
    case,
    literal,
    literal_column,
    or_,
    true,
)

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.cells import EVERYTHING, Cell, Range
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.table import DecisionTable, Rule

NO_RULE = -1

Test = ColumnElement[bool]
Number = ColumnElement[int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compiled:
    """The decision as expressions over the given columns.

    `rule` is the winner's place in the table or NO_RULE, `tier` its rank, `tags` bits in the order
    of the scheme. A test in `matches` may be NULL where it does not fit: use it as a condition.
    """

    table: DecisionTable
    rule: Number
    tier: Number
    tags: Number
    matches: tuple[Test, ...]

    def tier_of(self, rule: Number) -> Number:
        """The tier's rank for a column that holds `rule` already, so nothing is decided twice."""
        ranks = {place: self.table.scheme.rank(r.tier) for place, r in enumerate(self.table.rules)}
        raised = {place: _constant(rank) for place, rank in ranks.items() if rank}
        return case(raised, value=rule, else_=_constant(0)) if raised else _constant(0)


def compile_table(table: DecisionTable, columns: Mapping[str, ColumnElement[object]]) -> Compiled:
    """The table over `columns`, one for each fact key, NULL where unknown."""
    tests = _Tests(table, columns)
    matches = tuple(tests.of_rule(rule) for rule in table.rules)
    order = table.deciding_order
    ranks = [table.scheme.rank(rule.tier) for rule in table.rules]
    return Compiled(
        table=table,
        rule=_first([(matches[place], place) for place in order], NO_RULE),
        tier=_first([(matches[place], ranks[place]) for place in order], 0),
        tags=_tags(table, matches),
        matches=matches,
    )


def cell_test(cell: Cell, fact: Fact, column: ColumnElement[object]) -> Test:
    """The test that a cell that asks for something holds; it may be NULL where it does not."""
    return or_(*_alternatives(cell, fact, column))


class _Tests:
    """The test of each cell, made once for each column."""

    def __init__(self, table: DecisionTable, columns: Mapping[str, ColumnElement[object]]) -> None:
        self._pairs: list[tuple[Fact, ColumnElement[object]]] = []
        self._made: dict[tuple[str, Cell], Test] = {}
        for fact in table.facts:
            if fact.key not in columns:
                raise PmdeskError(
                    N_("The field “{label}” cannot be used in rules now."),
                    N_("Remove its column from the table."),
                    label=fact.label,
                )
            self._pairs.append((fact, columns[fact.key]))

    def of_rule(self, rule: Rule) -> Test:
        """The test that the rule fits."""
        asked = [
            self.of_cell(cell, fact, column)
            for cell, (fact, column) in zip(rule.cells, self._pairs, strict=True)
            if not cell.is_any
        ]
        return and_(*asked) if asked else true()

    def of_cell(self, cell: Cell, fact: Fact, column: ColumnElement[object]) -> Test:
        """The test that the cell holds: only positive tests, so NULL never slips through."""
        made = self._made.get((fact.key, cell))
        if made is None:
            made = self._made[fact.key, cell] = cell_test(cell, fact, column)
        return made


def _alternatives(cell: Cell, fact: Fact, column: ColumnElement[object]) -> list[Test]:
    tests = [_inside(span, fact, column) for span in cell.ranges]
    values = [_value(value, column) for value in cell.values]
    if len(values) == 1:
        tests.append(column == values[0])
    elif values:
        tests.append(column.in_(values))
    if cell.unknown:
        tests.append(column.is_(None))
    return tests


def _inside(span: Range, fact: Fact, column: ColumnElement[object]) -> Test:
    if span == EVERYTHING:
        return column.is_not(None)
    if span.single is not None:
        return column == _end(span.single, fact, column)
    ends = []
    if span.low is not None:
        ends.append(column >= _end(span.low, fact, column))
    if span.high is not None:
        ends.append(column < _end(span.high, fact, column))
    return and_(*ends)


def _end(number: int, fact: Fact, column: ColumnElement[object]) -> ColumnElement[object]:
    if fact.type is not FactType.DATE:
        return literal(number, BigInteger())
    day = date.fromordinal(number)
    is_date = isinstance(column.type, Date)
    return literal(day, Date()) if is_date else literal(day.isoformat(), String())


def _value(value: str | bool, column: ColumnElement[object]) -> ColumnElement[object]:
    if isinstance(value, str):
        return literal(value, String())
    is_boolean = isinstance(column.type, Boolean)
    return literal(value, Boolean()) if is_boolean else literal(int(value), Integer())


def _first(pairs: Sequence[tuple[Test, int]], otherwise: int) -> Number:
    """The number of the first test that holds, as one flat CASE."""
    whens: list[tuple[Test, int]] = []
    for test, number in pairs:
        if isinstance(test, type(true())):
            otherwise = number
            break
        whens.append((test, number))
    while whens and whens[-1][1] == otherwise:
        whens.pop()
    if not whens:
        return _constant(otherwise)
    return case(*((test, _constant(n)) for test, n in whens), else_=_constant(otherwise))


def _tags(table: DecisionTable, matches: Sequence[Test]) -> Number:
    """The bits of all tags that a fitting rule gives; a flat CASE for each tag stays shallow."""
    bits: list[Number] = []
    for place, tag in enumerate(table.scheme.tag_keys):
        givers = [
            (test, 1 << place)
            for test, rule in zip(matches, table.rules, strict=True)
            if tag in rule.tags
        ]
        if givers:
            sure = [pair for pair in givers if isinstance(pair[0], type(true()))]
            bits.append(_first(sure or givers, 0))
    return sum(bits[1:], start=bits[0]) if bits else _constant(0)


def _constant(number: int) -> Number:
    return literal_column(str(number), BigInteger())
