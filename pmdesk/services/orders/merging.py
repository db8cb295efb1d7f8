"""Merging: which order may go on with another one, and what it takes over of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.moving import going_on
from pmdesk.domain.orders.order import Order, OrderId, OrderState
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services.orders import book
from pmdesk.services.orders.book import Line
from pmdesk.services.session import Session

_MOST = 50  # orders that one can be merged into
_ESTATE = ""  # of no building
_RUNNING = frozenset({OrderState.NEW, OrderState.ASSIGNED, OrderState.WORKING})
_OTHERS = frozenset(Service) - {Service.COMPLAINT}


def offered(session: Session, order: OrderId) -> tuple[Line, ...]:
    """What it can be merged into: the same service first, then the same kind and place."""
    with session.reading(Permission.HANDLE_ORDERS) as work:
        one = work.orders.get(order)
        query = OrderQuery(
            states=_RUNNING,
            services=frozenset({Service.COMPLAINT}) if one.is_complaint else _OTHERS,
            buildings=frozenset({one.spot.building, _ESTATE}),
            order="newest",
        )
        found = [other for other in work.orders.rows(work.orders.ids(query)) if other.id != order]
        nearest = sorted(found, key=lambda other: _distance(one, other))
        return book.lines_of(session, work, tuple(nearest[:_MOST]))


def goes_on(work: UnitOfWork, order: Order, parent: OrderId, now: datetime) -> tuple[Order, Order]:
    """The order that goes on, before and after; RefusedError where it must not."""
    before = work.orders.get(parent)
    _require_fits(order, before)
    return before, going_on(before, order, now)


def given_back(work: UnitOfWork, before: Order, after: Order, at: datetime) -> Order | None:
    """What a merge that is taken back gave it is gone, unless somebody changed or closed it since.

    What orders gave that were merged into it since `at` stays; None where nothing changes.
    """
    now = work.orders.get(before.id)
    if not now.is_open or (now.urgency, now.due_at) != (after.urgency, after.due_at):
        return None
    # a pause that began since says nothing about how much time was left then
    left = replace(now, urgency=before.urgency, due_at=before.due_at, paused_since=None)
    for other, merged_at in _merged_since(work, before.id, at):
        left = going_on(left, other, merged_at)
    found = replace(now, urgency=left.urgency, due_at=left.due_at)
    return None if found == now else found


def _merged_since(
    work: UnitOfWork, parent: OrderId, at: datetime
) -> Iterator[tuple[Order, datetime]]:
    """The orders that were merged into it, each with when."""
    query = OrderQuery(states=frozenset({OrderState.MERGED}), closed_since=at)
    for one in work.orders.rows(work.orders.ids(query)):
        if one.parent == parent and one.closed_at is not None:
            yield one, one.closed_at


def _distance(one: Order, other: Order) -> tuple[bool, int]:
    is_here = (one.spot.unit, one.spot.area) == (other.spot.unit, other.spot.area)
    return one.service is not other.service, -(is_here + (one.kind == other.kind))


def _require_fits(order: Order, parent: Order) -> None:
    if parent.state not in _RUNNING:
        raise RefusedError(
            N_("The order that goes on has to be open, and nothing may hold it up."),
            N_("Choose one that is new, assigned or in hand."),
        )
    if order.is_complaint is not parent.is_complaint:
        raise RefusedError(
            N_("A complaint is not merged with another kind of order: it has a clock of its own."),
            N_("Leave both open; each is settled by itself."),
        )
    if parent.spot.building not in {order.spot.building, _ESTATE}:
        raise RefusedError(
            N_("The two orders are about different buildings."),
            N_("Choose one of the same building, or one about the whole estate."),
        )
