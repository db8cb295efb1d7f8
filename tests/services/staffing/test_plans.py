"""What is planned is saved in versions, never over a colleague's, and can be taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports.staffing import PlanKind
from pmdesk.domain.staffing import Patrol, Roster, Round
from pmdesk.errors import ConflictError, DeniedError, RefusedError
from pmdesk.services.staffing import patrols, plans, rosters
from tests.services.staffing.booked import book, line
from tests.services.staffing.conftest import HANDS, WEEK

ROUND = Round(day=WEEK, start=20, end=22, place="1-大堂")


def roster(session):
    with session.store.reading() as work:
        return plans.roster_in(work, WEEK)


def with_hand(*codes):
    return Roster(week=WEEK).with_cell(WEEK, "early", codes)


def test_a_new_office_plans_with_what_is_shipped(clerk):
    crew, edition = plans.crew(clerk)

    assert [one.code for one in crew.shifts] == ["night", "early", "late"]  # as the day goes
    assert crew.hands == ()
    assert crew.careful == 80
    assert Service.SECURITY in crew.patrolled
    assert edition == plans.UNSAVED


def test_a_saved_crew_holds_and_is_logged(manager, office, clock):
    crew, edition = plans.crew(manager)
    with office.logged() as log:
        changes = plans.save_crew(manager, replace(crew, hands=HANDS), edition)
    held, saved = plans.crew(manager)

    assert changes.kinds == {"staffing"}
    assert log == [("staffing.crew", "crew", ())]
    assert held.hands == HANDS
    assert (saved.author, saved.at, saved.can_undo) == ("李静", clock.now(), True)


def test_a_crew_that_needs_mending_is_not_saved(manager):
    crew, edition = plans.crew(manager)

    with pytest.raises(RefusedError) as caught:
        plans.save_crew(manager, replace(crew, shifts=()), edition)
    assert caught.value.places["keys"] == ("shifts",)
    assert plans.crew(manager)[1] == plans.UNSAVED


def test_a_clerk_sees_plans_and_changes_none(clerk, crewed):
    crew, edition = plans.crew(clerk)

    assert crew.hands == HANDS
    with pytest.raises(DeniedError):
        plans.save_crew(clerk, crew, edition)


def test_a_roster_is_taken_back_step_by_step_to_the_beginning(crewed):
    for codes in (("li",), ("li", "wu")):
        plans.save_roster(crewed, with_hand(*codes), roster(crewed)[1])
    plans.undo(crewed, PlanKind.ROSTER, WEEK)
    assert roster(crewed)[0] == with_hand("li")
    plans.undo(crewed, PlanKind.ROSTER, WEEK)
    held, edition = roster(crewed)

    assert held == Roster(week=WEEK)
    assert not edition.can_undo
    with pytest.raises(RefusedError, match="nothing to take back"):
        plans.undo(crewed, PlanKind.ROSTER, WEEK)


def test_after_taking_back_one_goes_on_from_there(crewed):
    plans.save_roster(crewed, with_hand("li"), roster(crewed)[1])
    plans.undo(crewed, PlanKind.ROSTER, WEEK)
    plans.save_roster(crewed, with_hand("wu"), roster(crewed)[1])

    assert roster(crewed)[0] == with_hand("wu")
    assert roster(crewed)[1].can_undo


def test_what_was_taken_back_is_done_again_and_taken_back_again(crewed, office):
    for codes in (("li",), ("li", "wu")):
        plans.save_roster(crewed, with_hand(*codes), roster(crewed)[1])
    newest = roster(crewed)[1].id
    plans.undo(crewed, PlanKind.ROSTER, WEEK)
    with office.logged() as log:
        plans.redo(crewed, PlanKind.ROSTER, WEEK, newest, roster(crewed)[1])

    assert [act for act, _target, _fields in log] == ["staffing.redone"]
    assert roster(crewed)[0] == with_hand("li", "wu")
    plans.undo(crewed, PlanKind.ROSTER, WEEK)
    assert roster(crewed)[0] == with_hand("li")


def test_nothing_is_done_again_over_a_colleague_or_from_another_plan(crewed, manager2):
    plans.save_roster(crewed, with_hand("li"), roster(crewed)[1])
    newest = roster(crewed)[1].id
    plans.undo(crewed, PlanKind.ROSTER, WEEK)
    shown = roster(crewed)[1]
    crew = plans.crew(crewed)[1]
    with pytest.raises(RefusedError, match="nothing to do again"):
        plans.redo(crewed, PlanKind.CREW, None, newest, crew)
    with pytest.raises(RefusedError, match="nothing to do again"):
        plans.redo(crewed, PlanKind.ROSTER, WEEK, newest + 99, shown)
    plans.save_roster(manager2, with_hand("wu"), shown)
    with pytest.raises(ConflictError):
        plans.redo(crewed, PlanKind.ROSTER, WEEK, newest, shown)
    assert roster(crewed)[0] == with_hand("wu")


def test_a_colleagues_change_is_not_overwritten(crewed, manager2):
    shown = roster(crewed)[1]
    plans.save_roster(manager2, with_hand("wu"), shown)

    with pytest.raises(ConflictError, match="colleague"):
        plans.save_roster(crewed, with_hand("li"), shown)
    assert roster(crewed)[0] == with_hand("wu")


@pytest.mark.parametrize("days", [-1, 7])
def test_a_day_of_another_week_is_refused(crewed, days):
    day = WEEK + timedelta(days=days)

    with pytest.raises(RefusedError, match="not of this week"):
        plans.save_roster(crewed, Roster(week=WEEK).with_cell(day, "early", ("li",)), plans.UNSAVED)
    made = Patrol(week=WEEK, rounds=(replace(ROUND, day=day),))
    with pytest.raises(RefusedError, match="not of this week"):
        patrols.save(crewed, made, plans.UNSAVED)


def test_rounds_are_kept_and_old_weeks_go(crewed, clock):
    book(crewed, [line(WEEK - timedelta(days=3), Service.SECURITY)])
    patrols.save(crewed, Patrol(week=WEEK, rounds=(ROUND,)), plans.UNSAVED)
    assert patrols.board(crewed, WEEK).patrol.rounds == (ROUND,)

    clock.advance(days=740)
    patrols.save(crewed, Patrol(week=WEEK + timedelta(days=742)), plans.UNSAVED)
    assert patrols.board(crewed, WEEK).patrol.rounds == ()
    assert plans.crew(crewed)[0].hands == HANDS


def test_paper_is_logged(clerk, office):
    with office.logged() as log:
        plans.handed_out(clerk, PlanKind.ROSTER, WEEK, "pdf")

    assert log == [("staffing.paper", "roster:2026-03-02", ())]


def test_who_is_gone_is_no_hand_of_the_roster(crewed):
    plans.save_roster(crewed, with_hand("li", "gone"), roster(crewed)[1])
    board = rosters.board(crewed, WEEK)

    assert [one.code for one in board.hands(board.roster, (WEEK, "early"))] == ["li"]
