"""Complaints that name the classification, and proposals to suspend the rules; people decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, tzinfo

from pmdesk.domain import office
from pmdesk.domain.classification import Ruleset, RulesetId
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.requests import Request, RequestId, RequestState
from pmdesk.domain.rights import RightCode
from pmdesk.domain.staff import Permission
from pmdesk.domain.watch import (
    FEWEST,
    About,
    Decision,
    Finding,
    Ground,
    Verdict,
    refuse_thin,
)
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_, _
from pmdesk.services import rule_life
from pmdesk.services.review import answering
from pmdesk.services.session import Session

FOUND = Changes.of(office.WATCH)
SUSPENDED = Changes.of(office.RULES, office.CLASSIFICATION, office.WATCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A closed complaint to the rights desk, without its words."""

    request: RequestId
    number: str
    closed_on: date
    finding: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Why a person should decide whether the rules in force go on."""

    ruleset: RulesetId
    version: int
    ground: Ground
    sentence: str
    upto: int


def complaints(session: Session) -> tuple[Complaint, ...]:
    """Closed complaints since the rules are in force, newest first."""
    with session.reading(Permission.SEE_RULES) as work:
        active = work.rulesets.active()
        zone = session.clock.local().tzinfo
        return tuple(_complaints(work, active, zone)) if active else ()


def found(session: Session, request: RequestId, about: About, *, upheld: bool) -> Changes:
    """What the complaint turned out to be about is on record; a later finding counts instead."""
    with session.writing(Permission.APPROVE_RULES) as work:
        one = work.requests.get(request)
        if one.code is not RightCode.COMPLAINT or one.closed_on is None:
            raise RefusedError(
                N_("Only a complaint that is closed can be judged."),
                N_("Answer it at the rights desk first."),
            )
        work.watch.find(request, about, upheld=upheld, at=session.clock.now())
        session.log(work, "complaint.found", f"request:{request}", fields=[about.value])
        work.commit()
    return FOUND


def proposals(session: Session) -> tuple[Proposal, ...]:
    """What a person has to decide about the rules in force; empty while all is well."""
    with session.reading(Permission.SEE_RULES) as work:
        return proposals_in(work)


def proposals_in(work: UnitOfWork) -> tuple[Proposal, ...]:
    """The same in the caller's transaction."""
    active = work.rulesets.active()
    return tuple(_proposals(work, active)) if active else ()


def decide(
    session: Session, ruleset: RulesetId, ground: Ground, verdict: Verdict, reason: str
) -> Changes:
    """A person's answer to a proposal is on record, and the rules are suspended if it says so."""
    with session.writing(Permission.APPROVE_RULES) as work:
        words = reason.strip()
        refuse_thin(words)
        proposal = next(
            (p for p in proposals_in(work) if p.ruleset == ruleset and p.ground is ground), None
        )
        if proposal is None:
            raise ConflictError(
                N_("Nothing is proposed any more: somebody decided meanwhile."),
                N_("Reload the page to see how things stand."),
            )
        author = work.rulesets.get(ruleset).author
        own = verdict is Verdict.KEEP and author == session.staff.uid
        if own and not answering.is_alone(work, author):
            raise answering.not_his_own()
        decision = Decision(
            ruleset=ruleset,
            ground=ground,
            verdict=verdict,
            reason=words,
            upto=proposal.upto,
            by=session.staff.uid,
            at=session.clock.now(),
        )
        work.watch.decide(decision)
        if verdict is Verdict.SUSPEND:
            rule_life.suspended(session, work, ruleset, words)
        else:
            row: dict[str, object] = {"reason": words}
            session.log(work, "rules.kept", f"ruleset:{ruleset}", fields=[ground.value], row=row)
        work.commit()
    return SUSPENDED if verdict is Verdict.SUSPEND else FOUND


def _complaints(work: UnitOfWork, active: Ruleset, zone: tzinfo | None) -> Iterator[Complaint]:
    findings = {one.request: one for one in work.watch.findings()}
    since = active.activated_at.astimezone(zone).date() if active.activated_at else date.min
    closed = [one for one in work.requests.all() if _counts(one, since)]
    for one in sorted(closed, key=lambda one: (str(one.closed_on), one.id), reverse=True):
        assert one.closed_on is not None  # noqa: S101  # only closed ones are counted
        yield Complaint(
            request=one.id,
            number=one.number,
            closed_on=one.closed_on,
            finding=findings.get(one.id),
        )


def _counts(one: Request, since: date) -> bool:
    withdrawn = one.state is RequestState.WITHDRAWN_BY_PERSON
    is_complaint = one.code is RightCode.COMPLAINT and not withdrawn
    return is_complaint and one.closed_on is not None and one.closed_on >= since


def _proposals(work: UnitOfWork, active: Ruleset) -> Iterator[Proposal]:
    decided = dict.fromkeys(Ground, 0)
    for one in work.watch.decisions(active.id):
        decided[one.ground] = max(decided[one.ground], one.upto)
    reviews = work.watch.reviews(active.id, after=decided[Ground.REVERSALS])
    if reviews.too_many:
        yield Proposal(
            ruleset=active.id,
            version=active.version,
            ground=Ground.REVERSALS,
            sentence=_reversed(reviews.total),
            upto=reviews.last,
        )
    upheld = [
        one.id
        for one in work.watch.findings()
        if one.about is About.DISCRIMINATION
        and one.upheld
        and one.id > decided[Ground.DISCRIMINATION]
        and (active.activated_at is None or one.at >= active.activated_at)
    ]
    if upheld:
        yield Proposal(
            ruleset=active.id,
            version=active.version,
            ground=Ground.DISCRIMINATION,
            sentence=_("A complaint about discrimination was upheld while these rules decided."),
            upto=max(upheld),
        )


def _reversed(total: int) -> str:
    """That people changed too many results; how many is told where it stands for enough people."""
    sentence = _("People who looked again changed more than one result in ten.")
    if total < FEWEST:
        few = _("There were fewer than {count} reviews, so look at them one by one.")
        return f"{sentence} {few.format(count=FEWEST)}"
    return sentence
