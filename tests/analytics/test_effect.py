"""Before and after: exact intervals, and no effect where chance or the season may be it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.analytics.effect import Outcome, Span, effect, monthly

QUARTER = 90


def told(before, after, elsewhere=(0, 0), days=QUARTER):
    return effect(
        Span(events=before, days=QUARTER), Span(events=after, days=days), elsewhere
    ).outcome


def test_the_interval_of_a_rate_is_the_exact_one_of_poisson():
    found = monthly(Span(events=10, days=30))
    assert (found.rate, round(found.low, 3), round(found.high, 3)) == (10, 4.795, 18.390)
    nothing = monthly(Span(events=0, days=30))
    assert (nothing.rate, nothing.low, round(nothing.high, 3)) == (0, 0, 3.689)


def test_the_ratio_is_that_of_rates_with_an_exact_interval():
    found = effect(Span(events=20, days=90), Span(events=10, days=90), (0, 0))
    assert found.ratio == pytest.approx(0.5)
    assert found.low == pytest.approx(0.209, abs=5e-4)
    assert found.high == pytest.approx(1.119, abs=5e-4)


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "outcome"),
    [
        (20, 4, (100, 100), Outcome.FEWER),
        (20, 4, (0, 0), Outcome.ALONE),
        (20, 4, (100, 0), Outcome.EVERYWHERE),
        (20, 0, (100, 100), Outcome.FEWER),
        (20, 4, (100, 20), Outcome.EVERYWHERE),
        (20, 14, (100, 100), Outcome.CHANCE),
        (10, 30, (100, 100), Outcome.MORE),
        (5, 0, (100, 100), Outcome.CHANCE),
        (3, 0, (100, 100), Outcome.FEW),
        (0, 9, (100, 100), Outcome.FEW),
    ],
)
def test_what_can_be_said_after_a_quarter(before, after, elsewhere, outcome):
    assert told(before, after, elsewhere) is outcome


def test_a_shorter_quarter_is_no_lack_of_complaints():
    assert told(5, 5, (100, 100), days=89) is Outcome.CHANCE


def test_a_few_weeks_say_nothing_yet():
    assert told(20, 0, days=0) is Outcome.EARLY
    assert told(20, 1, days=14) is Outcome.EARLY
    assert told(6, 0, days=40) is Outcome.EARLY
    assert effect(Span(events=20, days=90), Span(events=0, days=0), (0, 0)).after is None


@given(st.integers(5, 200), st.integers(0, 400), st.integers(30, 90))
def test_the_interval_holds_the_ratio(before, after, days):
    found = effect(Span(events=before, days=90), Span(events=after, days=days), (50, 50))
    assert found.before.low <= found.before.rate <= found.before.high
    if found.ratio is not None and found.low is not None and found.high is not None:
        assert found.low <= found.ratio <= found.high
        assert (found.outcome is Outcome.MORE) == (found.low > 1)
