"""Reviewers answer and sign: never their own rules, unless nobody else in the office may."""

from datetime import date

from pmdesk.domain import office
from pmdesk.domain.classification import Ruleset, RulesetId, RulesetStatus
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.records import months_later
from pmdesk.domain.reviews import (
    PLAIN,
    VALID_MONTHS,
    Answer,
    Detail,
    ItemKind,
    Signature,
    Verdict,
    cooled_at,
    refuse_late,
    refuse_thin,
)
from pmdesk.domain.staff import OWN, Permission
from pmdesk.errors import ConflictError, DeniedError, RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services.refusal import screen
from pmdesk.services.review import declared, standing
from pmdesk.services.session import Session

CHANGED = Changes.of(office.RULES)
_ANSWERED = {RulesetStatus.SUBMITTED, RulesetStatus.APPROVED, RulesetStatus.ACTIVE}
_RENEWED = {RulesetStatus.APPROVED, RulesetStatus.ACTIVE}
_REASON = Words("理由", "Reason")


def answer(
    session: Session,
    ruleset: RulesetId,
    item: str,
    verdict: Verdict,
    reason: str,
    detail: Detail = PLAIN,
) -> Changes:
    """The answer stands beside the item; a later one counts instead."""
    session.require(Permission.APPROVE_RULES)
    asked = declared.item(item)
    if asked.kind is ItemKind.AUTOMATIC:
        raise RefusedError(
            N_("The program answers this item itself."), N_("Mend what it names in the table.")
        )
    refuse_thin(asked, verdict, reason, detail, [group.code for group in declared.groups()])
    with session.writing(Permission.APPROVE_RULES) as work:
        current = work.rulesets.get(ruleset)
        _refuse_answering(session, work, current)
        screen.require_no_number({_REASON: f"{reason} {detail.condition} {_joined(detail)}"})
        given = Answer(
            item=item,
            verdict=verdict,
            reason=reason.strip(),
            by=session.staff.uid,
            at=session.clock.now(),
            detail=detail,
        )
        work.reviews.answer(current, given)
        row: dict[str, object] = {"verdict": verdict.value}
        session.log(work, "review.answer", f"ruleset:{ruleset}", fields=[item], row=row)
        work.commit()
    return CHANGED


def is_alone(work: UnitOfWork, author: str) -> bool:
    """Whether nobody but the author may approve rules."""
    approving = {one.uid for one in work.staff.all() if one.may(Permission.APPROVE_RULES)}
    return approving == {author}


def only_approver(session: Session) -> bool:
    """Whether nobody but the present user may approve rules: a single-person office."""
    with session.reading(Permission.SEE_RULES) as work:
        return is_alone(work, session.staff.uid)


def may_answer(session: Session, ruleset: Ruleset) -> bool:
    """Whether the present user may answer the items of this version."""
    if not session.staff.may(Permission.APPROVE_RULES) or ruleset.status not in _ANSWERED:
        return False
    return ruleset.author != session.staff.uid or only_approver(session)


def sign(
    session: Session,
    work: UnitOfWork,
    ruleset: Ruleset,
    note: str,
    next_review: date | None = None,
) -> bool:
    """The present user stands for the review, for a year at most; whether he did so alone."""
    today = session.clock.today()
    due = next_review or _latest(today)
    refuse_late(today, due)
    own = ruleset.author == session.staff.uid
    if own:
        refuse_own(session, work, ruleset)
    signature = Signature(
        signer=session.staff.uid,
        alone=own,
        note=note,
        signed_at=session.clock.now(),
        next_review=due,
    )
    work.reviews.sign(ruleset, signature)
    return own


def renew(session: Session, ruleset: RulesetId, note: str) -> Changes:
    """The review of a version that was approved is signed anew, for another year."""
    with session.writing(Permission.APPROVE_RULES) as work:
        current = work.rulesets.get(ruleset)
        if current.status not in _RENEWED:
            raise ConflictError(
                N_("Only the review of an approved version is renewed."), N_("Reload the page.")
            )
        if not note.strip():
            raise RefusedError(
                N_("A decision needs a reason."), N_("Write one sentence why you decide so.")
            )
        standing.require(session, work, current, approving=True)
        sign(session, work, current, note.strip())
        session.log(work, "review.renew", f"ruleset:{ruleset}", row={"words": note.strip()})
        work.commit()
    return CHANGED


def refuse_own(session: Session, work: UnitOfWork, ruleset: Ruleset) -> None:
    """RefusedError unless nobody else may decide, and the author let a day pass."""
    if not is_alone(work, ruleset.author):
        raise not_his_own()
    cooled = cooled_at(ruleset.submitted_at)
    if cooled is None or session.clock.now() < cooled:
        raise RefusedError(
            N_("In an office of one person a decision waits 24 hours after it was submitted."),
            N_("Look at it again tomorrow, and decide then."),
        )


def not_his_own() -> DeniedError:
    """Four eyes: somebody else decides."""
    return DeniedError(
        N_("Nobody decides on a version of his own."),
        N_("Ask a colleague: a reviewer, another manager or an administrator."),
        act=Permission.APPROVE_RULES,
        why=OWN,
    )


def _latest(today: date) -> date:
    return months_later(today, VALID_MONTHS)


def _refuse_answering(session: Session, work: UnitOfWork, ruleset: Ruleset) -> None:
    if ruleset.status not in _ANSWERED:
        raise ConflictError(N_("This version does not wait for a review."), N_("Reload the page."))
    if ruleset.author == session.staff.uid and not is_alone(work, ruleset.author):
        raise DeniedError(
            N_("Nobody reviews rules of his own."),
            N_("Ask a colleague: a reviewer, another manager or an administrator."),
            act=Permission.APPROVE_RULES,
            why=OWN,
        )


def _joined(detail: Detail) -> str:
    return " ".join(detail.notes.values())
