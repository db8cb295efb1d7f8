"""An explanation names the winner, each cell with its value, and what keeps more away."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.rules.cells import ANY
from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.explain import Verdict, explain
from pmdesk.rules.parse import parse
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule
from tests.rules import tables
from tests.rules.tables import AGE, ASKED, SCHEME, ZONE


@pytest.fixture
def table():
    old, yes, east = parse(">= 60", AGE), parse("是", ASKED), parse("东区", ZONE)
    rules = (
        Rule(id="care", cells=(old, ANY, ANY), tier="care", tags=frozenset({"need"})),
        Rule(id="all", cells=(old, yes, east), tier="special"),
        Rule(id="asked", cells=(ANY, yes, ANY), tier="enhanced"),
        Rule(id="else", cells=(ANY, ANY, ANY), tier="standard"),
    )
    return DecisionTable(facts=(AGE, ASKED, ZONE), rules=rules, scheme=SCHEME)


def test_the_winner_is_shown_with_its_value(table):
    explanation = explain(table, {"age": 75})

    assert explanation.winner is not None
    assert explanation.winner.rule.id == "care"
    assert explanation.winner.fits
    (cell,) = explanation.winner.asking
    assert (cell.asked, cell.given) == ("at least 60 年", "75 年")
    assert [row.rule.id for row in explanation.tag_givers] == ["care"]


def test_a_missing_value_is_told_from_a_wrong_one(table):
    rows = {row.rule.id: row for row in explain(table, {"age": 3, "zone": "a"}).rules}

    assert [cell.verdict for cell in rows["all"].cells] == [
        Verdict.FALSE,
        Verdict.UNKNOWN,
        Verdict.TRUE,
    ]


def test_the_nearest_of_the_stronger_rules_comes_first(table):
    explanation = explain(table, {"age": 75, "zone": "B"})

    assert [row.rule.id for row in explanation.why_not()] == ["asked", "all"]
    assert [row.rule.id for row in explanation.why_not("special")] == ["all"]
    assert [cell.fact.key for cell in explanation.why_not("special")[0].failing] == [
        "asked",
        "zone",
    ]


def test_nothing_is_stronger_than_the_strongest(table):
    explanation = explain(table, {"age": 75, "zone": "a", "asked": True})

    assert explanation.outcome.tier == "special"
    assert explanation.why_not() == ()


def test_under_first_a_stronger_row_may_fit_and_yet_come_too_late(table):
    first = replace(table, policy=HitPolicy.FIRST)

    (asked, *_rest) = explain(first, {"age": 75, "asked": True}).why_not()

    assert asked.rule.id == "asked"
    assert asked.failing == ()


def test_where_nothing_fits_there_is_no_winner(table):
    assert explain(replace(table, rules=()), {}).winner is None


@given(st.randoms(use_true_random=False))
def test_the_explanation_agrees_with_the_evaluator(random):
    table = tables.table(random)
    person = tables.row(random)
    explanation = explain(table, person)
    fitting = [row.rule for row in explanation.rules if row.fits]

    assert explanation.outcome == evaluate(table, person)
    assert explanation.outcome.tags == frozenset().union(*(rule.tags for rule in fitting))
    assert (explanation.outcome.rule in {rule.id for rule in fitting}) or not fitting
    if table.policy is HitPolicy.PRIORITY:
        assert all(row.failing for row in explanation.why_not())
