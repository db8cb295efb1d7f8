"""Ratios, intervals, exact tests and verdicts against numbers that others published."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.analytics.fairness import Compared, Group, comparison, gravest, holm, judged
from pmdesk.analytics.power import found_in_100
from pmdesk.domain.fairness import Verdict


def group(name, having, people):
    return Group(name=name, people=people, having=having)


def beside(groups, **rest):
    """All groups beside the reference."""
    return comparison(groups, **rest)


def compared(*groups, **rest):
    """The only group beside the reference."""
    (other,) = beside(groups, **rest).others
    return other


def found(people, others, rate, **rest):
    """Of 100 true differences so many are found."""
    return found_in_100(people, others, rate, **rest)


def test_the_callbacks_of_the_resume_study_need_a_review():
    result = beside([group("black", 157, 2435), group("white", 235, 2435)])
    (other,) = result.others

    assert result.reference.name == "white"
    assert other.ratio == pytest.approx(0.66809, abs=5e-6)  # fairlearn demographic_parity_ratio
    assert (round(other.low, 3), round(other.high, 3)) == (0.550, 0.811)
    assert other.p == pytest.approx(4.759e-05, abs=5e-9)
    assert other.verdict is Verdict.REVIEW


def test_the_same_callbacks_by_gender_show_no_clear_difference():
    other = compared(group("m", 83, 1124), group("f", 309, 3746))

    assert (round(other.ratio, 3), round(other.low, 3), round(other.high, 3)) == (
        *(0.895, 0.709),
        1.130,
    )
    assert round(other.p, 4) == 0.3816
    assert other.verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("ratio", "low", "high", "verdict"),
    [
        (0.79, 0.60, 0.99, Verdict.REVIEW),
        (0.79, 0.60, 1.00, Verdict.WATCH),
        (0.80, 0.70, 0.99, Verdict.WATCH),
        (0.80, 0.60, 1.10, Verdict.CLEAR),
        (0.90, 0.85, 0.99, Verdict.WATCH),
        (0.91, 0.85, 0.99, Verdict.CLEAR),
        (1.00, 0.90, 1.10, Verdict.CLEAR),
        (1.26, 1.01, 1.60, Verdict.REVIEW),
        (1.26, 0.99, 1.60, Verdict.WATCH),
        (1.25, 1.05, 1.40, Verdict.WATCH),
    ],
)
def test_a_verdict_follows_from_ratio_and_interval(ratio, low, high, verdict):
    assert judged(ratio, low, high) is verdict


@pytest.mark.parametrize(
    ("small", "large"),
    [
        (group("a", 10, 29), group("b", 50, 100)),
        (group("a", 4, 100), group("b", 50, 100)),
        (group("a", 0, 100), group("b", 50, 100)),
        (group("a", 2, 100), group("b", 4, 100)),
        (group("a", 0, 1), group("b", 50, 100)),
    ],
)
def test_fewer_than_thirty_people_or_five_cases_are_too_few(small, large):
    assert compared(small, large).verdict is Verdict.TOO_FEW


def test_thirty_people_and_five_cases_are_enough():
    assert compared(group("a", 5, 30), group("b", 50, 100)).verdict is not Verdict.TOO_FEW


def test_a_small_group_with_the_largest_share_is_not_the_reference():
    result = beside([group("a", 20, 29), group("b", 50, 100), group("c", 40, 100)])

    assert result.reference.name == "b"
    assert [other.verdict for other in result.others if other.group.name == "a"] == [
        Verdict.TOO_FEW
    ]


def test_without_a_large_group_nothing_is_compared():
    result = beside([group("a", 20, 29), group("b", 10, 20)])

    assert result.reference is None
    assert result.verdict is Verdict.TOO_FEW
    assert all(other.ratio is None and other.p is None for other in result.others)


def test_of_a_burden_the_reference_bears_least_and_the_verdict_is_the_mirror():
    bears = beside([group("a", 235, 2435), group("b", 157, 2435)], burden=True)
    (other,) = bears.others

    assert bears.reference.name == "b"
    assert other.ratio == pytest.approx(1 / 0.668085, abs=1e-5)
    assert other.verdict is Verdict.REVIEW


def test_a_ratio_of_exactly_four_fifths_is_not_below_it():
    other = compared(group("a", 2400, 10000), group("b", 3000, 10000))

    assert other.ratio == 0.8
    assert other.verdict is Verdict.WATCH


def test_a_huge_difference_among_few_cases_is_striking():
    other = compared(group("a", 0, 80), group("b", 100, 120))

    assert other.verdict is Verdict.TOO_FEW
    assert other.is_striking
    assert not compared(group("a", 4, 40), group("b", 10, 60)).is_striking
    assert not compared(group("a", 157, 2435), group("b", 235, 2435)).is_striking


def test_a_group_without_people_has_no_ratio_and_no_test():
    other = compared(group("a", 0, 0), group("b", 50, 100))

    assert (other.ratio, other.p, other.found) == (None, None, None)
    assert other.group.rate == 0
    assert not other.is_striking


def test_a_reference_that_is_named_but_not_there_is_none():
    assert beside([group("a", 20, 40)], reference="b").reference is None
    assert beside([group("b", 0, 0)], reference="b").reference is None


def test_holm_is_what_the_textbook_says():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([0.6, None, 0.7]) == (1.0, None, 1.0)
    assert holm([]) == ()


def test_a_difference_weighs_more_than_too_little_data():
    assert gravest([Verdict.CLEAR, Verdict.TOO_FEW, Verdict.WATCH]) is Verdict.WATCH
    assert gravest([Verdict.CLEAR, Verdict.TOO_FEW]) is Verdict.TOO_FEW
    assert gravest([]) is Verdict.TOO_FEW


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_interval_holds_its_ratio_and_every_p_is_a_probability(data):
    groups = [
        group(name, data.draw(st.integers(0, people)), people)
        for name, people in (
            (name, data.draw(st.integers(0, 400), label=name)) for name in ("a", "b", "c")
        )
    ]
    result = beside(groups, burden=data.draw(st.booleans()))

    for other in result.others:
        if other.low is not None:
            assert other.low <= other.ratio <= other.high
            assert math.isfinite(other.high)
        if other.p is not None:
            assert 0 <= other.p <= other.holm <= 1 + 1e-12
        if other.verdict is not Verdict.TOO_FEW:
            assert min(other.group.having, result.reference.having) >= 5


def test_a_finding_does_not_depend_on_the_order_of_the_groups():
    groups = [group("a", 30, 90), group("b", 60, 100), group("c", 11, 50)]

    first, turned = beside(groups), beside(groups[::-1])
    assert first.reference == turned.reference
    assert sorted(first.others, key=_name) == sorted(turned.others, key=_name)


def _name(other: Compared):
    return other.group.name


@pytest.mark.parametrize(
    ("people", "measured"), [(50, 16), (100, 29), (200, 56), (400, 84), (800, 94)]
)
def test_the_power_is_that_of_fifteen_hundred_trials(people, measured):
    assert abs(found(people, people, 0.3) - measured) <= 3


def test_with_a_hundred_people_a_ratio_of_seven_tenths_is_found_in_29_of_100_cases():
    assert found(100, 100, 0.3) == 29


def test_large_groups_are_not_counted_pair_by_pair():

    assert found(1_000_000, 1_000_000, 0.1) == 100
    near = found(2001, 2001, 0.1) - found(2000, 2000, 0.1)
    assert abs(near) <= 1


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_where_nobody_or_everybody_has_it_no_power_is_told(rate):
    assert found(100, 100, rate) is None
    assert found(0, 100, 0.3) is None
    assert found(100, 100, 0.75, burden=True) is None
