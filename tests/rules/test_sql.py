"""SQL decides as the reference evaluator does, on both engines; a wrong compiler is seen."""

from random import Random

import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2
from sqlalchemy.pool import StaticPool

from pmdesk.errors import PmdeskError
from pmdesk.i18n import Words
from pmdesk.rules import sql
from pmdesk.rules.cells import Cell, Range, of_ranges, outside
from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.parse import parse
from pmdesk.rules.sql import NO_RULE, compile_table
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule, Scheme
from tests.rules import tables

ROWS = 4_000
BATCH = 24
TABLES = 2_400
STORED = sa.Table(
    "stored",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("age", sa.Integer),
    sa.Column("fee", sa.Integer),
    sa.Column("zone", sa.Text),
    sa.Column("asked", sa.Integer),
    sa.Column("day", sa.Text),
    sa.Column("note", sa.Text),
    sqlite_strict=True,
)
COLUMNS = {column.key: column for column in STORED.columns}


@pytest.fixture(scope="module")
def people():
    random = Random(1)
    return [tables.row(random) for _ in range(ROWS)]


@pytest.fixture(scope="module")
def engines(people):
    """The same rows in SQLite as Python has it and in SQLCipher."""
    stored = [
        {
            **person,
            "id": number,
            "asked": None if person["asked"] is None else int(person["asked"]),
            "day": None if person["day"] is None else person["day"].isoformat(),
        }
        for number, person in enumerate(people)
    ]
    made = [
        sa.create_engine("sqlite://", poolclass=StaticPool),
        sa.create_engine("sqlite://", poolclass=StaticPool, module=sqlcipher3.dbapi2),
    ]
    for engine in made:
        with engine.begin() as connection:
            STORED.create(connection)
            connection.execute(sa.insert(STORED), stored)
    yield made
    for engine in made:
        engine.dispose()


def test_sql_decides_as_the_reference_evaluator_does(engines, people):
    assert differing(engines, people, Random(2), TABLES) == 0


def naive_not(cell, fact, column):
    """What somebody writes who forgets that NOT over NULL is NULL."""
    rest = outside([cell], fact) if cell.unknown and (cell.values or cell.ranges) else None
    if rest is None:
        return ALTERNATIVES(cell, fact, column)
    return [sa.not_(sa.or_(*ALTERNATIVES(rest, fact, column)))]


def without_is_null(cell, fact, column):
    if cell.values or cell.ranges:
        return ALTERNATIVES(Cell(values=cell.values, ranges=cell.ranges), fact, column)
    return ALTERNATIVES(cell, fact, column)


def closed_above(cell, fact, column):
    if cell.ranges and all(span.high is not None for span in cell.ranges):
        cell = of_ranges(
            [span._replace(high=span.high + 1) for span in cell.ranges], unknown=cell.unknown
        )
    return ALTERNATIVES(cell, fact, column)


ALTERNATIVES = sql._alternatives


@pytest.mark.parametrize("mutant", [naive_not, without_is_null, closed_above])
def test_a_wrong_test_of_a_cell_is_seen(engines, people, monkeypatch, mutant):
    monkeypatch.setattr(sql, "_alternatives", mutant)

    assert differing(engines, people, Random(2), 100) > 0


def test_a_wrong_order_of_rules_is_seen(engines, people, monkeypatch):
    in_rows = property(lambda table: tuple(range(len(table.rules))))
    monkeypatch.setattr(DecisionTable, "deciding_order", in_rows)

    assert differing(engines, people, Random(2), 100) > 0


def test_the_tier_can_be_read_off_a_stored_rule(engines):
    table = tables.table(Random(5), policy=HitPolicy.FIRST)
    compiled = compile_table(table, COLUMNS)
    decided = sa.select(compiled.rule.label("rule"), compiled.tier.label("tier")).subquery()
    read = sa.select(compiled.tier_of(decided.c.rule), decided.c.tier)

    with engines[0].connect() as connection:
        pairs = {tuple(row) for row in connection.execute(read)}

    assert len(pairs) > 1
    assert all(one == other for one, other in pairs)


