"""Orders of add-on services of the whole office, and the work orders that deliver them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pmdesk.domain import office
from pmdesk.domain.addons import AddonOrder, OrderId, source_of
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.office import Changes
from pmdesk.domain.orders.kinds import Kind, Service, Urgency
from pmdesk.domain.orders.order import LONGEST, OrderChannel
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, _
from pmdesk.services.masking import listed
from pmdesk.services.order_kinds import shipped
from pmdesk.services.orders import registering
from pmdesk.services.orders.intake import Intake
from pmdesk.services.orders.registering import Registered
from pmdesk.services.session import Session

MOST = 500  # lines of the list
_OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddonLine:
    """One order as the list shows it: the name masked, no room of who asked for confidentiality."""

    order: AddonOrder
    who: str
    room: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddonBook:
    """What the list shows, newest first, and how many more there are."""

    lines: tuple[AddonLine, ...] = ()
    more: int = 0


def book(session: Session, text: str = "") -> AddonBook:
    """Orders whose service, person, room or work order fits the words; all without words."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        found = tuple(_fitting(session, work, text.strip()))
        shown = found[:MOST]
        return AddonBook(lines=_lines(session, work, shown), more=len(found) - len(shown))


def deliver(session: Session, order: OrderId, room: str) -> Registered:
    """A work order delivers what was ordered: in the queue like every other one (物业管理条例 43).

    RefusedError for an order that has ended, or while its work order is open.
    """
    with session.writing(Permission.HANDLE_ORDERS) as work:
        one = work.addons.get(order)
        _require_due(one)
        made = registering.entered(session, work, _asked(one, room), source_of(order))
        work.commit()
    changes = Changes.of(office.ORDERS, office.ADDONS, people=[one.person])
    return Registered(order=made.order, number=made.number, changes=changes)


def _fitting(session: Session, work: UnitOfWork, text: str) -> Iterator[AddonOrder]:
    every = work.addons.orders()
    if not text:
        yield from every
        return
    people = set(work.people.ids(ResidentQuery(text=text), today=session.clock.today()))
    for one in every:
        number = one.delivery.number if one.delivery else ""
        if one.person in people or text in one.addon.name or text.upper() == number:
            yield one


def _lines(
    session: Session, work: UnitOfWork, orders: Sequence[AddonOrder]
) -> tuple[AddonLine, ...]:
    ids = sorted({one.person for one in orders})
    rows = {row.id: listed(row) for row in work.people.rows(ids, today=session.clock.today())}
    return tuple(
        AddonLine(
            order=one,
            who=row.name if row else "",
            room=row.room if row else "",
        )
        for one in orders
        for row in (rows.get(PersonId(one.person)),)
    )


def _require_due(order: AddonOrder) -> None:
    if order.ended_on is not None:
        raise RefusedError(
            N_("This order has ended: nothing is delivered without an order."),
            N_("Enter a new order on the resident's page."),
        )
    if not order.may_be_delivered:
        raise RefusedError(
            N_("A work order for this is open already: {number}."),
            N_("The next one can be made once it is done or cancelled."),
            number=order.delivery.number if order.delivery else "",
        )


def _asked(order: AddonOrder, room: str) -> Intake:
    """Of normal urgency, whatever its words sound like: what is paid for is never first."""
    kind = _kind(order.addon.name)
    words = _("Add-on order {number}: {name}. {content}").format(
        number=order.id, name=order.addon.name, content=order.addon.content
    )
    return Intake(
        service=kind.service,
        kind=kind.code,
        words=words if len(words) <= LONGEST else words[: LONGEST - 1] + "…",
        room=room,
        person=order.person,
        channel=OrderChannel.COUNTER,
        urgency=Urgency.NORMAL,
    )


def _kind(name: str) -> Kind:
    """What the name sounds like, done in a home; else the kind for all the rest."""
    heard = shipped().suggested(name).kind
    if heard is not None and not heard.public and heard.service is not Service.COMPLAINT:
        return heard
    return next(kind for kind in shipped().within(Service.OTHER) if kind.code == _OTHER)
