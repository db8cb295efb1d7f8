"""Complaints and work of the months before, entered as an import enters them."""

from datetime import UTC, date, datetime, time, timedelta

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import OrderState, Spot
from pmdesk.domain.ports.orders import OrderLine
from tests.domain.orders.made import order

HOUR = timedelta(hours=1)
BUILDINGS = tuple("12345678")
ROOMS = 40  # of each building
PAST, BEFORE = date(2025, 12, 10), date(2025, 9, 10)  # a day of each period as seen from 2 March


def line(number, *, building="1", room="", day=PAST, **changes):
    """One closed complaint about noise; in a room, or in a place that all share."""
    at = datetime.combine(day, time(2), UTC)
    usual = {
        "number": f"X{number:06}",
        "service": Service.COMPLAINT,
        "kind": "noise",
        "urgency": Urgency.NORMAL,
        "state": OrderState.CLOSED,
        "person": None,
        "words": "",
        "received_at": at,
        "due_at": at + 24 * HOUR,
        "started_at": at + HOUR,
        "finished_at": at + 2 * HOUR,
        "closed_at": at + 2 * HOUR,
        "spot": Spot(building=building, area="" if room else "大堂"),
    }
    made = order(**{**usual, **changes})
    return OrderLine(order=made, day=day, hour=10, entrance="1" if room else "", room=room)


def entered(office, lines):
    """The lines are in the book, and somebody says so in the log."""
    session = office.session("admin")
    with session.store.writing() as work:
        work.orders.add_many(lines)
        session.log(work, "demo.fill", row={"people": 0, "seed": 0})
        work.commit()


def settled(office):
    """Every building has so many rooms."""
    session = office.session("admin")
    with session.store.writing() as work:
        rooms = [(b, "1", f"{n}01") for b in BUILDINGS for n in range(1, ROOMS + 1)]
        work.premises.ensure_many(rooms)
        session.log(work, "demo.fill", row={"people": 0, "seed": 0})
        work.commit()


def noisy(counts, start=0, **changes):
    """So many complaints by building, each of another home."""
    number = start
    for building, count in counts.items():
        for at in range(count):
            number += 1
            yield line(number, building=building, room=f"{at + 1}01", **changes)


def hot(office, *, now=20, before=20, others=4):
    """Building 3 complains much more than the others, in both periods; old orders came before."""
    settled(office)
    counts = dict.fromkeys(BUILDINGS, others)
    entered(
        office,
        [
            line(900_000, day=date(2025, 8, 1)),
            *noisy(counts | {"3": now}, start=0, day=PAST),
            *noisy(counts | {"3": before}, start=10_000, day=BEFORE),
        ],
    )
