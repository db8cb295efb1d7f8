"""Rounding to a base: what is told of a count, and what it may have been."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.analytics.rounding import fewest, is_hidden, rounded

COUNTS, BASES = st.integers(0, 10_000), st.integers(5, 20)


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, 0), (1, 2.5), (4, 2.5), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1_002, 1_000)],
)
def test_counts_are_told_in_fives_and_few_as_half_of_it(count, told):
    assert rounded(count, 5) == told


@given(COUNTS, BASES)
def test_what_is_not_few_is_told_as_the_nearest_multiple(count, base):
    told = rounded(count, base)
    assert is_hidden(told, base) == is_hidden(count, base) == (0 < count < base)
    if not is_hidden(count, base):
        assert told % base == 0
        assert abs(told - count) <= base / 2
        assert count == 0 or fewest(told, base) <= count


@given(COUNTS, COUNTS, BASES)
def test_more_is_never_told_as_less(one, other, base):
    low, high = sorted((one, other))
    assert rounded(low, base) <= rounded(high, base)
