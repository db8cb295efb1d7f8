"""What is expected of the coming days, by the method that proved itself, with its uncertainty."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

import numpy as np

from pmdesk.analytics.demand.counting import quantiles
from pmdesk.analytics.demand.expected import Expected, Method
from pmdesk.analytics.demand.history import WEEK, History
from pmdesk.analytics.demand.model import fitted
from pmdesk.analytics.demand.trial import BAND, LEAST_DAYS, LEVELS, WEEKS, Trial, overall, tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The coming days of one service."""

    trial: Trial  # of all groups alike
    days: tuple[Expected, ...]  # group by group, each in order of time; at least one

    @property
    def methods(self) -> Counter[Method]:
        """How many groups are foretold by which method."""
        return Counter({one.group: one.method for one in self.days}.values())

    @property
    def method(self) -> Method:
        """What most groups are foretold by; of the only one its own."""
        return self.methods.most_common(1)[0][0]


def outlook(history: History, days: int = WEEK) -> Outlook:
    """What is expected of `days` days after the history; which has at least one day and group.

    In each group by the method that was closer there.
    """
    trials = tried(history)
    if history.days < LEAST_DAYS:
        rows = _plain_means(history, days)
    else:
        pairs = zip(trials, _modelled(history, days), _copied(history, days), strict=True)
        rows = (model if one.is_better or not one.weeks else copy for one, model, copy in pairs)
    return Outlook(trial=overall(trials), days=tuple(chain.from_iterable(rows)))


def _modelled(history: History, days: int) -> Iterator[list[Expected]]:
    model = fitted(history)
    means = model.expected(history, history.days, days).sum(axis=2)
    for place, row in enumerate(means.tolist()):
        spread = float(model.spread[place])
        bands = [quantiles(mean, spread, LEVELS) for mean in row]
        yield _expected(history, place, Method.MODEL, row, bands)


def _copied(history: History, days: int) -> Iterator[list[Expected]]:
    """Last week again, as far around it as copies of last week were off before."""
    daily = history.counts.sum(axis=2)
    off = (daily[:, WEEK:] - daily[:, :-WEEK])[:, -WEEKS * WEEK :]
    lacking = np.minimum(np.quantile(off, BAND[0], axis=1, method="lower"), 0.0)
    more = np.maximum(np.quantile(off, BAND[1], axis=1, method="higher"), 0.0)
    for place, week in enumerate(daily[:, -WEEK:].tolist()):
        row = [week[step % WEEK] for step in range(days)]
        less, most = float(lacking[place]), float(more[place])
        bands = [(round(max(0.0, one + less)), round(one), round(one + most)) for one in row]
        yield _expected(history, place, Method.LAST_WEEK, row, bands)


def _plain_means(history: History, days: int) -> Iterator[list[Expected]]:
    """The same each day: more cannot be told from so little."""
    daily = history.counts.sum(axis=2)
    for place, counts in enumerate(daily):
        mean = float(counts.mean())
        beyond = max(float(counts.var()) - mean, 0.0)
        spread = beyond / mean**2 if mean else 0.0
        bands = [quantiles(mean, spread, LEVELS)] * days
        yield _expected(history, place, Method.MEAN, [mean] * days, bands)


def _expected(
    history: History,
    place: int,
    method: Method,
    means: Sequence[float],
    bands: Iterable[Sequence[int]],
) -> list[Expected]:
    """The coming days of one group."""
    return [
        Expected(
            group=history.groups[place],
            day=history.end + timedelta(days=step),
            mean=mean,
            median=median,
            low=low,
            high=high,
            method=method,
        )
        for step, (mean, (low, median, high)) in enumerate(zip(means, bands, strict=True))
    ]
