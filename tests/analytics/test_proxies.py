"""How far an input tells a group: against published numbers, and never louder than the data."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.analytics.proxies import association, dense, level_of, parts
from pmdesk.domain.fairness import Level


def measured(table):
    """What the table says."""
    return association(table)


def test_what_tells_everything_has_a_v_of_one_and_all_the_information():
    found = measured([[50, 0], [0, 50]])

    assert found.v == pytest.approx(1)
    assert found.information == pytest.approx(math.log(2))
    assert found.level is Level.BLOCK
    assert found.p == pytest.approx(0.001)


def test_what_tells_nothing_has_a_v_of_nought():
    found = measured([[30, 30], [30, 30]])

    assert (found.v, found.low, found.level) == (0, 0, Level.NONE)
    assert found.information == pytest.approx(0)
    assert found.p == 1


def test_v_is_corrected_for_the_luck_of_small_samples():
    found = measured([[55, 45], [45, 55]])
    plain = math.sqrt(200 * (55 * 55 - 45 * 45) ** 2 / 100**4 / 200)

    assert plain == pytest.approx(0.1)
    corrected = math.sqrt((0.01 - 1 / 199) / (2 - 1 / 199 - 1))
    assert found.v == pytest.approx(corrected)


def test_hair_and_eyes_of_snedecor():
    # black, brown, red, blond hair by brown, blue, hazel, green eyes (Snee 1974)
    table = [[68, 20, 15, 5], [119, 84, 54, 29], [26, 17, 14, 14], [7, 94, 10, 16]]
    found = measured(table)

    assert found.v == pytest.approx(0.2705, abs=5e-5)  # 0.2790 without the correction
    assert found.low < found.v < found.high
    assert found.level is Level.NOTE
    assert found.information == pytest.approx(0.1246, abs=2e-3)


@pytest.mark.parametrize(
    ("v", "level"),
    [
        *((0.0, Level.NONE), (0.0999, Level.NONE), (0.1, Level.NOTE), (0.2999, Level.NOTE)),
        *((0.3, Level.EXPLAIN), (0.4999, Level.EXPLAIN), (0.5, Level.BLOCK), (1.0, Level.BLOCK)),
    ],
)
def test_the_levels_begin_at_a_tenth_three_and_five(v, level):
    assert level_of(v) is level


def test_groups_of_fewer_than_thirty_are_left_out():
    assert dense([[40, 3, 20], [10, 9, 20]]) == [[40, 20], [10, 20]]
    assert dense([[0, 5], [40, 3]]) == [[40]]
    assert measured([[40, 3], [10, 9]]).level is Level.TOO_FEW
    assert measured([]).level is Level.TOO_FEW


def test_an_input_with_one_value_tells_nothing():
    found = measured([[40, 50]])

    assert (found.level, found.v, found.people) == (Level.NONE, 0, 90)


def test_the_same_table_has_the_same_p_every_time():
    table = [[20, 35], [25, 30], [5, 11]]

    assert measured(table) == measured(table)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=2, max_size=4))
def test_v_and_information_stay_within_their_bounds(table):
    found = measured(table)

    if found.v is not None:
        assert 0 <= found.v <= 1
        assert 0 <= found.low <= found.high <= 1
        assert 0 < found.p <= 1
        assert found.information >= -1e-12


def test_numbers_fall_into_at_most_four_ranges():
    assert parts([1, 2, 3, 4, 5, 6, 7, 8]) == (2, 4, 6, 8)
    assert parts([7, 7, 7]) == (7,)
    assert len(parts(range(1000))) == 4
