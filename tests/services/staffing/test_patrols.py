"""Rounds lead to places with peaks, never to a home, and say when no hours are known."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.staffing import Patrol, Round
from pmdesk.errors import RefusedError
from pmdesk.services.orders import registering
from pmdesk.services.staffing import patrols, plans
from tests.services.orders.asked import asked
from tests.services.staffing.booked import book, line
from tests.services.staffing.conftest import WEEK

FRIDAY = 4


def reports(days, hour=21, area="地下车库", service=Service.SECURITY):
    """One on each Friday of the last weeks."""
    first = WEEK - timedelta(days=3)
    return [line(first - timedelta(weeks=step), service, "1", hour, area) for step in range(days)]


def test_a_peak_becomes_a_round_at_its_time_and_place(manager):
    book(manager, reports(12))
    board = patrols.board(manager, WEEK)
    friday = [one for one in board.suggested.rounds if one.day.weekday() == FRIDAY]

    assert [(one.start, one.end, one.place) for one in friday] == [(20, 22, "1-地下车库")]
    assert board.is_timed
    assert "1-地下车库" in board.places
    assert "1" in board.places


def test_a_few_reports_are_no_peak(manager):
    book(manager, reports(4))

    assert patrols.board(manager, WEEK).suggested.rounds == ()


def test_reports_from_homes_lead_to_the_building_and_no_further(manager):
    for number in range(6):
        registering.register(
            manager,
            asked(
                service=Service.SECURITY,
                kind="home_safety",
                words="门口有响声",
                room=f"3-1-{number + 1}01",
            ),
        )
    with manager.store.reading() as work:
        counted = work.order_counts.by_place(
            [Service.SECURITY], since=WEEK, until=WEEK + timedelta(days=1)
        )

    assert {(one.building, one.area) for one in counted} == {("3", "")}
    assert sum(one.orders for one in counted) == 6
    assert {one.weekday for one in counted} == {0}


def test_without_hours_rounds_are_suggested_by_day(manager):
    book(manager, reports(12, hour=None))
    board = patrols.board(manager, WEEK)
    friday = next(one for one in board.suggested.rounds if one.day.weekday() == FRIDAY)

    assert not board.is_timed
    assert (friday.start, friday.end) == (8, 20)


def test_only_what_the_office_watches_counts(manager):
    book(manager, reports(12, service=Service.CLEANING))
    assert patrols.board(manager, WEEK).suggested.rounds == ()

    crew, edition = plans.crew(manager)
    plans.save_crew(manager, replace(crew, patrolled=frozenset({Service.CLEANING})), edition)
    assert patrols.board(manager, WEEK).suggested.rounds
    crew, edition = plans.crew(manager)
    plans.save_crew(manager, replace(crew, patrolled=frozenset()), edition)
    assert patrols.board(manager, WEEK).suggested.rounds == ()


# ---- what may be saved ---------------------------------------------------------------------------

ROUND = Round(day=WEEK, start=20, end=22, place="1-地下车库", why="门卫请求")


def saved(session, *rounds):
    """These are the rounds of the week."""
    with session.store.reading() as work:
        _patrol, edition = plans.patrol_in(work, WEEK)
    return patrols.save(session, Patrol(week=WEEK, rounds=rounds), edition)


@pytest.fixture
def garage(manager):
    """One report from the garage makes it a place."""
    book(manager, reports(1))
    return manager


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"why": "重点盯防外地租户张伟家"}, "no person, no home"),
        ({"why": "租户多"}, "no person, no home"),
        ({"why": "3-1-502 夜里吵"}, "no person, no home"),
        ({"why": "长" * 61}, "fewer words"),
        ({"place": "3-1-502 张伟家"}, "past a building"),
        ({"place": "2-天台"}, "past a building"),
        ({"start": 25, "end": 3}, "before it ends"),
        ({"why": "流动人口多"}, "says"),
        ({"why": "找 13800138000"}, "looks like"),
    ],
)
def test_a_round_is_never_about_somebody_and_lies_in_the_day(garage, wrong, told):
    with pytest.raises(RefusedError) as caught:
        saved(garage, ROUND, replace(ROUND, **{"start": 1, "end": 3, **wrong}))

    assert told in str(caught.value)
    assert patrols.board(garage, WEEK).patrol.rounds == ()


@pytest.mark.parametrize(
    "why", ["", "门卫请求", "搬家多", "大家反映路灯坏", "门禁坏了", "晚上丢电动车", "投诉多"]
)
def test_a_reason_of_place_and_time_is_kept(garage, why):
    saved(garage, replace(ROUND, why=why))

    assert patrols.board(garage, WEEK).patrol.rounds[0].why == why


def test_a_round_of_a_place_that_is_no_more_told_of_stays_until_it_is_changed(garage, clock):
    saved(garage, ROUND)
    clock.advance(days=400)
    saved(garage, ROUND)

    assert patrols.board(garage, WEEK).patrol.rounds == (ROUND,)
    with pytest.raises(RefusedError, match="past a building"):
        saved(garage, replace(ROUND, start=19))


def test_a_part_named_after_somebody_is_no_place(manager):
    book(manager, reports(12, area="张伟家门口"))
    board = patrols.board(manager, WEEK)

    assert board.suggested.rounds == ()
    assert not any("张伟" in place for place in board.places)


@pytest.mark.parametrize("area", ["重点防火部位", "幸福家园北门", "多家商铺门口"])
def test_a_part_whose_name_only_sounds_like_a_home_is_a_place(manager, area):
    book(manager, reports(12, area=area))
    board = patrols.board(manager, WEEK)

    assert f"1-{area}" in board.places
    assert {one.place for one in board.suggested.rounds} == {f"1-{area}"}


def test_every_suggestion_can_be_taken(manager):
    book(manager, reports(12))
    board = patrols.board(manager, WEEK)
    saved(manager, *board.suggested.rounds)

    assert patrols.board(manager, WEEK).patrol.rounds == board.suggested.rounds
