"""What is typed into the search of orders, which orders it finds, and in what order they stand."""

from datetime import timedelta

import pytest

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.order import OPEN, OrderState, Spot
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.store.people import SqlPeople
from tests.domain.orders.made import NOW
from tests.store.orders.conftest import CLOSED, COMPLAINT, DAY

HOUR = timedelta(hours=1)
EVERY = frozenset[OrderState]()
HERE, ELSE = "W20260302-001", "W20260303-117"


def numbers(orders, **query):
    return [one.number for one in orders.rows(orders.ids(OrderQuery(**query)))]


@pytest.fixture
def book(put, home):
    """One order of a resident, one of a hall that is closed, and one from an old list."""
    person, unit = home
    put(number=HERE, spot=Spot(unit=unit), person=person, words="厨房漏水")
    put(number=ELSE, spot=Spot(building="4", area="大堂"), words="灯不亮", **CLOSED)
    put(number="H-Ab-17", source="Ab-17", spot=Spot(area="北门"), words="门禁")


@pytest.mark.parametrize("states", [EVERY, OPEN | {OrderState.CLOSED}, OPEN])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HERE, HERE),
        ("w20260302-001", HERE),
        ("W20260302", HERE),
        ("0302-001", HERE),
        ("-001", HERE),
        ("H-Ab-17", "H-Ab-17"),
        ("H-Ab", "H-Ab-17"),
        ("Ab-1", "H-Ab-17"),
        ("3-1-502", HERE),
        ("3栋1单元502室", HERE),
        ("502", HERE),
        ("zgq", HERE),
        ("曾国强", HERE),
        ("漏水", HERE),
        ("北门", "H-Ab-17"),
    ],
)
def test_an_open_order_is_found_by_number_place_name_and_words(orders, book, states, text, found):
    assert numbers(orders, text=text, states=states) == [found]


@pytest.mark.parametrize("text", [ELSE, "W20260303", "117", "大堂", "灯不亮"])
def test_a_closed_order_is_found_among_all_and_not_among_the_open_ones(orders, book, text):
    assert numbers(orders, text=text) == [ELSE]
    assert numbers(orders, text=text, states=OPEN) == []


def test_words_and_places_of_old_closed_orders_are_left_out_numbers_are_not(orders, book):
    later = DAY + timedelta(days=1)

    assert numbers(orders, text="灯不亮", told_since=later) == []
    assert numbers(orders, text="大堂", told_since=later) == []
    assert numbers(orders, text="117", told_since=later) == [ELSE]
    assert numbers(orders, text="漏水", told_since=later) == [HERE], "it is still open"


@pytest.mark.parametrize("states", [EVERY, OPEN])
@pytest.mark.parametrize("text", ["曾国强", "zgq", "夜里"])
def test_a_complaint_is_found_neither_by_who_complains_nor_by_its_words(
    orders, put, home, states, text
):
    person, unit = home
    put(number=HERE, spot=Spot(unit=unit), person=person, words="夜里装修", **COMPLAINT)

    assert numbers(orders, text=text, states=states) == []


@pytest.mark.parametrize("states", [EVERY, OPEN])
@pytest.mark.parametrize("text", ["曾国强", "zgq", "3-1-502"])
def test_who_asked_for_confidentiality_is_found_by_neither_name_nor_room(
    orders, book, home, connection, context, states, text
):
    SqlPeople(connection, context).shield(home[0], on=True)

    assert numbers(orders, text=text, states=states) == []


def test_an_index_leads_to_what_is_sought_among_all_orders(orders, book, connection):
    """A million rows are not looked through for a number's beginning, a name or a word."""
    heard: list[str] = []
    connection.connection.dbapi_connection.set_trace_callback(heard.append)
    try:
        numbers(orders, text="漏水", told_since=DAY)
    finally:
        connection.connection.dbapi_connection.set_trace_callback(None)
    sought = next(one for one in heard if "person_search" in one or "漏水" in one)
    plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sought}")]

    assert not [one for one in plan if one == "SCAN work_order"]


@pytest.mark.parametrize(
    ("order", "rising"),
    [
        ("number", ["a", "b", "c"]),
        ("queue", ["b", "c", "a"]),
        ("due", ["c", "a", "b"]),
        ("state", ["c", "a", "b"]),
        ("where", ["b", "c", "a"]),
        ("who", ["c", "a", "b"]),
    ],
)
def test_open_orders_are_sorted_both_ways_by_each_column(orders, put, order, rising):
    put(
        number="a",
        urgency=Urgency.NORMAL,
        due_at=NOW + 2 * HOUR,
        state=OrderState.ASSIGNED,
        spot=Spot(building="10", area="大堂"),
        assignee="B",
    )
    put(
        number="b",
        urgency=Urgency.EMERGENCY,
        due_at=NOW + 3 * HOUR,
        state=OrderState.WORKING,
        spot=Spot(building="2", area="A"),
    )
    put(
        number="c",
        urgency=Urgency.URGENT,
        due_at=NOW + HOUR,
        spot=Spot(building="2", area="B"),
        assignee="A",
    )

    assert numbers(orders, states=OPEN, order=order) == rising
    assert numbers(orders, states=OPEN, order=order, descending=True) == rising[::-1]


def test_by_place_nobody_tells_where_somebody_confidential_lives(
    orders, put, home, connection, context
):
    person, unit = home
    put(number="a", spot=Spot(unit=unit), person=person)
    put(number="b", spot=Spot(building="3"))
    assert numbers(orders, states=OPEN, order="where") == ["b", "a"]
    SqlPeople(connection, context).shield(person, on=True)

    assert numbers(orders, states=OPEN, order="where") == ["a", "b"]
