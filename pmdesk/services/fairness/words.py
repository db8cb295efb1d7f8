"""What fairness figures say, in plain sentences."""

from collections.abc import Mapping

from pmdesk.analytics.fairness import Compared, Group
from pmdesk.analytics.power import RATIO
from pmdesk.analytics.strata import Common, Turn
from pmdesk.domain.fairness import Verdict
from pmdesk.i18n import N_, _, language

_TURNS = {
    Turn.SAME: "",
    Turn.EXPLAINED: N_("Among equals the difference is gone: the need explains it."),
    Turn.UNCOVERED: N_("The totals hide a difference that shows among equals."),
    Turn.REVERSED: N_(
        "Among equals the difference points the other way (Simpson's paradox): the groups differ in"
        " what they need, so the totals mislead."
    ),
}
MEANINGS: Mapping[Verdict, str] = {
    Verdict.REVIEW: N_(
        "Needs review: the ratio is below 0.8 or above 1.25 and that is hardly chance, so the"
        " reviewer finds out why."
    ),
    Verdict.WATCH: N_(
        "Watch: there seems to be a difference, but it may be chance, or it is small; the reviewer"
        " looks at it when the rules are reviewed next."
    ),
}
TRIGGER = N_(
    "0.8 is a trigger for people to look again, not a line that the law draws. A finding is no"
    " proof of discrimination, and no finding is no proof of fairness."
)
BY_HAND = N_("So few people say nothing: a person has to review the rules instead.")
STRIKING = N_("There are too few people for a ratio, yet the exact test finds a difference: look.")


def statistic(
    ratio: float | None, low: float | None, high: float | None, p: float | None, holm: float | None
) -> str:
    """The ratio with its uncertainty; what the counts are too small for is left out."""
    parts = []
    if ratio is not None and low is not None and high is not None:
        words = _("ratio {ratio}, 95 % interval {low}–{high}")
        parts.append(words.format(ratio=decimal(ratio), low=decimal(low), high=decimal(high)))
    elif ratio is not None:
        words = _("ratio {ratio}, no interval with fewer than 5 cases")
        parts.append(words.format(ratio=decimal(ratio)))
    if p is not None and holm is not None:
        words = _("exact p {p}, corrected {holm}")
        parts.append(words.format(p=small(p), holm=small(holm)))
    return _("; ").join(parts)


def power(people: int, others: int, found: int | None) -> str:
    """How often a true difference would be found at all; empty where that cannot be said."""
    if found is None:
        return ""
    if people == others:
        words = _(
            "With {people} people per group a ratio of {ratio} would be found in {found} of 100"
            " cases."
        )
    else:
        words = _(
            "With {people} people in this group and {others} in the other one a ratio of {ratio}"
            " would be found in {found} of 100 cases."
        )
    return words.format(people=people, others=others, ratio=RATIO, found=found)


def sentence(one: Compared, reference: Group | None) -> str:
    """What the comparison of one group says, and how far it can be relied on."""
    figures = statistic(one.ratio, one.low, one.high, one.p, one.holm)
    few = (_(STRIKING) if one.is_striking else _(BY_HAND)) if one.verdict is Verdict.TOO_FEW else ""
    missed = ""
    if reference is not None and one.verdict is not Verdict.REVIEW:
        missed = power(one.group.people, reference.people, one.found)
    return joined(full(figures), few, missed)


def common(one: Common) -> str:
    """What all strata say together."""
    figures = statistic(one.ratio, one.low, one.high, None, None)
    return joined(full(figures), _(_TURNS[one.turn]))


def decimal(number: float) -> str:
    """Three digits behind the point, as a reader compares them."""
    return f"{number:.3f}"


def small(p: float) -> str:
    """A p as it is usually written."""
    return f"{p:.3f}" if p >= 0.001 else f"{p:.1e}"  # noqa: PLR2004  # three digits show no more


def joined(*sentences: str) -> str:
    """One sentence after the other."""
    return ("" if language() == "zh_CN" else " ").join(one for one in sentences if one)


def full(words: str) -> str:
    """The words as a sentence."""
    return _("{words}.").format(words=words) if words else ""
