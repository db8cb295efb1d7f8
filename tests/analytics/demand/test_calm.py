"""What one rare day leaves behind, and what is no rare day at all."""

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.analytics.demand.calm import BLOCK, calmed
from pmdesk.analytics.demand.history import WEEK, DayKind, History
from pmdesk.analytics.demand.model import fitted

WEEKS = 30
BURST = 120.0


def table(days):
    return np.array(days, dtype=float)[None, :, None]


def past(counts):
    return History(
        groups=("1",), first=date(2026, 1, 5), counts=counts, kinds=lambda _day: DayKind.ORDINARY
    )


@given(st.lists(st.integers(0, 60), min_size=1, max_size=3 * BLOCK))
def test_no_count_is_raised_and_no_day_that_came_is_lost(days):
    counts = table(days)

    found = calmed(counts)

    assert np.all(found <= counts)
    assert np.all((found > 0) == (counts > 0))
    assert np.all(found >= np.minimum(counts, 1))


@given(
    st.lists(st.integers(0, 30), min_size=WEEK, max_size=WEEK),
    st.integers(0, BLOCK - 1),
    st.integers(4, 12),
)
def test_a_pattern_of_the_week_stays_whole_even_beside_a_day_off(week, closed, weeks):
    days = week * weeks
    days[-1 - closed] = 0

    assert np.array_equal(calmed(table(days)), table(days))


def test_growth_stays_as_it_is():
    days = np.repeat(np.geomspace(1, 40, WEEKS), WEEK).round()

    assert np.array_equal(calmed(table(days)), table(days))


def test_a_history_of_less_than_four_weeks_has_nothing_to_compare_with():
    days = [0] * (BLOCK - 2) + [BURST]

    assert np.array_equal(calmed(table(days)), table(days))


def test_the_oldest_weeks_are_compared_as_well():
    days = [1.0] * (2 * BLOCK + 3)
    days[1] = BURST

    assert calmed(table(days))[0, 1, 0] < BURST / 10


def test_the_hours_of_a_rare_day_keep_their_shares():
    counts = np.zeros((1, BLOCK, 24))
    counts[0, :, 9] = 1.0
    counts[0, 5, 9], counts[0, 5, 20] = BURST, BURST / 2

    found = calmed(counts)[0, 5]

    assert found[9] == 2 * found[20] > 0


def test_one_burst_pipe_does_not_hold_up_the_forecast_but_the_band_knows_of_it():
    calm = np.ones((1, WEEKS * WEEK, 1))
    counts = calm.copy()
    counts[0, -9, 0] = BURST
    quiet, burst = (fitted(past(one)) for one in (calm, counts))

    assert np.max(burst.means) < 1.5 * np.max(quiet.means)
    assert burst.spread[0] > quiet.spread[0]
    assert fitted(replace(past(counts), counts=counts[:, -WEEK * 2 :])).means.max() > 1.5
