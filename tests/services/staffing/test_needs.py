"""People for the work of a shift as one: never a sum of what each service would need alone."""

from dataclasses import replace
from datetime import date

import pytest

from pmdesk.analytics.demand.staffing import Work, judged, suggested
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.staffing import Hand, Need, lacking
from pmdesk.services.staffing import needs, plans
from pmdesk.services.staffing.needs import Task, Workload

MONDAY = date(2026, 3, 2)
SMALL = {one: Task(mean=0.8, variance=1.0, minutes=30) for one in Service}
EARLY = Workload(services=SMALL, posts={Service.SECURITY: 1}, productive=288.0)
NIGHT = Workload(
    services={Service.SECURITY: Task(mean=0.05, variance=0.05, minutes=25)},
    posts={Service.SECURITY: 1},
    productive=288.0,
)


def works(load):
    return [
        Work(mean=t.mean, variance=t.variance, minutes=t.minutes) for t in load.services.values()
    ]


@pytest.mark.parametrize("careful", [50, 80, 95])
def test_services_are_pooled(careful):
    found = EARLY.suggested(careful)
    alone = sum(suggested([one], careful / 100, 288.0).people for one in works(EARLY))

    assert found == suggested(works(EARLY), careful / 100, 288.0)
    assert found.people == 1
    assert alone == len(Service)


def test_so_many_are_enough_as_often_as_promised_and_one_fewer_is_not():
    busy = replace(
        EARLY, services={one: replace(task, mean=8.0, variance=12.0) for one, task in SMALL.items()}
    )
    found = busy.suggested(80)

    assert found.short <= 0.2
    assert judged(works(busy), found.people - 1, 288.0).short > 0.2


def test_each_service_with_work_has_somebody_able_without_more_people():
    need = EARLY.need(80)

    assert need.people == 1
    assert need.able == dict.fromkeys(Service, 1)
    assert need.posts == {Service.SECURITY: 1}


def test_a_service_of_which_hardly_anything_comes_asks_for_nobody():
    rare = {**SMALL, Service.CLEANING: Task(mean=0.01, variance=0.01, minutes=30)}

    need = replace(EARLY, services=rare).need(80)
    assert need.able[Service.CLEANING] == 0
    assert not needs.team(replace(need, people=0, able={Service.CLEANING: 0}), [CLEANER])


def test_of_several_things_that_each_come_rarely_whoever_can_do_one_is_of_use():
    tiny = dict.fromkeys(Service, Task(mean=0.2, variance=0.2, minutes=30))
    load = Workload(services=tiny, posts={}, productive=288.0)
    need = load.need(60)

    assert (need.people, any(need.able.values())) == (1, False)
    assert need
    assert needs.team(need, [CLEANER]) == (CLEANER,)
    assert not lacking(need, [REPAIRER])
    told = {one.careful: one for one in needs.tradeoffs({(MONDAY, "early"): load}, crew_of())}
    assert (told[60].shifts, told[60].pooled) == (1, 1)


def test_a_post_does_not_make_only_those_useful_who_hold_it():
    few = dict.fromkeys(Service, Task(mean=0.4, variance=0.4, minutes=30))
    need = Workload(services=few, posts={Service.SECURITY: 1}, productive=40.0).need(50)

    assert need.able[Service.SECURITY] == 1
    assert need.people > 1
    assert lacking(need, [REPAIRER]).people == need.people - 1


def test_what_does_not_come_at_all_is_of_no_use():
    none = {**SMALL, Service.CLEANING: Task(mean=0.0, variance=0.0, minutes=30)}

    assert Service.CLEANING not in replace(EARLY, services=none).need(80).able


def test_a_post_is_held_whatever_comes():
    assert (NIGHT.need(50).people, NIGHT.need(50).able) == (1, {Service.SECURITY: 1})
    two = replace(EARLY, posts={Service.SECURITY: 1, Service.ENQUIRY: 1})
    assert two.need(50).people == 2


# ---- what is delivered ---------------------------------------------------------------------------

REPAIRER = Hand(code="r", name="", skills=frozenset({Service.REPAIR}))
CLEANER = Hand(code="c", name="", skills=frozenset({Service.CLEANING}))
BOTH = Hand(code="b", name="", skills=frozenset({Service.REPAIR, Service.CLEANING}))
TWO = {
    Service.REPAIR: Task(mean=5.0, variance=6.0, minutes=45),
    Service.CLEANING: Task(mean=5.0, variance=6.0, minutes=45),
}


def crew_of(*hands):
    return replace(plans.shipped(), hands=hands)


def test_who_does_one_thing_helps_with_no_other():
    load = Workload(services=TWO, posts={}, productive=288.0)
    pooled, apart = load.delivered([BOTH, BOTH]), load.delivered([REPAIRER, CLEANER])

    assert pooled == judged(works(load), 2, 288.0)
    alone = judged(works(load)[:1], 1, 288.0)
    assert apart.short == pytest.approx(1 - (1 - alone.short) ** 2)
    assert apart.left == pytest.approx(2 * alone.left)
    assert apart.idle == pytest.approx(alone.idle)
    assert apart.short > pooled.short
    assert load.delivered([REPAIRER]).left > 5  # nobody cleans
    assert load.delivered([]).idle == 0.0


def test_a_team_is_as_small_as_skills_allow():
    need = Need(people=1, able={Service.REPAIR: 1, Service.CLEANING: 1})

    assert needs.team(need, [REPAIRER, CLEANER, BOTH]) == (BOTH,)
    assert set(needs.team(need, [REPAIRER, CLEANER])) == {REPAIRER, CLEANER}
    assert needs.team(replace(need, people=3), [BOTH]) == (BOTH, BOTH, BOTH)


def test_the_price_is_that_of_the_week_as_it_is_delivered():
    week = {(MONDAY, "early"): EARLY, (MONDAY, "night"): NIGHT}
    everybody = Hand(code="e", name="", skills=frozenset(Service))
    for crew in (crew_of(), crew_of(everybody)):
        told = {one.careful: one for one in needs.tradeoffs(week, crew)}[80]
        early, night = EARLY.suggested(80), NIGHT.suggested(80)
        assert told.shifts == told.pooled == early.people + night.people
        assert told.short == pytest.approx((early.short + night.short) / 2)
        assert told.left == pytest.approx(early.left + night.left)
        assert 0 < told.idle < 1


def test_people_who_each_do_one_thing_are_more_and_wait_more():
    crew = crew_of(*(Hand(code=one, name=one, skills=frozenset({one})) for one in Service))
    told = {one.careful: one for one in needs.tradeoffs({(MONDAY, "early"): EARLY}, crew)}[80]

    assert (told.shifts, told.pooled) == (len(Service), 1)
    assert told.idle > EARLY.suggested(80).idle


def test_what_nobody_can_do_yet_is_planned_for_somebody_new():
    told = needs.tradeoffs({(MONDAY, "early"): EARLY}, crew_of(REPAIRER))[-1]

    assert told.shifts == len(Service)


def test_without_work_there_is_no_price():
    assert needs.tradeoffs({}, crew_of())[0].shifts == 0
    nothing = replace(EARLY, services={}, posts={})
    assert needs.tradeoffs({(MONDAY, "early"): nothing}, crew_of())[0].idle == 0.0
