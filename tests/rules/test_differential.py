"""Every engine decides as the reference evaluator does; a wrong compiler is seen, by name."""

import unicodedata
from random import Random

import pytest
import sqlalchemy as sa

from pmdesk.rules import sql, sql_tree
from pmdesk.rules.cells import ANY, Cell, of_ranges, outside
from pmdesk.rules.facts import FactType
from pmdesk.rules.table import DecisionTable, HitPolicy
from tests import postgres
from tests.rules import databases, tables
from tests.rules.databases import BATCH, Database, Udf

PEOPLE = 4_000
TABLES = 340  # times BATCH people: 20,400 decisions on each engine
TREE = -1.0  # every table is one


@pytest.fixture(scope="module")
def people():
    return databases.people(Random(1), PEOPLE)


@pytest.fixture(scope="module")
def plain(people):
    """SQLite as Python has it."""
    database = Database(databases.memory())
    database.fill(people)
    yield database
    database.engine.dispose()


@pytest.fixture(scope="module")
def cipher(people, tmp_path_factory):
    """An encrypted file."""
    database = Database(databases.encrypted(tmp_path_factory.mktemp("cipher") / "data.db"))
    database.fill(people)
    yield database
    database.engine.dispose()


@pytest.fixture(scope="module")
def server(people):
    """PostgreSQL, with columns of its own types."""
    with postgres.server() as engine:
        if engine is None:
            pytest.skip("PostgreSQL (initdb and pg_ctl) is not installed here")
        database = Database(engine, typed=True)
        database.fill(people)
        yield database


@pytest.fixture(autouse=True)
def _trees_of_small_tables(monkeypatch):
    """Small tables grow deep trees too."""
    monkeypatch.setattr(sql_tree, "_FEW", 1)
    monkeypatch.setattr(sql_tree, "_GROWTH", 3)
    monkeypatch.setattr(sql_tree, "_GAIN", 1.01)


def drawn(random, count):
    """So many tables of all policies, and the first of the people that each decides about."""
    for number in range(count):
        offered = tables.ALL_FACTS if number % 2 else tables.FACTS
        policy = list(HitPolicy)[number % len(HitPolicy)]
        table = tables.table(random, policy=policy, offered=offered)
        yield table, number * BATCH % (PEOPLE - BATCH)


def test_sqlite_and_the_encrypted_file_decide_as_the_reference_does(plain, cipher, people):
    udf = Udf(plain)
    cases = 0
    for table, start in drawn(Random(2), TABLES):
        udf.table = table
        right = databases.expected(table, people[start : start + BATCH])
        seen = plain.decided((*_both(table, plain), udf.call), start)
        assert seen == [(*_twice(own), repr(own)) for own in right], table.to_json()
        seen = cipher.decided(_both(table, cipher), start)
        assert seen == [_twice(own) for own in right], table.to_json()
        cases += len(right)
    assert cases >= 20_000


def test_postgresql_decides_as_the_reference_does(server, people):
    for table, start in drawn(Random(2), TABLES):
        right = databases.expected(table, people[start : start + BATCH])
        seen = server.decided(_both(table, server), start)
        assert seen == [_twice(own) for own in right], table.to_json()


def test_the_people_are_of_every_kind(people):
    """Unknown, empty, composed and decomposed, and beside each bound: else nothing is shown."""
    unknown = [person["age"] for person in people].count(None)
    assert 0.15 < unknown / PEOPLE < 0.25
    assert {(), None} <= {person["chosen"] for person in people}
    assert {"é", "e\u0301"} <= {person["note"] for person in people}
    ages = {person["age"] for person in people}
    assert all({age - 1, age, age + 1} <= ages for age in tables.AGES)


# ---- mutants --------------------------------------------------------------------------------


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
    """`<=` for `<`."""
    return ALTERNATIVES(_moved(cell, "high", 1), fact, column)


def open_below(cell, fact, column):
    """`>` for `>=`."""
    return ALTERNATIVES(_moved(cell, "low", 1), fact, column)


def first_value_only(cell, fact, column):
    one = Cell(values=cell.values[:1], ranges=cell.ranges, unknown=cell.unknown)
    return ALTERNATIVES(one, fact, column)


def folded_case(cell, fact, column):
    values = tuple(v.lower() if isinstance(v, str) else v for v in cell.values)
    is_text = fact.type in {FactType.TEXT, FactType.CHOICE}
    folded = Cell(values=values, ranges=cell.ranges, unknown=cell.unknown)
    return ALTERNATIVES(folded, fact, sa.func.lower(column) if is_text else column)


def decomposed(value, column):
    """The literal in another normal form than the one that is stored."""
    return VALUE(unicodedata.normalize("NFD", value) if isinstance(value, str) else value, column)


def at_midnight(number, fact, column):
    """A day compared as a moment of that day."""
    return (
        sa.func.strftime("%F 00:00:00", END(number, fact, column))
        if fact is tables.DAY
        else (END(number, fact, column))
    )


def any_cell(tests, row):
    """One cell that holds is enough."""
    cells = tests._rules[row.place].cells
    asked = [tests.of_cell(cells[column], column) for column in row.columns]
    return sa.or_(*asked) if asked else sa.true()


