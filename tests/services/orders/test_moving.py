"""An order goes its legal way only; each move is a line in its history and in the log."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Move, OrderId, OrderState
from pmdesk.domain.ports.orders import OrderLine, OrderQuery
from pmdesk.errors import DeniedError, PmdeskError, RefusedError
from pmdesk.services import staff
from pmdesk.services.orders import book, hands, moving
from pmdesk.services.orders.moving import Amended
from tests.domain.orders.made import queued
from tests.offices import resident
from tests.services.orders.asked import (
    CLOSED,
    DONE,
    ROOM,
    WORKER,
    asked,
    complaint,
    moved,
    public,
    registered,
)


def state(session, order):
    return book.detail(session, order).order.state


# ---- the way of an order --------------------------------------------------------------------


def test_an_order_goes_from_the_counter_to_its_end(clerk, office):
    order = registered(clerk, asked(person=resident(clerk)))
    with office.logged() as log:
        moved(clerk, order, Move.ASSIGN, Move.START, Move.WAIT, Move.RESUME, Move.FINISH)
        moving.call_back(clerk, order, "已修好")
        moved(clerk, order, Move.CLOSE)

    found = book.detail(clerk, order)
    assert (found.order.state, found.order.rating, found.line.assignee) == ("closed", 4, WORKER)
    acts = [one.act for one in found.steps]
    assert acts == ["received", *("assign", "start", "wait", "resume"), "finish", *acts[6:]]
    assert acts[6:] == ["called_back", "close"]
    assert [one for one, _target, _fields in log] == [f"order.{act}" for act in acts[1:]]
    assert {target for _act, target, _fields in log} == {f"order:{order}"}
    assert found.steps[3].words == "等配件"


def test_an_order_of_nobody_is_over_when_it_is_done(clerk):
    assert state(clerk, moved(clerk, registered(clerk, public()), *DONE)) is OrderState.CLOSED


def test_a_move_that_is_not_legal_says_the_way_out_and_leaves_nothing(clerk, office):
    order = registered(clerk)
    with office.logged() as log, pytest.raises(RefusedError) as refused:
        moving.move(clerk, order, Move.START)

    assert refused.value.remedy == "Assign it first."
    assert log == []
    assert state(clerk, order) is OrderState.NEW


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(Move), max_size=8))
def test_whatever_is_tried_the_history_only_grows_and_fits_the_state(clerk, ways):
    order = registered(clerk)
    for way in ways:
        before = book.detail(clerk, order)
        try:
            moving.move(clerk, order, way, Terms(reason="有事", assignee=WORKER))
        except PmdeskError:
            assert way not in before.moves or way is Move.MERGE
            assert book.detail(clerk, order) == before
        else:
            after = book.detail(clerk, order)
            assert way in before.moves
            assert after.steps[: len(before.steps)] == before.steps
            assert after.steps[-1].act == way


def test_a_clock_set_back_closes_nothing_before_it_came(clerk, clock):
    order = moved(clerk, registered(clerk, public()), Move.ASSIGN, Move.START)
    received = book.detail(clerk, order).order.received_at
    clock.advance(days=-2)
    moved(clerk, order, Move.FINISH)

    assert book.detail(clerk, order).order.closed_at == received


def test_the_clock_stands_while_the_office_waits_for_the_resident(clerk, clock):
    order = moved(clerk, registered(clerk), Move.ASSIGN, Move.WAIT)
    assert book.lines(clerk, [order])[0].clock == "The clock stands: waiting for the resident"
    clock.advance(days=9)
    moved(clerk, order, Move.RESUME)

    line = book.lines(clerk, [order])[0]
    assert (line.clock, line.is_overdue) == ("3 days left", False)


def test_a_complaint_that_waits_is_late_on_its_day_everywhere(clerk, clock, office):
    order = moved(clerk, registered(clerk, complaint()), Move.ASSIGN, Move.WAIT)
    assert "left" in book.lines(clerk, [order])[0].clock
    clock.advance(days=60)

    assert book.lines(clerk, [order])[0].is_overdue
    assert book.waiting(clerk).overdue == 1
    assert list(book.found(clerk, OrderQuery(overdue_at=clock.now()))) == [order]
    moved(clerk, order, Move.RESUME, Move.FINISH)
    what = office.sql(f"SELECT what FROM order_mark WHERE work_order = {order}")[0][0]
    assert what >> 38 & 3 == 2, "late for the charts as well"
    assert office.sql(f"SELECT paused FROM work_order WHERE id = {order}") == [(0,)]


def test_what_is_reopened_keeps_its_number_and_gets_its_time_anew(clerk, clock):
    order = moved(clerk, registered(clerk, public()), *DONE)
    before = book.detail(clerk, order).order
    clock.advance(days=60)
    moved(clerk, order, Move.REOPEN)

    after = book.detail(clerk, order).order
    assert (after.number, after.reopened, after.assignee) == (before.number, 1, "")
    assert after.due_at == clock.now() + timedelta(hours=72)
    assert queued(after) == queued(before)


# ---- who does it ----------------------------------------------------------------------------


def test_a_colleague_or_a_contractor_is_given_the_order(clerk, manager):
    first, second = registered(clerk), registered(clerk)
    moving.move(clerk, first, Move.ASSIGN, Terms(assignee=manager.staff.uid))
    moving.move(clerk, second, Move.ASSIGN, Terms(assignee="保洁公司"))

    assert book.lines(manager, [first])[0].is_mine
    assert book.lines(clerk, [first])[0].assignee == "李静"
    assert book.waiting(manager).mine == 1


@pytest.mark.parametrize("who", ["", "  ", "很" * 41, "王 11010519491231002X"])
def test_nobody_and_numbers_are_given_nothing(clerk, who):
    with pytest.raises(RefusedError):
        moving.move(clerk, registered(clerk), Move.ASSIGN, Terms(assignee=who))


def test_a_colleague_who_left_is_given_nothing(clerk, admin, manager2):
    staff.disable(admin, manager2.staff.uid)

    for who in (manager2.staff.uid, f" {manager2.staff.uid} "):
        with pytest.raises(RefusedError):
            moving.move(clerk, registered(clerk), Move.ASSIGN, Terms(assignee=who))
    assert manager2.staff.uid not in {one.code for one in hands.hands(clerk)}


# ---- reasons --------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "  ", "等" * 101, "住户有癌症", "11010519491231002X"])
def test_a_reason_is_short_and_clean(clerk, reason):
    order = moved(clerk, registered(clerk), Move.ASSIGN)

    with pytest.raises(RefusedError):
        moving.move(clerk, order, Move.WAIT, Terms(reason=reason))


def test_reasons_about_a_complaint_are_free_but_for_numbers(clerk):
    order = moved(clerk, registered(clerk, complaint()), Move.ASSIGN)
    moving.urge(clerk, order, "说有癌症")
    with pytest.raises(RefusedError):
        moving.urge(clerk, order, "11010519491231002X")


# ---- beside the moves -----------------------------------------------------------------------


def test_urging_is_counted_and_changes_nothing_of_the_queue(clerk, office):
    order = registered(clerk)
    before = book.detail(clerk, order).order
    with office.logged() as log:
        moving.urge(clerk, order)
        moving.urge(clerk, order, "又来电话")

    after = book.detail(clerk, order).order
    assert (after.urged, queued(after), after.due_at) == (2, queued(before), before.due_at)
    assert [one for one, _target, _fields in log] == ["order.urged"] * 2


def test_what_was_put_right_is_named_and_the_time_follows_the_urgency(clerk, office, clock):
    order = registered(clerk)
    clock.advance(hours=1)
    with office.logged() as log:
        moving.amend(clerk, order, Amended(urgency=Urgency.EMERGENCY, words=" 爆管  了 "))

    after = book.detail(clerk, order).order
    assert after.words == "爆管 了"
    assert after.due_at == after.received_at + timedelta(hours=1)
    assert log == [("order.changed", f"order:{order}", ("urgency", "words", "due_at"))]
    moving.amend(clerk, order, Amended(kind="electric", appointment=clock.now()))
    assert book.detail(clerk, order).order.kind == "electric"


def test_an_appointment_is_taken_away_and_none_is_made_for_yesterday(clerk, office, clock):
    order = registered(clerk)
    soon = clock.now() + timedelta(hours=2)
    moving.amend(clerk, order, Amended(appointment=soon))
    with pytest.raises(RefusedError, match="over"):
        moving.amend(clerk, order, Amended(appointment=clock.now() - timedelta(minutes=1)))
    assert book.detail(clerk, order).order.appointment == soon
    clock.advance(hours=3)
    moving.amend(clerk, order, Amended(kind="electric", appointment=soon))  # as it was
    with office.logged() as log:
        moving.amend(clerk, order, Amended(drops_appointment=True))

    assert book.detail(clerk, order).order.appointment is None
    assert log == [("order.changed", f"order:{order}", ("appointment",))]


def test_what_is_as_it_was_is_no_change(clerk, office):
    order = registered(clerk)
    before = book.detail(clerk, order)
    with office.logged() as log:
        told = moving.amend(clerk, order, Amended(urgency=Urgency.NORMAL, words="水龙头 滴水"))
        same = moving.amend(clerk, order, Amended(kind="plumbing"))

    assert [act for act, _target, _fields in log] == ["order.changed"]
    assert told.kinds
    assert not same.kinds
    assert len(book.detail(clerk, order).steps) == len(before.steps) + 1


def test_the_time_of_a_reopened_order_is_reckoned_from_its_reopening(clerk, clock):
    order = moved(clerk, registered(clerk, public()), *DONE)
    clock.advance(days=30)
    again = moved(clerk, order, Move.REOPEN)
    begun = clock.now()
    clock.advance(minutes=5)
    moving.amend(clerk, again, Amended(urgency=Urgency.URGENT))

    assert book.detail(clerk, again).order.due_at == begun + timedelta(hours=24)


def test_an_imported_kind_that_nobody_knows_hinders_no_other_correction(clerk, clock):
    first = book.detail(clerk, registered(clerk)).order
    line = OrderLine(
        order=replace(first, number="H-1", kind="水电类"), day=clock.today(), hour=None
    )
    with clerk.store.writing() as work:
        work.orders.add_many([line])
        work.commit()
    (found,) = book.found(clerk, OrderQuery(text="H-1"))
    order = OrderId(found)
    moving.amend(clerk, order, Amended(urgency=Urgency.URGENT))

    after = book.detail(clerk, order).order
    assert (after.kind, after.urgency) == ("水电类", Urgency.URGENT)


@pytest.mark.parametrize(
    "wrong", [Amended(kind="noise"), Amended(kind="no"), Amended(words=""), Amended(words="癌症")]
)
def test_nothing_is_put_wrong(clerk, wrong):
    with pytest.raises(RefusedError):
        moving.amend(clerk, registered(clerk), wrong)


def test_the_words_of_a_complaint_are_changed_by_who_reads_them(clerk, office, manager):
    order = registered(manager, complaint())
    with office.logged() as log, pytest.raises(DeniedError):
        moving.amend(clerk, order, Amended(words="没事"))

    assert log == [("denied", "see_complaints", ())]
    moving.amend(clerk, order, Amended(urgency=Urgency.URGENT))


def test_an_order_that_is_over_is_left_alone(clerk):
    order = moved(clerk, registered(clerk, asked(person=resident(clerk))), *CLOSED)

    for act in (
        lambda: moving.urge(clerk, order),
        lambda: moving.call_back(clerk, order, "好"),
        lambda: moving.amend(clerk, order, Amended(urgency=Urgency.URGENT)),
    ):
        with pytest.raises(RefusedError):
            act()


def test_a_call_back_needs_words(clerk):
    with pytest.raises(RefusedError):
        moving.call_back(clerk, registered(clerk), "  ")


# ---- the number to call back ----------------------------------------------------------------


def test_the_number_is_masked_shown_on_record_and_gone_at_the_end(clerk, office, reviewer):
    order = registered(clerk, asked(room=ROOM, callback="13800001234"))
    assert moving.callback_number(clerk, order) == "138****1234"
    with office.logged() as log:
        assert moving.callback_number(clerk, order, whole=True) == "13800001234"
        with pytest.raises(DeniedError):
            moving.callback_number(reviewer, order, whole=True)

    assert [one for one, _target, _fields in log] == ["order.callback_shown", "denied"]
    moved(clerk, order, *DONE)
    assert state(clerk, order) is OrderState.CALLBACK, "who left a number waits for a call"
    assert moving.callback_number(clerk, order) == "138****1234"
    moved(clerk, order, Move.CLOSE)
    assert moving.callback_number(clerk, order) == ""
    assert not any("13800001234" in cell for _table, cell in office.cells())


def test_the_number_of_who_complains_is_for_who_may_read_the_complaint(clerk, manager, office):
    order = registered(manager, complaint(callback="13800001234"))
    with office.logged() as log, pytest.raises(DeniedError):
        moving.callback_number(clerk, order, whole=True)

    assert log == [("denied", "see_complaints", ())]
    assert moving.callback_number(manager, order, whole=True) == "13800001234"
