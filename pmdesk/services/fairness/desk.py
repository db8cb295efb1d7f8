"""What the rules page and the legality review read about fairness: figures of groups, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pmdesk.analytics.facts import fact_of
from pmdesk.analytics.fairness import gravest
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import Ruleset, RulesetId
from pmdesk.domain.fairness import FairnessReport, Level, Line, Link, Outcome, Verdict
from pmdesk.domain.fields import Field
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.i18n import N_, Words, _
from pmdesk.services.fairness import taking_part, words
from pmdesk.services.session import Session

NO_REPORT = N_("No fairness figures of this version: a person has to review the rules instead.")
OLD_REPORT = N_("The figures are of an earlier text of this version: make the report anew.")
_EVERYBODY = Words("全部人群", "All groups")
_ANYTHING = Words("全部结果", "All results")


@dataclass(frozen=True, slots=True, kw_only=True)
class FairnessLine:
    """One group beside the reference, in words; `suppressed` numbers are in none of them."""

    attribute: Words
    group: Words
    outcome: Words
    verdict: Verdict
    sentence: str
    suppressed: bool
    line: Line | None = None  # the figures; None: nobody made a report of this text


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyLine:
    """How far one input of the rules tells one attribute, in words."""

    attribute: Words
    fact: Words
    level: Level
    sentence: str
    suppressed: bool
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class FairnessPage:
    """What the tab of a version shows."""

    people: int  # take part now
    report: FairnessReport | None
    is_current: bool  # the figures are of the text as it stands
    made_by: str  # name
    lines: tuple[FairnessLine, ...]
    proxies: tuple[ProxyLine, ...]
    may_report: bool
    samples_go: date | None  # the first day on which samples of reports are erased

    @property
    def verdict(self) -> Verdict:
        """The gravest of all comparisons."""
        return gravest([one.verdict for one in self.lines if not _is_reference(one)])


def page(session: Session, ruleset: RulesetId) -> FairnessPage:
    """Who takes part, as a number, and what the last report of this version found."""
    with session.reading(Permission.SEE_RULES) as work:
        return within(session, work, work.rulesets.get(ruleset))


def within(session: Session, work: UnitOfWork, version: Ruleset) -> FairnessPage:
    """As `page`, within a transaction."""
    report = work.fairness.report(version.id)
    names = {one.uid: one.name for one in work.staff.all()}
    return FairnessPage(
        people=taking_part.people(session, work),
        report=report,
        is_current=_is_current(report, version),
        made_by=names.get(report.by, "") if report else "",
        lines=_lines(work, report) if report else (),
        proxies=_proxies(work, report) if report else (),
        may_report=session.staff.may(Permission.APPROVE_RULES),
        samples_go=taking_part.first_to_go(work),
    )


def of_ruleset(session: Session, work: UnitOfWork, ruleset: Ruleset) -> tuple[FairnessLine, ...]:
    """Each group beside the reference; without figures of this text, one line that says why."""
    del session  # whoever may review the rules may see figures of groups
    report = work.fairness.report(ruleset.id)
    if report is None or not _is_current(report, ruleset):
        return (_without(OLD_REPORT if report else NO_REPORT),)
    compared = tuple(one for one in _lines(work, report) if not _is_reference(one))
    return compared or (_without(words.BY_HAND),)


def proxies_of(session: Session, work: UnitOfWork, ruleset: Ruleset) -> tuple[ProxyLine, ...]:
    """How far each input tells each attribute; empty without figures of this text."""
    del session  # as above
    report = work.fairness.report(ruleset.id)
    if report is None or not _is_current(report, ruleset):
        return ()
    return _proxies(work, report)


def _is_reference(one: FairnessLine) -> bool:
    return one.line is not None and one.line.is_reference


def _is_current(report: FairnessReport | None, ruleset: Ruleset) -> bool:
    return report is not None and report.digest == ruleset.digest


def _without(sentence: str) -> FairnessLine:
    return FairnessLine(
        attribute=_EVERYBODY,
        group=_EVERYBODY,
        outcome=_ANYTHING,
        verdict=Verdict.TOO_FEW,
        sentence=_(sentence),
        suppressed=False,
    )


# ---- comparisons ----------------------------------------------------------------------------


def _lines(work: UnitOfWork, report: FairnessReport) -> tuple[FairnessLine, ...]:
    catalogue = work.catalogue.live()
    references = {
        (line.attribute, line.outcome, line.code): line
        for line in report.lines
        if line.is_reference
    }
    return tuple(
        _told(catalogue, line, references.get((line.attribute, line.outcome, line.code)))
        for line in report.lines
        if catalogue.has(line.attribute)
    )


def _told(catalogue: Catalogue, line: Line, reference: Line | None) -> FairnessLine:
    field = catalogue.field(line.attribute)
    return FairnessLine(
        attribute=_named(field),
        group=field.option(line.group),
        outcome=_outcome(catalogue, line),
        verdict=line.verdict,
        sentence=_sentence(line, reference),
        suppressed=_is_suppressed(line, reference),
        line=line,
    )


def _named(field: Field) -> Words:
    """The label without the remark that it is for this check only: here everything is."""
    return Words(
        field.label.zh.removeprefix("（审计用）"), field.label.en.removesuffix(" (audit only)")
    )


def _is_suppressed(line: Line, reference: Line | None) -> bool:
    return line.is_hidden or (reference is not None and reference.is_hidden)


def _outcome(catalogue: Catalogue, line: Line) -> Words:
    names: Mapping[str, Words] = (
        {tier.code: tier.name for tier in catalogue.tiers}
        if line.outcome is Outcome.TIER
        else {tag.code: tag.name for tag in catalogue.tags}
    )
    name = names.get(line.code, Words(line.code, line.code))
    if line.outcome is Outcome.TAG:
        return name
    return Words(f"{name.zh}及以上", f"{name.en} or stronger")


def _sentence(line: Line, reference: Line | None) -> str:
    """What stands beside the verdict: the statistic with its uncertainty, or why there is none."""
    if line.is_reference:
        return _("The others are compared with this group.")
    hidden = _("The numbers are hidden: they stand for fewer than 10 people.")
    if _is_suppressed(line, reference):
        few = _(words.BY_HAND) if line.verdict is Verdict.TOO_FEW else ""
        return words.joined(hidden, _(words.STRIKING) if line.striking else few)
    figures = words.statistic(line.ratio, line.low, line.high, line.p, line.holm)
    return words.joined(words.full(figures), *_limits(line, reference))


def _limits(line: Line, reference: Line | None) -> tuple[str, ...]:
    """What the figures cannot say, with so few people."""
    few = ""
    if line.verdict is Verdict.TOO_FEW:
        few = _(words.STRIKING) if line.striking else _(words.BY_HAND)
    people, others = line.people, reference.people if reference else None
    if line.verdict is Verdict.REVIEW or people is None or others is None:
        return (few,)
    return (few, words.power(people, others, line.found))


# ---- inputs ---------------------------------------------------------------------------------


def _proxies(work: UnitOfWork, report: FairnessReport) -> tuple[ProxyLine, ...]:
    """The strongest first."""
    catalogue = work.catalogue.live()
    order = (Level.BLOCK, Level.EXPLAIN, Level.NOTE, Level.NONE, Level.TOO_FEW)
    ranked = sorted(report.links, key=lambda link: (order.index(link.level), -(link.v or 0.0)))
    return tuple(_proxy(catalogue, link) for link in ranked if catalogue.has(link.attribute))


def _proxy(catalogue: Catalogue, link: Link) -> ProxyLine:
    fact = fact_of(catalogue, link.fact)
    return ProxyLine(
        attribute=_named(catalogue.field(link.attribute)),
        fact=fact.label if fact else Words(link.fact, link.fact),
        level=link.level,
        sentence=_linked(link),
        suppressed=link.v is None and link.level is not Level.TOO_FEW,
        link=link,
    )


def _linked(link: Link) -> str:
    if link.level is Level.TOO_FEW:
        return _(words.BY_HAND)
    if link.v is None or link.low is None or link.high is None or link.p is None:
        return _("The numbers are hidden: they stand for fewer than 10 people.")
    told = _("Cramér's V {v}, 95 % interval {low}–{high}, permutation p {p}, {people} people.")
    return told.format(
        v=words.decimal(link.v),
        low=words.decimal(link.low),
        high=words.decimal(link.high),
        p=words.small(link.p),
        people=link.people,
    )
