"""The last step can be taken back: state and clock as before, both steps in history and log."""

from dataclasses import replace

import pytest

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Deed, Move, OrderState
from pmdesk.errors import DeniedError, RefusedError
from pmdesk.services.orders import book, moving
from pmdesk.services.orders.moving import Amended
from tests.offices import resident
from tests.services.orders.asked import CLOSED, DONE, asked, complaint, moved, registered

WAYS = (
    ((), Move.ASSIGN),
    ((), Move.CANCEL),
    (DONE[:1], Move.SEND_BACK),
    (DONE[:1], Move.START),
    (DONE[:2], Move.WAIT),
    ((*DONE[:2], Move.WAIT), Move.RESUME),
    (DONE[:2], Move.FINISH),
    (DONE, Move.REDO),
    (DONE, Move.CLOSE),
    (CLOSED, Move.REOPEN),
)


def as_it_stands(session, order):
    with session.store.reading() as work:
        return work.orders.get(order)


def stepped(session, order, way):
    terms = Terms(reason="等配件", assignee="李师傅")
    return moving.step_on(session, order, way, terms)[0]


@pytest.mark.parametrize(("before", "way"), WAYS, ids=lambda one: getattr(one, "value", None))
def test_the_order_stands_as_if_the_step_had_not_been_done(clerk, clock, before, way):
    order = moved(clerk, registered(clerk, asked(person=resident(clerk))), *before)
    was = as_it_stands(clerk, order)
    clock.advance(minutes=10)
    done = stepped(clerk, order, way)
    clock.advance(minutes=10)
    moving.take_back(clerk, done)

    assert as_it_stands(clerk, order) == was
    assert [one.act for one in book.detail(clerk, order).steps][-2:] == [
        way.value,
        Deed.TAKEN_BACK.value,
    ]


def test_taking_back_is_in_the_log(clerk, office):
    done = stepped(clerk, registered(clerk), Move.ASSIGN)
    with office.logged() as log:
        moving.take_back(clerk, done)

    assert [act for act, *_rest in log] == ["order.taken_back"]


def test_what_was_done_since_is_not_lost(clerk, manager):
    order = registered(clerk)
    done = stepped(clerk, order, Move.ASSIGN)
    moving.urge(manager, order)
    with pytest.raises(RefusedError, match="since"):
        moving.take_back(clerk, done)

    assert as_it_stands(clerk, order).state is OrderState.ASSIGNED
    assert as_it_stands(clerk, order).urged == 1


def test_nobody_takes_back_what_a_colleague_did_nor_twice_nor_late(clerk, manager, reviewer, clock):
    order = registered(clerk)
    done = stepped(clerk, order, Move.ASSIGN)
    with pytest.raises(RefusedError, match="since"):
        moving.take_back(manager, done)
    with pytest.raises(DeniedError):
        moving.take_back(reviewer, done)
    moving.take_back(clerk, done)
    with pytest.raises(RefusedError, match="since"):
        moving.take_back(clerk, done)
    late = stepped(clerk, order, Move.ASSIGN)
    clock.advance(minutes=31)
    with pytest.raises(RefusedError, match="half an hour"):
        moving.take_back(clerk, late)


def test_the_way_back_tells_nobody_what_a_complaint_says(clerk):
    entered = registered(clerk, complaint(person=resident(clerk)))

    done = stepped(clerk, entered, Move.ASSIGN)

    assert (done.before.words, done.before.person) == ("", None)
    moving.take_back(clerk, done)
    assert as_it_stands(clerk, entered).words == "楼上王师傅夜里装修"


def test_that_the_number_is_gone_after_closing_is_known(clerk):
    person = resident(clerk)
    order = moved(clerk, registered(clerk, asked(person=person, callback="13900000042")), *DONE)

    assert stepped(clerk, order, Move.CLOSE).had_number
    assert not stepped(clerk, registered(clerk), Move.CANCEL).had_number


def test_a_reopening_that_was_taken_back_begins_no_new_clock(clerk, clock):
    order = moved(clerk, registered(clerk, asked(person=resident(clerk))), *CLOSED)
    moved(clerk, order, Move.REOPEN, *CLOSED)
    clock.advance(days=1)
    moving.take_back(clerk, stepped(clerk, order, Move.REOPEN))
    clock.advance(minutes=1)
    first = as_it_stands(clerk, order)
    with clerk.store.writing() as work:  # open again, as its first reopening left it
        work.orders.save(
            replace(first, state=OrderState.NEW, closed_at=None, finished_at=None),
            was=first.state,
        )
        work.commit()

    moving.amend(clerk, order, Amended(urgency=Urgency.EMERGENCY))

    due = as_it_stands(clerk, order).due_at
    assert due < clock.now(), "a day ago, not as of a minute ago"
