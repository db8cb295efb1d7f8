"""What figures say about a version: groups, proxies, and whose tier would change (LR-15 to 17)."""

from pmdesk.domain.classification import Ruleset
from pmdesk.domain.fairness import LEVELS, VERDICTS, Level, Verdict
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.reviews import ItemResult, flagged, passed
from pmdesk.i18n import N_
from pmdesk.services import blocs, fairness
from pmdesk.services.session import Session

GROUPS, PROXIES, CHANGED = "LR-15", "LR-16", "LR-17"
_GRAVEST = (Verdict.REVIEW, Verdict.WATCH, Verdict.TOO_FEW)
_STRONGEST = (Level.BLOCK, Level.EXPLAIN, Level.TOO_FEW)
_NO_SAMPLE = N_("There is no sample, or too small a one. Write why you hold the rules fair.")


def all_of(session: Session, work: UnitOfWork, ruleset: Ruleset) -> tuple[ItemResult, ...]:
    """The three items that figures flag and people answer."""
    return (
        groups(session, work, ruleset),
        proxies(session, work, ruleset),
        changed(session, work, ruleset),
    )


def groups(session: Session, work: UnitOfWork, ruleset: Ruleset) -> ItemResult:
    """LR-15: whether groups of people get very different results; too few people are a flag too."""
    lines = fairness.of_ruleset(session, work, ruleset)
    for verdict in _GRAVEST:
        for line in lines:
            if line.verdict is verdict:
                sentence = N_("{group} · {outcome}: {verdict}. {figures}")
                return flagged(
                    GROUPS,
                    sentence,
                    group=line.group,
                    outcome=line.outcome,
                    verdict=VERDICTS[verdict],
                    figures=line.sentence,
                )
    return passed(
        GROUPS, N_("No clear difference between groups ({count} looked at)."), count=len(lines)
    )


def proxies(session: Session, work: UnitOfWork, ruleset: Ruleset) -> ItemResult:
    """LR-16: whether an input stands in for what people are."""
    lines = fairness.proxies_of(session, work, ruleset)
    for level in _STRONGEST:
        for line in lines:
            if line.level is level:
                sentence = N_("“{fact}” and “{attribute}”: {level}. {figures}")
                return flagged(
                    PROXIES,
                    sentence,
                    fact=line.fact,
                    attribute=line.attribute,
                    level=LEVELS[level],
                    figures=line.sentence,
                )
    if not lines:
        return flagged(PROXIES, _NO_SAMPLE)
    return passed(PROXIES, N_("No input stands in for a group of people."))


def changed(session: Session, work: UnitOfWork, ruleset: Ruleset) -> ItemResult:
    """LR-17: how many people would have another tier than by the version in force.

    None and too few to be told are the same: the difference would be the answer.
    """
    active = work.rulesets.active()
    if active is None:
        return passed(CHANGED, N_("No version was in force before: nothing changes for anybody."))
    if active.id == ruleset.id:
        return passed(CHANGED, N_("This version is in force."))
    if active.digest == ruleset.digest:
        return passed(CHANGED, N_("The rules are the same as those in force."))
    shown = blocs.counted(session, work, ruleset.document)
    if shown.counts.moved:
        sentence = N_("About {count} people would have another tier. Write why.")
        return flagged(CHANGED, sentence, count=shown.counts.moved)
    smallest = work.office.get().fewest_shown
    sentence = N_("The rules change, for nobody or fewer than {count} people today. Write why.")
    return flagged(CHANGED, sentence, count=smallest)
