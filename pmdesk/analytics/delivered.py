"""What service came to whom: the share in time with its interval, the usual wait with its own."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from pmdesk.analytics.fairness import Comparison, Group, comparison
from pmdesk.analytics.strata import Stratified, stratified
from pmdesk.analytics.suppression import Margins, suppressed
from pmdesk.domain.ports.watch import ServedPart, ServedPeople

_NORMAL = 1.959964
_HALF = 0.5


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """All groups beside the one that fares best, all orders and at the same urgency."""

    groups: tuple[Served, ...]
    whole: Comparison
    within: Stratified


def delivered(
    parts: Sequence[ServedPart], people: Mapping[str, ServedPeople], smallest: int
) -> Delivered:
    """The groups in the order of `people`; verdicts rest on exact counts, shown are safe ones."""
    totals, kept = Counter[str](), Counter[str]()
    for part in parts:
        totals[part.group] += part.orders
        kept[part.group] += part.orders * part.in_time
    hidden = _hidden(people, smallest)
    whole = comparison(_groups(people, totals, kept))
    return Delivered(
        groups=tuple(
            Served(group=name, orders=None, share=None, wait=None)
            if name in hidden
            else Served(
                group=name,
                orders=totals[name],
                share=_share(kept[name], totals[name], people[name], smallest),
                wait=wait(_hours(part for part in parts if part.group == name)),
            )
            for name in people
        ),
        whole=whole,
        within=stratified(_strata(parts, people), whole),
    )


def interval(kept: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    square = _NORMAL**2
    middle = (kept + square / 2) / (total + square)
    reach = _NORMAL / (total + square) * (kept * (total - kept) / total + square / 4) ** 0.5
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def wait(hours: Mapping[int, int]) -> Wait | None:
    """The median and its interval; None where there is nothing."""
    total = sum(hours.values())
    if not total:
        return None
    reach = _NORMAL * total**_HALF / 2
    ranks = (ceil((total + 1) / 2), floor(total / 2 - reach), ceil(total / 2 + reach + 1))
    middle, low, high = (_at(hours, min(max(rank, 1), total)) for rank in ranks)
    return Wait(hours=middle, low=low, high=high)


def _at(hours: Mapping[int, int], rank: int) -> int:
    """The value of that rank, the smallest having rank 1."""
    seen = 0
    for value in sorted(hours):
        seen += hours[value]
        if seen >= rank:
            return value
    return max(hours)


def _share(kept: int, total: int, behind: ServedPeople, smallest: int) -> Share | None:
    """The share; where few residents are late, or few are not, only that it is above or below."""
    if 0 < behind.late < smallest:
        few = total - kept < smallest < total
        return Share(value=None, low=(total - smallest + 1) / total, high=1.0) if few else None
    if 0 < behind.in_time < smallest:
        few = kept < smallest < total
        return Share(value=None, low=0.0, high=(smallest - 1) / total) if few else None
    low, high = interval(kept, total)
    return Share(value=kept / total, low=low, high=high)


def _hidden(people: Mapping[str, ServedPeople], smallest: int) -> frozenset[str]:
    """Groups of too few residents, and one more where a sum would tell of a single one."""
    names = list(people)
    if not names:
        return frozenset()
    counts = [[people[name].people] for name in names]
    shown = suppressed(counts, smallest, Margins(known_rows=False))
    return frozenset(
        name
        for name, (cell,), behind in zip(names, shown.cells, people.values(), strict=True)
        if cell is None and behind.people
    )


def _hours(parts: Iterable[ServedPart]) -> Mapping[int, int]:
    found = Counter[int]()
    for part in parts:
        found[part.hours] += part.orders
    return found


def _groups(
    names: Iterable[str], totals: Mapping[str, int], kept: Mapping[str, int]
) -> list[Group]:
    return [
        Group(name=name, people=totals[name], having=kept[name]) for name in names if totals[name]
    ]


def _strata(
    parts: Sequence[ServedPart], people: Mapping[str, ServedPeople]
) -> Mapping[str, Sequence[Group]]:
    """The same by urgency: what is dangerous comes first, whoever asks."""
    found: dict[str, Sequence[Group]] = {}
    for urgency in sorted({part.urgency for part in parts}):
        totals, kept = Counter[str](), Counter[str]()
        for part in parts:
            if part.urgency is urgency:
                totals[part.group] += part.orders
                kept[part.group] += part.orders * part.in_time
        found[str(int(urgency))] = _groups(people, totals, kept)
    return found
