"""Nobody finds out a hidden number, whatever filters, cards and exports he puts together."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.analytics.dashboard import guard
from tests.analytics.dashboard import worlds
from tests.analytics.dashboard.worlds import Attacker, office, question

BOXES = worlds.boxes()
ASKED = st.tuples(
    st.sampled_from(BOXES),
    st.sampled_from([guard.WHOLE, "slot", "tier"]),
    st.sampled_from(["one", "services", "days", "buildings"]),
)
OFFICES = st.builds(office, st.integers(0, 10_000), st.integers(20, 400), st.integers(2, 40))


@settings(max_examples=25, deadline=None)
@given(OFFICES, st.lists(ASKED, min_size=1, max_size=8))
def test_no_sequence_of_views_tells_of_too_few_homes(marks, asked):
    attacker = Attacker(marks)

    for scope, cut, division in asked:
        attacker.ask(question(marks, scope, cut, division))

    assert not attacker.rows or not attacker.finds()


@settings(max_examples=6, deadline=None)
@given(OFFICES, st.lists(ASKED, min_size=1, max_size=4), st.randoms())
def test_no_number_is_pinned_between_its_bounds(marks, asked, dice):
    """Counts are never negative, and what is hidden is not nobody: that must not help either."""
    attacker = Attacker(marks)
    for scope, cut, division in asked:
        attacker.ask(question(marks, scope, cut, division))
    if not attacker.rows:
        return

    small = [one for one in worlds.targets() if 0 < attacker.homes(*one) < worlds.SMALLEST]

    for target in dice.sample(small, min(len(small), 8)):
        low, high = attacker.bounds(*target)
        assert high - low >= 1 - 1e-6


def found_out(permitted, seeds=range(60)):
    """In how many offices an attacker finds something, when this is what decides."""
    caught = 0
    for seed in seeds:
        dice = random.Random(seed)
        marks = office(seed, dice.randrange(40, 400), dice.randrange(2, 40))
        attacker = Attacker(marks)
        for _time in range(6):
            asked = question(
                marks,
                dice.choice(BOXES),
                dice.choice([guard.WHOLE, "slot", "tier"]),
                dice.choice(["one", "services", "days", "buildings"]),
            )
            attacker.ask(asked, permitted)
        caught += bool(attacker.rows) and bool(attacker.finds())
    return caught


def test_the_attacker_is_worth_his_name(monkeypatch):
    """Without memory, or without hiding more than what is small, he finds something."""
    seeds = range(5)

    def forgetful(marks, asked, _seen, smallest):
        return guard.permitted(marks, asked, (), smallest)

    assert not found_out(guard.permitted, seeds)
    assert found_out(forgetful, seeds)
    monkeypatch.setattr(guard._Guard, "_are_parts_safe", lambda _self: True)
    assert found_out(guard.permitted, seeds)
    monkeypatch.undo()
    monkeypatch.setattr(guard._Guard, "_are_totals_safe", lambda _self: True)
    assert found_out(guard.permitted, seeds)
