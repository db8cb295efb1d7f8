"""The desk for purposes: plan a new version, a second person decides, it is in force."""

from collections.abc import Callable
from dataclasses import replace

from pmdesk.domain import office
from pmdesk.domain.notices import major_of, newest_version
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.notices import ChangeText
from pmdesk.domain.purpose_plans import (
    Proposal,
    ProposalId,
    ProposalStatus,
    PurposePlan,
    local_key,
    local_prefix,
)
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.staff import OWN, Permission
from pmdesk.errors import ConflictError, DeniedError, NotFoundError, RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services import starters
from pmdesk.services.clean_names import require_clean_plan
from pmdesk.services.notices import named_others, publishing
from pmdesk.services.notices.purpose_shelf import Look, grown, looked, open_plan
from pmdesk.services.session import Session

CHANGED = Changes.of(office.PURPOSES)
PUBLISHED = Changes.of(
    office.PURPOSES, office.CONSENTS, office.RESIDENTS, office.CLASSIFICATION, office.OFFICE
)


def draft(session: Session, code: PurposeCode) -> ProposalId:
    """A draft of a new version of the purpose, or the one that is open already."""
    with session.writing(Permission.EDIT_PURPOSES) as work:
        if (mine := open_plan(work, code)) is not None:
            return _reopened(session, work, mine)
        base = newest_version(work.notices.used_versions(code))
        plain = replace(_in_force(work, code), summary=Words("", ""), wants_major=False)
        plan = named_others.prefilled(session, work, plain)
        made = work.notices.add(plan, base, author=session.staff.uid, at=session.clock.now())
        session.log(work, "purpose.draft", f"purpose:{code}")
        work.commit()
    return made


def draft_local(session: Session) -> ProposalId:
    """A draft for a purpose of the office's own: L1, L2 and so on."""
    with session.writing(Permission.EDIT_PURPOSES) as work:
        used = {p.code for p in work.catalogue.live().purposes}
        used |= {one.purpose for one in work.notices.all()}
        code = next(c for c in map(_local_code, range(1, len(used) + 2)) if c not in used)
        plan = starters.local_plan(grown(work.catalogue.live()), code)
        made = work.notices.add(plan, "", author=session.staff.uid, at=session.clock.now())
        session.log(work, "purpose.draft", f"purpose:{code}")
        work.commit()
    return made


def save(session: Session, proposal: ProposalId, plan: PurposePlan) -> Changes:
    """The draft holds the plan."""
    with session.writing(Permission.EDIT_PURPOSES) as work:
        if work.notices.get(proposal).purpose != plan.purpose.code:
            raise ConflictError(N_("This plan is about another purpose."), N_("Reload the page."))
        work.notices.rewrite(proposal, plan)
        session.log(work, "purpose.save", f"purpose:{plan.purpose.code}")
        work.commit()
    return CHANGED


def discard(session: Session, proposal: ProposalId) -> Changes:
    """The draft is gone."""
    with session.writing(Permission.EDIT_PURPOSES) as work:
        code = work.notices.get(proposal).purpose
        work.notices.discard(proposal)
        session.log(work, "purpose.discard", f"purpose:{code}")
        work.commit()
    return CHANGED


def submit(session: Session, proposal: ProposalId) -> Changes:
    """The plan waits for the reviewer; it is complete and says what it changes."""
    with session.writing(Permission.EDIT_PURPOSES) as work:
        plan = work.notices.get(proposal).plan
        _refuse_unfit(plan, looked(session, work, plan))
        require_clean_plan(session, work, plan)
        work.notices.submit(proposal)
        session.log(work, "purpose.submitted", f"purpose:{plan.purpose.code}")
        work.commit()
    return CHANGED


def reject(session: Session, proposal: ProposalId, words: str) -> Changes:
    """The plan was sent back with a reason."""
    with session.writing(Permission.APPROVE_PURPOSES) as work:
        current = _decidable(session, work, proposal, words)
        work.notices.reject(
            proposal, by=session.staff.uid, words=words.strip(), at=session.clock.now()
        )
        session.log(work, "purpose.rejected", f"purpose:{current.purpose}", row={"words": words})
        work.commit()
    return CHANGED


