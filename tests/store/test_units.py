"""Units entered by the thousand are those that would have been entered one by one."""

import pytest

from pmdesk.store.premises import SqlPremises
from pmdesk.store.units import Units

ROOMS = [("10栋", "1", "502"), ("2栋", "", "3-1"), ("10栋", "1", "502"), ("10栋", "2", "101")]


@pytest.fixture
def premises(connection, context):
    return SqlPremises(connection, context)


def test_many_units_are_entered_once_each(premises):
    premises.ensure("10栋", "1", "502")
    premises.ensure_many(ROOMS)
    assert premises.count() == 3
    assert premises.buildings() == ("2栋", "10栋")
    premises.ensure_many(ROOMS)
    premises.ensure_many(())
    assert premises.count() == 3


def test_a_unit_entered_in_bulk_is_the_one_found_singly(premises, connection):
    known = Units(connection).entered(ROOMS)
    assert {room: premises.find(*room).id for room in ROOMS} == known
    assert premises.ensure(*ROOMS[0]) == known[ROOMS[0]]


def test_positions_are_those_of_single_entry(premises, connection):
    premises.ensure("3栋", "1", "502")
    premises.ensure_many([("4栋", "1", "502")])
    rows = connection.exec_driver_sql("SELECT DISTINCT position FROM unit").all()
    assert len(rows) == 1
