"""The work of coming days and hours, of a whole office or of a part of a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from pmdesk.analytics.demand.expected import Method
from pmdesk.analytics.demand.history import WEEK, History, Numbers
from pmdesk.analytics.demand.model import fitted
from pmdesk.analytics.demand.outlook import Outlook

_SIGMAS = 2 * 1.2816  # between the ends of a band that holds 8 of 10 normal values
_TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is expected on a day, and how much it varies."""

    day: date
    mean: float
    variance: float


def pooled(history: History, name: str = "") -> History:
    """All groups as one: its spread is that of the sum, shared storms included."""
    return replace(history, groups=(name,), counts=history.counts.sum(axis=0, keepdims=True))


def chosen(history: History, groups: Iterable[str]) -> History:
    """Only these groups."""
    places = [history.groups.index(one) for one in groups]
    names = tuple(history.groups[place] for place in places)
    return replace(history, groups=names, counts=history.counts[places])


def loads(history: History, outlook: Outlook) -> tuple[Load, ...]:
    """Of each day of the outlook on a history of one group: its mean, and its variance."""
    model = fitted(history)
    spread = float(model.spread[0])
    told = []
    for one in outlook.days:
        variance = one.mean + spread * one.mean**2
        if outlook.method is not Method.MODEL:
            variance = max(variance, ((one.high - one.low) / _SIGMAS) ** 2)
        told.append(Load(day=one.day, mean=one.mean, variance=variance))
    return tuple(told)


def shape(history: History, days: int = WEEK) -> Numbers:
    """Groups × the coming days × parts of the day: which share of a day falls into which part."""
    expected = fitted(history).expected(history, history.days, days)
    whole = expected.sum(axis=2, keepdims=True)
    even = np.full_like(expected, 1 / expected.shape[2])
    return np.asarray(np.where(whole > _TINY, expected / np.maximum(whole, _TINY), even))
