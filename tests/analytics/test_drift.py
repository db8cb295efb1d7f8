"""Change between two periods, and when nothing can be said of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.analytics.drift import Verdict, drift

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(20, 400), min_size=2)


@given(COUNTS)
def test_what_stays_the_same_is_stable(counts):
    found = drift(counts, {key: 3 * count for key, count in counts.items()})

    assert found.verdict is Verdict.STABLE
    assert found.index == pytest.approx(0, abs=1e-9)


@given(COUNTS, COUNTS)
def test_it_does_not_matter_which_period_came_first(before, now):
    there, back = drift(before, now), drift(now, before)

    assert there.index == pytest.approx(back.index)
    assert there.p == pytest.approx(back.p)


def test_a_large_change_asks_to_act_and_a_middling_one_for_a_look():
    even = {"a": 500, "b": 500}

    assert drift(even, {"a": 900, "b": 100}).verdict is Verdict.ACT
    assert drift(even, {"a": 670, "b": 330}).verdict is Verdict.LOOK


def test_few_people_are_judged_by_the_test_and_not_by_the_index():
    noisy = drift({"a": 20, "b": 20}, {"a": 27, "b": 13})
    real = drift({"a": 100, "b": 100}, {"a": 160, "b": 40})

    assert noisy.index > 0.1
    assert noisy.verdict is Verdict.STABLE
    assert real.verdict is Verdict.LOOK


def test_too_few_say_nothing():
    assert drift({"a": 10, "b": 10}, {"a": 30, "b": 30}).verdict is Verdict.TOO_FEW


def test_a_new_answer_is_told_by_name():
    assert drift({"a": 500, "b": 400}, {"a": 500, "b": 380, "c": 60}).new == ("c",)


def test_one_single_answer_cannot_change():
    assert drift({"a": 600}, {"a": 700}).p == 1.0


def test_of_several_tests_chance_is_judged_together():
    before, now = {"with": 60, "without": 140}, {"with": 85, "without": 115}
    assert drift(before, now).verdict is Verdict.LOOK
    assert drift(before, now, tests=3).p == pytest.approx(3 * drift(before, now).p)
    assert drift(before, now, tests=3).verdict is Verdict.STABLE
