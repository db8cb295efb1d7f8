"""Lists of orders: by urgency and age, by what is due, and by number or place."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import OPEN, OrderState, Spot
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.store.people import SqlPeople
from tests.domain.orders.made import NOW, queued
from tests.store.orders.conftest import CLOSED, COMPLAINT, DAY

HOUR = timedelta(hours=1)


def numbers(orders, **query):
    return [one.number for one in orders.rows(orders.ids(OrderQuery(**query)))]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(Urgency), st.integers(0, 50)), max_size=6), st.data())
def test_the_queue_is_by_urgency_and_then_by_who_asked_first(orders, put, home, many, data):
    """Whether somebody asked, from where, whose work it is and how often it was urged count not."""
    person, unit = home
    public = Spot(building="4", area="北门")
    asked = st.sampled_from([(None, public), (None, Spot(unit=unit)), (person, Spot(unit=unit))])
    for urgency, hours in many:
        who, where = data.draw(asked)
        put(
            urgency=urgency,
            received_at=NOW + hours * HOUR,
            person=who,
            spot=where,
            assignee=data.draw(st.sampled_from(["", "李师傅"])),
            urged=data.draw(st.integers(0, 3)),
            due_at=data.draw(st.sampled_from([None, NOW])),
        )

    found = orders.rows(orders.ids(OrderQuery(states=OPEN)))
    assert [queued(one) for one in found] == sorted(queued(one) for one in found)


def test_lists_come_by_due_time_or_newest_first(orders, put):
    put(number="a", due_at=None)
    put(number="b", due_at=NOW + 9 * HOUR, received_at=NOW + HOUR)
    put(number="c", due_at=NOW + HOUR, received_at=NOW + 2 * HOUR)

    assert numbers(orders, order="due") == ["c", "b", "a"]
    assert numbers(orders, order="newest") == ["c", "b", "a"]


@pytest.mark.parametrize("descending", [False, True])
def test_the_orders_of_one_worker_come_as_they_were_received(orders, put, descending):
    for number, hours in (("c", 3), ("a", 1), ("b", 2), ("d", 3)):
        put(number=number, received_at=NOW + hours * HOUR, assignee="李师傅")

    assert numbers(orders, order="who", descending=descending) == ["a", "b", "c", "d"]


def test_orders_are_found_by_what_they_are(orders, put, home):
    person, unit = home
    put(number="a", person=person, unit=unit, assignee="李师傅")
    put(number="b", spot=Spot(building="4", area="北门"), **COMPLAINT)
    put(number="c", day=DAY + timedelta(days=3), **CLOSED)

    assert numbers(orders, services=frozenset({Service.COMPLAINT})) == ["b"]
    assert numbers(orders, buildings=frozenset({"4"})) == ["b"]
    put(number="d", spot=Spot(area="北门"))
    assert numbers(orders, buildings=frozenset({"4", ""})) == ["b", "d"], "and the whole estate"
    assert numbers(orders, buildings=frozenset({""})) == ["d"]
    assert set(numbers(orders, buildings=frozenset({"3", "4", ""}))) == set(numbers(orders))
    assert numbers(orders, person=person) == ["a"]
    assert numbers(orders, assignee="李师傅") == ["a"]
    assert numbers(orders, states=frozenset({OrderState.CLOSED})) == ["c"]
    assert numbers(orders, since=DAY + timedelta(days=1)) == ["c"]
    assert numbers(orders, until=DAY + timedelta(days=1)) == ["a", "b", "d"]


@pytest.mark.parametrize("text", ["502", "3-1-502", "3-502", "W20260302-001", "001", "大"])
def test_orders_are_found_by_number_or_place(orders, put, home, text):
    _person, unit = home
    where = Spot(building="3", area="大堂") if text == "大" else Spot(unit=unit)
    put(number="W20260302-001", spot=where)
    put(number="W20260302-002", spot=Spot(building="4", area="北门"))

    assert numbers(orders, text=text) == ["W20260302-001"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'"])
def test_signs_of_sql_find_nothing(orders, put, text):
    put()

    assert numbers(orders, text=text) == []


def test_a_search_by_room_does_not_find_who_asked_for_confidentiality(
    orders, put, home, connection, context
):
    person, unit = home
    put(number="W20260302-001", person=person, unit=unit)
    SqlPeople(connection, context).shield(person, on=True)

    assert numbers(orders, text="3-1-502") == []
    assert numbers(orders, text="001") == ["W20260302-001"]


def test_overdue_is_what_is_open_and_late_without_its_pauses(orders, put):
    put(number="late", due_at=NOW + HOUR)
    put(number="paused", due_at=NOW + HOUR, paused=9 * HOUR)
    put(
        number="standing",
        due_at=NOW + HOUR,
        state=OrderState.WAITING,
        paused_since=NOW,
    )
    waits = {"state": OrderState.WAITING, "paused_since": NOW, **COMPLAINT}
    put(number="complaint", due_at=NOW + HOUR, **waits)
    put(number="done", due_at=NOW + HOUR, **CLOSED)
    put(number="old", due_at=None)
    put(
        number="years",
        due_at=NOW - timedelta(days=1100),
        received_at=NOW - timedelta(days=1200),
    )

    assert numbers(orders, overdue_at=NOW + 2 * HOUR) == ["years", "late", "complaint"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    due=st.integers(-40, 40),
    paused=st.integers(0, 40),
    standing=st.one_of(st.none(), st.integers(0, 20)),
    now=st.integers(21, 60),
    service=st.sampled_from((Service.REPAIR, Service.COMPLAINT)),
)
def test_the_list_and_the_order_agree_on_what_is_late(
    orders, put, due, paused, standing, now, service
):
    """Of a complaint the clock stands for nobody."""
    state = {} if standing is None else {"state": OrderState.WAITING}
    since = None if standing is None else NOW + standing * HOUR
    times = {"due_at": NOW + due * HOUR, "paused": paused * HOUR, "paused_since": since}
    key = put(service=service, **times, **state)
    at = NOW + now * HOUR

    assert (key in orders.ids(OrderQuery(overdue_at=at))) is orders.get(key).is_overdue(at)


def test_rows_come_in_the_order_asked_for_and_without_who_is_gone(orders, put):
    first, second = put(), put()

    assert [one.id for one in orders.rows([second, 99, first])] == [second, first]


@pytest.mark.parametrize("text", ["W20260302-501", "w20260302-501"])
def test_a_whole_number_finds_that_order_and_no_longer_one(orders, put, text):
    put(number="W20260302-501")
    put(number="W20260302-5012")

    assert numbers(orders, text=text) == ["W20260302-501"]
