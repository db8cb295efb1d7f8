"""A large table becomes a tree by itself, decides the same and stays within bounds."""

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from pmdesk.rules.cells import ANY
from pmdesk.rules.parse import parse
from pmdesk.rules.sql import compile_table
from pmdesk.rules.sql_tree import DEEPEST, Beside, Ground, Leaf, Split
from pmdesk.rules.table import MOST_RULES, DecisionTable, HitPolicy, Rule
from tests.rules import databases, large, tables
from tests.rules.databases import Database

PEOPLE = 300
FACTS = tables.FACTS[:5]
COLUMNS: dict[str, sa.ColumnElement[Any]] = {
    fact.key: sa.column(fact.key, sa.Integer) for fact in FACTS
}


@pytest.fixture(scope="module")
def people():
    return databases.people(Random(4), PEOPLE)


@pytest.fixture(scope="module")
def database(people):
    made = Database(databases.memory())
    made.fill(people)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def disjoint():
    return large.partition(Random(5), FACTS, tables.SCHEME, 200)


@pytest.fixture(scope="module")
def steps():
    return large.ladder(Random(5), FACTS, tables.SCHEME, 200)


def test_a_large_table_is_a_tree_where_a_flat_case_would_test_many_rules(disjoint, steps):
    few = large.partition(Random(5), FACTS, tables.SCHEME, 50)
    assert isinstance(Ground(disjoint).for_first(), Split)
    assert isinstance(Ground(steps).for_first(), Leaf)  # one of the first rows fits everybody
    for table in (disjoint, steps):
        assert not isinstance(Ground(table).for_tags(), Leaf)
    for table in (few, replace(disjoint, rules=())):
        assert isinstance(Ground(table).for_first(), Leaf)
        assert isinstance(Ground(table).for_tags(), Leaf)


@pytest.mark.parametrize("policy", list(HitPolicy))
def test_a_tree_decides_as_the_reference_evaluator_does(disjoint, steps, database, people, policy):
    for table in (disjoint, steps):
        asked = replace(table, policy=policy)
        right = databases.expected(asked, people)
        for many in (0.0, 50.0, None):
            wanted = databases.expressions(asked, database, many=many)
            assert database.decided(wanted, 0, PEOPLE) == right


def test_in_a_disjoint_table_exactly_one_row_fits_whatever_the_policy(disjoint, people):
    under = [databases.expected(replace(disjoint, policy=policy), people) for policy in HitPolicy]
    assert all(len(set(outcomes)) == 1 for outcomes in zip(*under, strict=True))
    everyone_else = len(disjoint.rules) - 1
    for person, (place, _tier, _tags) in zip(people, under[0], strict=True):
        is_declared = person["zone"] in {None, *tables.ZONE.codes}
        if is_declared and person["age"] in {None, *range(121)}:
            assert 0 <= place < everyone_else


def test_unique_reads_as_the_first_row_that_fits(database, people):
    rules = (
        Rule(id="old", cells=(parse(">= 60", tables.AGE),), tier="care"),
        Rule(id="older", cells=(parse(">= 75", tables.AGE),), tier="special"),
        Rule(id="else", cells=(ANY,), tier="standard"),
    )
    table = DecisionTable(
        facts=(tables.AGE,), rules=rules, scheme=tables.SCHEME, policy=HitPolicy.UNIQUE
    )
    assert table.deciding_order == (0, 1, 2)
    decided = databases.expected(table, people)
    assert Counter(place for place, _tier, _tags in decided).keys() == {0, 2}
    assert database.decided(databases.expressions(table, database), 0, PEOPLE) == decided
    assert DecisionTable.from_json(table.to_json(), [tables.AGE]) == table


def test_a_tree_leaves_few_rules_to_each_person_and_is_not_much_longer(disjoint, steps):
    for tree in (Ground(disjoint).for_first(), Ground(disjoint).for_tags()):
        leaves = list(_leaves(tree, 0))
        assert max(depth for depth, _rows in leaves) <= DEEPEST
        assert sum(rows for _depth, rows in leaves) / len(leaves) < len(disjoint.rules) / 10
    for table in (disjoint, steps):
        flat, tree = (_length(table, many) for many in (float("inf"), 50.0))
        assert tree < 2 * flat


def test_the_largest_table_stays_within_what_sqlite_takes(database, people):
    table = large.partition(Random(6), FACTS, tables.SCHEME, MOST_RULES)
    assert isinstance(Ground(table).for_first(), Split)
    right = databases.expected(table, people[:50])
    assert database.decided(databases.expressions(table, database, many=50), 0, 50) == right


def test_the_same_tree_is_written_for_other_databases(disjoint):
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        compiled = compile_table(disjoint, COLUMNS)
        assert _text(compiled.rule, dialect).startswith("CASE WHEN")


def _leaves(tree, depth):
    if isinstance(tree, Leaf):
        yield depth, len(tree.rows)
        return
    parts = tree.parts if isinstance(tree, Beside) else (tree.then, tree.otherwise)
    for part in parts:
        yield from _leaves(part, depth + isinstance(tree, Split))


def _length(table, many):
    compiled = compile_table(table, COLUMNS, many=many)
    return sum(len(_text(number)) for number in (compiled.rule, compiled.tags))


def _text(number, dialect=None):
    return str(number.compile(dialect=dialect))
