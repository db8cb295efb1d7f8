"""The forecast tried on the past: twelve weeks, each foretold from what was known before it.

Its error is that of the median: no other single number is closer to what comes. A page that draws
the mean, because means add up, says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from pmdesk.analytics.demand.counting import quantiles
from pmdesk.analytics.demand.history import WEEK, Days, History, Numbers
from pmdesk.analytics.demand.model import fitted

WEEKS = 12
LEAST_DAYS = 28  # less history says too little to forecast from
BAND = (0.1, 0.9)
LEVELS = (BAND[0], 0.5, BAND[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How far off forecast and copy of last week were, in orders a day."""

    weeks: int  # that could be tried; 0: nothing is known of the skill
    model: float
    last_week: float
    covered: float  # share of the days on which the band held what came

    @property
    def skill(self) -> float:
        """How much smaller the forecast's error is than that of last week's copy; 1 is perfect."""
        return 1 - self.model / self.last_week if self.last_week else 0.0

    @property
    def is_better(self) -> bool:
        """Whether the forecast is worth more than copying last week, or never wrong."""
        return self.weeks > 0 and (self.model < self.last_week or not self.model)


def tried(history: History, weeks: int = WEEKS) -> tuple[Trial, ...]:
    """The errors in each group, over as many of the last weeks as have enough history before."""
    daily = history.counts.sum(axis=2)
    starts = [history.days - WEEK * back for back in range(weeks, 0, -1)]
    starts = [start for start in starts if start >= LEAST_DAYS]
    model, copy, covered = [], [], []
    for start in starts:
        came = daily[:, start : start + WEEK]
        _mean, middle, inside = foretold(history.until(start), came)
        model.append(np.abs(came - middle))
        copy.append(np.abs(came - daily[:, start - WEEK : start]))
        covered.append(inside)
    if not starts:
        return (Trial(weeks=0, model=0.0, last_week=0.0, covered=0.0),) * len(history.groups)
    means = (np.mean(one, axis=(0, 2)).tolist() for one in (model, copy, covered))
    return tuple(
        Trial(weeks=len(starts), model=off, last_week=copied, covered=share)
        for off, copied, share in zip(*means, strict=True)
    )


def overall(trials: Sequence[Trial]) -> Trial:
    """Of all groups alike; there is at least one."""
    return Trial(
        weeks=trials[0].weeks,
        model=fmean(one.model for one in trials),
        last_week=fmean(one.last_week for one in trials),
        covered=fmean(one.covered for one in trials),
    )


def hourly_skill(history: History, weeks: int = WEEKS) -> float | None:
    """How much closer the mean of each hour was than that hour a week before; None: too new.

    By root mean square, over all hours of the last weeks: of hours with next to nothing every
    absolute error is smallest for a zero.
    """
    starts = [history.days - WEEK * back for back in range(weeks, 0, -1)]
    model, copied = [], []
    for start in (start for start in starts if start >= LEAST_DAYS):
        known, came = history.until(start), history.counts[:, start : start + WEEK]
        model.append(came - fitted(known).expected(known, start, WEEK))
        copied.append(came - history.counts[:, start - WEEK : start])
    if not model or not np.any(copied):
        return None
    return float(1 - np.linalg.norm(model) / np.linalg.norm(copied))


def foretold(known: History, came: Numbers) -> tuple[Numbers, Numbers, Days]:
    """Of each group and day after: mean and median, and whether the band held what came."""
    model = fitted(known)
    expected = model.expected(known, known.days, came.shape[1]).sum(axis=2)
    bands = np.array(
        [
            [quantiles(mean, spread, LEVELS) for mean in means]
            for spread, means in zip(model.spread.tolist(), expected.tolist(), strict=True)
        ],
        dtype=np.float64,
    )
    low, middle, high = (bands[:, :, place] for place in range(len(LEVELS)))
    return expected, middle, (low <= came) & (came <= high)
