"""The book of orders over an encrypted data file."""

from datetime import date, timedelta

import pytest

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import OrderState, OrderStep, Spot
from pmdesk.domain.people import PersonId, UnitId
from pmdesk.store.orders.register import SqlOrders
from tests.domain.orders.made import NOW, order
from tests.store.conftest import UID

DAY = date(2026, 3, 2)


@pytest.fixture
def orders(connection, context):
    """The book."""
    return SqlOrders(connection, context)


@pytest.fixture
def put(orders, connection):
    """Enters an order with its first step; without a place it is of a public one."""

    def put(*, person=None, unit=None, day=DAY, callback="", step="厨房", **changes):
        spot = changes.pop("spot", None)
        if spot is None:
            spot = Spot(unit=unit) if unit else Spot(building="3", area="大堂")
        number = changes.pop("number", None) or orders.next_number(day)
        made = order(spot=spot, person=person, number=number, **changes)
        key = orders.add(made, callback=callback, day=day, hour=9)
        orders.step(key, OrderStep(at=NOW, by=UID, act="received", words=step))
        return key

    return put


@pytest.fixture
def home(connection, enter):
    """A person and the unit that the person lives in."""
    person = enter()
    unit = connection.exec_driver_sql("SELECT unit FROM occupancy").scalar()
    return PersonId(person), UnitId(unit)


CLOSED = {"state": OrderState.CLOSED, "closed_at": NOW + timedelta(hours=2)}
COMPLAINT = {"service": Service.COMPLAINT, "kind": "noise"}
