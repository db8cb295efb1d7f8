"""Rounds lead to places with peaks, never to a home, and say when no hours are known."""

from dataclasses import replace
from datetime import timedelta

from pmdesk.domain.orders.kinds import Service
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
