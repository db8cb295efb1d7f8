"""Shifts, hands and rosters: what holds them together, and what the labour law says of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain import staffing
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.staffing import Crew, Hand, Need, Patrol, Roster, Round, Shift
from pmdesk.domain.staffing_form import (
    crew_document,
    crew_of,
    patrol_document,
    patrol_of,
    roster_document,
    roster_of,
)

WEEK = date(2026, 3, 2)
EARLY = Shift(code="early", name="早班", start=8, end=16)
NIGHT = Shift(code="night", name="夜班", start=22, end=6)
LI = Hand(code="li", name="李师傅", skills=frozenset({Service.REPAIR}))
SUN = Hand(code="sun", name="孙姐", skills=frozenset({Service.CLEANING, Service.REPAIR}))
CREW = Crew(
    shifts=(EARLY, NIGHT),
    hands=(LI, SUN),
    minutes={Service.REPAIR: 45, Service.CLEANING: 30},
    least={Service.SECURITY: 1},
    share=60,
    careful=80,
)


def problems(**changes):
    return {one.key: one.sentence for one in staffing.crew_problems(replace(CREW, **changes))}


def test_a_shift_past_midnight_has_the_hours_of_both_days():
    assert EARLY.hours == tuple(range(8, 16))
    assert NIGHT.hours == (22, 23, 0, 1, 2, 3, 4, 5)
    assert (NIGHT.length, CREW.productive(EARLY)) == (8, 288)


def test_a_shift_of_a_whole_day_has_all_hours():
    assert Shift(code="x", name="x", start=8, end=8).length == 24


def test_a_crew_that_can_be_planned_with_has_no_problems():
    assert problems() == {}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"shifts": ()}, "shifts"),
        ({"shifts": tuple(replace(EARLY, code=str(n), name=str(n)) for n in range(7))}, "shifts"),
        ({"shifts": (replace(EARLY, name=" "),)}, "shift.early"),
        ({"shifts": (EARLY, replace(NIGHT, name="早班"))}, "shift.night"),
        ({"shifts": (replace(EARLY, start=24),)}, "shift.early"),
        ({"shifts": (replace(EARLY, services=frozenset()),)}, "shift.early"),
        ({"hands": (replace(LI, name=""),)}, "hand.li"),
        ({"hands": (replace(LI, name="李" * 31),)}, "hand.li"),
        ({"hands": (LI, replace(SUN, name="李师傅"))}, "hand.sun"),
        ({"hands": (replace(LI, skills=frozenset()),)}, "hand.li"),
        ({"hands": (LI,) * 201}, "hands"),
        ({"minutes": {Service.REPAIR: 3}}, "minutes"),
        ({"share": 5}, "share"),
        ({"careful": 99}, "careful"),
        ({"least": {Service.SECURITY: 21}}, "least"),
        ({"rounds": 25}, "rounds"),
    ],
)
def test_what_cannot_be_planned_with_is_named(changes, key):
    assert key in problems(**changes)


def test_services_that_take_no_time_are_not_planned():
    assert CREW.services == (Service.REPAIR, Service.CLEANING)
    assert CREW.hand("li") is LI
    assert CREW.hand("gone") is None


def test_a_week_begins_on_monday():
    assert staffing.monday(date(2026, 3, 8)) == WEEK
    assert staffing.days_of(WEEK)[-1] == date(2026, 3, 8)


def test_an_emptied_shift_leaves_no_trace():
    roster = Roster(week=WEEK).with_cell(WEEK, "early", ("li",))

    assert roster.of(WEEK, "early") == ("li",)
    assert roster.with_cell(WEEK, "early", ()) == Roster(week=WEEK)


def worked(*cells):
    roster = Roster(week=WEEK)
    for step, shift in cells:
        roster = roster.with_cell(WEEK + timedelta(days=step), shift, ("li",))
    return [one.sentence for one in staffing.strains(CREW, roster)]


def test_five_usual_days_are_no_strain():
    assert worked(*((step, "early") for step in range(5))) == []


def test_a_week_without_a_day_off_and_too_many_hours_are_told():
    told = worked(*((step, "early") for step in range(7)))

    assert any("no day off" in one for one in told)
    assert any("44" in one for one in told)


def test_two_shifts_on_a_day_are_told():
    assert any("two shifts" in one for one in worked((0, "early"), (0, "night")))


# ---- who covers what ---------------------------------------------------------------------------


def test_who_can_do_several_things_is_put_where_others_cannot_help():
    needs = {Service.REPAIR: 1, Service.CLEANING: 1}

    assert staffing.uncovered(needs, [SUN, LI]) == {}
    assert staffing.uncovered(needs, [SUN]) in ({Service.REPAIR: 1}, {Service.CLEANING: 1})
    assert staffing.uncovered(needs, []) == needs


HANDS = st.lists(
    st.frozensets(
        st.sampled_from([Service.REPAIR, Service.CLEANING, Service.SECURITY]), min_size=1
    ),
    max_size=5,
)
NEEDS = st.dictionaries(
    st.sampled_from([Service.REPAIR, Service.CLEANING, Service.SECURITY]), st.integers(0, 3)
)


@settings(max_examples=60)
@given(HANDS, NEEDS)
def test_one_more_hand_never_lacks_more_and_no_hand_counts_twice(skills, needs):
    hands = [Hand(code=str(n), name=str(n), skills=one) for n, one in enumerate(skills)]
    lacking = sum(staffing.uncovered(needs, hands).values())

    assert lacking >= sum(needs.values()) - len(hands)
    assert sum(staffing.uncovered(needs, [*hands, SUN]).values()) <= lacking


def test_somebody_who_can_do_all_of_it_leaves_nothing_lacking():
    need = Need(people=1, able={Service.REPAIR: 1, Service.CLEANING: 1})

    assert not staffing.lacking(need, [SUN])
    assert staffing.lacking(need, [LI]).able == {Service.CLEANING: 1}
    assert staffing.lacking(need, [LI]).people == 0
    assert staffing.lacking(need, []) == need


def test_who_can_do_nothing_of_it_does_not_count():
    guard = Hand(code="g", name="卫", skills=frozenset({Service.SECURITY}))
    need = Need(people=2, able={Service.REPAIR: 1})

    assert staffing.lacking(need, [LI, guard]) == Need(people=1)


def test_one_person_holds_one_post():
    posts = {Service.REPAIR: 1, Service.CLEANING: 1}
    found = staffing.lacking(Need(people=2, able=posts, posts=posts), [SUN])

    assert found.people == 1
    assert sum(found.able.values()) == 1


def test_a_need_of_nobody_is_none():
    assert not Need(able={Service.REPAIR: 0})
    assert Need(able={Service.REPAIR: 1})
    assert Need(people=1)


# ---- rounds --------------------------------------------------------------------------------------

ROUND = Round(day=WEEK, start=20, end=22, place="1-大堂", why="报修多")


def test_a_round_leads_to_known_places_at_a_time_of_day():
    places = frozenset({"1-大堂"})

    assert staffing.round_problem(ROUND, places) == ""
    assert "past a building" in staffing.round_problem(replace(ROUND, place="3-1-502"), places)
    assert "before it ends" in staffing.round_problem(replace(ROUND, end=20), places)
    assert "fewer words" in staffing.round_problem(replace(ROUND, why="长" * 61), places)


@pytest.mark.parametrize(
    "text",
    [
        *("重点防火部位", "管家巡查", "家园广场", "幸福家园北门", "酒家门口", "多家商铺门口"),
        *("晚上孩子回家", "搬家多", "大家反映路灯坏", "周边三家店", "周边商家门口", "老人之家"),
        *("石家庄路口", "其他家具", "苏宁家电", "业主之家", "家长接送区", "专家门诊", "宜家门口"),
        *("室外地下车库", "出租车停靠点", "泵房东侧", "重点户外区域", "张贴家政广告"),
    ],
)
def test_a_place_or_a_time_names_nobody(text):
    assert not staffing.names_somebody(text)


@pytest.mark.parametrize(
    "text",
    [
        *("重点盯防外地租户张伟家", "张伟家门口", "李某家", "老张家", "他家", "谁家", "小明家"),
        *("业主家", "住户家", "家里没人", "老人家里", "李四家", "王阿姨家漏水", "502家吵"),
        *("于伟家", "家门口吵", "重点布防", "重点防范", "重点人员", "重点户", "重点关注"),
        *("3-1-502", "502室", "出租屋", "房东", "外地人", "外地面孔", "keep an eye on the tenant"),
    ],
)
def test_a_home_a_person_or_a_group_is_told_as_such(text):
    assert staffing.names_somebody(text)


# ---- documents -----------------------------------------------------------------------------------


def test_what_is_kept_comes_back_as_it_was():
    roster = Roster(week=WEEK).with_cell(WEEK, "early", ("li", "sun"))
    patrol = Patrol(week=WEEK, rounds=(ROUND,))

    assert crew_of(crew_document(CREW)) == CREW
    assert roster_of(WEEK, roster_document(roster)) == roster
    assert patrol_of(WEEK, patrol_document(patrol)) == patrol


def test_a_service_of_a_newer_version_is_left_out():
    document = crew_document(CREW)
    document["minutes"]["flying"] = 30
    document["hands"][0]["skills"].append("flying")

    assert crew_of(document) == CREW
