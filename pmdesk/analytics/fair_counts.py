"""From samples to figures that tell of no one: verdicts on exact counts, numbers from ten up."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pmdesk.analytics.fairness import Compared, Comparison, Group, comparison
from pmdesk.analytics.proxies import Association, association, dense, parts
from pmdesk.analytics.suppression import Margins, suppressed
from pmdesk.domain.fairness import SMALLEST, FactValue, Line, Link, Outcome

_RANGES_FROM = 4  # a number with more values is cut into ranges
_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is known of one sample, its pseudonym left behind."""

    answers: Mapping[str, str]
    tier: str
    tags: frozenset[str]
    facts: Mapping[str, FactValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the samples."""

    attributes: Mapping[str, Sequence[str]]  # with their groups
    tiers: Sequence[str]  # weakest first
    tags: Sequence[str]
    facts: Sequence[str]


def lines(cases: Sequence[Case], asked: Asked) -> tuple[Line, ...]:
    """Each group beside the reference, for each tier above the floor and each tag."""
    return tuple(
        line
        for attribute, groups in asked.attributes.items()
        for line in _Attribute(cases, attribute, groups, asked).lines()
    )


def links(cases: Sequence[Case], asked: Asked) -> tuple[Link, ...]:
    """How far each fact that the rules read tells each attribute."""
    return tuple(
        _link(cases, attribute, groups, fact)
        for attribute, groups in asked.attributes.items()
        for fact in asked.facts
    )


class _Attribute:
    """The samples by the groups of one attribute."""

    def __init__(
        self, cases: Sequence[Case], attribute: str, groups: Sequence[str], asked: Asked
    ) -> None:
        self._attribute = attribute
        self._asked = asked
        own = [case for case in cases if case.answers.get(attribute) in groups]
        found = Counter(case.answers[attribute] for case in own)
        self._groups = [group for group in groups if found[group]]
        self._people = [found[group] for group in self._groups]
        self._tiers = _counted(own, attribute, self._groups, asked.tiers, lambda c: (c.tier,))
        self._tags = _counted(own, attribute, self._groups, asked.tags, lambda c: c.tags)
        # that so many people have a tier is told by the other attributes as well
        self._shown = suppressed(self._tiers, SMALLEST, Margins(known_rows=True))

    def lines(self) -> Iterator[Line]:
        """Nothing where there are no two groups, or where an outcome comes to nobody."""
        if len(self._groups) < _PAIR:
            return
        for rank, tier in enumerate(self._asked.tiers):
            having = [sum(column) for column in zip(*self._tiers[rank:], strict=True)]
            if rank and any(having):
                yield from self._outcome(Outcome.TIER, tier, having, self._hidden_from(rank))
        for tag, having in zip(self._asked.tags, self._tags, strict=True):
            if any(having):
                small = self._without_total()
                yield from self._outcome(
                    Outcome.TAG, tag, having, hidden_columns(having, self._people, small)
                )

    def _without_total(self) -> frozenset[int]:
        return frozenset(at for at, total in enumerate(self._shown.columns) if total is None)

    def _hidden_from(self, rank: int) -> frozenset[int]:
        """The groups of which the sum from that tier on does not follow from what is shown."""
        below, above = self._shown.cells[:rank], self._shown.cells[rank:]
        return self._without_total() | {
            at
            for at in range(len(self._groups))
            if any(row[at] is None for row in below) and any(row[at] is None for row in above)
        }

    def _outcome(
        self, outcome: Outcome, code: str, having: Sequence[int], hidden: Collection[int]
    ) -> Iterator[Line]:
        groups = [
            Group(name=name, people=people, having=count)
            for name, people, count in zip(self._groups, self._people, having, strict=True)
        ]
        found = comparison(groups)
        closed = {self._groups[at] for at in hidden}
        compared = {other.group.name: other for other in found.others}
        for group in groups:
            yield self._line(outcome, code, group, found, compared.get(group.name), closed)

    def _line(  # a line has these parts
        self,
        outcome: Outcome,
        code: str,
        group: Group,
        found: Comparison,
        compared: Compared | None,
        closed: Collection[str],
    ) -> Line:
        reference = found.reference.name if found.reference else ""
        is_shown = group.name not in closed
        told = compared if is_shown and reference not in closed else None
        verdict = compared.verdict if compared else found.verdict
        return Line(
            attribute=self._attribute,
            outcome=outcome,
            code=code,
            group=group.name,
            reference=reference,
            verdict=verdict,
            people=group.people if is_shown else None,
            having=group.having if is_shown else None,
            ratio=told.ratio if told else None,
            low=told.low if told else None,
            high=told.high if told else None,
            p=told.p if told else None,
            holm=told.holm if told else None,
            found=told.found if told else None,
            striking=compared is not None and compared.is_striking,
        )


def hidden_columns(
    having: Sequence[int], people: Sequence[int], hidden: Collection[int] = ()
) -> frozenset[int]:
    """The groups whose counts are not shown, so that none of 1 to 9 can be told.

    How many have it altogether is known from elsewhere, so one hidden group alone would follow.
    """
    gone = set(hidden) | {
        at
        for at, (some, all_of_it) in enumerate(zip(having, people, strict=True))
        if 0 < some < SMALLEST or 0 < all_of_it - some < SMALLEST
    }
    while gone and len(gone) < len(people):
        some = sum(having[at] for at in gone)
        others = sum(people[at] for at in gone) - some
        if len(gone) >= _PAIR and not 0 < some < SMALLEST and not 0 < others < SMALLEST:
            break
        left = (at for at in range(len(people)) if at not in gone)
        gone.add(min(left, key=lambda at: people[at]))
    return frozenset(gone)


def _counted(
    cases: Sequence[Case],
    attribute: str,
    groups: Sequence[str],
    codes: Sequence[str],
    of: Callable[[Case], Collection[str]],
) -> list[list[int]]:
    """People by code and group."""
    found = Counter((code, case.answers[attribute]) for case in cases for code in of(case))
    return [[found[code, group] for group in groups] for code in codes]


def _link(cases: Sequence[Case], attribute: str, groups: Sequence[str], fact: str) -> Link:
    own = [case for case in cases if case.answers.get(attribute) in groups]
    counts = Counter(
        (value, case.answers[attribute])
        for value, case in zip(_values(own, fact), own, strict=True)
    )
    values = sorted({value for value, _group in counts})
    table = dense([[counts[value, group] for group in groups] for value in values])
    exact, pooled = association(table), _pooled(table)
    shown = association(pooled)
    if len(pooled) < min(len(table), _PAIR) or not _may_be_shown(pooled, exact, shown):
        return Link(attribute=attribute, fact=fact, level=exact.level, people=exact.people)
    return Link(
        attribute=attribute,
        fact=fact,
        level=exact.level,
        people=exact.people,
        v=shown.v,
        low=shown.low,
        high=shown.high,
        p=shown.p,
        information=shown.information,
    )


def _may_be_shown(pooled: Sequence[Sequence[int]], exact: Association, shown: Association) -> bool:
    """No count of 1 to 9 went into the numbers, and they say what the verdict says."""
    small = any(0 < cell < SMALLEST for row in pooled for cell in row)
    return not small and exact.level is shown.level


def _values(cases: Sequence[Case], fact: str) -> list[str]:
    """The value of each as a text; many numbers are ranges, and unknown is a value too."""
    told = [case.facts.get(fact) for case in cases]
    numbers = [value for value in told if isinstance(value, int) and not isinstance(value, bool)]
    if len(set(numbers)) <= _RANGES_FROM:
        return [repr(value) for value in told]
    ends = parts(numbers)
    return [
        repr(next(at for at, end in enumerate(ends) if value <= end))
        if isinstance(value, int) and not isinstance(value, bool)
        else repr(value)
        for value in told
    ]


def _pooled(table: Sequence[Sequence[int]]) -> list[list[int]]:
    """The rows with counts of 1 to 9 put together into one."""
    small = [row for row in table if any(0 < cell < SMALLEST for cell in row)]
    rest = [list(row) for row in table if row not in small]
    return [*rest, [sum(column) for column in zip(*small, strict=True)]] if small else rest
