"""Random people find what a table takes away; the proof of it agrees with brute force."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.i18n import Words
from pmdesk.rules.evaluate import checked_values, evaluate, fits
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import HitPolicy, Rule
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.table import DecisionTable
from pmdesk.services.review import trials
from pmdesk.services.review.additive import taking
from pmdesk.services.review.examples import flags_of, unproved, witness
from tests.rules.tables import made_up, row, table

WORDS = Words("词", "word")
NEEDS = tuple(
    Fact(key=f"need.{c}", label=WORDS, type=FactType.FLAG, list="need", any_of=(c,)) for c in "ab"
)
EITHER = Fact(key="need.a|b", label=WORDS, type=FactType.FLAG, list="need", any_of=("a", "b"))
ASKED = Fact(key="asked", label=WORDS, type=FactType.FLAG)
TIERS = Scheme(tiers=tuple((key, WORDS) for key in ("standard", "care", "special")))


def ruled(facts, *rows, policy=HitPolicy.FIRST):
    """A table of these rows: tier and S-FEEL by fact key."""
    rules = [
        Rule(
            id=f"r{number}",
            cells=tuple(parse(cells.get(fact.key, "-"), fact) for fact in facts),
            tier=tier,
            reason="按需要",
        )
        for number, (tier, cells) in enumerate(rows)
    ]
    made = DecisionTable(facts=tuple(facts), rules=tuple(rules), scheme=TIERS, policy=policy)
    return made.with_rule(made.blank_rule())


def loses(made, values):
    """Whether somebody would get more without the row that decides."""
    outcome = evaluate(made, values)
    if not outcome.rule:
        return False
    left = tuple(rule for rule in made.rules if rule.id != outcome.rule)
    without = DecisionTable(facts=made.facts, rules=left, scheme=made.scheme, policy=made.policy)
    rank = made.scheme.rank
    return rank(evaluate(without, values).tier) > rank(outcome.tier)


@pytest.mark.parametrize("policy", HitPolicy)
def test_where_the_proof_names_no_row_nobody_ever_loses(policy):
    dice = random.Random(7)
    proved = lost = 0
    for _ in range(150):
        made = table(dice, most_rules=5, policy=policy)
        suspected = bool(list(taking(made)))
        somebody = any(loses(made, row(dice)) for _ in range(40))
        assert suspected or not somebody
        proved += not suspected
        lost += somebody
    assert proved
    assert lost or policy is HitPolicy.PRIORITY


@pytest.mark.parametrize("policy", HitPolicy)
def test_the_random_people_are_decided_as_the_evaluator_decides(policy, monkeypatch):
    monkeypatch.setattr(trials, "CASES", 200)
    dice = random.Random(3)

    for _ in range(20):
        made = table(dice, most_rules=6, policy=policy)
        assert trials._tried(made, dice).agrees


def test_a_weaker_row_that_comes_first_is_found_by_proof_and_by_trial():
    made = ruled([ASKED], ("standard", {"asked": "-"}), ("special", {"asked": "true"}))

    assert list(taking(made)) == [(0, 1)]
    assert trials.tried(made).taken == trials.Loss(row=0)


def test_an_earlier_row_that_takes_such_people_saves_the_weaker_one():
    made = ruled(
        [ASKED, *NEEDS],
        ("special", {"asked": "true", "need.a": "true"}),
        ("care", {"asked": "true"}),
        ("special", {"need.a": "true"}),
    )

    assert not list(taking(made))
    assert trials.tried(made).taken is None


def test_a_row_that_gives_less_for_a_blank_is_found():
    made = ruled([ASKED, *NEEDS], ("standard", {"asked": "null"}), ("care", {"need.a": "true"}))

    found = trials.tried(made)

    assert found.blanked == trials.Loss(row=0, fact="asked")


def test_the_strongest_tier_never_takes_anything_away():
    made = ruled(
        [ASKED],
        ("standard", {"asked": "null"}),
        ("special", {"asked": "true"}),
        policy=HitPolicy.PRIORITY,
    )

    found = trials.tried(made)

    assert (found.cases, found.taken, found.blanked) == (10_000, None, None)


def test_a_table_is_tried_once_and_old_ones_are_forgotten(monkeypatch):
    monkeypatch.setattr(trials, "_known", {})
    monkeypatch.setattr(trials, "_KEPT", 1)
    made, other = (ruled([ASKED], (tier, {"asked": "true"})) for tier in ("care", "special"))

    assert trials.known(made) is None
    first = trials.tried(made)
    assert trials.known(made) is trials.tried(made) is first
    trials.tried(other)
    assert trials.known(made) is None


def test_flags_about_one_list_are_answered_together():
    made = ruled([*NEEDS, EITHER], ("care", {"need.a|b": "true"}), policy=HitPolicy.PRIORITY)

    assert flags_of(made, "need", {"b"}) == {"need.a": False, "need.b": True, "need.a|b": True}
    assert set(flags_of(made, "need", None).values()) == {None}
    for values, _rows in trials._Desk.of(made).inputs[0].answers:
        assert values["need.a|b"] == (
            None if values["need.a"] is None else values["need.a"] or values["need.b"]
        )


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_made_up_people_fit_and_miss_as_they_say(dice):
    made = table(dice)
    examples = made_up(made)

    for one in examples:
        fitting = fits(made.rule(one.rule), checked_values(made, one.values))
        assert fitting is one.fires
    assert {one.rule for one in examples if one.fires} == {rule.id for rule in made.rules}


def test_a_row_that_fits_nobody_has_no_witness_and_is_named():
    both = ruled([*NEEDS, EITHER], ("care", {"need.a": "true", "need.a|b": "false"}))
    half = ruled([*NEEDS], ("care", {"need.a": "true", "need.b": "null"}))

    for made in (both, half):
        assert witness(made, made.rules[0]) is None
        assert unproved(made, made_up(made)) == ("r0",)


def test_an_example_of_the_author_that_fails_is_named():
    made = ruled([ASKED], ("care", {"asked": "true"}), policy=HitPolicy.PRIORITY)
    good = made_up(made)
    wrong = [
        type(one)(rule=one.rule, fires=one.fires, values=one.values, tier="special") for one in good
    ]

    assert unproved(made, good) == ()
    assert unproved(made, wrong) == ("r0", "r1")
    assert unproved(made, good[:1]) == ("r0", "r1")


def test_a_witness_of_a_list_has_the_options_that_are_asked():
    made = ruled([*NEEDS, EITHER], ("care", {"need.a": "false", "need.a|b": "true"}))
    blank = ruled([*NEEDS], ("care", {"need.a": "null", "need.b": "null"}))

    assert witness(made, made.rules[0]) == {"need.a": False, "need.b": True, "need.a|b": True}
    assert witness(blank, blank.rules[0]) == {}
