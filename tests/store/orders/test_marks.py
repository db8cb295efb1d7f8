"""The packed numbers are those of the orders, whatever happens to them."""

from array import array
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.analytics.dashboard.marks import GONE, IN_TIME, LATE, Marks, number
from pmdesk.domain.dashboard import SeenView
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import OrderState
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.store.orders.listing import ids, rows
from pmdesk.store.orders.marks import SqlOrderMarks, SqlSeenViews
from pmdesk.store.people import remove
from tests.domain.orders.made import NOW
from tests.store.conftest import UID
from tests.store.orders.conftest import CLOSED, DAY

NEXT = DAY + timedelta(days=1)


@pytest.fixture
def marks(connection, context):
    return SqlOrderMarks(connection, context)


@pytest.fixture
def seen(connection, context):
    return SqlSeenViews(connection, context)


def unpacked(marks):
    return Marks.unpacked(marks.within(date(2000, 1, 1), date(2060, 1, 1)))


def of_orders(connection, marks):
    """The same, made from the orders one by one."""
    places = marks.buildings()
    services = list(Service)
    return sorted(
        (
            number(DAY),
            9,
            services.index(one.service),
            places.get(one.spot.building, 0),
            one.spot.unit or 0,
        )
        for one in rows(connection, ids(connection, OrderQuery()))
    )


def told(found):
    columns = (found.day, found.hour, found.service, found.building, found.home)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def test_numbers_follow_their_orders(connection, orders, put, home, marks):
    person, unit = home
    key = put(person=person, unit=unit)
    put(service=Service.CLEANING, kind="hall")
    assert told(unpacked(marks)) == of_orders(connection, marks)

    found = orders.get(key)
    orders.save(replace(found, service=Service.COMPLAINT, kind="noise"), was=found.state)
    assert told(unpacked(marks)) == of_orders(connection, marks)

    remove(connection, person)
    assert told(unpacked(marks)) == of_orders(connection, marks)
    assert not unpacked(marks).home.any()


@pytest.mark.parametrize(
    ("due", "paused", "outcome"),
    [
        (NOW + timedelta(hours=3), timedelta(0), IN_TIME),
        (NOW + timedelta(hours=1), timedelta(0), LATE),
        (NOW + timedelta(hours=1), timedelta(hours=1), IN_TIME),
        (None, timedelta(0), 0),
    ],
)
def test_a_promise_is_kept_when_pauses_are_taken_off(put, marks, due, paused, outcome):
    put(**CLOSED, due_at=due, paused=paused)

    assert unpacked(marks).outcome.tolist() == [outcome]


def test_what_was_never_done_is_neither_in_time_nor_late(put, marks):
    put(state=OrderState.CANCELLED, closed_at=NOW, due_at=NOW)
    put(due_at=NOW - timedelta(days=1))

    assert unpacked(marks).outcome.tolist() == [GONE, 0]


def test_only_what_is_open_waits(put, marks):
    put(**CLOSED)
    put()

    assert len(marks.waiting()) == 1


@pytest.mark.parametrize(
    ("changes", "is_overdue"),
    [
        ({}, True),
        (CLOSED, False),
        ({"due_at": None}, False),
        ({"due_at": NOW}, False),
        ({"paused": timedelta(hours=3)}, False),
        ({"state": OrderState.WAITING, "paused_since": NOW - timedelta(hours=2)}, False),
        ({"state": OrderState.CANCELLED, "closed_at": NOW}, False),
    ],
)
def test_what_is_open_past_its_time_is_overdue(put, marks, changes, is_overdue):
    put(**{"due_at": NOW - timedelta(hours=1), **changes})

    assert marks.overdue(NOW).tolist() == (unpacked_numbers(marks) if is_overdue else [])


def unpacked_numbers(marks):
    return marks.within(DAY, NEXT).tolist()


def test_days_are_those_asked_for(put, marks):
    put(day=DAY)
    put(day=NEXT)

    assert len(marks.within(DAY, NEXT)) == 1
    assert marks.daily(DAY, NEXT, (), ()) == {DAY: 1}
    assert marks.daily(DAY, NEXT + timedelta(days=1), (), ()) == {DAY: 1, NEXT: 1}


def test_a_day_is_counted_by_building_and_service(put, marks):
    put()
    put(service=Service.CLEANING, kind="hall")
    building = marks.buildings()["3"]
    repair, cleaning = (list(Service).index(one) for one in (Service.REPAIR, Service.CLEANING))

    assert marks.daily(DAY, NEXT, [building], [cleaning]) == {DAY: 1}
    assert marks.daily(DAY, NEXT, [building], [repair, cleaning]) == {DAY: 2}
    assert marks.daily(DAY, NEXT, [building + 1], []) == {}


def test_an_office_without_orders_has_no_numbers(marks):
    assert marks.within(DAY, NEXT) == array("q")
    assert len(unpacked(marks)) == 0


def test_homes_are_those_that_somebody_lives_in(home, marks):
    _person, unit = home
    packed, _names = marks.homes()

    assert [one & 0xFFFFFF for one in packed] == [unit]
    assert marks.home_count() == 1


def test_what_was_shown_is_read_back_and_forgotten_after_years(seen):
    view = SeenView(
        cut="slot:4",
        since=DAY,
        until=NEXT,
        buildings=frozenset({3}),
        services=frozenset({Service.REPAIR}),
        hidden=frozenset({1, 7}),
    )
    seen.add(UID, [view], DAY)

    assert seen.of(UID) == (view,)
    assert seen.last(UID) > seen.last("another") == 0
    assert seen.of("another") == ()
    seen.add(UID, [], date(2031, 1, 1))
    assert seen.of(UID) == ()
