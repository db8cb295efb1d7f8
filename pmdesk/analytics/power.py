"""How often a true difference would be found with so few people: no finding is no proof."""

from math import log
from typing import Any

RATIO = 0.7  # the true difference that is asked about

_EXACT_UP_TO = 2_000  # people; beyond, the normal approximation is as good
_REVIEW_BELOW = 0.8
_FEWEST_CASES = 5
_REACH = 8  # standard deviations that are looked at


def found_in_100(people: int, others: int, rate: float, *, burden: bool = False) -> int | None:
    """Of 100 true differences of 0.7, how many would be told as 需复核; None where none can be.

    `rate` is that of the reference group, which has `others` people. Of a burden the group bears
    more: its rate is that of the reference divided by 0.7.
    """
    rates = (rate / RATIO, rate) if burden else (rate, rate * RATIO)
    if not people or not others or not 0 < rates[1] < rates[0] < 1:
        return None
    better, worse = (people, others) if burden else (others, people)
    size = max(better, worse)
    chance = _exact if size <= _EXACT_UP_TO else _normal
    return int(100 * chance(worse, rates[1], better, rates[0]))  # never more than is true


def _exact(few: int, low: float, many: int, high: float) -> float:
    """Every pair of counts with its probability."""
    import numpy as np  # noqa: PLC0415  # slow to import
    from scipy.stats import binom  # noqa: PLC0415  # slow to import

    k1, k0 = _counts(few, low), _counts(many, high)
    one, zero = k1[:, None].astype(float), k0[None, :].astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_ratio = np.log(one / few) - np.log(zero / many)
        spread = np.sqrt(1 / one - 1 / few + 1 / zero - 1 / many)
        is_told = (log_ratio < np.log(_REVIEW_BELOW)) & (log_ratio + 1.959964 * spread < 0)
    is_told &= (one >= _FEWEST_CASES) & (zero >= _FEWEST_CASES)
    weights = binom.pmf(k1, few, low)[:, None] * binom.pmf(k0, many, high)[None, :]
    return float(weights[is_told].sum())


def _counts(people: int, rate: float) -> Any:
    import numpy as np  # noqa: PLC0415  # slow to import

    reach = _REACH * (people * rate * (1 - rate)) ** 0.5
    first = max(0, int(people * rate - reach))
    return np.arange(first, min(people, int(people * rate + reach) + 1) + 1)


def _normal(few: int, low: float, many: int, high: float) -> float:
    """The logarithm of the ratio is nearly normal in large groups."""
    from scipy.stats import norm  # noqa: PLC0415  # slow to import

    spread = ((1 - low) / (few * low) + (1 - high) / (many * high)) ** 0.5
    limit = min(log(_REVIEW_BELOW), -1.959964 * spread)
    return float(norm.cdf((limit - log(low / high)) / spread))
