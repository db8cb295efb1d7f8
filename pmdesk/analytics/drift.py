"""Whether what comes in has changed: population stability index and chi-square of two periods."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FLOOR = 1e-4  # the share an empty bin counts as
LOOK, ACT = 0.1, 0.25  # of the index
FEW = 500  # below, the index is mostly noise and the chi-square decides
SURE = 0.01


class Verdict(StrEnum):
    """What a change asks for."""

    STABLE = "stable"
    LOOK = "look"
    ACT = "act"
    TOO_FEW = "too_few"  # nothing can be said


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How two periods differ."""

    index: float
    p: float  # of the chi-square test
    before: int
    now: int
    new: tuple[str, ...]  # answers that did not exist before: a message of their own
    verdict: Verdict


def drift(
    before: Mapping[str, float], now: Mapping[str, float], least: int = 30, tests: int = 1
) -> Drift:
    """The change from one period to the next, over all answers of either.

    Of so many `tests` of one thing p is corrected (Bonferroni).
    """
    n, m = round(sum(before.values())), round(sum(now.values()))
    new = tuple(sorted(key for key, count in now.items() if count and not before.get(key)))
    if n < least or m < least:
        return Drift(index=0.0, p=1.0, before=n, now=m, new=(), verdict=Verdict.TOO_FEW)
    bins = sorted(before.keys() | now.keys())
    shares = [(max(before.get(key, 0) / n, FLOOR), max(now.get(key, 0) / m, FLOOR)) for key in bins]
    index = sum((b - a) * math.log(b / a) for a, b in shares)
    p = min(1.0, tests * _p([(before.get(key, 0), now.get(key, 0)) for key in bins]))
    return Drift(index=index, p=p, before=n, now=m, new=new, verdict=_verdict(index, p, min(n, m)))


def _verdict(index: float, p: float, fewest: int) -> Verdict:
    if fewest < FEW:
        return Verdict.LOOK if p < SURE else Verdict.STABLE
    if index > ACT:
        return Verdict.ACT
    return Verdict.LOOK if index >= LOOK else Verdict.STABLE


def _p(counts: list[tuple[float, float]]) -> float:
    """That chance alone makes two periods differ so much."""
    from scipy.stats import chi2_contingency  # noqa: PLC0415  # half a second to import

    full = [pair for pair in counts if any(pair)]
    if len(full) < 2:  # noqa: PLR2004  # one answer alone cannot change
        return 1.0
    return float(chi2_contingency(full, correction=False).pvalue)
