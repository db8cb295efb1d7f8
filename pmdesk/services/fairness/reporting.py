"""The fairness report: samples are opened in memory, counted, and left as figures of groups."""

from collections.abc import Mapping, Sequence

from pmdesk.analytics import fair_counts
from pmdesk.analytics.fair_counts import Asked, Case
from pmdesk.domain import office
from pmdesk.domain.classification import Ruleset, RulesetId
from pmdesk.domain.fairness import SMALLEST, UNDISCLOSED, FairnessReport, Participant, Verdict
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.domain.training import Task
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.rules.table import DecisionTable
from pmdesk.services import training
from pmdesk.services.classification import table_of
from pmdesk.services.fairness import taking_part
from pmdesk.services.session import Session


def report(session: Session, ruleset: RulesetId, *, erase: bool = False) -> Changes:
    """The result of the version is there; samples go half a year later, or with `erase` at once."""
    with session.writing(Permission.APPROVE_RULES) as work:
        training.require(session, work, Task.REVIEW)
        version = work.rulesets.get(ruleset)
        taking_part.move_old(session, work)
        today, now = session.clock.today(), session.clock.now()
        people = work.fairness.participants(version.document, today=today)
        _refuse_few(people)
        made = _made(session, work, version, people)
        work.fairness.keep(made)
        work.fairness.mark([one.pseudonym for one in people], today)
        gone = work.fairness.clear(at=now, today=today) if erase else 0
        flagged = sum(line.verdict is Verdict.REVIEW for line in made.lines)
        counts = {"people": len(people), "review": flagged, "erased": gone}
        session.log(work, "fairness.report", f"ruleset:{ruleset}", row=dict(counts))
        work.commit()
    return Changes.of(office.RULES, office.RECORDS)


def erase_samples(session: Session) -> Changes:
    """Every sample is gone; figures, consents and the evidence of them stay."""
    with session.writing(Permission.APPROVE_RULES) as work:
        taking_part.move_old(session, work)
        gone = work.fairness.clear(at=session.clock.now(), today=session.clock.today())
        session.log(work, "fairness.erased", row={"people": gone})
        work.commit()
    return Changes.of(office.RULES, office.RESIDENTS)


def _made(
    session: Session, work: UnitOfWork, version: Ruleset, people: Sequence[Participant]
) -> FairnessReport:
    cases = [_case(session, one) for one in people]
    asked = _asked(work, table_of(work, version.document))
    return FairnessReport(
        ruleset=version.id,
        digest=version.digest,
        at=session.clock.now(),
        by=session.staff.uid,
        people=len(people),
        lines=fair_counts.lines(cases, asked),
        links=fair_counts.links(cases, asked),
    )


def _case(session: Session, one: Participant) -> Case:
    answers: Mapping[str, str] = taking_part.opened(session, one.pseudonym, one.blob)
    return Case(answers=answers, tier=one.tier, tags=one.tags, facts=one.facts)


def _asked(work: UnitOfWork, table: DecisionTable) -> Asked:
    return Asked(
        attributes={
            field.key: [one.code for one in field.options if one.code != UNDISCLOSED]
            for field in taking_part.questions(work)
        },
        tiers=table.scheme.tier_keys,
        tags=table.scheme.tag_keys,
        facts=[fact.key for fact in table.facts],
    )


def _refuse_few(people: Sequence[Participant]) -> None:
    if len(people) < SMALLEST:
        raise RefusedError(
            N_("Too few people take part: {count}. No figure is made of fewer than {smallest}."),
            N_("Invite more people; until then a reviewer checks the rules without figures."),
            count=len(people),
            smallest=SMALLEST,
        )
