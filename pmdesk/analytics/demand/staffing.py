"""How many people a shift needs: the quantile of all its work that its price asks for.

The newsvendor's answer: too few people cost `shortage` for each job left over, too many `idle` for
each hour not needed, so one plans for the quantile shortage / (shortage + idle) of the total. The
total of several services is moment-matched; quantiles are never added up.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pmdesk.analytics.demand.counting import chances, quantiles

MOST_ODDS = 0.99  # nobody plans for the busiest day of the century


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Jobs of one kind in a shift: how many are expected, how they vary, how long each takes."""

    mean: float
    variance: float
    minutes: float  # the median of what one takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """People for a shift, and what is to be expected of so many."""

    people: int
    short: float  # the probability that the work of the shift is more than they can do
    left: float  # jobs expected to be left over
    idle: float  # share of their time expected not to be needed


def suggested(work: Sequence[Work], odds: float, productive: float) -> Suggestion:
    """As many people as do all the work with probability `odds`; each has `productive` minutes."""
    total = _total(work)
    jobs = quantiles(total.mean, _spread(total), (min(odds, MOST_ODDS),))[0]
    people = math.ceil(jobs * total.minutes / productive)
    return judged(work, people, productive)


def judged(work: Sequence[Work], people: int, productive: float) -> Suggestion:
    """What is to be expected of `people` on this shift."""
    total = _total(work)
    if not total.mean:
        return Suggestion(people=people, short=0.0, left=0.0, idle=1.0 if people else 0.0)
    done = people * productive / total.minutes  # jobs that so many can do
    known = list(islice(chances(total.mean, _spread(total)), math.floor(done) + 1))
    short = max(0.0, 1 - sum(known))  # the probability of more than can be done
    left = total.mean - sum(jobs * chance for jobs, chance in enumerate(known)) - done * short
    idle = 1 - (total.mean - left) / done if done else 0.0
    return Suggestion(people=people, short=short, left=max(0.0, left), idle=max(0.0, idle))


def _total(work: Sequence[Work]) -> Work:
    """All jobs as one kind: means and variances add up, minutes are weighed by how many come."""
    mean = sum(one.mean for one in work)
    minutes = sum(one.mean * one.minutes for one in work) / mean if mean else 0.0
    return Work(mean=mean, variance=sum(one.variance for one in work), minutes=minutes)


def _spread(total: Work) -> float:
    return max(0.0, (total.variance - total.mean) / total.mean**2) if total.mean else 0.0
