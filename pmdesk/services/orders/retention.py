"""Letting go of orders: complaints two years after closing, what is nobody's after the contract."""

from datetime import date

from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.reask import months_after
from pmdesk.services.session import Session

COMPLAINTS, CONTRACT = "R-P1-COMPLAINT", "R-P1"
_MONTHS = {COMPLAINTS: 24, CONTRACT: 36}  # where the schedule of an old office says nothing


def expire(session: Session, work: UnitOfWork) -> int:
    """Orders past their time tell nothing of anybody; what stays is counted. How many."""
    complaints, others = past(work, session.clock.today())
    return work.orders.settle(complaints=complaints, others=others)


def past(work: UnitOfWork, today: date) -> tuple[date, date]:
    """Closed before these days complaints, and what is nobody's, tell nothing any more."""
    return (
        months_after(today, -_months(work, COMPLAINTS)),
        months_after(today, -_months(work, CONTRACT)),
    )


def first_to_go(work: UnitOfWork) -> date | None:
    """The day on which the oldest complaint goes; None while none waits."""
    closed = work.orders.first_complaint()
    return None if closed is None else months_after(closed, _months(work, COMPLAINTS))


def _months(work: UnitOfWork, code: str) -> int:
    lines = {one.code: one.months for one in work.catalogue.live().retentions}
    return lines.get(code) or _MONTHS[code]
