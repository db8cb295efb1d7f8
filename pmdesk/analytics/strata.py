"""The same comparison within groups of equal need: a common ratio, and Simpson's paradox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log

from pmdesk.analytics.fairness import (
    FEWEST_CASES,
    FEWEST_PEOPLE,
    Comparison,
    Group,
    comparison,
    judged,
)
from pmdesk.domain.fairness import Verdict

_NORMAL = 1.959964
_FLAGGED = frozenset({Verdict.REVIEW, Verdict.WATCH})


class Turn(StrEnum):
    """What becomes of a difference when equals are compared with equals."""

    SAME = "same"
    EXPLAINED = "explained"  # it is gone: the need explains it
    UNCOVERED = "uncovered"  # there is one that the totals hid
    REVERSED = "reversed"  # it points the other way: Simpson's paradox


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """One ratio over all strata (Mantel-Haenszel, Greenland-Robins interval)."""

    group: str
    verdict: Verdict
    turn: Turn
    ratio: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratified:
    """The strata one by one, and what they have in common, each beside the same reference."""

    strata: Mapping[str, Comparison]
    common: tuple[Common, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A group and the reference in one stratum."""

    group: Group
    reference: Group

    @property
    def all(self) -> int:
        return self.group.people + self.reference.people


def stratified(
    strata: Mapping[str, Sequence[Group]], whole: Comparison, *, burden: bool = False
) -> Stratified:
    """The strata beside the reference of the `whole`, and what the whole becomes by them."""
    if whole.reference is None or not strata:
        return Stratified(strata={}, common=())
    name = whole.reference.name
    return Stratified(
        strata={
            stratum: comparison(groups, burden=burden, reference=name)
            for stratum, groups in strata.items()
        },
        common=tuple(
            _common(other.group.name, _pairs(strata, other.group.name, name), other.ratio, whole)
            for other in whole.others
        ),
    )


def _pairs(strata: Mapping[str, Sequence[Group]], group: str, reference: str) -> tuple[_Pair, ...]:
    """Strata with both groups; the others tell nothing about a difference."""
    named = ({one.name: one for one in groups if one.people} for groups in strata.values())
    return tuple(
        _Pair(group=found[group], reference=found[reference])
        for found in named
        if group in found and reference in found
    )


def _common(group: str, pairs: Sequence[_Pair], crude: float | None, whole: Comparison) -> Common:
    mine = sum(pair.group.having * pair.reference.people / pair.all for pair in pairs)
    theirs = sum(pair.reference.having * pair.group.people / pair.all for pair in pairs)
    if not mine or not theirs:
        return Common(group=group, verdict=Verdict.TOO_FEW, turn=Turn.SAME)
    ratio = mine / theirs
    reach = exp(_NORMAL * (_spread(pairs) / (mine * theirs)) ** 0.5)
    low, high = ratio / reach, ratio * reach
    verdict = judged(ratio, low, high) if _enough(pairs) else Verdict.TOO_FEW
    before = next(other.verdict for other in whole.others if other.group.name == group)
    turn = _turn(before, verdict, crude, ratio)
    return Common(group=group, verdict=verdict, turn=turn, ratio=ratio, low=low, high=high)


def _spread(pairs: Sequence[_Pair]) -> float:
    return sum(
        (
            pair.group.people * pair.reference.people * (pair.group.having + pair.reference.having)
            - pair.group.having * pair.reference.having * pair.all
        )
        / pair.all**2
        for pair in pairs
    )


def _enough(pairs: Sequence[_Pair]) -> bool:
    sides = ([pair.group for pair in pairs], [pair.reference for pair in pairs])
    return all(
        sum(one.people for one in side) >= FEWEST_PEOPLE
        and sum(one.having for one in side) >= FEWEST_CASES
        for side in sides
    )


def _turn(before: Verdict, after: Verdict, crude: float | None, ratio: float) -> Turn:
    if Verdict.TOO_FEW in {before, after} or not crude:
        return Turn.SAME
    if log(crude) * log(ratio) < 0 and (before in _FLAGGED or after in _FLAGGED):
        return Turn.REVERSED
    if (before in _FLAGGED) == (after in _FLAGGED):
        return Turn.SAME
    return Turn.EXPLAINED if before in _FLAGGED else Turn.UNCOVERED
