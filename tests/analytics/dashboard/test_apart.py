"""Buildings of which it is told how much was late leave no few homes to the others."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.analytics.dashboard.apart import grouped, told_apart
from pmdesk.analytics.dashboard.marks import Marks

SMALLEST = 5


def book(*buildings):
    """Of each building so many homes that were served late, and so many that were not."""
    rows = [
        (number, 1_000 * number + at, at < late)
        for number, (late, kept) in enumerate(buildings, 1)
        for at in range(late + kept)
    ]
    building, home, late = (np.array(one) for one in zip(*rows, strict=True))
    none = np.zeros(len(rows), dtype=np.int64)
    marks = Marks(day=none, hour=none, service=none, outcome=none, building=building, home=home)
    return marks, late.astype(bool)


@pytest.mark.parametrize(
    ("buildings", "told"),
    [
        ([(9, 20), (9, 20)], {1, 2}),
        ([(0, 20), (9, 20), (9, 0)], {1, 2, 3}),
        ([(3, 20), (9, 20), (9, 40)], {3}),
        ([(3, 20), (1, 20), (9, 40), (9, 50)], {4}),
        ([(3, 20), (3, 20), (9, 40)], {3}),
        ([(3, 20)], set()),
    ],
)
def test_a_building_that_is_left_out_is_not_left_alone(buildings, told):
    marks, late = book(*buildings)

    assert told_apart(marks, late, SMALLEST) == told


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=1, max_size=9))
def test_the_rest_is_never_few(buildings):
    marks, late = book(*buildings)
    told = told_apart(marks, late, SMALLEST)

    rest = [one for number, one in enumerate(buildings, 1) if number not in told]
    for side in (0, 1):
        few = [one[side] for number, one in enumerate(buildings, 1) if number in told]
        assert all(not one or one >= SMALLEST for one in few)
        left = sum(one[side] for one in rest)
        assert not told or not left or left >= SMALLEST
    assert not told or len(rest) != 1


def test_members_are_together_that_nothing_tells_apart():
    found = grouped([1, 2, 3, 4], [frozenset({1, 2}), frozenset({2, 9}), frozenset()])

    assert set(found) == {frozenset({1}), frozenset({2}), frozenset({3, 4})}
