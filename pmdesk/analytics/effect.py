"""Whether complaints became fewer after a measure, or whether chance alone may say so.

A place is watched because it had many complaints, so part of a fall comes by itself; and where
complaints fell everywhere, the measure need not be the cause. Both are told.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import inf

SOONEST = 30  # days after a measure, before which nothing is said
LEAST = 5  # complaints that would be expected without a measure, below which nothing is said
SURE = 0.05
MONTH = 30.0  # days


class Outcome(StrEnum):
    """What can be said about a measure."""

    EARLY = "early"
    FEW = "few"
    CHANCE = "chance"
    EVERYWHERE = "everywhere"  # fewer, and elsewhere too
    FEWER = "fewer"
    ALONE = "alone"  # fewer, and elsewhere there is nothing to compare with
    MORE = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """So many complaints in so many days, as they are told (`analytics.rounding`)."""

    events: float
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Monthly:
    """Complaints in thirty days, with the interval that holds the true rate with 95 %."""

    rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A place before and after a measure."""

    outcome: Outcome
    before: Monthly
    after: Monthly | None  # None: no day has passed yet
    ratio: float | None = None  # after to before
    low: float | None = None
    high: float | None = None


def effect(before: Span, after: Span, elsewhere: tuple[float, float]) -> Effect:
    """How the rate changed; `elsewhere` are complaints of all other places in the same spans."""
    first = monthly(before)
    if not after.days:
        return Effect(outcome=Outcome.EARLY, before=first, after=None)
    second = monthly(after)
    expected = before.events * after.days / before.days
    if after.days < SOONEST or round(expected) < LEAST:  # the shortest month is no fall
        early = after.days < before.days and before.events >= LEAST
        outcome = Outcome.EARLY if early else Outcome.FEW
        return Effect(outcome=outcome, before=first, after=second)
    ratio, low, high = _ratio(before, after)
    return Effect(
        outcome=_outcome(before, after, (low, high), elsewhere),
        before=first,
        after=second,
        ratio=ratio,
        low=low,
        high=high,
    )


def monthly(span: Span) -> Monthly:
    """The rate with its exact Poisson interval."""
    from scipy.stats import chi2  # noqa: PLC0415  # half a second to import

    scale = MONTH / span.days
    low = float(chi2.ppf(0.025, 2 * span.events)) / 2 if span.events else 0.0
    high = float(chi2.ppf(0.975, 2 * span.events + 2)) / 2
    return Monthly(rate=span.events * scale, low=low * scale, high=high * scale)


def _ratio(before: Span, after: Span) -> tuple[float, float, float]:
    """The ratio of rates; given their sum, the later events are binomial (exact interval)."""
    from scipy.stats import beta  # noqa: PLC0415  # half a second to import

    late, early = after.events, before.events
    scale = before.days / after.days
    low = float(beta.ppf(0.025, late, early + 1)) if late else 0.0
    high = float(beta.ppf(0.975, late + 1, early)) if early else 1.0
    low, high = (_odds(share) * scale for share in (low, high))
    return scale * late / early, low, high


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf


def _outcome(
    before: Span, after: Span, interval: tuple[float, float], elsewhere: tuple[float, float]
) -> Outcome:
    low, high = interval
    if low > 1:
        return Outcome.MORE
    if high >= 1:
        return Outcome.CHANCE
    if elsewhere[0] < LEAST:
        return Outcome.ALONE
    return Outcome.FEWER if _differs(before, after, elsewhere) else Outcome.EVERYWHERE


def _differs(before: Span, after: Span, elsewhere: tuple[float, float]) -> bool:
    """Whether the place fell more than the other places did."""
    from scipy.stats import fisher_exact  # noqa: PLC0415  # half a second to import

    table = [[round(before.events), round(after.events)], [round(one) for one in elsewhere]]
    return float(fisher_exact(table, alternative="greater").pvalue) < SURE
