"""An order as tests need one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import Order, OrderChannel, OrderId, OrderState, Spot
from pmdesk.domain.people import PersonId, UnitId

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


LEAK = Order(
    id=OrderId(1),
    number="W20260302-001",
    service=Service.REPAIR,
    kind="plumbing",
    urgency=Urgency.NORMAL,
    state=OrderState.NEW,
    channel=OrderChannel.PHONE,
    spot=Spot(unit=UnitId(1), building="3", room="3-1-502"),
    person=PersonId(1),
    words="厨房漏水",
    received_at=NOW,
    received_by="a" * 32,
    due_at=NOW + timedelta(hours=72),
)


def order(**changes):
    """A leak in 3-1-502, just registered; `changes` say what is different."""
    return replace(LEAK, **changes)


def queued(one):
    """What decides who is next: urgency, then who asked first; nothing about the person."""
    return one.urgency, one.received_at
