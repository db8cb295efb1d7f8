"""The contract's floor holds for everybody, and a city can only make the office faster."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.domain.orders.floor import MOST_HOURS, Plans, Promise
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.errors import DeniedError, RefusedError
from pmdesk.services.orders import floor
from pmdesk.services.rights import desk_settings
from tests.services.orders.asked import complaint, registered

SHIPPED = floor.shipped()
BASE = SHIPPED.floor.promises[Service.REPAIR]
CARE = Plans(tiers={"care": {Service.REPAIR: replace(BASE, visits=4, respond=4)}})


def due(session, order):
    with session.store.reading() as work:
        found = work.orders.get(order)
    return found.due_at - found.received_at


# ---- what is shipped ------------------------------------------------------------------------


def test_what_is_shipped_promises_each_service_and_adds_nothing_for_a_tier():
    assert set(SHIPPED.floor.promises) == set(Service)
    assert set(SHIPPED.floor.hours) == set(Urgency)
    assert SHIPPED.plans.tiers == {}
    assert floor.problems(SHIPPED.floor, SHIPPED.plans) == ()


def test_nobody_is_shipped_a_contract_that_leaves_people_in_a_lift():
    assert SHIPPED.floor.hours[Urgency.EMERGENCY] == 1


def test_a_new_office_promises_what_is_shipped(clerk):
    assert floor.current(clerk) == SHIPPED
    assert floor.versions(clerk) == (SHIPPED,)


# ---- the clock of complaints ----------------------------------------------------------------


@pytest.mark.parametrize(("hours", "expected"), [(480, 240), (72, 72)])
def test_a_city_makes_complaints_faster_and_never_slower(admin, hours, expected):
    floor.publish(admin, replace(SHIPPED.floor, complaint_hours=hours), SHIPPED.plans)
    assert floor.current(admin).floor.complaint_hours == hours
    desk_settings.configure(admin, "hangzhou", 10)

    assert floor.current(admin).floor.complaint_hours == expected
    assert due(admin, registered(admin, complaint())) == timedelta(hours=expected)


# ---- publishing -----------------------------------------------------------------------------


def test_a_published_version_holds_and_the_ones_before_stay(manager, office, clock):
    with office.logged() as log:
        changes = floor.publish(manager, SHIPPED.floor, CARE)
    clock.advance(days=1)
    floor.publish(manager, replace(SHIPPED.floor, complaint_hours=48), CARE)

    assert changes.kinds == {"plans"}
    assert log == [("plan.publish", "plan:1", ())]
    assert [one.version for one in floor.versions(manager)] == [2, 1, 0]
    held = floor.current(manager)
    assert (held.floor.complaint_hours, held.plans, held.author) == (48, CARE, manager.staff.uid)


SLOWER = replace(SHIPPED.floor, complaint_hours=130)


@pytest.mark.parametrize("reason", ["", "  ", "同意", "业" * 101, "证号 11010519491231002X"])
@pytest.mark.parametrize("less", [(SLOWER, CARE), (SHIPPED.floor, SHIPPED.plans)])
def test_less_than_was_promised_needs_the_owners_decision(manager, less, reason):
    floor.publish(manager, SHIPPED.floor, CARE)
    with pytest.raises(RefusedError) as refused:
        floor.publish(manager, *less, reason=reason)

    assert refused.value.places["keys"] == ("reason",)
    assert len(floor.versions(manager)) == 2
    floor.publish(manager, *less, reason=" 业主大会第 3 号决议 ")
    assert floor.versions(manager)[0].reason == "业主大会第 3 号决议"


def test_more_than_was_promised_needs_no_reason_and_keeps_none(manager):
    floor.publish(manager, SLOWER, SHIPPED.plans)  # nobody agreed to what came with the program
    floor.publish(manager, SHIPPED.floor, CARE, reason="业主大会第 3 号决议")

    assert [one.reason for one in floor.versions(manager)] == ["", "", ""]


def test_orders_keep_the_time_they_were_given(manager):
    before = registered(manager)
    faster = dict.fromkeys(Urgency, 2)
    floor.publish(manager, replace(SHIPPED.floor, hours=faster), SHIPPED.plans)

    assert due(manager, before) == timedelta(hours=72)
    assert due(manager, registered(manager)) == timedelta(hours=2)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.builds(
        Promise,
        visits=st.integers(-1, 3),
        respond=st.integers(0, 40),
        channels=st.sets(st.sampled_from(["counter", "phone", "visit"])).map(frozenset),
    ),
    st.sampled_from(["standard", "care", "enhanced", "special"]),
)
def test_no_published_plan_is_below_the_contract(manager, promise, tier):
    plans = Plans(tiers={tier: {Service.REPAIR: promise}})
    before = len(floor.versions(manager))
    try:
        floor.publish(manager, SHIPPED.floor, plans, reason="业主大会第 3 号决议")
    except RefusedError:
        assert len(floor.versions(manager)) == before
    held = floor.current(manager)
    for one in ("standard", "care", "enhanced", "special"):
        assert not held.plans.promise(one, Service.REPAIR, held.floor).is_below(BASE)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"complaint_hours": 0}, "hours"),
        ({"complaint_hours": MOST_HOURS + 1}, "hours"),
        ({"hours": {Urgency.EMERGENCY: 9, Urgency.URGENT: 4, Urgency.NORMAL: 72}}, "hours"),
        ({"hours": {Urgency.NORMAL: 72}}, "hours"),
        ({"promises": {Service.REPAIR: replace(BASE, respond=0)}}, "floor.repair"),
        ({"promises": {Service.REPAIR: replace(BASE, channels=frozenset())}}, "floor.repair"),
    ],
)
def test_a_floor_promises_something(manager, changes, key):
    wrong = replace(SHIPPED.floor, **changes)

    assert [one.key for one in floor.problems(wrong, SHIPPED.plans)] == [key]
    with pytest.raises(RefusedError):
        floor.publish(manager, wrong, SHIPPED.plans)


def test_a_plan_for_a_tier_that_is_not_there_is_refused(manager):
    with pytest.raises(RefusedError):
        floor.publish(manager, SHIPPED.floor, Plans(tiers={"vip": CARE.tiers["care"]}))


def test_the_front_desk_promises_nothing(clerk):
    with pytest.raises(DeniedError):
        floor.publish(clerk, SHIPPED.floor, CARE)
