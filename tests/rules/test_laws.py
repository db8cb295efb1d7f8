"""What holds for every table and everybody: rules only add, and silence never costs anything."""

from dataclasses import replace
from random import Random

from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.facts import FactType
from pmdesk.rules.parse import parse
from pmdesk.rules.table import HitPolicy
from pmdesk.rules.words import print_cell
from tests.rules import databases, large, tables
from tests.rules.tables import ALL_FACTS, SCHEME

CASES = 10_000
EACH = 10  # people that a table decides about


def drawn(seed, *, policy=None):
    """Tables of all sorts with some people each, CASES in all."""
    random = Random(seed)
    for _ in range(CASES // EACH):
        table = tables.table(random, policy=policy, offered=ALL_FACTS)
        yield random, table, databases.people(random, EACH)


def test_a_rule_can_only_add():
    for random, table, people in drawn(1, policy=HitPolicy.PRIORITY):
        added = tables.rule(random, table.facts, "added")
        wider = table.with_rule(added, random.randint(0, len(table.rules)))
        for person in people:
            before, after = evaluate(table, person), evaluate(wider, person)
            assert SCHEME.rank(after.tier) >= SCHEME.rank(before.tier)
            assert after.tags >= before.tags


def test_no_answer_taken_back_goes_below_the_floor_or_outside_the_scheme():
    for random, table, people in drawn(2):
        for person in people:
            for key in random.sample(tuple(person), 3):
                outcome = evaluate(table, person | {key: None})
                assert SCHEME.rank(outcome.tier) >= SCHEME.rank(SCHEME.weakest) == 0
                assert outcome.tags <= set(SCHEME.tag_keys)


def test_a_value_taken_back_is_a_value_never_given():
    for random, table, people in drawn(3):
        for person in people:
            for key in random.sample(tuple(person), 3):
                never = {name: value for name, value in person.items() if name != key}
                assert evaluate(table, person | {key: None}) == evaluate(table, never)


def test_without_a_rule_that_asks_for_unknown_an_answer_taken_back_never_adds():
    """Under the strongest tier: nobody is rewarded for silence unless a row says so."""
    for _random, table, people in drawn(4, policy=HitPolicy.PRIORITY):
        deaf = replace(
            table, rules=tuple(r for r in table.rules if not any(c.unknown for c in r.cells))
        )
        for person in people:
            for fact in deaf.facts:
                before, after = evaluate(deaf, person), evaluate(deaf, person | {fact.key: None})
                assert SCHEME.rank(after.tier) <= SCHEME.rank(before.tier)
                assert after.tags <= before.tags


def test_a_last_row_for_anything_leaves_nobody_without_a_rule():
    for _random, table, people in drawn(5):
        complete = table if table.is_complete else table.with_rule(table.blank_rule())
        for person in people:
            assert evaluate(complete, person).rule
            assert evaluate(complete, person).tier == evaluate(table, person).tier


def test_where_exactly_one_row_fits_neither_order_nor_policy_matters():
    random = Random(6)
    facts = (*tables.FACTS[:5], *tables.SINGLE)
    for _ in range(20):
        table = large.partition(random, facts, SCHEME, 30)
        people = databases.people(random, 25)
        rules = list(table.rules[:-1])
        random.shuffle(rules)
        for policy in HitPolicy:
            other = replace(table, rules=(*rules, table.rules[-1]), policy=policy)
            assert [evaluate(other, p) for p in people] == [evaluate(table, p) for p in people]


def test_a_printed_cell_is_read_back_equal_for_every_type_of_fact():
    random = Random(7)
    assert {fact.type for fact in ALL_FACTS} == set(FactType)
    for fact in ALL_FACTS:
        for _ in range(400):
            cell = tables.cell(random, fact)
            assert parse(print_cell(cell, fact), fact) == cell