def test_dates_and_flags_may_lie_in_typed_columns(engines):
    typed = sa.table("stored", sa.column("asked", sa.Boolean), sa.column("day", sa.Date))
    table = DecisionTable(
        facts=(tables.ASKED, tables.DAY),
        rules=(
            Rule(
                id="r1",
                cells=(parse("是", tables.ASKED), parse(">= 2024-02-29", tables.DAY)),
                tier="care",
            ),
        ),
        scheme=tables.SCHEME,
    )
    counts = [
        sa.select(sa.func.count()).where(compile_table(table, columns).matches[0])
        for columns in (dict(typed.columns), COLUMNS)
    ]

    with engines[0].connect() as connection:
        first, second = (connection.scalar(count) for count in counts)

    assert first == second > 0


def test_a_table_of_the_largest_size_fits_into_one_statement(engines, people):
    scheme = Scheme(
        tiers=tables.SCHEME.tiers,
        tags=tuple((f"t{n}", Words(zh=f"t{n}", en=f"t{n}")) for n in range(60)),
    )
    rules = tuple(
        Rule(
            id=f"r{n}",
            cells=(of_ranges([Range(n, n + 1)]),),
            tier="care",
            tags=frozenset({f"t{n % 60}", "t59"}),
        )
        for n in range(-500, 500)
    )
    table = DecisionTable(facts=(tables.FEE,), rules=rules, scheme=scheme)
    compiled = compile_table(table, COLUMNS)
    read = sa.select(compiled.rule, compiled.tier, compiled.tags).order_by(STORED.c.id)

    for engine in engines:
        with engine.connect() as connection:
            rows = connection.execute(read.limit(100)).all()
        assert [tuple(row) for row in rows] == [
            _numbers(table, evaluate(table, person)) for person in people[:100]
        ]


def test_rules_for_everyone_need_no_test(engines):
    blank = DecisionTable(facts=(tables.AGE,), rules=(), scheme=tables.SCHEME)
    everyone = blank.with_rule(blank.blank_rule()).with_output("r1", tags=frozenset({"need"}))

    assert decided(engines, blank) == {(NO_RULE, 0, 0)}
    assert decided(engines, everyone) == {(0, 0, 1)}


def test_a_fact_without_a_column_is_named():
    table = DecisionTable(facts=(tables.AGE,), rules=(), scheme=tables.SCHEME)

    with pytest.raises(PmdeskError) as caught:
        compile_table(table, {})

    assert caught.value.places["label"] == tables.AGE.label


def decided(engines, table):
    compiled = compile_table(table, COLUMNS)
    read = sa.select(compiled.rule, compiled.tier, compiled.tags).select_from(STORED)
    with engines[0].connect() as connection:
        return {tuple(row) for row in connection.execute(read)}


def differing(engines, people, random, count):
    """How many decisions differ between the evaluator and an engine, over `count` tables."""
    differences = 0
    for number in range(count):
        table = tables.table(random)
        start = number * BATCH % (ROWS - BATCH)
        expected = [_numbers(table, evaluate(table, p)) for p in people[start : start + BATCH]]
        compiled = compile_table(table, COLUMNS)
        read = (
            sa.select(compiled.rule, compiled.tier, compiled.tags)
            .where(STORED.c.id.between(start, start + BATCH - 1))
            .order_by(STORED.c.id)
        )
        for engine in engines:
            with engine.connect() as connection:
                rows = connection.execute(read, execution_options={"compiled_cache": None}).all()
            differences += sum(tuple(row) != own for row, own in zip(rows, expected, strict=True))
    return differences


def _numbers(table, outcome):
    scheme = table.scheme
    place = table.place_of(outcome.rule) if outcome.rule else NO_RULE
    return place, scheme.rank(outcome.tier), scheme.bits(outcome.tags)
