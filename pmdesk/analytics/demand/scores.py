"""The forecast's errors in the customary unit (MASE), so that offices and years can be compared.

An error of 1 is as large as that of last week's copy was before. Where next to nothing comes, every
method is right with a zero: such series say nothing of a forecast and are left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pmdesk.analytics.demand.history import WEEK, Days, History, Numbers
from pmdesk.analytics.demand.trial import LEAST_DAYS, WEEKS, foretold

LEAST_RATE = 5 / 14  # orders a day: five in two weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Of so many series: the errors, and how often the band held what came."""

    series: int  # 0: nothing could be scored
    model: float  # of the median, the closest single number
    mean: float  # of the mean, which is drawn and adds up
    last_week: float
    covered: float

    @property
    def skill(self) -> float:
        """How much smaller the forecast's error is than that of last week's copy."""
        return 1 - self.model / self.last_week if self.last_week else 0.0


NOTHING = Score(series=0, model=0.0, mean=0.0, last_week=0.0, covered=0.0)


def busy(history: History) -> Days:
    """The groups in which enough comes to tell a good forecast from a bad one."""
    return np.asarray(history.counts.sum(axis=(1, 2)) >= LEAST_RATE * history.days)


def scored(history: History, *, weeks: int = WEEKS, step: int = WEEK) -> Score:
    """The errors over `weeks` weeks, each `step` days before the next, of the busy groups."""
    daily = history.counts.sum(axis=2)
    told = busy(history)
    starts = [history.days - WEEK - step * back for back in range(weeks)]
    found = [
        _week(history, daily, told, start) for start in starts if start >= LEAST_DAYS and told.any()
    ]
    if not found:
        return NOTHING
    told_of = (float(np.mean(one)) for one in zip(*found, strict=True))
    return _score(int(told.sum()), *told_of)


def together(scores: Iterable[Score]) -> Score:
    """Of all series alike, whichever service they belong to."""
    found = [one for one in scores if one.series]
    if not found:
        return NOTHING
    told = np.array([(one.model, one.mean, one.last_week, one.covered) for one in found])
    weight = np.array([one.series for one in found])
    return _score(int(weight.sum()), *(weight @ told / weight.sum()).tolist())


def _score(series: int, model: float, mean: float, last_week: float, covered: float) -> Score:
    return Score(series=series, model=model, mean=mean, last_week=last_week, covered=covered)


def _week(history: History, daily: Numbers, told: Days, start: int) -> tuple[float, ...]:
    """The scaled errors of one week, and the share of days that the band held."""
    came = daily[:, start : start + WEEK]
    mean, middle, inside = foretold(history.until(start), came)
    before = np.abs(daily[:, WEEK:start] - daily[:, : start - WEEK])[told]
    unit = np.maximum(before.mean(axis=1, keepdims=True), LEAST_RATE / WEEK)
    copy = daily[:, start - WEEK : start]
    off = (float((np.abs(came - one)[told] / unit).mean()) for one in (middle, mean, copy))
    return (*off, float(inside[told].mean()))
