"""Errors in the customary unit, of the series that say something of a forecast."""

from datetime import date

import numpy as np
import pytest

from pmdesk.analytics.demand.history import DayKind, History
from pmdesk.analytics.demand.scores import NOTHING, Score, busy, scored, together

RNG = np.random.default_rng(3)


def past(*series):
    table = np.array(series, dtype=float)
    return History(
        groups=tuple(map(str, range(len(table)))),
        first=date(2026, 1, 5),
        counts=table[:, :, None],
        kinds=lambda _day: DayKind.ORDINARY,
    )


def test_pure_noise_is_foretold_better_than_last_week_says():
    found = scored(past(RNG.poisson(3, 140), RNG.poisson(2, 140)))

    assert found.series == 2
    assert found.model < 0.85 < found.last_week < 1.15
    assert found.skill == pytest.approx(1 - found.model / found.last_week)
    assert found.covered >= 0.8


def test_where_next_to_nothing_comes_nothing_is_scored():
    quiet = np.zeros(140)
    quiet[::14] = 1
    history = past(quiet, RNG.poisson(3, 140))

    assert list(busy(history)) == [False, True]
    assert scored(history).series == 1
    assert scored(past(quiet)) == NOTHING


def test_too_few_weeks_are_not_scored():
    assert scored(past(RNG.poisson(3, 30))) == NOTHING
    assert NOTHING.skill == 0.0


def test_services_are_weighed_by_their_series():
    one = Score(series=1, model=0.5, mean=0.6, last_week=1.0, covered=1.0)
    three = Score(series=3, model=0.9, mean=1.0, last_week=1.0, covered=0.8)

    assert together([one, three, NOTHING]).model == pytest.approx(0.8)
    assert together([NOTHING]) == NOTHING
