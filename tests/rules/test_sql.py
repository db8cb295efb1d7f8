"""What the compiler makes of a table beside the decisions: see test_differential for those."""

from random import Random

import pytest
import sqlalchemy as sa

from pmdesk.errors import PmdeskError
from pmdesk.i18n import Words
from pmdesk.rules.cells import Range, of_ranges
from pmdesk.rules.parse import parse
from pmdesk.rules.sql import NO_RULE, compile_table
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule, Scheme
from tests.rules import databases, tables
from tests.rules.databases import Database

ROWS = 400


@pytest.fixture(scope="module")
def people():
    return databases.people(Random(1), ROWS)


@pytest.fixture(scope="module")
def database(people):
    """These people in SQLite."""
    made = Database(databases.memory())
    made.fill(people)
    yield made
    made.engine.dispose()


def test_the_tier_can_be_read_off_a_stored_rule(database):
    seen = set()
    for seed in range(20):
        table = tables.table(Random(seed), policy=HitPolicy.FIRST)
        compiled = compile_table(table, database.columns)
        decided = sa.select(compiled.rule.label("rule"), compiled.tier.label("tier")).subquery()
        read = sa.select(decided.c.rule, compiled.tier_of(decided.c.rule), decided.c.tier)
        with database.engine.connect() as connection:
            for place, read_off, tier in connection.execute(read):
                assert read_off == tier
                seen.add((place == NO_RULE, tier))

    assert {(False, rank) for rank in range(4)} | {(True, 0)} <= seen


def test_dates_and_flags_may_lie_in_typed_columns(database):
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
        for columns in (dict(typed.columns), database.columns)
    ]

    with database.engine.connect() as connection:
        first, second = (connection.scalar(count) for count in counts)

    assert first == second > 0


def test_a_table_of_the_largest_size_fits_into_one_statement(database, people):
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
    wanted = databases.expressions(table, database)

    assert database.decided(wanted, 0, 100) == databases.expected(table, people[:100])


def test_rules_for_everyone_need_no_test(database):
    blank = DecisionTable(facts=(tables.AGE,), rules=(), scheme=tables.SCHEME)
    everyone = blank.with_rule(blank.blank_rule()).with_output("r1", tags=frozenset({"need"}))

    assert decided(database, blank) == {(NO_RULE, 0, 0)}
    assert decided(database, everyone) == {(0, 0, 1)}


def test_a_fact_without_a_column_is_named():
    table = DecisionTable(facts=(tables.AGE,), rules=(), scheme=tables.SCHEME)

    with pytest.raises(PmdeskError) as caught:
        compile_table(table, {})

    assert caught.value.places["label"] == tables.AGE.label


def decided(database, table):
    return set(database.decided(databases.expressions(table, database), 0, ROWS))
