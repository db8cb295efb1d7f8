"""The difference of two tables: nothing is left out, nothing is said that is not so."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.rules.diff import Output, RowChange, difference
from pmdesk.rules.diff_words import sentences
from pmdesk.rules.parse import parse
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule
from tests.rules.tables import AGE, ASKED, FACTS, SCHEME, ZONE, cell, table, words


def small(policy=HitPolicy.PRIORITY):
    rows = (
        ("r1", ("-", '"a"', "true"), "special"),
        ("r2", (">= 60", "-", "-"), "enhanced"),
        ("r3", ("-", '"B"', "-"), "care"),
        ("r4", ("-", "-", "-"), "standard"),
    )
    facts = (AGE, ZONE, ASKED)
    return DecisionTable(
        facts=facts,
        rules=tuple(
            Rule(
                id=key,
                cells=tuple(parse(text, fact) for text, fact in zip(texts, facts, strict=True)),
                tier=tier,
                reason=f"because of {key}",
            )
            for key, texts, tier in rows
        ),
        scheme=SCHEME,
        policy=policy,
    )


def said_of(before, after):
    return sentences(difference(before, after))


def test_a_changed_condition_is_told_with_what_it_was_and_what_it_is():
    edited = small().with_cell("r2", "age", parse(">= 75", AGE))
    assert said_of(small(), edited) == ("~ Row 2, 楼龄: at least 60 年 → at least 75 年",)


def test_a_new_row_a_removed_row_and_a_moved_row_are_told():
    before = small()
    new = replace(before.rule("r1"), id="r9", tier="care")
    after = before.without_rule("r2").with_rule(new).moved("r3", 0)
    told = said_of(before, after)
    assert told == (
        "↕ Row 3 now stands as row 1.",
        "− Row 2 is gone: enhanced, if 楼龄: at least 60 年",
        "+ Row 3 is new: care, if 区域: 东区, 本人申请: yes",
    )


def test_what_a_row_gives_is_compared_too():
    edited = small().with_output(
        "r3", tier="enhanced", tags=frozenset({"need"}), reason="other", legal="§ 1"
    )
    (row,) = (row for row in difference(small(), edited).rows if row.changes)
    assert [(part.key, part.before, part.after) for part in row.changes] == [
        (Output.TIER, "care", "enhanced"),
        (Output.TAGS, "—", "need"),
        (Output.REASON, "because of r3", "other"),
        (Output.LEGAL, "—", "§ 1"),
    ]


def test_columns_policy_and_names_are_told():
    before = small()
    named = replace(SCHEME, tags=(*SCHEME.tags, ("gift", words("gift"))))
    after = replace(before.without_fact("asked").with_fact(FACTS[1]), policy=HitPolicy.FIRST)
    told = said_of(before, replace(after, scheme=named))
    assert told == (
        "When several rows fit: the strongest tier decides → the topmost row decides",
        "New column: 费用",
        "Column removed: 本人申请",
        "Only one of the two versions has “gift”.",
        "~ Row 1, 本人申请: yes → any",
    )


def test_a_row_that_came_back_under_another_id_is_the_same_row():
    before = small()
    other = replace(before.rule("r2"), id="r77")
    after = before.without_rule("r2").with_rule(other, 1)
    assert difference(before, after).is_empty


def test_everything_is_new_beside_an_empty_table():
    nothing = DecisionTable(facts=(), rules=(), scheme=SCHEME)
    found = difference(nothing, small())
    assert {row.change for row in found.rows} == {RowChange.ADDED}
    back = difference(small(), nothing)
    assert [row.before for row in back.rows] == [0, 1, 2, 3]
    assert {row.change for row in back.rows} == {RowChange.REMOVED}


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_equal_tables_do_not_differ(chance):
    one = table(chance)
    found = difference(one, one)
    assert found.is_empty
    assert sentences(found) == ()
    assert [row.after for row in found.rows] == list(range(len(one.rules)))


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_every_cell_that_changed_is_named_and_no_other(chance):
    before = table(chance)
    after, edited = before, set()
    for place, rule in enumerate(before.rules[:-1]):
        fact = chance.choice(before.facts)
        fresh = cell(chance, fact)
        if fresh != rule.cells[before.column_of(fact.key)]:
            after = after.with_cell(rule.id, fact.key, fresh)
            edited.add((place, fact.key))
    found = difference(before, after)
    assert {(row.after, part.key) for row in found.rows for part in row.changes} == edited
    assert len(sentences(found)) == len(edited)


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_shuffled_rows_are_only_moved_and_as_few_as_can_be(chance):
    before = table(chance)
    order = list(before.rules)
    random.Random(chance.random()).shuffle(order)
    found = difference(before, replace(before, rules=tuple(order)))
    assert {row.change for row in found.rows} == {RowChange.SAME}
    stayed = [row.before or 0 for row in found.rows if not row.moved]
    assert stayed == sorted(stayed)
    assert found.is_empty == (order == list(before.rules))


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_there_and_back_tells_the_same_changes_the_other_way_round(chance):
    before, after = table(chance), table(chance)
    there, back = difference(before, after), difference(after, before)
    assert there.is_empty == back.is_empty
    turned = {
        (row.after, row.before, part.key, part.after, part.before)
        for row in back.rows
        for part in row.changes
    }
    assert turned == {
        (row.before, row.after, part.key, part.before, part.after)
        for row in there.rows
        for part in row.changes
    }
