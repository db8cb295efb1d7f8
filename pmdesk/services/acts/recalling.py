"""What left the office and has to follow: lists to fetch back, offers to stop."""

from pmdesk.domain import office
from pmdesk.domain.acts import ExportList
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CLASSIFICATION, PurposeCode
from pmdesk.domain.reask import months_after
from pmdesk.domain.staff import Permission
from pmdesk.services.session import Session

OFFERS = PurposeCode("P7")
OPTOUT_MONTHS = 36  # law.md 6.8, R-P7: a mark lasts 3 years, renewable


def after(session: Session, work: UnitOfWork, person: PersonId, purpose: PurposeCode) -> None:
    """The consent of the person to the purpose ends by the person's own will."""
    if purpose == CLASSIFICATION:
        recall(session, work, person)
    if purpose == OFFERS:
        stop_offers(session, work, person)


def recall(session: Session, work: UnitOfWork, person: PersonId) -> None:
    """Every list with the person waits to be fetched back and destroyed."""
    for made in work.export_lists.recall(person, at=session.clock.now()):
        session.log(work, "export.recalled", made.number)


def stop_offers(session: Session, work: UnitOfWork, person: PersonId) -> None:
    """The person's number gets no offers, also when it is entered again one day."""
    mobile = work.people.get(person).mobile
    if mobile:
        today = session.clock.today()
        work.optouts.put(mobile, since=today, until=months_after(today, OPTOUT_MONTHS))


def agreed(work: UnitOfWork, person: PersonId, purpose: PurposeCode) -> None:
    """Who agrees to offers anew is not marked as refusing them any more."""
    if purpose == OFFERS:
        work.optouts.drop(work.people.get(person).mobile)


def opted_out(session: Session, work: UnitOfWork, number: str) -> bool:
    """Whether this number wants no offers."""
    return work.optouts.has(number, today=session.clock.today())


def lists(session: Session) -> tuple[ExportList, ...]:
    """Every list that left the office, newest first."""
    with session.reading(Permission.SEE_RECORDS) as work:
        return work.export_lists.all()


def returned(session: Session, number: str) -> Changes:
    """The list was fetched back and destroyed; the present user stands for it."""
    with session.writing(Permission.KEEP_RECORDS) as work:
        work.export_lists.returned(number, by=session.staff.uid, at=session.clock.now())
        session.log(work, "export.returned", number)
        work.commit()
    return Changes.of(office.RECORDS)
