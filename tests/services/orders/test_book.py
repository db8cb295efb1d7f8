"""Lists, one order whole, the words of complaints, and the clock."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.fields import FieldKey
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.names import act_name
from pmdesk.domain.orders.order import OPEN, Move, OrderState
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.errors import DeniedError, RefusedError
from pmdesk.services import residents
from pmdesk.services.orders import book, moving, reading, sheet
from pmdesk.services.orders.sheet_text import sheet_letter
from tests.domain.orders.made import NOW, order
from tests.offices import P1, resident
from tests.services.orders.asked import DONE, asked, complaint, moved, public, registered

WORDS = "楼上王师傅夜里装修"


def only(session, **query):
    return book.lines(session, book.found(session, OrderQuery(**query)))


# ---- lists ----------------------------------------------------------------------------------


def test_a_list_has_rooms_masked_names_and_the_clock(clerk):
    person = resident(clerk, name="王小明")
    entered = registered(clerk, asked(person=person))

    line = only(clerk, states=OPEN)[0]
    assert (line.id, line.where, line.who, line.words) == (
        entered,
        "3-2-501",
        "王*明",
        "水龙头滴水",
    )
    assert (line.clock, line.is_overdue) == ("3 days left", False)
    assert "王小明" not in repr(only(clerk))


def test_no_list_tells_where_somebody_lives_who_asked_for_confidentiality(clerk):
    person = resident(clerk)
    registered(clerk, asked(person=person))
    residents.save_answers(clerk, person, P1, {FieldKey("confidentiality_flag"): True})

    assert only(clerk)[0].where == "Building 3"
    assert only(clerk, text="3-2-501") == ()


@pytest.mark.parametrize("login", ["clerk", "manager", "reviewer", "admin"])
def test_no_list_tells_a_complaint_or_who_complains(office, login):
    clerk, session = office.session("clerk"), office.session(login)
    registered(clerk, complaint(person=resident(clerk)))

    line = only(session)[0]
    assert (line.who, line.words, line.where) == ("", "", "3-2-501")


def test_the_desk_counts_what_it_owes(clerk, clock):
    registered(clerk)
    registered(clerk, public(words="大堂灯坏"))
    moved(clerk, registered(clerk, public()), *DONE)
    clock.advance(days=4)

    waiting = book.waiting(clerk)
    assert (waiting.open, waiting.overdue, waiting.mine) == (2, 2, 0)
    assert waiting.states[OrderState.NEW] == 2


def test_an_office_without_orders_has_empty_lists(clerk):
    assert only(clerk) == ()
    assert book.waiting(clerk).open == 0


def test_the_orders_of_one_person_leave_out_complaints_for_who_may_not_read_them(
    clerk, manager, office
):
    person = resident(clerk)
    repair = registered(manager, asked(person=person))
    secret = registered(manager, complaint(person=person))

    assert [one.id for one in book.of_person(clerk, person)] == [repair]
    assert [one.id for one in book.of_person(manager, person)] == [secret, repair]


# ---- complaints -----------------------------------------------------------------------------


def test_the_words_of_a_complaint_are_read_on_record(clerk, manager, office):
    person = resident(clerk)
    entered = moved(clerk, registered(clerk, complaint(person=person)), Move.ASSIGN)
    moving.urge(clerk, entered, "还在吵")
    found = book.detail(manager, entered)
    assert WORDS not in repr(found)
    assert "还在吵" not in repr(found)
    assert (found.order.person, found.may_read) == (None, True)

    with office.logged() as log:
        read = reading.complaint(manager, entered)
    assert (read.words, read.person, read.steps[-1].words) == (WORDS, person, "还在吵")
    assert log == [("order.complaint_read", f"order:{entered}", ())]


def test_a_clerk_reads_only_what_he_registered_or_works_on(clerk, manager, office):
    entered = registered(manager, complaint())
    with office.logged() as log, pytest.raises(DeniedError):
        reading.complaint(clerk, entered)
    assert log == [("denied", "see_complaints", ())]
    assert not book.detail(clerk, entered).may_read

    moving.move(manager, entered, Move.ASSIGN, Terms(assignee=clerk.staff.uid))
    assert reading.complaint(clerk, entered).words == WORDS
    assert reading.complaint(clerk, registered(clerk, complaint())).words == WORDS


def test_several_complaints_are_an_entry_each(manager, office):
    orders = (
        registered(manager, complaint()),
        registered(manager),
        registered(manager, complaint()),
    )
    with office.logged() as log:
        read = reading.complaints(manager, orders)

    assert [one.order for one in read] == [orders[0], orders[2]]
    assert len(log) == 2


# ---- one order ------------------------------------------------------------------------------


def test_whoever_only_looks_is_offered_no_move(clerk, reviewer):
    entered = registered(clerk, asked(callback="13800001234"))

    assert book.detail(reviewer, entered).moves == ()
    found = book.detail(clerk, entered)
    assert set(found.moves) == {Move.ASSIGN, Move.CANCEL, Move.MERGE}
    assert found.has_callback
    assert found.names[clerk.staff.uid] == "王芳"


# ---- the sheet for a contractor -------------------------------------------------------------


def test_a_contractor_learns_where_and_what_but_not_who(clerk, office):
    person = resident(clerk, name="欧阳清远")
    resident(clerk, name="王小明", mobile="13800000077")
    words = "欧阳清远家漏水，打 8888 7777 找王小明"
    entered = registered(clerk, asked(person=person, words=words))
    with office.logged() as log:
        made = sheet.contractor_sheet(clerk, entered)

    assert (made.number, made.where, made.kind.zh) == ("W20260302-001", "3-2-501", "水暖")
    assert made.contact == "0000-12345678", "of the office"
    assert made.words == "resident家漏水，打 … 找resident"
    assert log == [("order.sheet", f"order:{entered}", ())]


def test_a_sheet_of_a_shared_place_says_it_all(clerk):
    assert sheet.contractor_sheet(clerk, registered(clerk, public())).where == "大堂"


def test_a_complaint_has_no_sheet(clerk):
    with pytest.raises(RefusedError):
        sheet.contractor_sheet(clerk, registered(clerk, complaint()))


def test_the_sheet_of_what_is_over_says_so_first(clerk):
    entered = moved(clerk, registered(clerk, public()), *DONE)

    letter = sheet_letter(clerk, sheet.contractor_sheet(clerk, entered))

    assert letter.title == "Work sheet (已结)"
    assert letter.rows[1][0] == "State"
    assert letter.rows[1][1].startswith("已结 · 2026-")
    assert not any("Give it back" in one for one in letter.closing)


def test_the_sheet_names_the_colleague_who_does_it(clerk, manager):
    entered = registered(clerk)
    moving.move(clerk, entered, Move.ASSIGN, Terms(assignee=manager.staff.uid))

    assert sheet.contractor_sheet(clerk, entered).assignee == manager.staff.name


# ---- the clock in words ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ({"seconds": 20}, "1 minute left"),
        ({"minutes": 40}, "40 minutes left"),
        ({"hours": 3, "minutes": 59}, "3 hours left"),
        ({"hours": 47}, "47 hours left"),
        ({"days": 2}, "2 days left"),
        ({"hours": -2}, "Overdue by 2 hours"),
        ({"days": -1100}, "Overdue by 1,100 days"),
    ],
)
def test_the_clock_says_about_how_long(left, words):
    assert book.clock_words(order(due_at=NOW + timedelta(**left)), NOW) == words


@given(st.timedeltas(timedelta(0), timedelta(days=9999)))
def test_every_span_has_words(span):
    assert book.span_words(span)[0] in "123456789"


@pytest.mark.parametrize(
    "changes",
    [
        {"state": OrderState.CLOSED, "closed_at": NOW},
        {"state": OrderState.CLOSED, "closed_at": NOW, "due_at": None},
        {"state": OrderState.CALLBACK, "finished_at": NOW},
    ],
)
def test_what_is_not_owed_has_no_clock(changes):
    assert book.clock_words(order(**changes), NOW) == ""


def test_what_is_owed_without_a_due_time_says_so():
    assert book.clock_words(order(due_at=None), NOW) == "No due time"


def test_each_step_has_a_name():
    assert (act_name("assign").zh, act_name("received").zh) == ("派单", "登记")
    assert act_name("of_later").zh == "of_later"
