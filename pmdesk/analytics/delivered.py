"""What service came to whom: the share in time with its interval, the usual wait with its own.

Shares are reckoned from rounded counts. A wait is no count: it is told in whole hours, but never
one of the few shortest or longest, which would be somebody's own.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from pmdesk.analytics.fairness import Comparison, Group, comparison
from pmdesk.analytics.rounding import fewest, is_hidden, rounded
from pmdesk.analytics.strata import Stratified, stratified
from pmdesk.domain.ports.watch import ServedPart, ServedPeople

_NORMAL = 1.959964
_HALF = 0.5
_LEAST_WAITS = 3  # times the base, so that there are enough on both sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share with its 95 % interval (Wilson), or only the side on which it lies."""

    value: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """The median of whole hours until somebody began, with its 95 % interval by ranks."""

    hours: int
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One group; what too few residents stand behind is None."""

    group: str
    orders: int | None
    share: Share | None
    wait: Wait | None
    is_kept_back: bool = False  # the share, because with it that of another group would follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """All groups beside the one that fares best, all orders and at the same urgency."""

    groups: tuple[Served, ...]
    whole: Comparison
    within: Stratified


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """The orders of a group and those that were late, with who stands behind them."""

    orders: int
    late: int
    behind: ServedPeople

    def is_hidden(self, smallest: int) -> bool:
        """Whether not even the number of orders may be told."""
        return is_hidden(self.orders, smallest) or is_hidden(self.behind.people, smallest)

    def few(self, smallest: int) -> tuple[bool, bool]:
        """Whether few are late, and whether few are in time; of residents as of orders."""
        kept = self.orders - self.late
        return (
            is_hidden(min(self.late, self.behind.late or self.late), smallest),
            is_hidden(min(kept, self.behind.in_time or kept), smallest),
        )

    def told(self, smallest: int) -> tuple[int, int] | None:
        """Orders and those in time, rounded; None where that tells of few."""
        few_late, few_kept = self.few(smallest)
        if not self.orders or self.is_hidden(smallest) or (few_late and few_kept):
            return None
        total, half = round(rounded(self.orders, smallest)), round(rounded(1, smallest))
        if few_kept:
            return total, half
        return total, total - (half if few_late else round(rounded(self.late, smallest)))


def delivered(
    parts: Sequence[ServedPart],
    people: Mapping[str, ServedPeople],
    smallest: int,
    kept_back: Collection[str] = (),
) -> Delivered:
    """The groups in the order of `people`, reckoned from rounded counts of orders.

    Of those that are kept back no more is told than that they are few, if they are.
    """
    hours: dict[str, Counter[int]] = {name: Counter() for name in people}
    for part in parts:
        if part.group in hours:
            hours[part.group][part.hours] += part.orders
    work = _work(parts, people)
    back = {name for name in kept_back if name in work and not any(work[name].few(smallest))}
    told = {name: behind for name, behind in people.items() if name not in back}
    whole = comparison(_groups(_work(parts, told), smallest))
    return Delivered(
        groups=tuple(
            Served(group=name, orders=None, share=None, wait=None)
            if one.is_hidden(smallest)
            else Served(
                group=name,
                orders=round(rounded(one.orders, smallest)),
                share=None if name in back else _share(one, smallest),
                wait=wait(hours[name], smallest),
                is_kept_back=name in back,
            )
            for name, one in work.items()
        ),
        whole=whole,
        within=stratified(_strata(parts, told, smallest), whole),
    )


def interval(kept: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    square = _NORMAL**2
    middle = (kept + square / 2) / (total + square)
    reach = _NORMAL / (total + square) * (kept * (total - kept) / total + square / 4) ** 0.5
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def wait(hours: Mapping[int, int], smallest: int) -> Wait | None:
    """The median and its interval; None where there is little.

    None of them is among the `smallest` - 1 shortest or longest, so it is nobody's own; the ranks
    are reckoned from the rounded number of orders.
    """
    told = round(rounded(sum(hours.values()), smallest))
    if told < _LEAST_WAITS * smallest:
        return None
    reach = _NORMAL * told**_HALF / 2
    ranks = (ceil((told + 1) / 2), floor(told / 2 - reach), ceil(told / 2 + reach + 1))
    last = fewest(told, smallest) + 1 - smallest
    middle, low, high = (_at(hours, min(max(one, smallest), last)) for one in ranks)
    return Wait(hours=middle, low=low, high=high)


def _at(hours: Mapping[int, int], rank: int) -> int:
    """The value of that rank, the smallest having rank 1."""
    seen = 0
    for value in sorted(hours):
        seen += hours[value]
        if seen >= rank:
            return value
    return max(hours)


def _share(work: _Work, smallest: int) -> Share | None:
    """The share; where few are late, or few are not, only that it is above or below."""
    told = work.told(smallest)
    if told is None:
        return None
    total, kept = told
    few_late, few_kept = work.few(smallest)
    if not few_late and not few_kept:
        low, high = interval(kept, total)
        return Share(value=kept / total, low=low, high=high)
    bound = (smallest - 1) / fewest(total, smallest)  # of the share that is few
    if few_late:
        few = is_hidden(work.late, smallest)  # and not many orders of few residents
        return Share(value=None, low=1 - bound, high=1.0) if few else None
    few = is_hidden(work.orders - work.late, smallest)
    return Share(value=None, low=0.0, high=bound) if few else None


def _work(parts: Sequence[ServedPart], people: Mapping[str, ServedPeople]) -> Mapping[str, _Work]:
    totals, late = Counter[str](), Counter[str]()
    for part in parts:
        totals[part.group] += part.orders
        late[part.group] += part.orders * (not part.in_time)
    return {
        name: _Work(orders=totals[name], late=late[name], behind=behind)
        for name, behind in people.items()
    }


def _groups(work: Mapping[str, _Work], smallest: int) -> list[Group]:
    """Those of which something may be told, with what is told of them."""
    told = ((name, one.told(smallest)) for name, one in work.items())
    return [Group(name=name, people=one[0], having=one[1]) for name, one in told if one]


def _strata(
    parts: Sequence[ServedPart], people: Mapping[str, ServedPeople], smallest: int
) -> Mapping[str, Sequence[Group]]:
    """The same by urgency: what is dangerous comes first, whoever asks."""
    return {
        str(int(urgency)): _groups(
            _work([part for part in parts if part.urgency is urgency], people), smallest
        )
        for urgency in sorted({part.urgency for part in parts})
    }
