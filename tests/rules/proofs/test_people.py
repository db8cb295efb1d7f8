"""The people that are made up for a rule fit it, or miss it by one cell."""

from dataclasses import replace
from random import Random

from pmdesk.rules.cells import ANY, UNKNOWN, Cell
from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.proofs.people import firing_example, near_miss
from pmdesk.rules.table import HitPolicy
from tests.rules.proofs.everybody import (
    ASKED,
    FACTS,
    SCHEME,
    WATER,
    everybody,
    fitting,
    table,
)


def missed(drawn, rule, person):
    """How many cells of the rule do not hold."""
    return sum(
        not fitting([fact], [cell], person)
        for fact, cell in zip(drawn.facts, rule.cells, strict=True)
    )


def test_somebody_about_whom_the_rule_decides_is_found_if_there_is_anybody():
    for seed in range(200):
        drawn = table(Random(seed))
        winners = {evaluate(drawn, person).rule for person in everybody(drawn.facts)}
        for rule in drawn.rules:
            person = firing_example(drawn, rule.id)
            if rule.id in winners:
                assert person is not None
                assert evaluate(drawn, person).rule == rule.id, seed
            elif person is not None:
                assert missed(drawn, rule, person) == 0, seed
            else:
                assert all(missed(drawn, rule, p) for p in everybody(drawn.facts)), seed


def test_who_just_misses_a_rule_misses_one_cell():
    for seed in range(200):
        drawn = table(Random(seed))
        people = list(everybody(drawn.facts))
        for rule in drawn.rules:
            person = near_miss(drawn, rule.id)
            if person is None:
                assert all(missed(drawn, rule, p) != 1 for p in people), seed
            else:
                assert missed(drawn, rule, person) == 1, seed


def test_an_example_says_as_little_as_it_can():
    drawn = replace(table(Random(1)), facts=(), rules=()).with_rule(
        replace(table(Random(1)).rules[-1], cells=())
    )
    for fact in FACTS:
        drawn = drawn.with_fact(fact)
    asked = drawn.facts.index(ASKED)
    cells = tuple(Cell(values=(True,)) if n == asked else ANY for n in range(len(drawn.facts)))
    drawn = drawn.with_rule(replace(drawn.blank_rule(), cells=cells, tier=SCHEME.tier_keys[1]))
    rule = drawn.rules[0]

    person = firing_example(drawn, rule.id)
    assert person is not None
    assert {key: value for key, value in person.items() if value is not None} == {"asked": True}
    assert near_miss(drawn, rule.id) == {**person, "asked": False}


def test_who_misses_a_rule_about_the_unknown_is_known():
    drawn = replace(table(Random(1)), facts=(), rules=(), policy=HitPolicy.FIRST)
    drawn = drawn.with_fact(WATER).with_fact(ASKED)
    drawn = drawn.with_rule(replace(drawn.blank_rule(), cells=(UNKNOWN, ANY)))

    assert near_miss(drawn, drawn.rules[0].id) == {"needs.water": False, "asked": None}
