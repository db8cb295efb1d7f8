"""Whether an outcome comes to groups in different shares: ratio, interval, exact test, verdict."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pmdesk.analytics.power import found_in_100
from pmdesk.domain.fairness import Verdict

REVIEW_BELOW = 0.8  # a trigger for people to look, not a line that the law draws
WATCH_UP_TO = 0.9
FEWEST_PEOPLE = 30  # in a group
FEWEST_CASES = 5  # in either group
STRIKING = 0.01  # a corrected p below it is hardly chance, however few people there are


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """So many people, and how many of them have the outcome."""

    name: str
    people: int
    having: int

    @property
    def rate(self) -> float:
        """The share that has the outcome."""
        return self.having / self.people if self.people else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A group beside the reference; what the counts are too small for is None."""

    group: Group
    verdict: Verdict
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None  # Fisher's exact test
    holm: float | None = None  # the same, corrected for the number of groups
    found: int | None = None  # of 100 true differences of 0.7 so many would be found

    @property
    def is_striking(self) -> bool:
        """Whether there are too few people for a ratio, and yet it can hardly be chance."""
        few = self.verdict is Verdict.TOO_FEW
        return few and self.holm is not None and self.holm < STRIKING


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All groups beside one of them; without a group that is large enough there is none."""

    reference: Group | None
    others: tuple[Compared, ...]

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict of all groups."""
        return gravest([other.verdict for other in self.others])


def comparison(
    groups: Sequence[Group], *, burden: bool = False, reference: str | None = None
) -> Comparison:
    """Each group beside the one that fares best: most of what is good, least of a burden."""
    chosen = _reference(groups, burden=burden, name=reference)
    if chosen is None:
        few = tuple(Compared(group=group, verdict=Verdict.TOO_FEW) for group in groups)
        return Comparison(reference=None, others=few)
    others = [_compared(group, chosen, burden=burden) for group in groups if group is not chosen]
    corrected = holm([other.p for other in others])
    return Comparison(
        reference=chosen,
        others=tuple(replace(o, holm=p) for o, p in zip(others, corrected, strict=True)),
    )


def judged(ratio: float, low: float, high: float) -> Verdict:
    """The verdict on a ratio with its interval; above 1 it is read the other way round."""
    if ratio > 1:
        ratio, high = 1 / ratio, 1 / low
    is_sure = high < 1
    if ratio < REVIEW_BELOW:
        return Verdict.REVIEW if is_sure else Verdict.WATCH
    return Verdict.WATCH if ratio <= WATCH_UP_TO and is_sure else Verdict.CLEAR


def holm(values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's step-down correction; None stays None and does not count."""
    told = sorted((p, place) for place, p in enumerate(values) if p is not None)
    corrected: list[float | None] = [None] * len(values)
    largest = 0.0
    for step, (p, place) in enumerate(told):
        largest = max(largest, min(p * (len(told) - step), 1.0))
        corrected[place] = largest
    return tuple(corrected)


def gravest(verdicts: Sequence[Verdict]) -> Verdict:
    """What the whole says: a difference weighs more than too little data, and that than none."""
    order = (Verdict.REVIEW, Verdict.WATCH, Verdict.TOO_FEW, Verdict.CLEAR)
    return next((verdict for verdict in order if verdict in verdicts), Verdict.TOO_FEW)


def enough(group: Group) -> bool:
    """Whether the group is large enough to say anything about it."""
    return group.people >= FEWEST_PEOPLE and group.having >= FEWEST_CASES


def _reference(groups: Sequence[Group], *, burden: bool, name: str | None) -> Group | None:
    if name is not None:
        return next((group for group in groups if group.name == name and group.people), None)
    large = [group for group in groups if group.people >= FEWEST_PEOPLE]
    side = -1 if burden else 1
    return max(large, key=lambda group: (side * group.rate, group.people), default=None)


def _compared(group: Group, reference: Group, *, burden: bool) -> Compared:
    ratio = _ratio(group, reference)
    low, high = _interval(group, reference)
    verdict = Verdict.TOO_FEW
    if ratio is not None and low is not None and high is not None:
        verdict = judged(ratio, low, high)
    large = group.people >= FEWEST_PEOPLE and enough(reference)
    return Compared(
        group=group,
        verdict=verdict if enough(group) and large else Verdict.TOO_FEW,
        ratio=ratio,
        low=low,
        high=high,
        p=_exact(group, reference),
        found=found_in_100(group.people, reference.people, reference.rate, burden=burden),
    )


def _ratio(group: Group, reference: Group) -> float | None:
    if not group.people or not reference.having:
        return None
    # products of whole numbers, so that 24 of 100 beside 30 of 100 is 0.8 and not less
    return (group.having * reference.people) / (group.people * reference.having)


def _interval(group: Group, reference: Group) -> tuple[float | None, float | None]:
    """The 95 % interval exp(ln r ± 1.96 √(1/k₁ - 1/n₁ + 1/k₀ - 1/n₀)), where all k are ≥ 5."""
    if min(group.having, reference.having) < FEWEST_CASES:
        return None, None
    from scipy.stats.contingency import relative_risk  # noqa: PLC0415  # scipy is slow to import

    risk = relative_risk(group.having, group.people, reference.having, reference.people)
    bounds = risk.confidence_interval(0.95)
    return float(bounds.low), float(bounds.high)


def _exact(group: Group, reference: Group) -> float | None:
    if not group.people or not reference.people:
        return None
    from scipy.stats import fisher_exact  # noqa: PLC0415  # scipy is slow to import

    table = [[one.having, one.people - one.having] for one in (group, reference)]
    return float(fisher_exact(table).pvalue)
