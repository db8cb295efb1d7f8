"""Complaint rates drawn to the common one: few orders make no hot spot."""

import numpy as np
from scipy.stats import gamma, nbinom

from pmdesk.analytics.hot_spots import Place, _prior, rates, watched


def place(key, complaints, exposure):
    return Place(key=key, complaints=complaints, exposure=exposure)


QUIET = [place(f"q{n}", 4, 100) for n in range(20)]


def test_one_complaint_of_two_orders_is_no_hot_spot():
    found = {rate.key: rate for rate in rates([*QUIET, place("small", 1, 2)])}

    assert found["small"].mean < 0.15
    assert not found["small"].stands_out


def test_many_complaints_of_many_orders_stand_out():
    found = {rate.key: rate for rate in rates([*QUIET, place("loud", 30, 150)])}

    assert found["loud"].stands_out
    assert 0.05 < found["loud"].low < found["loud"].mean < 30 / 150  # drawn to the others
    assert next(iter(found)) == "loud"


def test_fewer_than_five_complaints_never_stand_out():
    found = {rate.key: rate for rate in rates([*QUIET, place("few", 4, 5)])}

    assert not found["few"].stands_out


def test_only_two_periods_in_a_row_are_watched():
    loud = rates([*QUIET, place("loud", 30, 150)])
    calm = rates([*QUIET, place("loud", 6, 150)])
    by_key = {rate.key: rate for rate in loud}

    assert watched(loud, by_key) == ("loud",)
    assert watched(loud, {rate.key: rate for rate in calm}) == ()
    assert watched(loud, {}) == ()


def test_the_drawn_rates_are_nearer_to_the_true_ones_than_the_raw_ones():
    rng = np.random.default_rng(3)
    true = gamma(a=4, scale=0.02).rvs(150, random_state=rng)
    seen = rng.poisson(true * 30)
    found = rates([place(str(n), int(count), 30) for n, count in enumerate(seen)])
    drawn = np.array([rate.mean for rate in sorted(found, key=lambda rate: int(rate.key))])

    assert np.abs(drawn - true).mean() < 0.9 * np.abs(seen / 30 - true).mean()


def test_the_prior_is_the_most_likely_one_also_in_its_mean():
    """A few large places with a high rate do not stand for the mean of the many small ones."""
    places = [place(f"s{n}", 1 + n % 2, 60) for n in range(30)] + [place("large", 400, 2000)]
    shape, scale = _prior(places)

    def likely(shape, scale):
        return sum(
            nbinom(shape, scale / (scale + one.exposure)).logpmf(one.complaints) for one in places
        )

    best = likely(shape, scale)
    rate = sum(one.complaints for one in places) / sum(one.exposure for one in places)
    assert shape / scale < 0.9 * rate
    for factor in (0.8, 1.25):
        assert likely(shape * factor, scale * factor) < best
        assert likely(shape, scale * factor) < best
    assert best > max(likely(one, one / rate) for one in np.geomspace(0.3, 300, 200)) + 1


def test_places_without_exposure_say_nothing():
    assert rates([place("new", 0, 0)]) == ()
    assert rates([]) == ()


def test_where_nobody_complains_nothing_stands_out():
    found = rates([place("a", 0, 10), place("b", 0, 200)])

    assert not any(rate.stands_out for rate in found)
    assert found[0].mean < 0.2
