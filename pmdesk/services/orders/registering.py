"""Registering an order: number, urgency, due time, and what was asked there lately."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from pmdesk.analytics.buildings import building_words, spot_words
from pmdesk.domain import office
from pmdesk.domain.fields import Problem
from pmdesk.domain.office import Changes
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import OPEN, Deed, Order, OrderId, OrderState, OrderStep, Spot
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.services.orders import floor, intake
from pmdesk.services.orders.intake import Intake
from pmdesk.services.session import Session

REPEATED = timedelta(days=7)
_ASKING = r"(?:我|想|要|请|预约|订购|订|[\s:：])*"
_SHORTEST = 3  # characters of a name that ordinary words do not begin with
_CONTRACT = frozenset({Service.COMPLAINT, Service.ENQUIRY})  # nothing of these is delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An order that was just entered: its number is told to who asked."""

    order: OrderId
    number: str
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """An order that may be about the same thing: `is_here` when it is of the very same place."""

    order: OrderId
    number: str
    state: OrderState
    where: str  # nothing but the building when it is not of the same place
    is_here: bool


def problems(session: Session, asked: Intake) -> tuple[Problem, ...]:
    """What must be mended before the order can be entered; asked while somebody types."""
    with session.reading(Permission.HANDLE_ORDERS) as work:
        return tuple(intake.found_problems(work, asked, session.clock.now()))


def repeats(session: Session, asked: Intake) -> tuple[Repeat, ...]:
    """Orders of the last days of that kind: of the same place first, of its building while open."""
    with session.reading(Permission.HANDLE_ORDERS) as work:
        spot = intake.sought(work, asked)
        if spot is None or asked.known_kind is None:
            return ()
        since = session.clock.today() - REPEATED
        alike = work.orders.alike(spot, asked.service, asked.kind, since)
    found = [_repeat(one, spot) for one in alike]
    near = [one for one in found if one.is_here or one.state in OPEN]
    return tuple(sorted(near, key=lambda one: not one.is_here))


def addon_hint(session: Session, asked: Intake) -> str:
    """That the words begin with a service of the price list; a hint, never a ban.

    What is delivered outside the contract is ordered first (物业管理条例 43); `addon_desk.deliver`
    makes the work order of it.
    """
    session.require(Permission.HANDLE_ORDERS)
    if not asked.text or asked.service in _CONTRACT:
        return ""
    with session.reading(Permission.HANDLE_ORDERS) as work:
        today = session.clock.today()
        names = {one.name.strip() for one in work.addons.all() if one.offered_on(today)}
    for name in sorted(names, key=lambda one: (-len(one), one)):
        if len(name) >= _SHORTEST and re.match(_ASKING + re.escape(name), asked.text):
            return _(
                "This sounds like the add-on service “{name}”: order it on the resident's page,"
                " then make its work order."
            ).format(name=name)
    return ""


def register(session: Session, asked: Intake) -> Registered:
    """The order is in the book, with a number and a due time that are the same for everybody."""
    with session.writing(Permission.HANDLE_ORDERS) as work:
        made = entered(session, work, asked)
        work.commit()
    return made


def entered(session: Session, work: UnitOfWork, asked: Intake, source: str = "") -> Registered:
    """The order is in the book with its entry in the log; `source` is what it delivers."""
    intake.require_sound(intake.found_problems(work, asked, session.clock.now()))
    if asked.person is not None:
        work.people.get(asked.person)
    made, local = _made(session, work, asked)
    order = replace(made, source=source)
    added = work.orders.add(order, callback=asked.number, day=local.date(), hour=local.hour)
    step = OrderStep(at=order.received_at, by=session.staff.uid, act=Deed.RECEIVED.value)
    work.orders.step(added, step)
    told: dict[str, object] = {"kind": order.kind, "urgency": order.urgency.name.lower()}
    session.log(work, "order.register", f"order:{added}", row=told)
    changes = Changes.of(office.ORDERS, people=[asked.person] if asked.person else ())
    return Registered(order=added, number=order.number, changes=changes)


def _made(session: Session, work: UnitOfWork, asked: Intake) -> tuple[Order, datetime]:
    """With the moment on the wall, looked at once: at midnight all of it is of one day."""
    local, urgency = session.clock.local(), intake.urgency_of(asked)
    now = local.astimezone(UTC)
    promised = floor.in_force(work, local.date()).floor
    order = Order(
        id=OrderId(0),  # the book gives it
        number=work.orders.next_number(local.date()),
        service=asked.service,
        kind=asked.kind,
        urgency=urgency,
        state=OrderState.NEW,
        channel=asked.channel,
        spot=intake.spot_of(work, asked),
        person=asked.person,
        words=asked.text,
        received_at=now,
        received_by=session.staff.uid,
        due_at=now + promised.due(asked.service, urgency),
        appointment=asked.appointment,
    )
    return order, local


def _repeat(order: Order, spot: Spot) -> Repeat:
    is_here = (order.spot.unit, order.spot.area) == (spot.unit, spot.area)
    return Repeat(
        order=order.id,
        number=order.number,
        state=order.state,
        where=spot_words(order.spot)
        if is_here or order.spot.is_public
        else building_words(order.spot.building),
        is_here=is_here,
    )
