"""What a table gives: the strongest tier or the first row, all tags, never less than the floor."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.errors import PmdeskError
from pmdesk.rules.cells import ANY
from pmdesk.rules.evaluate import Outcome, evaluate
from pmdesk.rules.parse import parse
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule
from tests.rules import tables
from tests.rules.tables import AGE, ASKED, SCHEME

randoms = st.randoms(use_true_random=False)


@pytest.fixture
def table():
    rules = (
        Rule(id="old", cells=(parse(">= 60", AGE), ANY), tier="care", tags=frozenset({"assist"})),
        Rule(id="asked", cells=(ANY, parse("是", ASKED)), tier="special", tags=frozenset({"need"})),
        Rule(id="asked too", cells=(ANY, parse("是", ASKED)), tier="special"),
        Rule(id="else", cells=(ANY, ANY), tier="standard"),
    )
    return DecisionTable(facts=(AGE, ASKED), rules=rules, scheme=SCHEME)


def test_the_strongest_tier_wins_and_all_tags_are_given(table):
    assert evaluate(table, {"age": 60, "asked": True}) == Outcome(
        rule="asked", tier="special", tags=frozenset({"assist", "need"})
    )


def test_the_first_row_wins_where_that_is_the_policy(table):
    first = replace(table, policy=HitPolicy.FIRST)

    assert evaluate(first, {"age": 60, "asked": True}).rule == "old"
    assert evaluate(first, {"age": 60, "asked": True}).tags == {"assist", "need"}


def test_who_fits_no_other_row_has_the_floor(table):
    assert evaluate(table, {}).rule == "else"
    assert evaluate(table, {"age": 59, "asked": False}).tier == "standard"


def test_without_a_last_row_the_floor_is_given_by_no_rule(table):
    outcome = evaluate(replace(table, rules=()), {"age": 60})

    assert outcome == Outcome(rule="", tier="standard", tags=frozenset())


def test_a_value_of_the_wrong_type_is_refused_without_showing_it(table):
    with pytest.raises(PmdeskError) as caught:
        evaluate(table, {"asked": 1})

    assert caught.value.places == {"label": ASKED.label}


@settings(deadline=None)
@given(randoms)
def test_one_more_rule_never_lowers_a_tier_nor_takes_a_tag(random):
    table = tables.table(random, policy=HitPolicy.PRIORITY)
    added = tables.rule(random, table.facts, "added")
    wider = table.with_rule(added, random.randint(0, len(table.rules)))

    for _ in range(10):
        person = tables.row(random)
        before, after = evaluate(table, person), evaluate(wider, person)
        assert SCHEME.rank(after.tier) >= SCHEME.rank(before.tier)
        assert after.tags >= before.tags


@settings(deadline=None)
@given(randoms)
def test_a_withdrawn_value_never_fails_nor_goes_below_the_floor(random):
    table = tables.table(random)
    person = tables.row(random)

    for key in person:
        withdrawn = {**person, key: None}
        never_given = {name: value for name, value in person.items() if name != key}
        outcome = evaluate(table, withdrawn)
        assert SCHEME.rank(outcome.tier) >= SCHEME.rank(SCHEME.weakest)
        assert outcome == evaluate(table, never_given)


@settings(deadline=None)
@given(randoms)
def test_the_order_of_rows_does_not_matter_when_the_strongest_wins(random):
    table = tables.table(random, policy=HitPolicy.PRIORITY)
    rules = list(table.rules)
    random.shuffle(rules)
    shuffled = replace(table, rules=tuple(rules))

    for _ in range(10):
        person = tables.row(random)
        before, after = evaluate(table, person), evaluate(shuffled, person)
        assert (after.tier, after.tags) == (before.tier, before.tags)
