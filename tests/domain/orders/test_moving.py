"""Orders move only where it is legal; their clock stands only while the resident is waited for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.moving import Terms, going_on, moved, taken_back
from pmdesk.domain.orders.order import MOVES, OPEN, Move, OrderId, OrderState, Spot
from pmdesk.errors import RefusedError
from tests.domain.orders.made import NOW, order

FULL = Terms(reason="住户不在家", assignee="李师傅", rating=5, parent=OrderId(9))
HOUR = timedelta(hours=1)


@given(st.lists(st.sampled_from(Move), max_size=12))
def test_any_sequence_of_moves_keeps_an_order_in_order(moves):
    one, now = order(), NOW
    for move in moves:
        now += HOUR
        if not one.may(move):
            with pytest.raises(RefusedError):
                moved(one, move, now, FULL)
            continue
        one = moved(one, move, now, FULL)
        assert one.state is MOVES[move].end
        assert (one.paused_since is not None) == (one.state is OrderState.WAITING)
        assert (one.closed_at is None) == (one.state in OPEN)
        assert (one.parent is not None) == (one.state is OrderState.MERGED)
        assert one.assignee or one.state not in {OrderState.ASSIGNED, OrderState.WORKING}
        assert (one.number, one.received_at, one.due_at) == ("W20260302-001", NOW, order().due_at)


@pytest.mark.parametrize("move", [move for move, rule in MOVES.items() if rule.reason])
def test_what_somebody_may_ask_about_needs_a_reason(move):
    start = next(iter(MOVES[move].start))

    with pytest.raises(RefusedError):
        moved(order(state=start), move, NOW, Terms(reason="  "))


def test_every_refusal_says_what_to_do_instead():
    with pytest.raises(RefusedError) as refused:
        moved(order(), Move.FINISH, NOW)

    assert refused.value.remedy == "Assign it first."


def test_nobody_is_assigned_by_an_empty_name():
    with pytest.raises(RefusedError):
        moved(order(), Move.ASSIGN, NOW, Terms(assignee=" "))


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_stars_are_one_to_five(rating):
    with pytest.raises(RefusedError):
        moved(order(state=OrderState.CALLBACK), Move.CLOSE, NOW, Terms(rating=rating))


def test_no_order_is_merged_into_itself():
    with pytest.raises(RefusedError):
        moved(order(), Move.MERGE, NOW, Terms(parent=order().id))


def test_waiting_for_the_resident_does_not_use_up_time():
    working = order(state=OrderState.WORKING, assignee="李师傅")
    before = working.left(NOW + HOUR)
    waiting = moved(working, Move.WAIT, NOW + HOUR, FULL)

    assert waiting.left(NOW + 5 * HOUR) == before
    again = moved(waiting, Move.RESUME, NOW + 5 * HOUR)
    assert again.left(NOW + 5 * HOUR) == before
    assert again.left(NOW + 6 * HOUR) == before - HOUR


def test_the_clock_of_a_complaint_goes_on_while_the_resident_is_waited_for():
    working = order(state=OrderState.WORKING, assignee="李师傅", service=Service.COMPLAINT)
    waiting = moved(working, Move.WAIT, NOW + HOUR, FULL)
    again = moved(waiting, Move.RESUME, NOW + 60 * HOUR)
    over = replace(waiting, state=OrderState.CLOSED, finished_at=NOW + 99 * HOUR)

    for one in (working, waiting, again):
        assert one.left(NOW + 71 * HOUR) == HOUR
        assert one.is_overdue(NOW + 73 * HOUR)
    assert (again.paused, over.left(NOW)) == (timedelta(0), -27 * HOUR)


@given(
    spans=st.tuples(*(st.one_of(st.none(), st.integers(-20, 90)) for _ in range(2))),
    pauses=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    urgencies=st.tuples(st.sampled_from(Urgency), st.sampled_from(Urgency)),
)
def test_what_goes_on_is_as_pressing_as_the_more_pressing_of_both(spans, pauses, urgencies):
    one, other = (
        order(
            urgency=urgency,
            due_at=None if span is None else NOW + span * HOUR,
            paused=pause * HOUR,
        )
        for span, pause, urgency in zip(spans, pauses, urgencies, strict=True)
    )
    now = NOW + 5 * HOUR
    after = going_on(one, other, now)
    ends = [left for left in (one.left(now), other.left(now)) if left is not None]

    assert after.urgency is min(urgencies)
    assert after.left(now) == min(ends, default=None)
    assert replace(after, urgency=one.urgency, due_at=one.due_at) == one


def test_an_emergency_where_all_share_waits_for_nobody():
    lift = order(
        state=OrderState.WORKING,
        spot=Spot(building="3", area="电梯"),
        person=None,
        urgency=Urgency.EMERGENCY,
    )

    assert replace(lift, urgency=Urgency.URGENT).may(Move.WAIT), "the owners may have to decide"
    assert not lift.may(Move.WAIT)
    with pytest.raises(RefusedError):
        moved(lift, Move.WAIT, NOW, FULL)


def test_a_clock_that_was_set_back_adds_no_pause():
    waiting = moved(order(state=OrderState.WORKING, assignee="x"), Move.WAIT, NOW, FULL)
    again = moved(waiting, Move.RESUME, NOW - HOUR)

    assert again.paused == timedelta(0)


def test_an_order_is_judged_by_when_it_was_done_and_not_by_when_somebody_called_back():
    done = order(
        state=OrderState.CLOSED,
        finished_at=NOW + 71 * HOUR,
        closed_at=NOW + 100 * HOUR,
        due_at=NOW + 72 * HOUR,
    )

    assert not done.is_overdue(NOW + 1000 * HOUR)
    waits = replace(done, state=OrderState.CALLBACK, closed_at=None)
    assert not waits.is_overdue(NOW + 1000 * HOUR)
    assert order(due_at=NOW + HOUR).is_overdue(NOW + 2 * HOUR)


def test_an_order_without_a_due_time_is_never_overdue():
    assert order(due_at=None).left(NOW) is None
    assert not order(due_at=None).is_overdue(NOW + 1000 * HOUR)


def test_what_nobody_asked_for_is_closed_when_it_is_done():
    done = moved(order(state=OrderState.WORKING, person=None), Move.FINISH, NOW)

    assert (done.state, done.closed_at) == (OrderState.CLOSED, NOW)


def test_who_left_a_number_is_called_back_in_the_register_or_not():
    done = moved(order(state=OrderState.WORKING, person=None), Move.FINISH, NOW, has_number=True)

    assert (done.state, done.finished_at, done.closed_at) == (OrderState.CALLBACK, NOW, None)


def test_a_reopened_order_keeps_its_number_and_begins_anew():
    closed = order(state=OrderState.CLOSED, closed_at=NOW, finished_at=NOW, rating=2)
    again = moved(closed, Move.REOPEN, NOW + HOUR, FULL)

    assert (again.number, again.reopened, again.state) == (closed.number, 1, OrderState.NEW)
    assert (again.closed_at, again.finished_at, again.rating) == (None, None, None)


def test_an_appointment_that_is_over_does_not_come_back_with_the_order():
    closed = order(state=OrderState.CLOSED, closed_at=NOW, appointment=NOW)
    again = moved(closed, Move.REOPEN, NOW + HOUR, FULL)
    soon = replace(closed, appointment=NOW + 2 * HOUR)

    assert again.appointment is None
    assert moved(soon, Move.REOPEN, NOW + HOUR, FULL).appointment == NOW + 2 * HOUR
    assert taken_back(again, closed) == closed


def test_waiting_for_the_resident_puts_off_the_end_and_a_complaint_never():
    held = moved(order(state=OrderState.WORKING, due_at=NOW), Move.WAIT, NOW, FULL)
    assert held.ends_at == NOW
    assert moved(held, Move.RESUME, NOW + HOUR, FULL).ends_at == NOW + HOUR
    loud = replace(held, service=Service.COMPLAINT)
    assert moved(loud, Move.RESUME, NOW + HOUR, FULL).ends_at == NOW
    assert order(due_at=None).ends_at is None
