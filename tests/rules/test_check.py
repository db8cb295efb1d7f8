"""The checks name rows that can never decide, repeat, or lack something, and never a useful one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.rules.cells import ANY, holds
from pmdesk.rules.check import FindingKind, Severity, check
from pmdesk.rules.classes import cut
from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.facts import Fact, FactType, Value
from pmdesk.rules.parse import parse
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule
from tests.rules import tables
from tests.rules.tables import AGE, ASKED, DAY, FEE, NOTE, SCHEME, ZONE


def table(*rows, facts=(AGE,), policy=HitPolicy.PRIORITY):
    """A complete table of rows (tier, tags, cell texts…), named a, b, c …."""
    rules = tuple(
        Rule(
            id="abcdefgh"[place],
            cells=tuple(parse(text, fact) for text, fact in zip(texts, facts, strict=True)),
            tier=tier,
            tags=frozenset(tags.split()),
            reason="按本人选择安排",
        )
        for place, (tier, tags, *texts) in enumerate(rows)
    )
    made = DecisionTable(facts=facts, rules=rules, scheme=SCHEME, policy=policy)
    return made.with_rule(replace(made.blank_rule(), reason="其他"))


def found(table, catalogue=None):
    """What asks for a look; what is only to know has tests of its own."""
    return [(finding.kind, finding.rules) for finding in serious(table, catalogue)]


def serious(table, catalogue=None):
    return [one for one in check(table, catalogue) if one.severity is not Severity.INFO]


def test_a_sound_table_has_no_finding():
    assert found(table(("care", "", "< 10"), ("special", "", ">= 5"))) == []


def test_a_row_behind_a_stronger_wider_row_can_never_fire():
    masked = table(("care", "", "[5..10)"), ("special", "", "< 20"))
    (finding,) = serious(masked)

    assert (finding.kind, finding.rules) == (FindingKind.MASKED, ("a", "b"))
    assert finding.severity is Severity.WARNING
    assert finding.words().startswith("Row 1 can never fire: row 2 always decides before it.")


def test_under_first_only_rows_above_mask():
    rows = ("care", "", "[5..10)"), ("special", "", "< 20")

    assert found(table(*rows, policy=HitPolicy.FIRST)) == []
    assert found(table(*reversed(rows), policy=HitPolicy.FIRST)) == [
        (FindingKind.MASKED, ("b", "a"))
    ]


def test_a_row_that_adds_a_tag_is_useful():
    assert found(table(("care", "need", "< 5"), ("special", "", "< 20"))) == []
    assert found(table(("care", "need", "< 5"), ("special", "need", "< 20"))) == [
        (FindingKind.MASKED, ("a", "b"))
    ]


def test_equal_rows_are_named_once():
    assert found(table(("care", "need", "< 5"), ("care", "need", "<= 4"))) == [
        (FindingKind.IDENTICAL, ("b", "a"))
    ]


def test_of_equal_rows_behind_another_one_keeps_the_tag():
    rows = ("care", "need", "< 5"), ("care", "need", "< 5"), ("special", "", "< 20")

    assert found(table(*rows)) == [(FindingKind.MASKED, ("b", "c"))]


def test_the_missing_last_row_is_told():
    complete = table(("care", "", "< 10"))
    finding, *gaps = check(replace(complete, rules=complete.rules[:1]))

    assert (finding.kind, finding.severity) == (FindingKind.NO_LAST_ROW, Severity.ERROR)
    assert {(one.kind, one.severity) for one in gaps} == {(FindingKind.GAP, Severity.ERROR)}


def test_a_row_needs_a_reason():
    bare = table(("care", "", "< 10")).with_output("a", reason=" ")

    assert found(bare) == [(FindingKind.NO_REASON, ("a",))]


def test_a_field_that_left_the_catalogue_is_told_with_its_rows():
    used = table(("care", "", "< 10", "-"), ("special", "", "-", "东区"), facts=(AGE, ZONE))

    assert found(used, [AGE]) == [(FindingKind.FACT_GONE, ("b",))]
    assert found(used, [AGE, replace(ZONE, type=FactType.TEXT)]) == [
        (FindingKind.FACT_GONE, ("b",))
    ]


def test_an_option_that_left_the_catalogue_is_told_by_its_old_name():
    used = table(("care", "", "东区, 西区"), facts=(ZONE,))
    (finding,) = serious(used, [replace(ZONE, options=ZONE.options[1:])])

    assert (finding.kind, finding.rules, finding.fact) == (
        FindingKind.OPTION_GONE,
        ("a",),
        "zone",
    )
    assert "东区" in finding.words()


NEEDLESS = {
    FindingKind.IDENTICAL,
    FindingKind.EQUIVALENT,
    FindingKind.MASKED,
    FindingKind.REDUNDANT,
    FindingKind.IMPOSSIBLE,
}


def can_be(person):
    """Whether the values lie within what the facts can be: the forms refuse all others."""
    return person["age"] in {None, *range(121)} and person["zone"] in {None, *ZONE.codes}


@given(st.randoms(use_true_random=False))
def test_a_needless_row_can_be_removed_without_any_difference(random):
    drawn = tables.table(random)
    people = [person for _ in range(20) if can_be(person := tables.row(random))]

    for finding in check(drawn):
        if finding.kind in NEEDLESS:
            fewer = drawn.without_rule(finding.rules[0])
            for person in people:
                before, after = evaluate(drawn, person), evaluate(fewer, person)
                assert before == after


POINTS: dict[Fact, Sequence[Value]] = {
    AGE: range(121),
    FEE: range(-200, 1200),
    ZONE: ZONE.codes,
    ASKED: (True, False),
    DAY: [date(2024, 1, 1) + timedelta(days=n) for n in range(400)],
    NOTE: ("x", "X", 'say "hi"', "é", "any other"),
}


@pytest.mark.parametrize("fact", POINTS, ids=lambda fact: fact.key)
def test_one_cell_includes_another_as_its_values_do(fact):
    random = Random(3)
    cells = [ANY, *(tables.cell(random, fact) for _ in range(40))]
    masks = cut(cells, fact).held
    fitting = [{p for p in (None, *POINTS[fact]) if holds(cell, p)} for cell in cells]

    for one, fits_one in zip(masks, fitting, strict=True):
        for other, fits_other in zip(masks, fitting, strict=True):
            assert (other & ~one == 0) == (fits_other <= fits_one)


def test_a_fact_that_is_never_unknown_has_no_class_for_it():
    always = replace(ASKED, nullable=False)
    both, anything = cut([parse("是, 否", ASKED), ANY], always).held

    assert both == anything
