"""An office with a year of invented orders."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import Order, OrderChannel, OrderId, OrderState, Spot
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports.orders import OrderLine
from pmdesk.services import demo

ORDERS, PEOPLE = 1_600, 260


def lines(rooms, today, count):
    """Orders of those rooms and of places that all share; a few of the last days are open."""
    dice = random.Random(3)
    for place in range(count):
        day = today - timedelta(days=dice.randrange(1, 360))
        hour = min(23, max(0, int(dice.gauss(12, 4))))
        at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        done = at + timedelta(hours=dice.randrange(1, 200))
        is_open = done.date() >= today
        building, entrance, room, person = dice.choice(rooms)
        is_public = dice.random() < 0.1
        order = Order(
            id=OrderId(0),
            number=f"X{place:06}",
            service=dice.choices(list(Service), [50, 20, 4, 12, 10, 4])[0],
            kind="other",
            urgency=Urgency.NORMAL,
            state=OrderState.NEW if is_open else OrderState.CLOSED,
            channel=OrderChannel.IMPORT,
            spot=Spot(building=building),
            person=None if is_public or place % 3 else PersonId(person),
            words="",
            received_at=at,
            received_by="",
            due_at=at + timedelta(hours=150),
            finished_at=None if is_open else done,
            closed_at=None if is_open else done,
        )
        yield OrderLine(
            order=order,
            day=day,
            hour=hour if dice.random() < 0.95 else None,
            entrance="" if is_public else entrance,
            room="" if is_public else room,
        )


@pytest.fixture(scope="module")
def busy_office(founded, tmp_path_factory):
    """Only looked at: what is shown is remembered for the account alone."""
    made = founded.copied(tmp_path_factory.mktemp("busy") / "office")
    admin = made.session("admin")
    demo.fill(admin, PEOPLE, 11)
    rooms = made.sql(
        "SELECT b.name, u.entrance, u.room, min(o.person) FROM unit u "
        "JOIN building b ON b.id = u.building JOIN occupancy o ON o.unit = u.id "
        "GROUP BY u.id ORDER BY u.id"
    )
    with admin.store.writing() as work:
        work.classifications.classify(work.rulesets.active(), today=admin.clock.today())
        work.orders.add_many(lines([tuple(room) for room in rooms], admin.clock.today(), ORDERS))
        work.commit()
    yield made
    made.close()


@pytest.fixture
def busy(busy_office, tmp_path):
    """A copy in which nobody has seen anything."""
    busy_office.close()
    copy = busy_office.founded.__class__(
        busy_office.folder, busy_office.founded.recovery, busy_office.founded.signers
    ).copied(tmp_path / "office")
    yield copy
    copy.close()
