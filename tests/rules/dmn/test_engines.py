"""The codes of the columns and the compiled SQL say exactly what the cells mean."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.app.dmn_sql import SqlEngine
from pmdesk.rules.cells import holds
from pmdesk.rules.dmn.codec import codecs_of
from pmdesk.rules.dmn.evaluate import ReferenceEngine
from pmdesk.rules.dmn.expressions import Path
from pmdesk.rules.dmn.model import Input, Output, Policy, Row, Table
from pmdesk.rules.dmn.outcome import outcome
from pmdesk.rules.dmn.types import Type, with_domains
from pmdesk.rules.dmn.unary import ANYTHING, Point, Span, UnaryTests
from pmdesk.rules.dmn.values import Kind, Value

DAY = date(2026, 2, 27)
VALUES: dict[Kind | None, list[Value]] = {
    Kind.NUMBER: [Decimal(n) for n in ("-1", "0", "0.1", "0.10", "0.15", "0.2", "5", "5.001", "6")],
    Kind.STRING: ["", "a", "a\0", "b", "B", "\u00e9", "e\u0301", "中", "\U0001f600", "null", "-"],
    Kind.BOOLEAN: [False, True],
    Kind.DATE: [date.min, date.max, *(DAY + timedelta(days=n) for n in range(5))],
    None: ["anything"],
}


def ends(kind):
    return st.sampled_from(VALUES[kind])


def cells_of(kind):
    """A cell of this kind as the grammar makes them."""
    points = st.sampled_from([*(VALUES[kind] if kind else ()), None]).map(Point)
    spans = st.builds(
        Span, low=ends(kind), high=ends(kind), with_low=st.booleans(), with_high=st.booleans()
    ) | st.one_of(
        st.builds(Span, low=ends(kind), with_low=st.booleans()),
        st.builds(Span, high=ends(kind), with_high=st.booleans()),
    )
    is_ordered = kind in {Kind.NUMBER, Kind.STRING, Kind.DATE}
    one = st.one_of(points, spans) if is_ordered else points
    cell = st.builds(
        UnaryTests, tests=st.lists(one, min_size=1, max_size=3).map(tuple), negated=st.booleans()
    )
    return st.one_of(st.just(ANYTHING), cell, points.map(lambda test: UnaryTests(tests=(test,))))


@st.composite
def tables(draw):
    kinds = draw(st.lists(st.sampled_from([*VALUES]), max_size=3))
    columns = []
    for place, kind in enumerate(kinds):
        domains = draw(st.lists(cells_of(kind), max_size=1))
        type_ = with_domains(Type(kind=kind), *domains)
        columns.append(Input(label=f"x{place}", expression=Path(f"x{place}"), type=type_))
    cells = st.tuples(*(cells_of(kind) for kind in kinds))
    outputs = st.integers(0, 2)
    rows = [
        Row(id=f"r{n}", cells=asked, outputs=(Decimal(given),), ranks=(given,))
        for n, (asked, given) in enumerate(draw(st.lists(st.tuples(cells, outputs), max_size=6)))
    ]
    return Table(
        inputs=tuple(columns),
        outputs=(Output(name="", label="", type=Type(kind=Kind.NUMBER)),),
        rows=tuple(rows),
        policy=draw(st.sampled_from([*Policy])),
    )


def cases(table):
    """Some rows of values that the columns can have."""
    columns = [
        st.sampled_from(
            [None, *(v for v in VALUES[column.type.kind] if column.type.allowed(v) is not None)]
        )
        for column in table.inputs
    ]
    return st.lists(st.tuples(*columns), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_sql_gives_what_the_reference_gives(data):
    table = data.draw(tables())
    rows = data.draw(cases(table))
    one = ReferenceEngine().hits(table, rows)
    other = SqlEngine().hits(table, rows)
    assert [outcome("d", table, hits) for hits in one] == [
        outcome("d", table, hits) for hits in other
    ]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_code_fits_a_cell_exactly_where_its_value_does(data):
    table = data.draw(tables())
    for place, codec in enumerate(codecs_of(table)):
        column = table.inputs[place]
        for value in (None, *VALUES[column.type.kind]):
            if value is not None and column.type.allowed(value) is None:
                continue
            code = codec.code(value)
            assert codec.fact.accepts(code)
            for row in table.rows:
                cell = codec.cell(row.cells[place])
                assert (cell is not None and holds(cell, code)) is row.cells[place].holds(value)


@pytest.mark.parametrize("policy", [Policy.UNIQUE, Policy.FIRST, Policy.RULE_ORDER])
def test_more_rows_than_bits_in_a_number(policy):
    column = Input(label="x", expression=Path("x"), type=Type(kind=Kind.NUMBER))
    rows = tuple(
        Row(
            id=str(n),
            cells=(UnaryTests(tests=(Span(high=Decimal(n), with_high=True),)),),
            outputs=(Decimal(n),),
            ranks=(0,),
        )
        for n in range(150)
    )
    output = Output(name="", label="", type=Type(kind=Kind.NUMBER))
    table = Table(inputs=(column,), outputs=(output,), rows=rows, policy=policy)
    values = [(Decimal(n) / 2,) for n in range(310)]
    one, other = ReferenceEngine().hits(table, values), SqlEngine().hits(table, values)
    assert [outcome("d", table, hits) for hits in one] == [
        outcome("d", table, hits) for hits in other
    ]


def test_an_engine_keeps_tables_apart_and_forgets_cases():
    column = Input(label="x", expression=Path("x"), type=Type(kind=Kind.NUMBER))
    output = Output(name="", label="", type=Type(kind=Kind.NUMBER))

    def table(number):
        row = Row(
            id="r",
            cells=(UnaryTests(tests=(Point(Decimal(number)),)),),
            outputs=(None,),
            ranks=(0,),
        )
        return Table(inputs=(column,), outputs=(output,), rows=(row,), policy=Policy.FIRST)

    engine, one, other = SqlEngine(), table(1), table(2)
    for _time in range(2):
        assert engine.hits(one, [(Decimal(1),), (Decimal(2),)]) == [(0,), ()]
        assert engine.hits(other, [(Decimal(2),)]) == [(0,)]
    assert engine.hits(one, []) == []
