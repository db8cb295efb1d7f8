"""Counts that vary more than pure chance: the negative binomial, by recursion."""

import math
from collections.abc import Iterator, Sequence

_MOST = 100_000  # an office with more orders in a slot has other sorrows
_PURE = 1e-6  # a spread below this is a Poisson's


def chances(mean: float, spread: float) -> Iterator[float]:
    """How probable 0, 1, 2 … are; the variance is `mean + spread * mean ** 2`."""
    if spread < _PURE:
        spread = 0.0
    # as logarithms: of a large mean, the first ones are too small for a float
    log = -math.log1p(spread * mean) / spread if spread else -mean
    yield math.exp(log)
    for count in range(1, _MOST):
        step = (1 + spread * (count - 1)) * mean / ((1 + spread * mean) * count)
        if not step:
            return
        log += math.log(step)
        yield math.exp(log)


def quantiles(mean: float, spread: float, levels: Sequence[float]) -> tuple[int, ...]:
    """For each level, the smallest count that is not passed with that probability.

    `levels` ascend and lie between 0 and 1.
    """
    found: list[int] = []
    reached = 0.0
    for count, chance in enumerate(chances(mean, spread)):
        reached += chance
        while len(found) < len(levels) and reached >= levels[len(found)]:
            found.append(count)
        if len(found) == len(levels):
            break
    return tuple(found) + (_MOST,) * (len(levels) - len(found))
