"""What is expected of the coming days, by the method that proved itself, with its uncertainty."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from pmdesk.analytics.demand.counting import quantiles
from pmdesk.analytics.demand.expected import Expected, Method
from pmdesk.analytics.demand.history import WEEK, History
from pmdesk.analytics.demand.model import fitted
from pmdesk.analytics.demand.trial import BAND, LEAST_DAYS, Trial, tried

_MIDDLE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The coming days of one service."""

    method: Method
    trial: Trial
    days: tuple[Expected, ...]  # group by group, each in order of time


def outlook(history: History, days: int = WEEK) -> Outlook:
    """What is expected of `days` days after the history; which has at least one day and group."""
    trial = tried(history)
    if history.days < LEAST_DAYS:
        return Outlook(method=Method.MEAN, trial=trial, days=tuple(_plain_means(history, days)))
    if trial.weeks and not trial.is_better:
        return Outlook(
            method=Method.LAST_WEEK, trial=trial, days=tuple(_copied(history, days, trial))
        )
    return Outlook(method=Method.MODEL, trial=trial, days=tuple(_modelled(history, days)))


def _modelled(history: History, days: int) -> Iterator[Expected]:
    model = fitted(history)
    means = model.expected(history, history.days, days).sum(axis=2)
    for place, group in enumerate(history.groups):
        for step in range(days):
            mean, spread = float(means[place, step]), float(model.spread[place])
            low, median, high = quantiles(mean, spread, (BAND[0], _MIDDLE, BAND[1]))
            yield _expected(history, group, step, mean, (low, median, high))


def _copied(history: History, days: int, trial: Trial) -> Iterator[Expected]:
    """Last week again, as far around it as copies of last week were off before."""
    last = history.counts[:, -WEEK:].sum(axis=2)
    lacking, more = min(trial.misses[0], 0.0), max(trial.misses[1], 0.0)
    for place, group in enumerate(history.groups):
        for step in range(days):
            count = int(last[place, step % WEEK])
            band = max(0, int(np.floor(count + lacking))), count, int(np.ceil(count + more))
            yield _expected(history, group, step, float(count), band)


def _plain_means(history: History, days: int) -> Iterator[Expected]:
    """The same each day: more cannot be told from so little."""
    daily = history.counts.sum(axis=2)
    for group, counts in zip(history.groups, daily, strict=True):
        mean = float(counts.mean())
        beyond = max(float(counts.var()) - mean, 0.0)
        spread = beyond / mean**2 if mean else 0.0
        low, median, high = quantiles(mean, spread, (BAND[0], _MIDDLE, BAND[1]))
        for step in range(days):
            yield _expected(history, group, step, mean, (low, median, high))


def _expected(
    history: History, group: str, step: int, mean: float, band: tuple[int, int, int]
) -> Expected:
    low, median, high = band
    day = history.end + timedelta(days=step)
    return Expected(group=group, day=day, mean=mean, median=median, low=low, high=high)
