"""Whole values of a person, for a reason: what was masked is shown, and the log says why."""

from pmdesk.domain.people import Person, PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.reveals import LONGEST, Reason, Why
from pmdesk.domain.screening import Use
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session, about

MOBILE = "mobile"
_REASON = Words("理由", "Reason")


def reveal_mobile(session: Session, person: PersonId, why: Why) -> str:
    """The whole phone number; one value, one reason, one audit entry."""
    with session.writing(Permission.REVEAL) as work:
        _require_told(session, work, why)
        mobile = work.people.get(person).mobile
        _log(session, work, person, why)
        work.commit()
    return mobile


def to_correct(session: Session, person: PersonId) -> Person:
    """The person with nothing masked, for the form that corrects the entries; logged as such."""
    with session.writing(Permission.EDIT_RESIDENTS) as work:
        session.staff.require(Permission.REVEAL)
        who = work.people.get(person)
        if who.mobile:
            _log(session, work, person, Why(reason=Reason.CORRECTING))
        work.commit()
    return who


def _log(session: Session, work: UnitOfWork, person: PersonId, why: Why) -> None:
    words = why.words.strip()
    # own words may name somebody: they lie with the values, which can be erased, not in the chain
    row: dict[str, object] | None = {"reason": words} if words else None
    session.log(work, "reveal", about(person), fields=[MOBILE, why.mark], row=row)


def _require_told(session: Session, work: UnitOfWork, why: Why) -> None:
    if not why.is_told:
        raise RefusedError(
            N_("A reason is needed to show a masked value."),
            N_("Choose one of the list, or write a few words."),
        )
    if len(why.words) > LONGEST:
        raise RefusedError(
            N_("A reason has at most {count} characters."),
            N_("A few words are enough."),
            count=LONGEST,
        )
    screen.require_clean(session, work, {_REASON: why.words}, Use.PROSE)
