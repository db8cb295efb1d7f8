"""The gamma-Poisson forecaster: each building's own weeks, drawn to what all buildings share.

Recent weeks count more, and a day of which there was none like it counts as a very busy one. A thin
slot (a building on a weekday) is helped by a few pseudo-weeks at the building's level in the
profile of all buildings; public holidays have one factor for all. How much more than chance it
varies is told by what came indeed, rare days and all.
Measured against libraries: better than theirs on small counts, and a hundred times faster.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pmdesk.analytics.demand.calm import calmed
from pmdesk.analytics.demand.history import WEEK, Days, History, Numbers

HALF_LIFE = 42.0  # days; of what a slot remembers
LEVEL_HALF_LIFE = 14.0  # of a building's level
PROFILE_HALF_LIFE = 182.0  # of the shape of the week that all share
PSEUDO_WEEKS = 4.0
PSEUDO_ORDERS = 5.0  # by which the holiday factor is drawn to 1
AROUND_DAYS = 28  # before and after a past holiday; the level of its time is theirs
SPREAD_DAYS = 56
_OWN = 0.25  # of the spread; the rest is shared
_TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What is expected in each slot, and how much more than pure chance it varies."""

    means: Numbers  # groups × weekdays × parts of a day
    holiday: float  # the factor of a public holiday
    spread: Numbers  # groups; the variance is m + spread * m²

    def expected(self, history: History, start: int, count: int) -> Numbers:
        """Groups × days × parts: of `count` days from the day at `start` of the history on."""
        rows, off = history.slots(start, count)
        means = np.einsum("gwp,dw->gdp", self.means, rows)
        return np.asarray(np.where(off[None, :, None], means * self.holiday, means))


def fitted(history: History) -> Model:
    """The model of all that came until the end of the history; there is at least one day."""
    rows, off = history.slots(0, history.days)
    plain = history.plain_days()
    age = np.arange(history.days, dtype=np.int64)[::-1]
    counts = calmed(history.counts)
    level = _weighted_mean(counts.sum(axis=2), _weights(age, LEVEL_HALF_LIFE, plain))
    profile = _profile(counts.sum(axis=0), rows, _weights(age, PROFILE_HALF_LIFE, plain))
    weight = _weights(age, HALF_LIFE, plain)
    seen = np.einsum("gdp,d,dw->gwp", counts, weight, rows, optimize=True)
    prior = level[:, None, None] * profile[None] / counts.shape[2]
    means = (seen + PSEUDO_WEEKS * prior) / ((weight @ rows)[None, :, None] + PSEUDO_WEEKS)
    base = np.einsum("gwp,dw->gdp", means, rows, optimize=True)
    holiday = _holiday(counts.sum(axis=(0, 2)), base.sum(axis=(0, 2)), off, plain)
    usual = np.where(off[None, :, None], base * holiday, base).sum(axis=2)
    return Model(means=means, holiday=holiday, spread=_spread(history.counts.sum(axis=2), usual))


def _holiday(came: Numbers, base: Numbers, off: Days, plain: Days) -> float:
    """What came on holidays, of what would have come at the level of their time.

    `base` has the level of today: an office that grew would take its old holidays for quiet ones.
    """
    if not off.any():
        return 1.0
    then = (_around(came * plain) + PSEUDO_ORDERS) / (_around(base * plain) + PSEUDO_ORDERS)
    usual = (base * then)[off].sum()
    return float((came[off].sum() + PSEUDO_ORDERS) / (usual + PSEUDO_ORDERS))


def _around(daily: Numbers) -> Numbers:
    """For each day the sum of the days around it, as far as they are known."""
    sums = np.concatenate(([0.0], np.cumsum(daily)))
    days = np.arange(daily.size, dtype=np.int64)
    last = np.minimum(days + AROUND_DAYS + 1, daily.size)
    return np.asarray(sums[last] - sums[np.maximum(days - AROUND_DAYS, 0)])


def _weights(age: NDArray[np.int64], half_life: float, plain: Days) -> Numbers:
    """How much each day counts; days that are not as their weekday say nothing of it."""
    return np.asarray(0.5 ** (age / half_life) * plain, dtype=np.float64)


def _weighted_mean(counts: Numbers, weight: Numbers) -> Numbers:
    return np.asarray(counts @ weight / max(weight.sum(), _TINY), dtype=np.float64)


def _profile(counts: Numbers, rows: Numbers, weight: Numbers) -> Numbers:
    """Weekdays × parts of a day, with a mean of 1; flat where nothing came at all."""
    seen = np.einsum("dp,d,dw->wp", counts, weight, rows, optimize=True)
    rate = seen / np.maximum(weight @ rows, _TINY)[:, None]
    mean = rate.mean()
    return np.asarray(rate / mean) if mean > _TINY else np.ones((WEEK, counts.shape[1]))


def _spread(daily: Numbers, usual: Numbers) -> Numbers:
    """By moments over the last weeks, mostly shared: one building alone tells little of it."""
    seen, expected = daily[:, -SPREAD_DAYS:], usual[:, -SPREAD_DAYS:]
    beyond = ((seen - expected) ** 2 - expected).sum(axis=1)
    squares = np.maximum((expected**2).sum(axis=1), _TINY)
    shared = max(float(beyond.sum() / squares.sum()), 0.0)
    own = np.maximum(beyond / squares, 0.0)
    return np.asarray(_OWN * own + (1 - _OWN) * shared)
