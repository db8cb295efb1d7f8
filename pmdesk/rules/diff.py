"""The difference of two tables as plain data: columns, policy, and what became of each row."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from pmdesk.i18n import N_, _, said
from pmdesk.rules.cells import ANY, Cell
from pmdesk.rules.facts import Fact
from pmdesk.rules.rule import HitPolicy, Rule
from pmdesk.rules.table import DecisionTable
from pmdesk.rules.words import labelled_words

NOTHING = "—"


class Output(StrEnum):
    """What a row gives, beside its cells."""

    TIER = "tier"
    TAGS = "tags"
    REASON = "reason"
    LEGAL = "legal"


class RowChange(StrEnum):
    """What became of a row."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


OUTPUT_WORDS: Mapping[Output, str] = {
    Output.TIER: N_("Tier"),
    Output.TAGS: N_("Tags"),
    Output.REASON: N_("Reason"),
    Output.LEGAL: N_("Legal ground"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One cell or output of a row as it was and as it is, in words; empty where there is no row."""

    key: str  # of the fact, or an `Output`
    label: str
    before: str
    after: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDifference:
    """A row beside its match: the places are counted from 0, None where there is none."""

    change: RowChange
    before: int | None
    after: int | None
    moved: bool  # it stands elsewhere among the rows that stayed
    parts: tuple[Part, ...]

    @property
    def changes(self) -> tuple[Part, ...]:
        """What is not as before."""
        return tuple(part for part in self.parts if part.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of a table: every row in the order of reading, whatever became of it."""

    facts: tuple[Fact, ...]  # the columns of both
    added: tuple[Fact, ...]
    removed: tuple[Fact, ...]
    policy: tuple[HitPolicy, HitPolicy] | None  # before and after, where it changed
    names: tuple[str, ...]  # tiers and tags that only one of the two knows, in words
    rows: tuple[RowDifference, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both tables say the same."""
        same = all(row.change is RowChange.SAME and not row.moved for row in self.rows)
        return same and not (self.added or self.removed or self.policy or self.names)


def difference(before: DecisionTable, after: DecisionTable) -> Difference:
    """What became of `before`; rows are matched by their id, then by what they say."""
    own = {fact.key for fact in before.facts}
    new = {fact.key for fact in after.facts}
    added = tuple(fact for fact in after.facts if fact.key not in own)
    changed = before.policy is not after.policy
    return Difference(
        facts=(*before.facts, *added),
        added=added,
        removed=tuple(fact for fact in before.facts if fact.key not in new),
        policy=(before.policy, after.policy) if changed else None,
        names=tuple(_names(before, after)),
        rows=tuple(_rows(before, after)),
    )


def _names(before: DecisionTable, after: DecisionTable) -> Iterator[str]:
    for was, now in ((before, after), (after, before)):
        for own, other in (
            (was.scheme.tiers, now.scheme.tiers),
            (was.scheme.tags, now.scheme.tags),
        ):
            yield from (said(words) for key, words in own if key not in dict(other))


# ---- which row is which -----------------------------------------------------------------------


def _rows(before: DecisionTable, after: DecisionTable) -> Iterator[RowDifference]:
    pairs = _matched(before, after)
    stayed = _longest_rise([pairs[place] for place in sorted(pairs)])
    gone = [place for place in range(len(before.rules)) if place not in pairs.values()]
    for old, new in _reading_order(len(after.rules), pairs, stayed, gone):
        moved = new in pairs and old not in stayed
        yield _row(before, after, old, new, moved=moved)


def _matched(before: DecisionTable, after: DecisionTable) -> dict[int, int]:
    """The place after and the place before of each row that is in both."""
    ids = {rule.id: place for place, rule in enumerate(before.rules)}
    pairs = {place: ids[rule.id] for place, rule in enumerate(after.rules) if rule.id in ids}
    left: dict[object, list[int]] = {}
    for place, rule in enumerate(before.rules):
        if place not in pairs.values():
            left.setdefault(_content(before, rule), []).append(place)
    for place, rule in enumerate(after.rules):
        if place not in pairs and (same := left.get(_content(after, rule))):
            pairs[place] = same.pop(0)
    return pairs


def _content(table: DecisionTable, rule: Rule) -> object:
    asked = {
        (fact.key, cell)
        for fact, cell in zip(table.facts, rule.cells, strict=True)
        if not cell.is_any
    }
    return frozenset(asked), rule.tier, rule.tags, rule.reason, rule.legal


def _longest_rise(places: Sequence[int]) -> frozenset[int]:
    """The most places that stand in rising order: the others are those that moved."""
    ends: list[int] = []
    at: list[int] = []
    for place in places:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        at.append(length)
    kept: list[int] = []
    want = len(ends) - 1
    for place, length in zip(reversed(places), reversed(at), strict=True):
        if length == want:
            kept.append(place)
            want -= 1
    return frozenset(kept)


def _reading_order(
    count: int, pairs: Mapping[int, int], stayed: frozenset[int], gone: Sequence[int]
) -> Iterator[tuple[int | None, int | None]]:
    """The rows as they are now; what is gone stands where it stood, below what stayed above it."""
    waiting = list(gone)
    next_below = dict(pairwise([-1, *sorted(stayed)]))

    def down_to(above: int) -> Iterator[tuple[int | None, int | None]]:
        while waiting and waiting[0] < next_below.get(above, waiting[0] + 1):
            yield waiting.pop(0), None

    yield from down_to(-1)
    for place in range(count):
        old = pairs.get(place)
        yield old, place
        if old is not None and old in stayed:
            yield from down_to(old)


# ---- what became of it ------------------------------------------------------------------------


def _row(
    before: DecisionTable, after: DecisionTable, old: int | None, new: int | None, *, moved: bool
) -> RowDifference:
    parts = tuple(_parts(before, after, old, new))
    if old is None or new is None:
        change = RowChange.ADDED if old is None else RowChange.REMOVED
    else:
        change = RowChange.CHANGED if any(p.changed for p in parts) else RowChange.SAME
    return RowDifference(change=change, before=old, after=new, moved=moved, parts=parts)


def _parts(
    before: DecisionTable, after: DecisionTable, old: int | None, new: int | None
) -> Iterator[Part]:
    was = None if old is None else before.rules[old]
    now = None if new is None else after.rules[new]
    both = was is not None and now is not None
    cells = _cells(before, was), _cells(after, now)
    for fact in {fact.key: fact for fact in (*before.facts, *after.facts)}.values():
        one, other = (own.get(fact.key, ANY) for own in cells)
        yield Part(
            key=fact.key,
            label=said(fact.label),
            before="" if was is None else labelled_words(one, fact),
            after="" if now is None else labelled_words(other, fact),
            changed=both and one != other,
        )
    for output in Output:
        texts = (
            "" if was is None else _given(before, was, output),
            ("" if now is None else _given(after, now, output)),
        )
        same = was is None or now is None or _raw(was, output) == _raw(now, output)
        yield Part(
            key=output.value,
            label=_(OUTPUT_WORDS[output]),
            before=texts[0],
            after=texts[1],
            changed=not same,
        )


def _cells(table: DecisionTable, rule: Rule | None) -> dict[str, Cell]:
    if rule is None:
        return {}
    return {fact.key: cell for fact, cell in zip(table.facts, rule.cells, strict=True)}


def _raw(rule: Rule, output: Output) -> object:
    return {
        Output.TIER: rule.tier,
        Output.TAGS: rule.tags,
        Output.REASON: rule.reason,
        Output.LEGAL: rule.legal,
    }[output]


def _given(table: DecisionTable, rule: Rule, output: Output) -> str:
    if output is Output.TIER:
        return said(table.scheme.tier_label(rule.tier))
    if output is Output.TAGS:
        named = [said(words) for key, words in table.scheme.tags if key in rule.tags]
        return _(", ").join(named) or NOTHING
    return str(_raw(rule, output)) or NOTHING
