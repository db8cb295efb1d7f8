"""What a contractor gets on paper: where, what and when; nobody's name and nobody's number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pmdesk.analytics.buildings import spot_words
from pmdesk.domain import entrusting
from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.names import STATES
from pmdesk.domain.orders.order import Order, OrderId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words, _
from pmdesk.services.order_kinds import kind_name
from pmdesk.services.records import books
from pmdesk.services.session import Session
from pmdesk.services.staffing import plans

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
    ended: Words | None  # how, for one that is not to be worked on any more
    ended_at: datetime | None


def contractor_sheet(session: Session, order: OrderId) -> Sheet:
    """The sheet of an order, marked once it has ended; that it was made is logged.

    A complaint never leaves the office so.
    """
    with session.writing(Permission.HANDLE_ORDERS) as work:
        one = work.orders.get(order)
        _require_work(one)
        _require_entrusted(session, work, one)
        made = Sheet(
            number=one.number,
            where=spot_words(one.spot),
            kind=kind_name(one.kind),
            urgency=one.urgency,
            words=_nameless(one.words, _names(session, work, one)),
            appointment=one.appointment,
            due_at=one.ends_at,
            assignee=_worker(work, one.assignee),
            contact=work.office.get().contact_phone,
            ended=None if one.is_open else STATES[one.state],
            ended_at=one.closed_at,
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


def _require_entrusted(session: Session, work: UnitOfWork, order: Order) -> None:
    """The home of a resident goes to the office's own people and to processors on record (PIPL 21).

    What all share is nobody's home, and an order that nobody has yet goes to no one.
    """
    worker = _worker(work, order.assignee)
    if order.spot.is_public or not worker or _is_own(work, order.assignee):
        return
    found = books.in_force(work, entrusting.PROCESSOR, session.clock.today())
    if not entrusting.is_registered(worker, (str(one.document.get("name")) for one in found)):
        raise RefusedError(
            N_(
                "Who has this order is no colleague, not in the crew of the rosters and not in the"
                " register of processors: nobody's room is handed out before that."
            ),
            N_(
                "Enter own people under “Shifts and colleagues”, a firm in Compliance records →"
                " Processors. Name somebody of a firm after it, such as “firm, worker”."
            ),
        )


def _is_own(work: UnitOfWork, assignee: str) -> bool:
    """Whether the office employs who has the order."""
    crew, _edition = plans.crew_in(work)
    own = {name for one in work.staff.all() for name in (one.uid, one.name)}
    return assignee in own or assignee in {one.name for one in crew.hands}


def _worker(work: UnitOfWork, assignee: str) -> str:
    """The name of a colleague, or of a firm or a worker as it stands."""
    return next((one.name for one in work.staff.all() if one.uid == assignee), assignee)


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