def winner_only(table, rows):
    """Only the first rule that fits gives its tags."""
    pairs = [(test, table.scheme.bits(table.rules[row].tags)) for test, row in rows]
    return FIRST(pairs, 0)


def last_tag_dropped(table, rows):
    keys = table.scheme.tag_keys
    kept = [(test, row) for test, row in rows if keys[-1] not in table.rules[row].tags]
    return TAGS(table, kept)


def in_rows(table):
    return tuple(range(len(table.rules)))


def strongest_always(table):
    return tuple(sorted(in_rows(table), key=lambda p: -table.scheme.rank(table.rules[p].tier)))


def last_of_equals(table):
    if table.policy is not HitPolicy.PRIORITY:
        return in_rows(table)
    rules, rank = table.rules, table.scheme.rank
    return tuple(sorted(in_rows(table), key=lambda place: (-rank(rules[place].tier), -place)))


def two_swapped(table):
    order = ORDER(table)
    return (*order[:-2], *reversed(order[-2:]))


def unknown_says_yes(tree, tests, at_leaf):
    """The question turned round, so that NULL goes the way of yes."""
    if not isinstance(tree, sql_tree.Split):
        return OVER(tree, tests, at_leaf)
    yes, no = (unknown_says_yes(branch, tests, at_leaf) for branch in (tree.then, tree.otherwise))
    return sa.case((sa.not_(tests.of_cell(tree.cell, tree.column)), no), else_=yes)


def unknown_forgotten(region, mask):
    """No rule is thought to fit who answers no because the value is unknown."""
    yes, no = PARTS(region, mask)
    return yes, no & ~(1 << region.bit_length() - 1)


def settled_too_early(masks, piece):
    """A test is dropped when it may hold, not when it must."""
    return [n for n, (mask, part) in enumerate(zip(masks, piece, strict=True)) if not mask & part]


def domain_trusted(fact):
    """A value outside the declared domain is thought impossible."""
    return fact


def _moved(cell, end, by):
    ranges = [
        span._replace(**{end: getattr(span, end) + by}) if getattr(span, end) is not None else span
        for span in cell.ranges
    ]
    kept = [span for span in ranges if not span.is_empty]
    if not kept:
        return cell
    return of_ranges(kept, unknown=cell.unknown)


ALTERNATIVES, VALUE, END = sql._alternatives, sql._value, sql._end
FIRST, TAGS, OVER = sql._first, sql._tags, sql._over
PARTS, ORDER = sql_tree._parts, vars(DecisionTable)["deciding_order"].fget
MUTANTS = (
    *((sql, "_alternatives", mutant) for mutant in (naive_not, without_is_null, closed_above)),
    *((sql, "_alternatives", mutant) for mutant in (open_below, first_value_only, folded_case)),
    (sql, "_value", decomposed),
    (sql, "_end", at_midnight),
    (sql._Tests, "of_row", any_cell),
    (sql, "_tags", winner_only),
    (sql, "_tags", last_tag_dropped),
    *((DecisionTable, "deciding_order", mutant) for mutant in (in_rows, strongest_always)),
    *((DecisionTable, "deciding_order", mutant) for mutant in (last_of_equals, two_swapped)),
    (sql, "_over", unknown_says_yes),
    (sql_tree, "_parts", unknown_forgotten),
    (sql_tree, "_open_columns", settled_too_early),
    (sql_tree, "_undeclared", domain_trusted),
)


@pytest.mark.parametrize(
    ("where", "name", "mutant"), MUTANTS, ids=[mutant.__name__ for _, _, mutant in MUTANTS]
)
def test_a_wrong_compiler_is_seen(plain, people, monkeypatch, where, name, mutant):
    wrong = property(mutant) if where is DecisionTable else mutant
    monkeypatch.setattr(where, name, wrong)

    assert any(_differs(plain, people, table, start) for table, start in drawn(Random(2), TABLES))


def test_what_must_be_seen_is_among_the_mutants():
    names = {mutant.__name__ for _, _, mutant in MUTANTS}
    assert {"naive_not", "without_is_null", "closed_above", "two_swapped"} <= names
    assert {"last_tag_dropped", "unknown_says_yes"} <= names


def _differs(database, people, table, start):
    right = databases.expected(table, people[start : start + BATCH])
    return database.decided(_both(table, database), start) != [_twice(own) for own in right]


def _both(table, database):
    """Rule, tier and tags by a flat CASE, rule and tags by a tree."""
    rule, _tier, tags = databases.expressions(table, database, many=TREE)
    return (*databases.expressions(table, database), rule, tags)


def _twice(numbers):
    place, _rank, bits = numbers
    return (*numbers, place, bits)


def test_a_cell_for_anything_needs_no_test():
    table = tables.table(Random(3))
    blank = DecisionTable(facts=table.facts, rules=(table.blank_rule(),), scheme=table.scheme)
    assert all(cell is ANY for cell in blank.rules[0].cells)
    assert isinstance(sql_tree.Ground(blank).for_first(TREE), sql_tree.Leaf)
