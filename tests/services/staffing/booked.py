"""Books full of past orders, as an import leaves them."""

import itertools
from datetime import UTC, datetime, time, timedelta

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import Order, OrderChannel, OrderId, OrderState, Spot
from pmdesk.domain.ports.orders import OrderLine

_NUMBERS = itertools.count(1)


def line(day, service=Service.REPAIR, building="1", hour=None, area="大堂"):
    """A closed order of that day about a part that all share."""
    at = datetime.combine(day, time(hour or 4), UTC)
    return OrderLine(
        order=Order(
            id=OrderId(0),
            number=f"T{next(_NUMBERS):07d}",
            service=service,
            kind="facility",
            urgency=Urgency.NORMAL,
            state=OrderState.CLOSED,
            channel=OrderChannel.IMPORT,
            spot=Spot(building=building, area=area),
            person=None,
            words="",
            due_at=None,
            received_at=at,
            received_by="0" * 32,
            closed_at=at + timedelta(hours=2),
        ),
        day=day,
        hour=hour,
    )


def book(session, lines):
    """These orders are in the book."""
    with session.store.writing() as work:
        work.orders.add_many(lines)
        session.log(work, "order.register")
        work.commit()


def weeks(first, days, shape=(3, 1, 1, 1, 2, 0, 0), **places):
    """So many orders on each weekday, from that day on."""
    for step in range(days):
        day = first + timedelta(days=step)
        for number in range(shape[day.weekday()]):
            hour = places.get("hour")
            more = {**places, "hour": None if hour is None else (hour + number) % 24}
            yield line(day, **more)
