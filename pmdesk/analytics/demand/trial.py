"""The forecast tried on the past: twelve weeks, each foretold from what was known before it."""

from dataclasses import dataclass

import numpy as np

from pmdesk.analytics.demand.counting import quantiles
from pmdesk.analytics.demand.history import WEEK, Days, History, Numbers
from pmdesk.analytics.demand.model import fitted

WEEKS = 12
LEAST_DAYS = 28  # less history says too little to forecast from
BAND = (0.1, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How far off forecast and copy of last week were, in orders per group and day."""

    weeks: int  # that could be tried; 0: nothing is known of the skill
    model: float
    last_week: float
    covered: float  # share of the days on which the band held what came
    misses: tuple[float, float]  # the band around a copy of last week: what was lacking, what more

    @property
    def skill(self) -> float:
        """How much smaller the forecast's error is than that of last week's copy; 1 is perfect."""
        return 1 - self.model / self.last_week if self.last_week else 0.0

    @property
    def is_better(self) -> bool:
        """Whether the forecast is worth more than copying last week."""
        return self.weeks > 0 and self.model < self.last_week


def tried(history: History, weeks: int = WEEKS) -> Trial:
    """The errors over as many of the last weeks as there is enough history before."""
    daily = history.counts.sum(axis=2)
    starts = [history.days - WEEK * back for back in range(weeks, 0, -1)]
    starts = [start for start in starts if start >= LEAST_DAYS]
    model, copy, covered = [], [], []
    for start in starts:
        came = daily[:, start : start + WEEK]
        expected, inside = foretold(history.until(start), came)
        model.append(np.abs(came - expected))
        copy.append(came - daily[:, start - WEEK : start])
        covered.append(inside.mean())
    if not starts:
        return Trial(weeks=0, model=0.0, last_week=0.0, covered=0.0, misses=(0.0, 0.0))
    low, high = np.quantile(np.concatenate(copy), BAND)
    return Trial(
        weeks=len(starts),
        model=float(np.mean(model)),
        last_week=float(np.mean(np.abs(copy))),
        covered=float(np.mean(covered)),
        misses=(float(low), float(high)),
    )


def foretold(known: History, came: Numbers) -> tuple[Numbers, Days]:
    """What was expected of the days after, and of each group and day whether the band held it."""
    model = fitted(known)
    expected = model.expected(known, known.days, came.shape[1]).sum(axis=2)
    inside = [
        [low <= count <= high for low, high, count in zip(*bands, counts, strict=True)]
        for spread, means, counts in zip(model.spread, expected, came, strict=True)
        for bands in [zip(*(quantiles(mean, spread, BAND) for mean in means), strict=True)]
    ]
    return expected, np.array(inside, dtype=np.bool_)
