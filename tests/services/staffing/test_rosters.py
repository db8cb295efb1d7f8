"""How many people a week needs, what that costs, and a roster that fills the seats lawfully."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.staffing import Hand, Need, Roster, Shift, monday
from pmdesk.services.staffing import plans, rosters
from tests.services.staffing.booked import book, weeks
from tests.services.staffing.conftest import DAYS, HANDS, WEEK

EARLY, LATE = "early", "late"
DAY = timedelta(days=1)


def repairs(board, day, shift):
    """How many are expected in that shift."""
    return board.workloads[(day, shift)].services[Service.REPAIR].mean


def gaps(board, roster, careful=80):
    """How many are lacking in the week, of any and of a certain skill."""
    found = board.lacking(roster, board.wanted(careful)).values()
    return sum(one.people + sum(one.able.values()) for one in found)


def test_more_people_are_wanted_on_the_day_on_which_more_comes(busy):
    board = rosters.board(busy, WEEK)
    wanted = board.wanted(80)

    assert board.is_timed
    assert wanted[(WEEK, EARLY)].people > wanted[(WEEK + 5 * DAY, EARLY)].people
    assert Service.REPAIR not in wanted[(WEEK, "night")].able
    assert repairs(board, WEEK, EARLY) == pytest.approx(8, abs=1.2)


def test_somebody_is_at_the_gate_whatever_comes(busy):
    wanted = rosters.board(busy, WEEK).wanted(50)

    assert all(need.able[Service.SECURITY] == 1 for need in wanted.values())


def test_who_wants_to_be_surer_plans_more_people_and_leaves_less(busy):
    told = rosters.board(busy, WEEK).tradeoffs

    assert [one.careful for one in told] == list(range(50, 96, 5))
    for bold, careful in pairwise(told):
        assert careful.shifts >= bold.shifts
        assert careful.short <= bold.short + 1e-9
        assert careful.left <= bold.left + 1e-9
    assert told[-1].idle > told[0].idle


def test_work_waits_for_the_next_shift_that_does_it(busy):
    crew, edition = plans.crew(busy)
    shifts = tuple(
        replace(one, services=one.services - ({Service.REPAIR} if one.code == EARLY else set()))
        for one in crew.shifts
    )
    plans.save_crew(busy, replace(crew, shifts=shifts), edition)
    board = rosters.board(busy, WEEK)

    assert Service.REPAIR not in board.workloads[(WEEK, EARLY)].services
    assert repairs(board, WEEK, LATE) == pytest.approx(9, abs=1)


def test_work_that_no_shift_does_needs_nobody(busy):
    crew, edition = plans.crew(busy)
    shifts = tuple(replace(one, services=frozenset({Service.SECURITY})) for one in crew.shifts)
    plans.save_crew(busy, replace(crew, shifts=shifts), edition)

    assert all(
        set(found.services) == {Service.SECURITY}
        for found in rosters.board(busy, WEEK).workloads.values()
    )


def test_work_in_a_gap_between_shifts_waits_for_the_next(busy):
    crew, edition = plans.crew(busy)
    only = Shift(code="short", name="短班", start=18, end=20)
    plans.save_crew(busy, replace(crew, shifts=(only,)), edition)

    assert repairs(rosters.board(busy, WEEK), WEEK, "short") == pytest.approx(9, abs=1)


def test_orders_without_a_time_are_shared_out_over_the_day(crewed):
    book(crewed, weeks(WEEK - timedelta(days=DAYS), DAYS, (9, 4, 4, 4, 6, 2, 2)))
    board = rosters.board(crewed, WEEK)
    early, late = (repairs(board, WEEK, code) for code in (EARLY, LATE))

    assert not board.is_timed
    assert early == pytest.approx(2 * late, rel=0.01)


def test_without_orders_the_board_says_why_nothing_is_suggested(crewed):
    board = rosters.board(crewed, WEEK)

    assert board.workloads == {}
    assert "2026-03-02" in board.why_none
    assert board.wanted(80) == {}
    assert rosters.filled(board, {}) == Roster(week=WEEK)


def test_a_week_that_is_over_or_too_far_is_not_planned(busy):
    assert rosters.board(busy, WEEK - 7 * DAY).workloads == {}
    assert rosters.board(busy, WEEK + 70 * DAY).workloads == {}
    assert rosters.board(busy, WEEK + 7 * DAY).workloads


def test_of_a_week_that_runs_only_the_days_to_come_are_planned(busy, clock):
    clock.advance(days=3)
    board = rosters.board(busy, WEEK)

    assert min(day for day, _shift in board.workloads) == WEEK + 3 * DAY


# ---- filling -------------------------------------------------------------------------------------


@pytest.fixture
def board(busy):
    return rosters.board(busy, WEEK)


def test_a_filled_roster_breaks_no_law_and_puts_nobody_where_they_cannot_help(board):
    made = rosters.filled(board, board.wanted(80))

    assert board.strains(made) == ()
    for cell, who in made.cells.items():
        wanted = board.wanted(80)[cell]
        assert all(hand.skills & set(wanted.able) for hand in board.hands(made, cell)), who
        assert len(who) <= wanted.people
    assert gaps(board, made) < gaps(board, board.roster)


def test_who_is_on_already_stays(board):
    own = board.roster.with_cell(WEEK, "night", ("li",))
    made = rosters.filled(replace(board, roster=own), board.wanted(80))

    assert "li" in made.of(WEEK, "night")
    assert "li" not in made.of(WEEK, EARLY)


def test_nobody_goes_from_a_late_shift_into_the_night(board):
    own = board.roster.with_cell(WEEK, LATE, ("wu",))
    made = rosters.filled(replace(board, roster=own), board.wanted(80))

    assert "wu" not in made.of(WEEK + DAY, "night")


@pytest.mark.parametrize(
    ("there", "shift", "here", "barred"),
    [
        (WEEK - DAY, LATE, WEEK, "night"),  # until midnight on Sunday: not from then on Monday
        (WEEK + 7 * DAY, "night", WEEK + 6 * DAY, LATE),
    ],
)
def test_rest_is_looked_for_beyond_the_week(busy, there, shift, here, barred):
    other = Roster(week=monday(there)).with_cell(there, shift, ("li",))
    shown = rosters.board(busy, WEEK)
    wanted = {(here, barred): Need(people=1, able={Service.REPAIR: 1})}
    only = replace(shown.crew, hands=HANDS[:1])
    free = rosters.filled(replace(shown, crew=only), wanted)
    plans.save_roster(busy, other, plans.UNSAVED)
    rested = rosters.filled(replace(rosters.board(busy, WEEK), crew=only), wanted)

    assert free.of(here, barred) == ("li",)
    assert rested.of(here, barred) == ()


def test_seats_stay_free_when_nobody_is_left(board):
    alone = replace(
        board,
        crew=replace(
            board.crew, hands=(Hand(code="x", name="独", skills=frozenset({Service.REPAIR})),)
        ),
    )
    made = rosters.filled(alone, alone.wanted(80))

    assert 0 < len(made.cells) <= 6
    assert any(alone.lacking(made, alone.wanted(80)).values())


# ---- what a roster can do ------------------------------------------------------------------------


def test_a_roster_can_do_as_much_as_its_people_have_time_for(busy):
    roster = Roster(week=WEEK).with_cell(WEEK, EARLY, ("li", "wu", "gone"))
    plans.save_roster(busy, roster, plans.UNSAVED)
    repair = rosters.capacities(busy, WEEK, WEEK + 7 * DAY, frozenset({Service.REPAIR}))

    assert repair[WEEK] == pytest.approx(288 / 45)
    assert repair[WEEK + DAY] == 0
    assert rosters.capacities(busy, WEEK + 7 * DAY, WEEK + 14 * DAY, frozenset(Service)) == {}


def test_guards_do_no_repairs_however_many_there_are(busy):
    """All that came are repairs: two guards more make no order more possible."""
    for who in (("li",), ("li", "wu", "zheng")):
        edition = rosters.board(busy, WEEK).edition
        plans.save_roster(busy, Roster(week=WEEK).with_cell(WEEK, EARLY, who), edition)
        every = rosters.capacities(busy, WEEK, WEEK + 7 * DAY, frozenset(Service))
        assert every[WEEK] == pytest.approx(288 / 45)


SKILLS = {"r": {Service.REPAIR}, "c": {Service.CLEANING}, "b": {Service.REPAIR, Service.CLEANING}}


@pytest.mark.parametrize(
    ("who", "orders"),
    [
        ("r", 0.5 * 288 / 22.5),  # of the other half of the orders nobody can do any
        ("rc", 288 / 22.5),  # repairs take longest
        ("rrrc", 288 / 15),  # one cleaner: more repairers do not help
        ("rb", (288 + 288) / 37.5),  # both are busy all the time
        ("bb", (288 + 288) / 37.5),
    ],
)
def test_a_roster_is_weighed_by_what_comes_and_bound_by_who_can_do_it(busy, who, orders):
    crew, _edition = plans.crew(busy)  # repair 45 minutes, cleaning 30
    hands = tuple(
        Hand(code=f"{code}{place}", name=code, skills=frozenset(SKILLS[code]))
        for place, code in enumerate(who)
    )
    roster = Roster(week=WEEK).with_cell(WEEK, EARLY, tuple(one.code for one in hands))
    mix = {Service.REPAIR: 0.5, Service.CLEANING: 0.5}

    assert rosters.capacity(replace(crew, hands=hands), roster, mix)[WEEK] == pytest.approx(orders)


def test_a_shift_adds_nothing_to_what_it_does_not_do(busy):
    crew, _edition = plans.crew(busy)
    roster = Roster(week=WEEK).with_cell(WEEK, "night", ("li",))  # a repairer among the guards

    assert rosters.capacity(crew, roster, {Service.REPAIR: 1.0})[WEEK] == 0


def test_what_takes_no_time_has_no_line(busy):
    crew, edition = plans.crew(busy)
    plans.save_crew(busy, replace(crew, minutes={Service.REPAIR: 45}), edition)
    with busy.store.reading() as work:
        crew, _edition = plans.crew_in(work)

    assert rosters.capacity(crew, Roster(week=WEEK), {Service.ENQUIRY: 1.0}) == {}


def test_before_anything_came_all_orders_are_alike(manager):
    with manager.store.reading() as work:
        shares = rosters.mix(work, WEEK, (Service.REPAIR, Service.CLEANING))

    assert shares == {Service.REPAIR: 0.5, Service.CLEANING: 0.5}
