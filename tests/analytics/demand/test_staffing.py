"""Staff for a shift: more for who fears work left over, fewer for who fears idle hours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.analytics.demand.staffing import Work, judged, suggested

SHIFT = [
    Work(mean=5, variance=7, minutes=40),
    Work(mean=1, variance=1.5, minutes=90),
]


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_who_fears_shortage_more_never_plans_fewer(one, other):
    low, high = sorted((one, other))

    assert suggested(SHIFT, low, 360).people <= suggested(SHIFT, high, 360).people


@pytest.mark.parametrize("people", [0, 1, 2])
def test_what_is_expected_of_a_shift_is_what_happens(people):
    rng = np.random.default_rng(1)
    mean, variance = 6.0, 8.5
    spread = (variance - mean) / mean**2
    jobs = rng.negative_binomial(1 / spread, 1 / (1 + spread * mean), 200_000)
    done = people * 360 / ((5 * 40 + 90) / 6)
    found = judged(SHIFT, people, 360)

    assert found.short == pytest.approx((jobs > done).mean(), abs=0.005)
    assert found.left == pytest.approx(np.maximum(jobs - done, 0).mean(), abs=0.02)
    if people:
        assert found.idle == pytest.approx(1 - np.minimum(jobs, done).mean() / done, abs=0.005)


def test_so_many_keep_the_promise_and_one_fewer_does_not():
    found = suggested(SHIFT, 0.9, 120)

    assert found.short <= 0.1
    assert judged(SHIFT, found.people - 1, 120).short > 0.1


def test_a_shift_without_work_needs_nobody():
    assert suggested([], 0.9, 360).people == 0
    assert judged([], 2, 360).idle == 1.0
