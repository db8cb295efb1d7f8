"""Quantiles of counts are those of the textbook, also of means too large for a float's start."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from pmdesk.analytics.demand.counting import chances, quantiles

LEVELS = (0.1, 0.5, 0.9)


@given(st.floats(0.01, 60), st.floats(0.01, 3))
def test_they_are_those_of_the_negative_binomial(mean, spread):
    shape = 1 / spread
    expected = nbinom.ppf(LEVELS, shape, shape / (shape + mean))

    assert quantiles(mean, spread, LEVELS) == tuple(expected)


@pytest.mark.parametrize("mean", [0.2, 3.0, 900.0])
def test_without_spread_they_are_those_of_pure_chance(mean):
    assert quantiles(mean, 0.0, LEVELS) == tuple(poisson.ppf(LEVELS, mean))
    assert quantiles(mean, 1e-9, LEVELS) == tuple(poisson.ppf(LEVELS, mean))


def test_of_nothing_expected_nothing_comes():
    assert quantiles(0.0, 0.0, LEVELS) == (0, 0, 0)
    assert list(chances(0.0, 1.0)) == [1.0]


def test_chances_of_a_large_mean_are_not_lost():
    first = list(islice(chances(2000.0, 0.05), 12_000))

    assert sum(first) == pytest.approx(1, abs=1e-6)
