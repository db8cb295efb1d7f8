"""Visits that plans promise are listed by when they are due; what was answered in time is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Move, OrderChannel
from pmdesk.domain.orders.plan_draft import Line, PlanCell, drafted
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.errors import DeniedError
from pmdesk.services import person_acts, residents
from pmdesk.services.orders import book, floor, moving, reading
from pmdesk.services.plans import desk, keeping
from tests.offices import P1, P2, SPECIAL, consenting, decide, resident, tier
from tests.services.orders.asked import asked, complaint, moved, registered

OWNERS = "业主大会第 3 号决议"
TODAY = date(2026, 3, 2)
ROOM = "3-2-501"


def promise(session, aspect, text, code="care", service="repair"):
    newest = floor.versions(session)[0]
    cell = PlanCell(code, Line(aspect, service))
    desk.publish(session, drafted(newest).entered(cell, text), newest, OWNERS)


@pytest.fixture
def monthly(manager):
    """The tier “care” is visited every month for repairs."""
    promise(manager, Aspect.VISITS, "12")


@pytest.fixture
def cared(clerk, monthly):
    """A resident of that tier."""
    person = consenting(clerk, values=SPECIAL)
    assert tier(clerk, person) == "care"
    return person


def due(session, text=""):
    """Who is owed a visit by when."""
    return [(one.person, one.last, one.due) for one in keeping.visits(session, text).lines]


def visit(session, person, **changes):
    return registered(session, asked(person=person, channel=OrderChannel.STAFF, **changes))


# ---- who is owed a visit -----------------------------------------------------------------------


def test_the_first_visit_is_due_after_the_result_came_into_force(clerk, clock, cared):
    clock.advance(days=16)
    board = keeping.visits(clerk)
    (line,) = board.lines

    assert (line.person, line.room, line.tier.code) == (cared, ROOM, "care")
    assert line.who == "王*明"
    assert (line.service, line.last, line.due) == (Service.REPAIR, None, TODAY + timedelta(30))
    assert (board.late, board.week, board.all, line.days) == (0, 0, 1, 14)


def test_a_visit_counts_from_the_day_on_which_it_was_registered(clerk, clock, cared):
    clock.advance(days=20)
    visit(clerk, cared)
    assert due(clerk, ROOM) == [(cared, date(2026, 3, 22), date(2026, 4, 21))]
    registered(clerk, asked(person=cared))  # asked for, so no visit
    visit(clerk, cared, service=Service.OTHER, kind="other")
    moved(clerk, visit(clerk, cared), Move.CANCEL)
    assert due(clerk) == []
    clock.advance(days=19)
    assert due(clerk) == [(cared, date(2026, 3, 22), date(2026, 4, 21))]


def test_late_and_this_week_are_counted_and_the_longest_late_comes_first(clerk, clock, cared):
    clock.advance(days=4)  # a Friday
    other = consenting(clerk, values=SPECIAL, name="李芳", room="4-1-101")
    clock.advance(days=29)  # a Saturday
    board = keeping.visits(clerk)
    assert [one.person for one in board.lines] == [cared, other]
    assert (board.late, board.week) == (1, 1)
    assert [one.days for one in board.lines] == [-3, 1]
    clock.advance(days=2)  # a Monday
    assert (keeping.visits(clerk).late, keeping.visits(clerk).week) == (2, 0)


def test_a_search_finds_what_is_due_much_later(clerk, manager, cared):
    promise(manager, Aspect.VISITS, "2")
    assert due(clerk) == []
    assert [one for one, *_rest in due(clerk, ROOM)] == [cared]
    assert due(clerk, "9-9-909") == []
    assert keeping.visits(clerk, "9-9-909").next is None, "somebody else's is not told instead"
    resident(clerk, name="李芳", room="4-1-101")
    assert due(clerk, "李芳") == []


def test_while_nothing_is_due_soon_the_next_day_is_told(clerk, clock, manager, cared):
    consenting(clerk, values=SPECIAL, name="李芳", room="4-1-101")
    clock.advance(days=1)
    consenting(clerk, values=SPECIAL, name="赵丽", room="4-1-102", mobile="13800000077")
    promise(manager, Aspect.VISITS, "4")
    board = keeping.visits(clerk)

    assert (board.lines, board.next, board.then) == ((), TODAY + timedelta(91), 2)
    clock.advance(days=80)
    assert keeping.visits(clerk).next is None, "the list itself tells"


def test_many_are_counted_and_few_listed(clerk, clock, cared, monkeypatch):
    clock.advance(days=20)
    consenting(clerk, values=SPECIAL, name="李芳", room="4-1-101")
    clock.advance(days=20)
    monkeypatch.setattr(keeping, "MOST", 1)
    board = keeping.visits(clerk)

    assert (len(board.lines), board.all) == (1, 2)


def test_a_promise_that_is_made_later_begins_then_and_goes_on_in_the_next_versions(
    clerk, manager, clock
):
    person = consenting(clerk, values=SPECIAL)
    clock.advance(days=50)
    promise(manager, Aspect.VISITS, "12")
    since = TODAY + timedelta(50)
    assert due(clerk, ROOM) == [(person, None, since + timedelta(30))]
    clock.advance(days=10)
    promise(manager, Aspect.RESPOND, "4")
    assert due(clerk, ROOM) == [(person, None, since + timedelta(30))]


def test_common_areas_are_visited_for_nobody_in_particular(clerk):
    consenting(clerk, values=SPECIAL)
    board = keeping.visits(clerk)

    assert (board.lines, board.is_promised, board.next) == ((), False, None)


# ---- who is not ---------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["withdraws", "freezes", "freezes_contract", "objects", "moves"])
def test_who_does_not_want_it_or_lives_here_no_more_is_not_on_the_list(clerk, office, cared, act):
    acts = {
        "withdraws": lambda: decide(clerk, cared, {P2: False}),
        "freezes": lambda: person_acts.restrict(clerk, cared, P2),
        "freezes_contract": lambda: person_acts.restrict(clerk, cared, P1),
        "objects": lambda: person_acts.object_to_tier(clerk, cared),
        "moves": lambda: office.tampered(f"UPDATE occupancy SET until = '{TODAY}'"),
    }
    acts[act]()

    assert due(clerk) == due(clerk, ROOM) == []


def test_a_consent_that_has_run_out_promises_nothing(clerk, clock, cared, office):
    office.tampered(f"UPDATE consent SET valid_until = '{TODAY}' WHERE person = {cared}")
    assert due(clerk, ROOM)
    clock.advance(days=1)
    assert due(clerk, ROOM) == []


def test_where_a_resident_lives_who_asked_for_confidentiality_is_not_told(
    clerk, clock, manager, cared
):
    with manager.store.writing() as work:
        work.people.shield(cared, on=True)
        manager.log(work, "demo.fill", row={"people": 0, "seed": 0})
        work.commit()
    clock.advance(days=20)
    assert [one.room for one in keeping.visits(clerk).lines] == [""]


# ---- answered in time --------------------------------------------------------------------------


def test_what_was_answered_in_time_in_the_last_month_is_told_rounded(clerk, manager, clock, cared):
    promise(manager, Aspect.RESPOND, "4")
    found = [registered(clerk, asked()) for _number in range(23)]
    clock.advance(hours=5)
    for key in found[:16]:
        moved(clerk, key, Move.ASSIGN)
    late = registered(clerk, asked(person=cared))
    clock.advance(hours=5)
    moved(clerk, late, Move.ASSIGN)
    assert keeping.kept(manager) is None  # the month is not over
    clock.advance(days=30)
    told = keeping.kept(manager)

    assert told is not None
    assert (told.month, told.orders) == (date(2026, 3, 1), 25)
    assert told.share.value == pytest.approx(15 / 25)


def test_a_step_that_was_taken_back_is_no_answer_in_the_figure_either(clerk, manager, clock):
    for at in range(10):
        order = registered(clerk, asked())
        done, _changes = moving.step_on(clerk, order, Move.ASSIGN, Terms(assignee="李师傅"))
        if at < 5:
            moving.take_back(clerk, done)
    for _number in range(5):  # nobody answers for what is not done
        moved(clerk, registered(clerk, asked()), Move.CANCEL)
    clock.advance(days=40)
    told = keeping.kept(manager)

    assert told is not None
    assert told.orders == 10
    assert told.share.value == pytest.approx(0.5)


@pytest.mark.parametrize("change", ["objected since", "classified since", "frozen", "complaint"])
def test_an_order_is_judged_by_what_was_promised_beside_it(clerk, manager, clock, cared, change):
    for service in ("repair", "complaint"):
        promise(manager, Aspect.RESPOND, "4", service=service)
    other = resident(clerk, name="李芳", room="4-1-101")
    person = other if change == "classified since" else cared
    intake = complaint if change == "complaint" else asked
    found = [registered(clerk, intake(person=person)) for _number in range(10)]
    clock.advance(hours=5)
    for one in found:
        moved(clerk, one, Move.ASSIGN)
    clock.advance(days=30)
    if change == "objected since":
        person_acts.object_to_tier(clerk, cared)
    elif change == "classified since":
        decide(clerk, other, {P2: True})
        residents.save_answers(clerk, other, P2, SPECIAL)
        assert tier(clerk, other) == "care"
    elif change == "frozen":
        person_acts.restrict(clerk, cared, P1)
    told = keeping.kept(manager)

    assert told is not None
    missed = change in {"objected since", "complaint"}
    assert told.share.value == (0.0 if missed else 1.0)
    opens = change == "complaint"
    answers = [(reading.complaint if opens else book.detail)(clerk, one).answer for one in found]
    assert {"later than promised" in one for one in answers} == {missed}


@pytest.mark.parametrize(("late", "said"), [(1, (None, 1.0)), (4, (None, 1.0)), (12, (None, 0.0))])
def test_few_are_not_told_apart(late, said):
    total = {1: 20, 4: 20, 12: 14}[late]
    share = keeping._share(total - late, late, 5)
    assert share is not None
    assert share.value == said[0]
    assert (share.high if late < 5 else share.low) == said[1]


@pytest.mark.parametrize(("kept", "late"), [(0, 0), (3, 1), (3, 3)])
def test_too_few_orders_tell_nothing(kept, late):
    assert keeping._share(kept, late, 5) is None


@given(kept=st.integers(0, 400), late=st.integers(0, 400), smallest=st.integers(5, 20))
def test_a_share_is_told_between_nothing_and_all(kept, late, smallest):
    share = keeping._share(kept, late, smallest)
    if share is not None and share.value is not None:
        assert 0 <= share.value <= 1
        assert share.low <= share.value + 1e-9
        assert share.value <= share.high + 1e-9


def test_who_sees_no_charts_is_not_told_how_many_were_in_time(clerk):
    with pytest.raises(DeniedError):
        keeping.kept(clerk)
