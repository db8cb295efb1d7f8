"""A plan adds to the contract and never takes from it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.orders.floor import MOST_HOURS, Floor, Plans, Promise, problems
from pmdesk.domain.orders.kinds import Service, Urgency

HOURS = {Urgency.EMERGENCY: 4, Urgency.URGENT: 24, Urgency.NORMAL: 72}
BASE = Promise(visits=2, respond=24, channels=frozenset({"counter", "phone"}))
FLOOR = Floor(promises={Service.REPAIR: BASE}, hours=HOURS, complaint_hours=120)
PROMISES = st.builds(
    Promise,
    visits=st.integers(0, 5),
    respond=st.integers(1, 48),
    channels=st.sets(st.sampled_from(["counter", "phone", "visit"])).map(frozenset),
)


@given(PROMISES, st.sampled_from(["care", "enhanced", "special"]))
def test_what_can_be_saved_is_never_below_the_contract(promise, tier):
    plans = Plans(tiers={tier: {Service.REPAIR: promise}})
    kept = not list(problems(plans, FLOOR))

    at_least = (
        promise.visits >= BASE.visits
        and promise.respond <= BASE.respond
        and promise.channels >= BASE.channels
    )
    assert kept == at_least
    if kept:
        assert not plans.promise(tier, Service.REPAIR, FLOOR).is_below(BASE)


@given(PROMISES, st.sampled_from(["standard", "care", "special"]), st.sampled_from(Service))
def test_an_answer_is_never_promised_later_than_the_contract_has_it(promise, tier, service):
    plans = Plans(tiers={"care": {service: promise}})
    contract = plans.answer("standard", service, FLOOR)

    assert contract == timedelta(hours=24)
    expected = min(promise.respond, 24) if tier == "care" else 24
    assert plans.answer(tier, service, FLOOR) == timedelta(hours=expected)


@pytest.mark.parametrize(("service", "hours"), [("complaint", 5), ("enquiry", 24)])
def test_a_complaint_is_answered_before_its_own_time_is_over(service, hours):
    """A city may shorten that time below the first answer of the contract."""
    short = replace(FLOOR, complaint_hours=5)
    plans = Plans(tiers={"care": {Service(service): Promise(respond=4)}})

    assert plans.answer("standard", Service(service), short) == timedelta(hours=hours)
    assert plans.answer("care", Service(service), short) == timedelta(hours=4)


@pytest.mark.parametrize(("service", "keys"), [("cleaning", ["care.cleaning"]), ("enquiry", [])])
def test_no_tier_has_more_rounds_of_common_areas(service, keys):
    plans = Plans(tiers={"care": {Service(service): Promise(visits=9, respond=4)}})

    assert [one.key for one in problems(plans, FLOOR)] == keys


def test_standard_service_is_the_contract_itself():
    better = Promise(visits=9, respond=1, channels=BASE.channels)
    plans = Plans(tiers={"standard": {Service.REPAIR: better}})

    assert [one.key for one in problems(plans, FLOOR)] == ["standard.repair"]
    assert plans.promise("standard", Service.REPAIR, FLOOR) == BASE


def test_what_a_plan_does_not_say_is_the_contract():
    assert Plans(tiers={}).promise("special", Service.REPAIR, FLOOR) == BASE
    assert Plans(tiers={}).promise("special", Service.OTHER, FLOOR) == Promise()


def test_an_answer_that_never_comes_is_no_promise():
    loose = Floor(
        promises={Service.REPAIR: Promise(respond=MOST_HOURS + 9)}, hours=HOURS, complaint_hours=9
    )
    plans = Plans(tiers={"care": {Service.REPAIR: Promise(respond=MOST_HOURS + 1)}})

    assert [one.key for one in problems(plans, loose)] == ["care.repair"]


def test_orders_are_due_by_urgency_and_complaints_have_their_own_clock():
    assert FLOOR.due(Service.REPAIR, Urgency.NORMAL) == timedelta(hours=72)
    assert FLOOR.due(Service.COMPLAINT, Urgency.NORMAL) == timedelta(hours=120)
    assert FLOOR.due(Service.COMPLAINT, Urgency.EMERGENCY) == timedelta(hours=4)
