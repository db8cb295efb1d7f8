"""The board and the week as the services give them."""

from dataclasses import replace
from datetime import timedelta

from pmdesk.domain.orders.order import Move, OrderState
from pmdesk.domain.ports.orders import OrderLine, OrderQuery
from pmdesk.services.orders import board, book
from tests.offices import resident
from tests.services.orders.asked import CLOSED, DONE, asked, moved, registered

ALL = OrderQuery()


def test_the_lanes_hold_every_open_state_once():
    states = [one for lane in board.LANES for one in lane]

    assert len(states) == len(set(states))
    open_ones = {one for one in OrderState if one not in {"cancelled", "merged"}}
    assert set(states) == open_ones


def test_what_was_closed_long_ago_leaves_the_board(clerk, clock):
    order = registered(clerk)
    moved(clerk, order, *DONE)
    assert board.board(clerk, ALL)[-1].count == 1
    clock.advance(days=8)

    assert board.board(clerk, ALL)[-1].count == 0


def test_what_took_long_stays_on_the_board_after_it_was_closed(clerk, clock):
    order = registered(clerk)
    clock.advance(days=20)
    moved(clerk, order, *DONE)
    clock.advance(days=6)

    assert board.board(clerk, ALL)[-1].count == 1
    assert board.board(clerk, OrderQuery(since=clock.today()))[-1].count == 0


def test_a_filter_narrows_every_lane(clerk):
    registered(clerk, asked(room="1-1-101"))
    registered(clerk, asked(room="2-1-101"))

    lanes = board.board(clerk, OrderQuery(buildings=frozenset({"2"})))

    assert [line.where for line in lanes[0].lines] == ["2-1-101"]


def test_in_the_week_nothing_stands_that_is_done_and_pauses_move_the_day(clerk, clock):
    person = resident(clerk)
    done = registered(clerk, asked(person=person))
    moved(clerk, done, *CLOSED[:3])
    waits = registered(clerk, asked(words="厨房漏水"))
    monday = clock.today()

    def days():
        found = board.week(clerk, ALL, monday)
        return [at for at, lines in enumerate(found.days) for one in lines if one.id == waits]

    before = days()
    moved(clerk, waits, Move.ASSIGN, Move.WAIT)
    clock.advance(days=2)

    assert days() == [before[0] + 2]
    shown = board.week(clerk, ALL, monday)
    assert not any(one.id == done for lines in shown.days for one in lines)


def test_other_weeks_are_counted(clerk, clock):
    registered(clerk, asked(appointment=clock.now() + timedelta(days=10)))
    registered(clerk, asked(words="漏水", appointment=clock.now() + timedelta(days=1)))
    monday = clock.today()

    assert board.week(clerk, ALL, monday).after == 1
    assert board.week(clerk, ALL, monday + timedelta(days=14)).before == 2


def test_how_many_orders_somebody_who_leaves_has_open(clerk):
    person = resident(clerk)
    registered(clerk, asked(person=person))
    closed = registered(clerk, asked(person=person, words="灯不亮"))
    moved(clerk, closed, *CLOSED)

    assert book.open_of(clerk, person) == 1


def test_what_has_no_due_time_stands_on_no_day(clerk, clock):
    first = book.detail(clerk, registered(clerk)).order
    line = OrderLine(order=replace(first, number="A1", due_at=None), day=clock.today(), hour=None)
    with clerk.store.writing() as work:
        work.orders.add_many([line])
        work.commit()
    shown = board.week(clerk, ALL, clock.today())

    assert sum(map(len, shown.days)) + shown.before + shown.after == 1


def test_an_appointment_stands_in_the_week_without_a_due_time(clerk, clock):
    first = book.detail(clerk, registered(clerk)).order
    at = clock.now() + timedelta(days=1)
    order = replace(first, number="A1", due_at=None, appointment=at)
    line = OrderLine(order=order, day=clock.today(), hour=None)
    with clerk.store.writing() as work:
        work.orders.add_many([line])
        work.commit()
    shown = board.week(clerk, ALL, clock.today())

    assert "A1" in {one.number for one in shown.days[1]}
