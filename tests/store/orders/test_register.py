"""An order keeps its number, its history only grows, and people go out of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError, IntegrityError

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import COMPLAINTS, ORDERS, OrderId, OrderState, OrderStep, Spot
from pmdesk.domain.people import UnitId
from pmdesk.domain.ports.orders import OrderLine
from pmdesk.errors import ConflictError, NotFoundError
from pmdesk.store.erasing import erase_values
from pmdesk.store.orders.counting import SqlOrderCounts
from pmdesk.store.people import remove
from tests.domain.orders.made import NOW, order
from tests.store.conftest import P1, UID, small_catalogue
from tests.store.orders.conftest import CLOSED, COMPLAINT, DAY

HOUR = timedelta(hours=1)


def cells(connection, key):
    """Everything that the book tells of one order."""
    row = connection.exec_driver_sql("SELECT * FROM work_order WHERE id = ?", (key,)).mappings()
    steps = connection.exec_driver_sql("SELECT * FROM order_step WHERE work_order = ?", (key,))
    return dict(row.one()), [tuple(step) for step in steps]


# ---- entering -------------------------------------------------------------------------------


def test_what_is_entered_is_read_back(orders, put, home):
    person, unit = home
    key = put(person=person, unit=unit, words="厨房漏水", callback="13800000001")

    found = orders.get(key)
    assert (found.words, found.person, found.spot.label) == ("厨房漏水", person, "3-1-502")
    assert orders.callback(key) == "13800000001"
    assert [step.act for step in orders.steps(key)] == ["received"]


def test_numbers_run_on_through_a_day_however_many(orders, put):
    assert put(number="W20260302-001")
    assert orders.next_number(DAY) == "W20260302-002"
    put(number="W20260302-999")
    put(number="W20260302-1000")
    assert orders.next_number(DAY) == "W20260302-1001"
    assert orders.next_number(date(2026, 3, 3)) == "W20260303-001"


def test_an_order_that_is_not_there_says_so(orders):
    with pytest.raises(NotFoundError):
        orders.get(OrderId(9))


@pytest.mark.parametrize(
    "wrong",
    [
        {"closed_at": NOW - HOUR, "state": OrderState.CLOSED},
        {"finished_at": NOW - HOUR, "state": OrderState.CALLBACK},
        {"closed_at": NOW + HOUR},  # yet open
        {"state": OrderState.CLOSED},  # yet never closed
        {"state": OrderState.WAITING},  # yet the clock goes on
        {"rating": 6},
    ],
)
def test_what_cannot_have_been_is_never_entered(put, wrong):
    with pytest.raises(IntegrityError):
        put(**wrong)


def test_nobody_is_named_where_all_share(put, home):
    person, _unit = home
    with pytest.raises(IntegrityError):
        put(person=person)


# ---- moving and history ---------------------------------------------------------------------


def test_whoever_moves_what_was_moved_meanwhile_is_told(orders, put):
    key = put()
    begun = replace(orders.get(key), state=OrderState.ASSIGNED, assignee="李师傅")
    orders.save(begun, was=OrderState.NEW)

    with pytest.raises(ConflictError):
        orders.save(begun, was=OrderState.NEW)
    with pytest.raises(NotFoundError):
        orders.save(replace(begun, id=OrderId(99)), was=OrderState.NEW)


def test_the_number_to_call_back_goes_when_the_order_is_closed(orders, put):
    key = put(callback="13800000001")
    orders.save(replace(orders.get(key), **CLOSED), was=OrderState.NEW)

    assert orders.callback(key) == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE order_step SET act = 'x'",
        "UPDATE order_step SET words = 'x'",
        "DELETE FROM order_step",
        (
            "INSERT OR REPLACE INTO order_step (id, work_order, at, by, act)"
            " SELECT id, work_order, at, by, 'x' FROM order_step"
        ),
        "DELETE FROM work_order",
        "UPDATE work_order SET number = 'x'",
        "UPDATE work_order SET received_at = due_at",
        (
            "INSERT OR REPLACE INTO work_order (id, number, service, kind, urgency, state, channel,"
            " received_at, received_by, day) SELECT id, number, 'x', kind, urgency, state, channel,"
            " received_at, received_by, day FROM work_order"
        ),
    ],
)
def test_history_only_grows_whatever_is_tried(connection, put, statement):
    key = put()
    before = cells(connection, key)

    with pytest.raises(DBAPIError, match=r"only grows|stays on record|keeps its number"):
        connection.exec_driver_sql(statement)
    assert cells(connection, key) == before


ACTS = st.lists(st.sampled_from(["assign", "start", "urged", "changed"]), max_size=6)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ACTS)
def test_each_step_stands_behind_the_ones_before(orders, put, acts):
    key = put()
    for place, act in enumerate(acts):
        before = orders.steps(key)
        orders.step(key, OrderStep(at=NOW, by=UID, act=act, words=str(place)))
        assert orders.steps(key)[:-1] == before


# ---- people go ------------------------------------------------------------------------------


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    closed=st.booleans(),
    complaint=st.booleans(),
    named=st.booleans(),
    words=st.text(alphabet="漏水王小明0123456789", min_size=1, max_size=12),
)
def test_no_order_reveals_a_person_who_is_gone(
    connection, enter, put, closed, complaint, named, words
):
    person = enter(room="7-1-701")
    home = "SELECT unit FROM occupancy WHERE person = ?"
    unit = UnitId(connection.exec_driver_sql(home, (person,)).scalar())
    key = put(
        person=person if named else None,
        unit=unit,
        callback="" if closed else "13800000042",
        step=words,
        words=words,
        **(CLOSED if closed else {}),
        **(COMPLAINT if complaint else {}),
    )

    remove(connection, person)

    row, steps = cells(connection, key)
    assert (row["person"], row["unit"], row["words"], row["callback"]) == (None, None, "", "")
    assert [step[-1] for step in steps] == [""]
    assert row["building"] is not None, "the building is counted still"


def test_what_a_home_asked_for_stays_while_somebody_lives_there(connection, enter, orders, put):
    gone, stays = enter(room="8-1-801"), enter(name="李静", room="8-1-801")
    unit = connection.exec_driver_sql(
        "SELECT unit FROM occupancy WHERE person = ?", (stays,)
    ).scalar()
    of_home, of_other = put(unit=unit, words="门"), put(person=stays, unit=unit, words="窗")

    remove(connection, gone)

    assert [orders.get(one).words for one in (of_home, of_other)] == ["门", "窗"]
    remove(connection, stays)
    assert [orders.get(one).words for one in (of_home, of_other)] == ["", ""]


def test_whoever_goes_is_found_by_an_index(connection):
    """Else the archive of a whole estate would read all orders for each resident."""
    plan = connection.exec_driver_sql(
        "EXPLAIN QUERY PLAN SELECT id FROM work_order WHERE person = 1 OR (person IS NULL"
        " AND unit IN (SELECT unit FROM occupancy WHERE person = 1)"
        " AND NOT EXISTS (SELECT 1 FROM occupancy AS other"
        " WHERE other.unit = work_order.unit AND other.person <> 1))"
    ).all()

    assert not [row for row in plan if row[-1] == "SCAN work_order"]


def test_complaints_are_emptied_after_their_time_and_nothing_else(orders, put, home):
    person, unit = home
    whose = {"person": person, "unit": unit, **CLOSED}
    complaint, repair = put(**whose, **COMPLAINT), put(**whose)
    open_one = put(person=person, unit=unit, **COMPLAINT)

    assert orders.first_complaint() == (NOW + 2 * HOUR).astimezone().date()
    assert orders.settle(complaints=DAY, others=DAY) == 0
    assert orders.settle(complaints=DAY + timedelta(days=2), others=DAY) == 1
    assert orders.settle(complaints=DAY + timedelta(days=2), others=DAY) == 0, "once"
    assert orders.get(complaint).person is None
    assert orders.get(complaint).words == ""
    assert orders.steps(complaint)[0].words == ""
    assert orders.get(repair).person == person
    assert orders.get(open_one).person == person
    assert orders.first_complaint() is None


def test_what_is_nobodys_is_emptied_after_the_contract(orders, put, home):
    person, unit = home
    public, own = put(**CLOSED), put(person=person, unit=unit, **CLOSED)

    assert orders.settle(complaints=DAY, others=DAY + timedelta(days=2)) == 1
    assert orders.get(public).words == ""
    assert orders.get(own).words != ""


def test_what_was_written_in_the_history_of_a_wordless_order_goes_at_its_term(orders, put):
    """A list of past orders often says no words; what was noted later is as old as the order."""
    public = put(words="", step="王女士又打电话来", **CLOSED)
    complaint = put(words="", step="二楼的说太吵", **CLOSED, **COMPLAINT)
    assert orders.first_complaint() is not None

    late = DAY + timedelta(days=2)
    assert orders.settle(complaints=late, others=late) == 2
    assert {step.words for one in (public, complaint) for step in orders.steps(one)} == {""}
    assert orders.first_complaint() is None
    assert orders.settle(complaints=late, others=late) == 0, "once"


@pytest.mark.parametrize("field", [ORDERS, COMPLAINTS])
def test_orders_of_one_kind_are_erased_and_the_others_stay(connection, orders, put, home, field):
    person, unit = home
    whose = {"person": person, "unit": unit}
    complaint, repair = put(**whose, **COMPLAINT), put(**whose)

    assert erase_values(connection, small_catalogue(), person, P1, field)
    assert (orders.get(complaint).person is None) is (field == COMPLAINTS)
    assert (orders.get(repair).person is None) is (field == ORDERS)
    assert not erase_values(connection, small_catalogue(), person, P1, field)


# ---- looking around -------------------------------------------------------------------------


def test_alike_are_those_of_the_kind_in_the_building_lately(orders, put, home):
    _person, unit = home
    here = put(unit=unit)
    hall = put(spot=Spot(building="3", area="大堂"))
    put(spot=Spot(building="4", area="大堂"))
    put(unit=unit, kind="electric")
    put(unit=unit, state=OrderState.MERGED, closed_at=NOW)
    put(unit=unit, day=DAY - timedelta(days=9), number="W20260221-001")
    estate = put(spot=Spot(area="北门"))

    spot = Spot(unit=unit, building="3", room="3-1-502")
    alike = orders.alike(spot, Service.REPAIR, "plumbing", DAY - timedelta(days=7))
    assert [one.id for one in alike] == [hall, here]
    whole = orders.alike(Spot(area="北门"), Service.REPAIR, "plumbing", DAY)
    assert [one.id for one in whole] == [estate]


def test_what_is_open_is_counted_by_state(orders, put):
    put()
    put(state=OrderState.ASSIGNED, assignee="李师傅")
    put(**CLOSED, assignee="张师傅", source="A-1")

    assert orders.waiting()[OrderState.NEW] == 1
    assert orders.waiting()[OrderState.WORKING] == 0
    assert set(orders.assignees(DAY)) == {"李师傅", "张师傅"}
    assert orders.assignees(DAY + timedelta(days=120)) == ()
    assert orders.sources() == {"A-1"}


def test_thousands_are_entered_at_once_and_counted(orders, connection, context):
    lines = [
        OrderLine(
            order=order(
                number=f"A-{place}",
                person=None,
                spot=Spot(building="9", area=""),
                source=str(place),
            ),
            day=DAY + timedelta(days=place % 3),
            hour=place % 24 if place % 2 else None,
            entrance="1",
            room=str(100 + place) if place % 2 else "",
        )
        for place in range(6)
    ]
    counts = SqlOrderCounts(connection, context)
    assert counts.days() is None

    assert orders.add_many(lines) == 6

    assert counts.days() == (DAY, DAY + timedelta(days=2))
    counted = counts.by_day(since=DAY, until=DAY + timedelta(days=2))
    assert sum(one.orders for one in counted) == 4
    assert {one.building for one in counted} == {"9"}
    by_hour = counts.by_day(since=DAY, until=DAY + timedelta(days=3), hours=True)
    assert {one.hour for one in by_hour} == {None, 1, 3, 5}
    places = {one.spot.label for one in orders.rows(range(1, 9))}
    assert places == {"9", "9-1-101", "9-1-103", "9-1-105"}
    assert [step.act for step in orders.steps(OrderId(1))] == ["imported"]


def test_a_withdrawn_import_begins_no_history(orders, put, connection, context):
    put(day=DAY)
    old, far = DAY - timedelta(days=900), DAY + timedelta(days=3)
    for number, day in (("H-1", old), ("H-2", far)):
        made = order(number=number, spot=Spot(building="3"), person=None)
        orders.add_many([OrderLine(order=made, day=day, hour=None)])
    counts = SqlOrderCounts(connection, context)
    assert counts.days() == (old, far)

    orders.withdraw_import(orders.record_import(2, at=NOW, by=UID), at=NOW, by=UID)

    assert counts.days() == (DAY, DAY)
