"""One order whole: legal moves, the words of a complaint, the number, and the work sheet."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.order import MOVES, Deed, Move, OrderState
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.i18n import said
from pmdesk.services.orders import book, moving
from pmdesk.services.orders.moving import Amended
from pmdesk.ui import printing
from pmdesk.ui.orders.task import task_name
from tests.offices import resident
from tests.pdf import text_of
from tests.services.orders.asked import CLOSED, DONE, asked, complaint, moved, public, registered

LATER = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
WAYS = {
    OrderState.NEW: (),
    OrderState.ASSIGNED: DONE[:1],
    OrderState.WORKING: DONE[:2],
    OrderState.WAITING: (Move.ASSIGN, Move.WAIT),
    OrderState.CALLBACK: DONE,
    OrderState.CLOSED: CLOSED,
    OrderState.CANCELLED: (Move.CANCEL,),
}


@pytest.fixture
def person(office_session):
    return resident(office_session, "曾国强", "13800000042", "3-1-502")


def offered(page):
    """The names on the buttons."""
    found = page.detail.acts.findChildren(QPushButton)
    return {one.text() for one in found if one.isVisible()}


def words(widget):
    """Everything that can be read there."""
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


@pytest.mark.parametrize("state", list(WAYS))
def test_only_legal_moves_are_offered_and_what_comes_first_is_said(
    look_at, office_session, person, state
):
    order = registered(office_session, asked(person=person, room="3-1-502"))
    page = look_at(moved(office_session, order, *WAYS[state]))
    assert page.detail.detail.order.state is state

    legal = {said(task_name(move)) for move, rule in MOVES.items() if state in rule.start}
    every = {said(task_name(move)) for move in Move}
    assert offered(page) & every == legal
    assert "要做其他的，" in page.detail.advice.text()


@pytest.mark.parametrize(
    ("task", "words_", "state"),
    [
        (Move.WAIT, "等住户回来", OrderState.WAITING),
        (Move.SEND_BACK, "不是我们的", OrderState.NEW),
        (Move.CANCEL, "已自行修好", OrderState.CANCELLED),
        (Deed.URGED, "", OrderState.ASSIGNED),
        (Deed.CALLED_BACK, "说下午来", OrderState.ASSIGNED),
    ],
)
def test_a_step_is_done_with_its_words_and_stands_in_the_history(
    look_at, office_session, person, settled, task, words_, state
):
    order = registered(office_session, asked(person=person, room="3-1-502"))
    page = look_at(moved(office_session, order, Move.ASSIGN))
    page.detail._want(task)
    settled()
    page.panel.words.setText(words_)
    page.panel.confirm.click()
    settled()

    assert page.detail.detail.order.state is state
    assert said(task_name(task)) in words(page.detail.history)
    assert words_ in words(page.detail.history)
    assert not page.panel.isVisible()


def test_a_step_without_its_reason_says_what_is_missing(look_at, office_session, person, settled):
    order = registered(office_session, asked(person=person, room="3-1-502"))
    page = look_at(order)
    page.detail._want(Move.CANCEL)
    settled()
    page.panel.confirm.click()
    settled()

    assert page.panel.isVisible()
    assert page.panel.note.sentence
    assert page.panel.words.hasFocus()
    page.panel.words.setText("住户说不用了")
    assert not page.panel.note.sentence


def test_one_order_goes_on_with_another_of_the_building(
    look_at, office_session, person, settled, order_of
):
    first = registered(office_session, asked(person=person, room="3-1-502"))
    second = registered(office_session, asked(room="3-1-503"))
    page = look_at(second)
    page.detail._want(Move.MERGE)
    settled()
    assert page.panel.parent_order.currentData() is None
    page.panel.confirm.click()
    settled()
    assert order_of(second).state is OrderState.NEW
    assert page.panel.note.sentence
    page.panel.parent_order.setCurrentIndex(page.panel.parent_order.findData(int(first)))
    page.panel.confirm.click()
    settled()

    assert order_of(second).state is OrderState.MERGED
    assert order_of(second).parent == first


def test_merging_needs_another_open_order(look_at, office_session, person, settled):
    page = look_at(registered(office_session, asked(person=person, room="3-1-502")))
    page.detail._want(Move.MERGE)
    settled()

    assert not page.panel.confirm.isEnabled()
    assert page.panel.note.sentence


def test_a_reopened_order_keeps_its_number(look_at, office_session, person, settled):
    order = registered(office_session, asked(person=person, room="3-1-502"))
    number = book.detail(office_session, order).line.number
    page = look_at(moved(office_session, order, *CLOSED))
    page.detail._want(Move.REOPEN)
    settled()
    page.panel.words.setText("又漏了")
    page.panel.confirm.click()
    settled()

    assert page.detail.detail.line.number == number
    assert page.detail.detail.order.state is OrderState.NEW


def test_urgency_and_words_are_put_right(look_at, office_session, person, settled):
    page = look_at(registered(office_session, asked(person=person, room="3-1-502")))
    page.detail._start_amending()
    page.detail.amend.urgency.buttons()[0].click()
    page.detail.amend.words.setText("水管爆了")
    page.detail.amend.do()
    settled()

    order = page.detail.detail.order
    assert (order.urgency, order.words) == (Urgency.EMERGENCY, "水管爆了")


def test_what_a_colleague_changed_meanwhile_stays(look_at, office, person, settled):
    other = office.session("manager")
    order = registered(other, asked(person=person, room="3-1-502"))
    page = look_at(order)
    page.detail._start_amending()
    found = Amended(kind="electric", urgency=Urgency.URGENT, appointment=LATER)
    moving.amend(other, order, found)
    page.detail.amend.words.setText("水管爆了")
    page.detail.amend.do()
    settled()

    after = book.detail(other, order).order
    assert after.words == "水管爆了"
    assert (after.kind, after.urgency, after.appointment) == ("electric", Urgency.URGENT, LATER)


def test_an_order_of_a_withdrawn_import_offers_nothing_and_says_what_to_do(
    look_at, office, office_session
):
    order = registered(office_session, public())
    with office_session.store.writing() as work:
        made = work.orders.record_import(1, at=LATER, by=office_session.staff.uid)
        work.orders.withdraw_import(made, at=LATER, by=office_session.staff.uid)
        work.commit()
    page = look_at(order)

    assert not offered(page)
    assert "重新登记" in page.detail.advice.text()


# ---- complaints ----------------------------------------------------------------------------


def test_the_words_of_a_complaint_are_opened_by_an_act_that_is_in_the_log(
    look_at, office, office_session, person, settled
):
    order = registered(office_session, complaint(person=person, room="3-1-502"))
    page = look_at(order, "manager")
    assert "装修" not in words(page)

    with office.logged() as log:
        page.detail.facts.closed.action.click()
        settled()

    assert [act for act, *_rest in log] == ["order.complaint_read"]
    assert "楼上王师傅夜里装修" in words(page.detail.facts)
    page.close_order()
    page.show_order(order)
    settled()
    assert "装修" not in words(page)


def test_a_colleague_who_has_nothing_to_do_with_it_is_told_whom_to_ask(
    look_at, office, person, settled
):
    order = registered(office.session("manager"), complaint(person=person, room="3-1-502"))
    page = look_at(order, "clerk")

    assert not page.detail.facts.closed.action.isVisible()
    assert "主管" in page.detail.facts.closed.sentence
    page.detail.facts.open_complaint()
    settled()
    assert "装修" not in words(page)


def test_a_complaint_has_no_work_sheet(look_at, office_session, person):
    page = look_at(registered(office_session, complaint(person=person, room="3-1-502")))

    assert not any("派工单" in one for one in offered(page))
    page.detail._print()


# ---- who and whom --------------------------------------------------------------------------


def test_the_way_to_the_resident_is_one_press(look_at, office_session, person, qtbot):
    page = look_at(registered(office_session, asked(person=person, room="3-1-502")))
    link = next(
        one
        for one in page.detail.facts.findChildren(QPushButton)
        if one.text() == "打开住户页面" and one.isVisible()
    )
    assert "前有人接手（合同，24 小时）" in words(page.detail.facts)
    assert "曾*强" in words(page.detail.facts)
    with qtbot.waitSignal(page.resident_requested) as caught:
        link.click()
    assert caught.args == [person]


def test_a_number_to_call_back_is_masked_until_it_is_asked_for(
    look_at, office, office_session, person, settled
):
    order = registered(office_session, asked(person=person, room="3-1-502", callback="13900000042"))
    page = look_at(order)
    assert "139****0042" in words(page.detail.facts)
    show = next(
        one
        for one in page.detail.facts.findChildren(QPushButton)
        if one.text() == "显示" and one.isVisible()
    )
    with office.logged() as log:
        show.click()
        settled()

    assert "13900000042" in words(page.detail.facts)
    assert [act for act, *_rest in log] == ["order.callback_shown"]


def test_a_late_answer_never_shows_the_number_of_another_order(
    look_at, office_session, person, settled
):
    first, second = (
        registered(office_session, asked(person=person, room="3-1-502", callback=number))
        for number in ("13900000042", "13900000077")
    )
    page = look_at(first)
    facts = page.detail.facts
    page.show_order(second)
    settled()
    facts._show_number(first, "13900000042")
    assert "13900000042" not in words(facts)
    assert "139****0077" in words(facts)

    page.detail.leave()
    facts._show_number(second, "13900000077")
    assert "13900000077" not in words(facts)


def test_the_number_of_who_complains_is_offered_to_who_may_read_the_complaint(
    look_at, office, person
):
    order = registered(office.session("manager"), complaint(person=person, callback="13900000042"))
    for login, offers in (("clerk", False), ("manager", True)):
        facts = look_at(order, login).detail.facts
        assert "139****0042" in words(facts)
        shown = [one.text() for one in facts.findChildren(QPushButton) if one.isVisible()]
        assert ("显示" in shown) is offers


# ---- paper ---------------------------------------------------------------------------------


def test_the_work_sheet_names_nobody(
    look_at, office_session, person, prompts, settled, tmp_path, chinese
):
    order = registered(
        office_session, asked(person=person, room="3-1-502", words="水龙头滴水，找曾国强")
    )
    prompts.path = tmp_path / "sheet.pdf"
    page = look_at(order)
    page.detail._save_sheet()
    settled()

    text = "".join(text_of(prompts.path.read_bytes())).replace(" ", "")
    assert "3-1-502" in text
    assert "水龙头滴水" in text
    assert "曾国强" not in text
    assert "0042" not in text
    assert "sheet.pdf" in page.note.sentence


def test_the_work_sheet_is_seen_before_it_is_printed(
    look_at, office_session, person, settled, monkeypatch
):
    seen = []
    monkeypatch.setattr(printing, "preview", lambda made, title, _parent: seen.append(title))
    page = look_at(registered(office_session, asked(person=person, room="3-1-502")))
    page.detail._print()
    settled()

    assert seen == ["派工单"]


def test_an_order_that_is_gone_from_the_list_by_a_filter_still_leads_back(
    look_at, office_session, person, settled
):
    order = registered(office_session, asked(person=person, room="3-1-502"))
    page = look_at(order)
    page.filters.show_query(OrderQuery(text="nothing"))
    page.close_order()
    settled()

    assert page.empty.isVisible()


def test_what_cannot_be_changed_so_is_said_and_keeps_what_was_typed(
    look_at, office_session, person, settled
):
    page = look_at(registered(office_session, asked(person=person, room="3-1-502")))
    amend = page.detail.amend
    page.detail._start_amending()
    amend.appointment.day.line.setText("2026-03-05")
    amend.do()
    assert "14:30" in amend.note.sentence
    amend.appointment.show_moment(None)
    amend.words.setText("张三 13800000042")
    amend.do()
    settled()

    assert amend.isVisible()
    assert amend.note.sentence
    assert amend.words.text() == "张三 13800000042"
    amend.leave()
    assert page.detail.detail.order.words == "水龙头滴水"


def test_by_keys_a_correction_is_saved_or_left(look_at, office_session, person, keyboard):
    page = look_at(registered(office_session, asked(person=person, room="3-1-502")))
    keys = keyboard(page)
    amend = page.detail.amend
    page.detail._start_amending()
    keys.press("Escape")
    assert not amend.isVisible()
    assert page.detail.isVisible()

    page.detail._start_amending()
    amend.words.setText("灯不亮")
    amend.words.setFocus()
    keys.press("Return")
    assert page.detail.detail.order.words == "灯不亮"


def test_an_order_that_cannot_be_read_says_so(look_at, settled):
    page = look_at(4711)

    assert page.note.sentence
