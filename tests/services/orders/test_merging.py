"""Two orders about the same thing: one goes on, as pressing as the more pressing of both."""

from datetime import timedelta

import pytest

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Deed, Move, OrderState
from pmdesk.errors import DeniedError, RefusedError
from pmdesk.services.orders import book, merging, moving
from pmdesk.services.orders.moving import Amended
from tests.services.orders.asked import DONE, asked, complaint, moved, public, registered

HOUR = timedelta(hours=1)
LIFT = {"kind": "lift", "words": "电梯异响"}


def order_of(session, order):
    with session.store.reading() as work:
        return work.orders.get(order)


def merged(session, order, parent):
    """The step that merges it."""
    return moving.step_on(session, order, Move.MERGE, Terms(parent=parent))[0]


def offered(session, order):
    return [one.id for one in merging.offered(session, order)]


# ---- what is offered ------------------------------------------------------------------------


def test_the_nearest_of_the_building_and_of_the_estate_are_offered_first(clerk):
    other_kind = registered(clerk, asked(room="3-2-601", kind="electric", words="没电"))
    cleaning = registered(clerk, asked(service=Service.CLEANING, kind="stairs", words="脏"))
    same_kind = registered(clerk, asked(room="3-2-601"))
    estate = registered(clerk, public())
    same = registered(clerk, asked())
    order = registered(clerk, asked(words="还在滴"))
    registered(clerk, asked(room="4-2-501"))
    moved(clerk, registered(clerk, asked()), Move.ASSIGN, Move.WAIT)

    assert offered(clerk, order) == [same, same_kind, estate, other_kind, cleaning]
    assert offered(clerk, estate) == []


def test_a_complaint_is_offered_complaints_alone_and_nothing_else_a_complaint(clerk, reviewer):
    first, order = (registered(clerk, complaint()) for _ in range(2))
    lift = registered(clerk, public(building="3", **LIFT))

    assert offered(clerk, order) == [first]
    assert offered(clerk, lift) == []
    with pytest.raises(DeniedError):
        merging.offered(reviewer, order)


# ---- what may be merged ---------------------------------------------------------------------


def test_one_of_two_goes_on(clerk, office):
    parent, order = registered(clerk), registered(clerk)
    with office.logged() as log:
        merged(clerk, order, parent)

    found = book.detail(clerk, order)
    assert (found.order.state, found.parent) == ("merged", "W20260302-001")
    assert [act for act, *_rest in log] == ["order.merge"], "the other one is as it was"


def test_no_order_goes_on_with_itself_with_nothing_or_with_what_stands_still(clerk):
    order, over = registered(clerk), moved(clerk, registered(clerk, public()), *DONE)
    waits = moved(clerk, registered(clerk), Move.ASSIGN, Move.WAIT)
    called = moved(clerk, registered(clerk, asked(callback="13800001234")), *DONE)

    for parent in (order, None, over, waits, called):
        with pytest.raises(RefusedError):
            merged(clerk, order, parent)
        assert order_of(clerk, order).state is OrderState.NEW


def test_neither_another_building_nor_a_complaint_and_a_repair_are_one(clerk):
    order = registered(clerk)
    other = registered(clerk, asked(room="4-2-501"))
    said = registered(clerk, complaint())
    for one, parent in ((order, other), (order, said), (said, order)):
        with pytest.raises(RefusedError):
            merged(clerk, one, parent)

    estate = registered(clerk, public())
    with pytest.raises(RefusedError):
        merged(clerk, estate, order)
    merged(clerk, order, estate)  # a pump of the whole estate is why the tap is dry


# ---- what goes on ---------------------------------------------------------------------------


def test_the_earlier_end_and_the_higher_urgency_go_on(clerk, clock, office):
    order = registered(clerk, asked(urgency=Urgency.URGENT))
    clock.advance(hours=20)
    parent = registered(clerk)
    due = order_of(clerk, order).due_at
    with office.logged() as log:
        merged(clerk, order, parent)

    after = order_of(clerk, parent)
    assert (after.urgency, after.due_at) == (Urgency.URGENT, due)
    assert after.words
    assert book.detail(clerk, parent).steps[-1].act == Deed.CHANGED.value
    assert log[0] == ("order.changed", f"order:{parent}", ("urgency", "due_at"))
    moving.amend(clerk, parent, Amended(urgency=Urgency.EMERGENCY))
    assert order_of(clerk, parent).due_at == min(due, clock.now() + HOUR)


def test_who_raises_the_urgency_gives_no_more_time_than_a_merged_order_had(clerk, clock):
    order = registered(clerk)
    clock.advance(hours=70)
    parent = registered(clerk)
    due = order_of(clerk, order).due_at
    merged(clerk, order, parent)
    moving.amend(clerk, parent, Amended(urgency=Urgency.URGENT))

    assert order_of(clerk, parent).due_at == due


def test_the_clock_of_a_complaint_is_not_renewed_by_merging(clerk, clock):
    first = registered(clerk, complaint())
    clock.advance(days=4)
    second = registered(clerk, complaint())
    due = order_of(clerk, first).due_at
    merged(clerk, first, second)

    assert order_of(clerk, second).due_at == due


def test_a_merge_that_is_taken_back_takes_back_what_it_gave(clerk, clock):
    order = registered(clerk, asked(urgency=Urgency.URGENT))
    clock.advance(hours=20)
    parent = registered(clerk)
    before = order_of(clerk, parent)
    done = merged(clerk, order, parent)
    assert all(not one.words and one.person is None for one in done.gave)
    moving.take_back(clerk, done)

    assert order_of(clerk, parent) == before
    assert order_of(clerk, order).state is OrderState.NEW


def test_what_somebody_decided_since_is_not_taken_back(clerk, clock):
    order = registered(clerk, asked(urgency=Urgency.URGENT))
    parent = registered(clerk)
    done = merged(clerk, order, parent)
    moving.amend(clerk, parent, Amended(urgency=Urgency.EMERGENCY))
    after = order_of(clerk, parent)
    moving.take_back(clerk, done)

    assert order_of(clerk, parent) == after


def test_what_another_order_gave_since_stays_when_a_merge_is_taken_back(clerk, clock):
    first = registered(clerk, asked(urgency=Urgency.EMERGENCY))
    clock.advance(minutes=10)
    second = registered(clerk, asked(urgency=Urgency.EMERGENCY))
    due = order_of(clerk, second).due_at
    parent = registered(clerk)
    done = merged(clerk, first, parent)
    clock.advance(minutes=5)
    assert merged(clerk, second, parent).gave is None
    clock.advance(minutes=5)
    moving.take_back(clerk, done)

    after = order_of(clerk, parent)
    assert (after.urgency, after.due_at) == (Urgency.EMERGENCY, due)


def test_a_merge_that_is_taken_back_writes_nothing_where_as_much_was_given_since(clerk, office):
    first, second = (registered(clerk, asked(urgency=Urgency.EMERGENCY)) for _ in range(2))
    parent = registered(clerk)
    done = merged(clerk, first, parent)
    merged(clerk, second, parent)
    with office.logged() as log:
        moving.take_back(clerk, done)

    assert [act for act, *_rest in log] == ["order.taken_back"]


def test_an_order_that_was_closed_since_is_left_as_it_was_closed(clerk):
    order = registered(clerk, asked(urgency=Urgency.URGENT))
    parent = registered(clerk)
    done = merged(clerk, order, parent)
    moved(clerk, parent, Move.CANCEL)
    after = order_of(clerk, parent)
    moving.take_back(clerk, done)

    assert order_of(clerk, parent) == after