def approve(
    session: Session,
    proposal: ProposalId,
    words: str,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Changes:
    """The plan is in force: catalogue, notices, change notice; older consents ended if it is major.

    All in one transaction: nobody is processed under the old text for a moment longer, and what
    `progress` raises leaves everything as it was.
    """
    with session.writing(Permission.APPROVE_PURPOSES) as work:
        current = _decidable(session, work, proposal, words)
        plan, code = current.plan, current.purpose
        seen = looked(session, work, plan)
        _refuse_unfit(plan, seen)
        _refuse_overtaken(work, current)
        work.catalogue.install(plan.applied(grown(work.catalogue.live())))
        version = publishing.put_into_force(session, work, plan, major=seen.is_major)[0].version
        if current.base:
            _announce(session, work, plan, seen, version)
        ended = work.consent_ends.end_stale(
            code,
            version,
            at=session.clock.now(),
            today=session.clock.today(),
            seal=session.accounts.bulk_seal(),
            progress=progress,
        )
        work.notices.publish(
            proposal, version, by=session.staff.uid, words=words.strip(), at=session.clock.now()
        )
        row = {"version": version, "stale": ended, "words": words}
        session.log(work, "purpose.published", f"purpose:{code}", row=row)
        work.commit()
    return PUBLISHED


def restore(session: Session, code: PurposeCode) -> Changes:
    """The notice is in force again as a new minor version, as the office last decided it."""
    with session.writing(Permission.EDIT_PURPOSES) as work:
        plan = _in_force(work, code)
        version = publishing.put_into_force(session, work, plan, major=False)[0].version
        session.log(work, "notice.restored", f"purpose:{code}", row={"version": version})
        work.commit()
    return PUBLISHED


def new_local_key(plan: PurposePlan, known: tuple[Proposal, ...]) -> str:
    """The key of one more field of the office's own; none is ever used twice."""
    plans = (plan, *(one.plan for one in known))
    used = {one.field.key for each in plans for one in each.local}
    start = len(local_prefix(plan.purpose.code))
    newest = max((int(key[start:]) for key in used), default=0)
    return local_key(plan.purpose.code, newest + 1)


def _reopened(session: Session, work: UnitOfWork, current: Proposal) -> ProposalId:
    """What was sent back goes on as a new draft; a draft or what waits goes on as it is."""
    if current.status is not ProposalStatus.REJECTED:
        return current.id
    work.notices.discard(current.id)
    made = work.notices.add(
        current.plan, current.base, author=session.staff.uid, at=session.clock.now()
    )
    session.log(work, "purpose.draft", f"purpose:{current.purpose}")
    work.commit()
    return made


def _in_force(work: UnitOfWork, code: PurposeCode) -> PurposePlan:
    plan = publishing.plan_in_force(work, code)
    if plan is None:
        raise NotFoundError(
            N_("This purpose has no notice of its own."),
            N_("The published handling rules tell of it."),
        )
    return plan


def _local_code(number: int) -> PurposeCode:
    return PurposeCode(f"L{number}")


def _refuse_unfit(plan: PurposePlan, seen: Look) -> None:
    for one in seen.problems[:1]:
        sentence, places = one.problem.sentence, dict(one.problem.places)
        raise RefusedError(sentence, N_("Mend it, then submit again."), **places).coded(one.code)
    publishing.refuse_lacking(plan, seen.findings)
    if seen.before and not seen.alterations:
        raise RefusedError(
            N_("Nothing is different from what is in force."), N_("Change it first.")
        )
    if seen.before and not plan.summary.zh.strip():
        raise RefusedError(
            N_("What changed is not said yet."),
            N_("Write one plain sentence under “What changed”: people are told it (PIPL 17)."),
        )


def _refuse_overtaken(work: UnitOfWork, current: Proposal) -> None:
    used = work.notices.used_versions(current.purpose)
    if current.base and major_of(newest_version(used)) != major_of(current.base):
        raise ConflictError(
            N_("Another version was put into force meanwhile."),
            N_("Send this plan back: it has to be made anew from the version in force."),
        )


def _decidable(session: Session, work: UnitOfWork, proposal: ProposalId, words: str) -> Proposal:
    current = work.notices.get(proposal)
    if current.author == session.staff.uid:
        raise DeniedError(
            N_("Nobody decides on a plan of his own."),
            N_("Ask the reviewer."),
            act=Permission.APPROVE_PURPOSES,
            why=OWN,
        )
    if current.status is not ProposalStatus.SUBMITTED:
        raise ConflictError(N_("This plan does not wait for a decision."), N_("Reload the page."))
    if not words.strip():
        raise RefusedError(
            N_("A decision needs a reason."), N_("Write one sentence why you decide so.")
        )
    return current


def _announce(
    session: Session, work: UnitOfWork, plan: PurposePlan, seen: Look, version: str
) -> None:
    """Those who agree now, or all if nobody is asked, have to be told."""
    work.notices.change(
        plan.purpose.code,
        version,
        ChangeText(alterations=seen.alterations, summary=plan.summary),
        asks_again=seen.is_major,
        everybody=not plan.purpose.needs_consent,
        at=session.clock.now(),
        today=session.clock.today(),
    )
