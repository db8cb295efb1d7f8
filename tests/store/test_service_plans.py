"""What the contract promised stands as it was published."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from pmdesk.domain.orders.floor import Floor, Plans, Promise
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.store.service_plans import SqlServicePlans
from tests.store.conftest import TODAY, UID

FLOOR = Floor(
    promises={Service.REPAIR: Promise(visits=2, respond=8)},
    hours={Urgency.EMERGENCY: 2, Urgency.URGENT: 12, Urgency.NORMAL: 48},
    complaint_hours=72,
)
PLANS = Plans(tiers={"care": {Service.REPAIR: Promise(visits=4, respond=4)}})


@pytest.fixture
def plans(connection, context):
    return SqlServicePlans(connection, context)


def test_nothing_was_published_in_a_new_office(plans):
    assert plans.current(TODAY) is None
    assert plans.all() == ()


def test_the_newest_version_that_holds_is_read_back_whole(plans):
    first = plans.publish(FLOOR, Plans(tiers={}), since=TODAY)
    second = plans.publish(FLOOR, PLANS, since=TODAY + timedelta(days=1))

    assert plans.current(TODAY).version == first
    held = plans.current(TODAY + timedelta(days=1))
    assert (held.version, held.floor, held.plans, held.author) == (second, FLOOR, PLANS, UID)
    assert [one.version for one in plans.all()] == [second, first]


def test_why_a_version_promises_less_stays_with_it(plans):
    plans.publish(FLOOR, PLANS, since=TODAY)
    plans.publish(FLOOR, Plans(tiers={}), since=TODAY, reason="业主大会第 3 号决议")

    assert [one.reason for one in plans.all()] == ["业主大会第 3 号决议", ""]


@pytest.mark.parametrize(
    "act", ["UPDATE service_plan SET document = '{}'", "DELETE FROM service_plan"]
)
def test_a_published_version_is_never_changed(plans, connection, act):
    plans.publish(FLOOR, PLANS, since=TODAY)

    with pytest.raises(DBAPIError, match="published plan"):
        connection.exec_driver_sql(act)
