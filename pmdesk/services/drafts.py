"""Unsaved forms: kept encrypted while a clerk types, back after a lock or a crash."""

import secrets
from datetime import timedelta

from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import Draft, UnitOfWork
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.staff import Permission
from pmdesk.services.session import Session

KEPT = timedelta(days=7)
BESIDE = "-"  # between the sort of a form and what tells several of that sort apart
ANSWERS = "answers"  # the page whose subjects are answers_of(…)

# what somebody must be allowed to do to go on with a form; a role may have changed meanwhile
_NEEDS = {
    "resident": Permission.EDIT_RESIDENTS,
    "consent": Permission.TAKE_CONSENT,
    "plans": Permission.PLAN_SERVICE,
    ANSWERS: Permission.EDIT_RESIDENTS,
    "order": Permission.HANDLE_ORDERS,
    "measure": Permission.PLAN_SERVICE,
    "proposal": Permission.APPROVE_RULES,
}


def answers_of(person: PersonId, purpose: PurposeCode) -> str:
    """The subject of a form with a person's answers for a purpose."""
    return f"{person}:{purpose}"


def keep(session: Session, page: str, subject: str, document: str) -> None:
    """The form's content survives a lock, a crash and a power cut.

    Answers are kept under a live consent only: what is typed while a colleague records a
    withdrawal must not come back.
    """
    with session.writing(_needed(page)) as work:
        if page != ANSWERS or _may_hold(work, subject):
            work.drafts.put(page, subject, document, at=session.clock.now())
        work.commit()


def kept(session: Session, page: str, subject: str) -> Draft | None:
    """What was typed there and not saved; drafts older than a week are gone."""
    with session.reading(_needed(page)) as work:
        draft = work.drafts.get(page, subject)
    return draft if draft and session.clock.now() - draft.saved_at < KEPT else None


def mine(session: Session) -> tuple[Draft, ...]:
    """All unsaved forms that the present user may go on with, newest first."""
    with session.store.reading() as work:
        fresh = (d for d in work.drafts.all() if session.clock.now() - d.saved_at < KEPT)
        own = (one for one in fresh if session.staff.may(_needed(one.page)))
        return tuple(sorted(own, key=lambda draft: draft.saved_at, reverse=True))


def latest(session: Session, page: str, sort: str, wanted: str = "") -> Draft | None:
    """Of the forms of this sort that were begun and not saved the wanted one, else the newest."""
    of_page = (one for one in mine(session) if one.page == page)
    of_sort = [one for one in of_page if one.subject.partition(BESIDE)[0] == sort]
    newest = of_sort[0] if of_sort else None
    return next((one for one in of_sort if one.subject == wanted), newest)


def beside(sort: str) -> str:
    """The subject of one more form of this sort, which takes no other one's place."""
    return f"{sort}{BESIDE}{secrets.token_hex(16)}"


def discard(session: Session, page: str, subject: str) -> None:
    """The unsaved form is gone."""
    with session.store.writing() as work:
        work.drafts.drop(page, subject)
        work.commit()


def _needed(page: str) -> Permission:
    return _NEEDS.get(page, Permission.SEE_RESIDENTS)


def _may_hold(work: UnitOfWork, subject: str) -> bool:
    person, _colon, purpose = subject.partition(":")
    wanted = work.catalogue.live().purpose(purpose)
    return not wanted.needs_consent or purpose in work.consents.live(PersonId(int(person)))
