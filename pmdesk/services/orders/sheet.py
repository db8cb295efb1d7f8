"""What a contractor gets on paper: where, what and when; nobody's name and nobody's number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.order import Order, OrderId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words, _
from pmdesk.services.order_kinds import kind_name
from pmdesk.services.session import Session

_NUMBER = re.compile(r"\+?[0-9](?:[ -]?[0-9]){6,}")  # telephone numbers and longer ones
_SURNAME_ONLY = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The least that somebody needs to do the work."""

    number: str
    where: str
    kind: Words
    urgency: Urgency
    words: str
    appointment: datetime | None
    due_at: datetime | None
    assignee: str  # a colleague or a firm
    contact: str  # of the office: it calls the resident


def contractor_sheet(session: Session, order: OrderId) -> Sheet:
    """The sheet of an open order; that it was made is logged. A complaint never leaves so."""
    with session.writing(Permission.HANDLE_ORDERS) as work:
        one = work.orders.get(order)
        _require_work(one)
        made = Sheet(
            number=one.number,
            where=one.spot.label,
            kind=kind_name(one.kind),
            urgency=one.urgency,
            words=_nameless(one.words, _names(session, work, one)),
            appointment=one.appointment,
            due_at=one.due_at,
            assignee=one.assignee,
            contact=work.office.get().contact_phone,
        )
        session.log(work, "order.sheet", f"order:{order}")
        work.commit()
    return made


def _require_work(order: Order) -> None:
    if order.is_complaint:
        raise RefusedError(
            N_("A complaint is not handed to others on a sheet."),
            N_("Register the work that follows from it as an order of its own."),
        )
    if not order.is_open:
        raise RefusedError(
            N_("This order is not open any more."), N_("Reopen it first; it keeps its number.")
        )


def _names(session: Session, work: UnitOfWork, order: Order) -> Iterator[str]:
    """Of everybody who lives there, and of who asked."""
    people = set(work.premises.household(order.spot.unit)) if order.spot.unit else set()
    if order.person is not None:
        people.add(order.person)
    for row in work.people.rows(sorted(people), today=session.clock.today()):
        if len(row.name) > _SURNAME_ONLY:
            yield row.name


def _nameless(words: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, _("resident"))
    return _NUMBER.sub("…", words)
