"""Plans while they are edited: the contract is the floor in every cell."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.orders.floor import MOST_HOURS, Plans, Promise, ServicePlan, floor_problems
from pmdesk.domain.orders.floor import problems as plan_problems
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.plan_changes import plan_changes, same_contract
from pmdesk.domain.orders.plan_draft import (
    CONTRACT,
    LINES,
    MOST_VISITS,
    Line,
    PlanCell,
    drafted,
    may_type,
)
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.services.orders.floor import shipped

BASE = drafted(shipped())
TIERS = ("care", "enhanced", "special")


def cell(tier, aspect, of="repair"):
    return PlanCell(tier, Line(aspect, of))


VISITS, RESPOND, WAYS = (cell("care", one) for one in (Aspect.VISITS, Aspect.RESPOND, Aspect.WAYS))
NORMAL = cell(CONTRACT, Aspect.DONE, "normal")
URGENT = cell(CONTRACT, Aspect.DONE, "urgent")


def test_a_version_is_its_own_draft():
    plans = Plans(tiers={"care": {Service.REPAIR: Promise(visits=4, respond=4)}})
    made = drafted(replace(shipped(), plans=plans))

    assert made.floors() == shipped().floor
    assert made.plans() == plans
    assert made.faults() == ()


@pytest.mark.parametrize("service", ["cleaning", "security"])
def test_rounds_of_common_areas_belong_to_no_tier(service):
    rounds = cell("care", Aspect.VISITS, service)
    old = Plans(tiers={"care": {Service(service): replace(_promise(service), visits=3000)}})
    draft = drafted(replace(shipped(), plans=old))

    assert not may_type(rounds)
    assert may_type(cell(CONTRACT, Aspect.VISITS, service))
    assert may_type(cell("care", Aspect.RESPOND, service))
    assert [fault.cell for fault in draft.faults()] == [rounds]
    assert draft.lifted() == BASE
    assert len(list(plan_problems(draft.plans(), draft.floors()))) == 1


def _promise(service):
    return shipped().floor.promises[Service(service)]


def test_what_a_tier_does_not_say_follows_the_contract():
    draft = BASE.entered(VISITS, "4")
    slower = draft.entered(cell(CONTRACT, Aspect.RESPOND), "12")

    assert slower.value(RESPOND) == 12
    assert slower.plans().tiers["care"][Service.REPAIR].respond == 12
    assert not slower.differs(RESPOND)


@pytest.mark.parametrize(
    ("where", "text", "said"),
    [
        (RESPOND, "48", "Slower"),
        (cell("care", Aspect.VISITS, "cleaning"), "12", "Less"),
        (WAYS, "上门", "missing"),
        (WAYS, "电话", "missing"),
        (RESPOND, "0", "one hour"),
        (VISITS, str(MOST_VISITS + 1), "too often"),
        (VISITS, "常来", "cannot be read"),
        (NORMAL, "1", "more urgent"),
        (NORMAL, str(MOST_HOURS + 1), "one hour"),
        (cell(CONTRACT, Aspect.WAYS), "", "one way"),
        (cell(CONTRACT, Aspect.VISITS), "", "cannot be read"),
    ],
)
def test_what_cannot_stand_is_told_with_its_cell(where, text, said):
    faults = BASE.entered(where, text).faults()

    blamed = URGENT if said == "more urgent" else where
    assert any(fault.cell == blamed and said in fault.sentence for fault in faults)


def test_an_unread_entry_stays_until_it_is_mended():
    broken = BASE.entered(VISITS, "常来")
    assert broken.unread == {VISITS: "常来"}
    assert broken.value(VISITS) == 0

    assert broken.entered(VISITS, "4").unread == {}
    assert broken.entered(VISITS, "").unread == {}
    assert broken.cleared([VISITS]) == BASE


def test_nothing_in_a_cell_is_what_the_contract_says():
    draft = BASE.entered(RESPOND, "4")

    assert draft.entered(RESPOND, " ") == BASE
    assert draft.entered(RESPOND, "24") == BASE
    assert draft.cleared([RESPOND, NORMAL]) == BASE


def test_the_contract_is_copied_into_a_tier_at_once():
    draft = BASE.entered(RESPOND, "4").entered(cell("special", Aspect.RESPOND), "2")

    copied = draft.as_contract("care")
    assert {one.tier for one in copied.own} == {"special"}


def test_a_raised_contract_raises_what_is_below_it_in_one_step():
    draft = BASE.entered(VISITS, "4").entered(WAYS, "前台、电话、上门")
    raised = draft.entered(cell(CONTRACT, Aspect.VISITS), "12")
    raised = raised.entered(cell(CONTRACT, Aspect.WAYS), "前台、电话、书面")

    assert {fault.cell for fault in raised.faults()} == {VISITS, WAYS}
    lifted = raised.lifted()
    assert lifted.faults() == ()
    assert lifted.value(WAYS) == frozenset({"counter", "phone", "writing", "visit"})


def test_a_tier_that_promised_what_is_now_the_contract_says_nothing_of_its_own():
    draft = BASE.entered(RESPOND, "12").entered(cell(CONTRACT, Aspect.RESPOND), "12")

    assert not draft.differs(RESPOND)
    assert draft.plans() == Plans(tiers={})


def test_orders_are_done_in_the_same_time_in_every_tier():
    assert may_type(NORMAL)
    assert not may_type(PlanCell("special", NORMAL.line))


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from((CONTRACT, *TIERS)),
            st.sampled_from(LINES),
            st.sampled_from(["", "0", "1", "12", "30", "3 天", "前台", "前台、电话、上门", "？"]),
        ),
        max_size=8,
    )
)
def test_a_draft_without_faults_is_never_below_its_contract(entries):
    draft = BASE
    for tier, line, text in entries:
        if may_type(PlanCell(tier, line)):
            draft = draft.entered(PlanCell(tier, line), text)
    if draft.faults():
        return
    floor, plans = draft.floors(), draft.plans()

    assert not list(plan_problems(plans, floor))
    assert not list(floor_problems(floor))
    for tier in TIERS:
        for service in Service:
            promise = plans.promise(tier, service, floor)
            assert not promise.is_below(floor.promises[service])
    assert drafted(ServicePlan(version=1, floor=floor, plans=plans)).plans() == plans


# ---- what a version changes ------------------------------------------------------------------


def test_a_version_tells_what_it_says_otherwise():
    after = BASE.entered(RESPOND, "4").entered(NORMAL, "80")
    found = plan_changes(BASE, after)

    assert [(one.cell, one.before, one.after, one.less) for one in found] == [
        (NORMAL, 72, 80, True),
        (RESPOND, 24, 4, False),
    ]
    assert [(one.was_contract, one.is_contract) for one in found] == [(False, False), (True, False)]
    assert not same_contract(BASE, after)
    assert same_contract(BASE, BASE.entered(RESPOND, "4"))


def test_going_back_to_the_contract_is_told_as_less():
    before = BASE.entered(WAYS, "前台、电话、上门")
    (change,) = plan_changes(before, BASE)

    assert (change.cell, change.after, change.less) == (WAYS, BASE.floor[WAYS.line], True)
    assert change.is_contract
    assert not change.was_contract
    assert plan_changes(before, before) == ()
