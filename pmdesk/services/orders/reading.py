"""Who reads the words of a complaint: few, and each time it is in the log."""

from dataclasses import dataclass, replace

from pmdesk.domain.orders.order import Order, OrderId, OrderStep
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.services.orders import answering
from pmdesk.services.session import Session

READ = "order.complaint_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What somebody complains about, and what was said on the way."""

    order: OrderId
    person: PersonId | None
    words: str
    steps: tuple[OrderStep, ...]
    answer: str = ""  # by when somebody takes care, by a plan as well; where one was opened


def may_read(session: Session, order: Order) -> bool:
    """Whether the words may be read: of a complaint by few, and by who works on it."""
    if not order.is_complaint or session.staff.may(Permission.SEE_COMPLAINTS):
        return True
    return session.staff.uid in {order.received_by, order.assignee}


def require(session: Session, order: Order) -> None:
    """DeniedError unless the words may be read."""
    if not may_read(session, order):
        session.staff.require(Permission.SEE_COMPLAINTS)


def complaint(session: Session, order: OrderId) -> Complaint:
    """The words of one complaint; logged before they are shown."""
    with session.writing(Permission.SEE_ORDERS) as work:
        found = work.orders.get(order)
        require(session, found)
        read = _read(session, work, found)
        by = answering.answer(session, work, found, read.steps, opened=True)
        work.commit()
    return replace(read, answer=answering.answer_words(session, by)) if by else read


def complaints(session: Session, orders: tuple[OrderId, ...]) -> tuple[Complaint, ...]:
    """The words of several, for who may see all of them; each is an entry of the log."""
    with session.writing(Permission.SEE_COMPLAINTS) as work:
        found = [one for one in work.orders.rows(orders) if one.is_complaint]
        read = tuple(_read(session, work, one) for one in found)
        work.commit()
    return read


def _read(session: Session, work: UnitOfWork, order: Order) -> Complaint:
    session.log(work, READ, f"order:{order.id}")
    return Complaint(
        order=order.id,
        person=order.person,
        words=order.words,
        steps=work.orders.steps(order.id),
    )
