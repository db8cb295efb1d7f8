"""Examples: what the author expects of made-up people, held against the table."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.errors import PmdeskError
from pmdesk.rules import examples
from pmdesk.rules.examples import Example, Verdict, lacking, verdict
from pmdesk.rules.parse import parse
from pmdesk.rules.table import DecisionTable, Rule
from tests.rules.tables import AGE, ASKED, DAYS, FACTS, SCHEME

OLD = Rule(id="r1", cells=(parse(">= 60", AGE), parse("-", ASKED)), tier="special")
WANTS = Rule(id="r2", cells=(parse("-", AGE), parse("true", ASKED)), tier="care")
REST = Rule(id="r3", cells=(parse("-", AGE), parse("-", ASKED)), tier="standard")
TABLE = DecisionTable(facts=(AGE, ASKED), rules=(OLD, WANTS, REST), scheme=SCHEME)

FITS = Example(rule="r1", fires=True, values={"age": 60}, tier="special")
MISSES = Example(rule="r1", fires=False, values={"age": 59}, tier="standard")


def test_an_example_holds_when_row_and_tier_are_as_expected():
    assert verdict(TABLE, FITS) is Verdict.HOLDS
    assert verdict(TABLE, MISSES) is Verdict.HOLDS


@pytest.mark.parametrize(
    "example",
    [
        replace(FITS, tier="care"),
        replace(FITS, values={"age": 59}),
        replace(MISSES, values={"age": 60}),
        replace(FITS, fires=False),
    ],
)
def test_an_example_fails_when_row_or_tier_are_not_as_expected(example):
    assert verdict(TABLE, example) is Verdict.FAILS


def test_an_example_nobody_answered_is_open():
    assert verdict(TABLE, replace(FITS, tier="")) is Verdict.OPEN


@pytest.mark.parametrize(
    "table", [TABLE.without_rule("r1"), TABLE.without_fact("age")], ids=["row", "column"]
)
def test_an_example_of_a_row_or_column_that_went_is_gone(table):
    assert verdict(table, FITS) is Verdict.GONE


def test_a_change_of_the_rules_shows_in_the_example():
    moved = TABLE.with_cell("r1", "age", parse(">= 65", AGE))
    assert verdict(moved, FITS) is Verdict.FAILS


def test_each_row_lacks_both_sides_but_for_the_last_that_nobody_can_miss():
    assert lacking(TABLE, ()) == (
        ("r1", True),
        ("r1", False),
        ("r2", True),
        ("r2", False),
        ("r3", True),
    )
    assert lacking(TABLE, (FITS, MISSES)) == (("r2", True), ("r2", False), ("r3", True))


def test_only_examples_that_hold_count():
    assert ("r1", True) in lacking(TABLE, (replace(FITS, tier="care"),))
    assert ("r1", True) in lacking(TABLE, (replace(FITS, tier=""),))


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "age": st.none() | st.integers(0, 120),
            "asked": st.none() | st.booleans(),
            "zone": st.none() | st.sampled_from(["a", "B"]),
            "day": st.none() | st.sampled_from(DAYS),
        },
    ),
    st.booleans(),
    st.sampled_from(["", "care"]),
)
def test_what_is_written_is_read_again(values, fires, tier):
    known = (Example(rule="r1", fires=fires, values=values, tier=tier),)
    assert examples.read(examples.written(known), FACTS) == known


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", '[{"rule": "r1"}]', "null", '[{"rule":1,"fires":1,"values":2}]']
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text):
    with pytest.raises(PmdeskError, match="examples"):
        examples.read(text, FACTS)
