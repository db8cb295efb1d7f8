"""Packed orders found among others."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.analytics.dashboard.marks import among

NUMBERS = st.lists(st.integers(0, 5), max_size=12)


@given(NUMBERS, NUMBERS)
def test_as_many_of_each_are_found_as_there_are_in_both(packed, some):
    found = among(np.array(packed, dtype=np.int64), np.array(some, dtype=np.int64))

    chosen = [one for one, is_found in zip(packed, found.tolist(), strict=True) if is_found]
    assert {one: chosen.count(one) for one in range(6)} == {
        one: min(packed.count(one), some.count(one)) for one in range(6)
    }
