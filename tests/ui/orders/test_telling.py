"""What the page of an order tells: when it is due, what was changed, and where words went."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import Deed, Move
from pmdesk.services.orders import moving
from pmdesk.services.orders.moving import Amended
from tests.services.orders.asked import asked, complaint, moved, public, registered


def words(widget):
    """Everything that can be read there."""
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_waiting_for_the_resident_puts_off_the_due_time_that_is_shown(
    look_at, office_session, clock, settled
):
    order = moved(office_session, registered(office_session), Move.ASSIGN, Move.WAIT)
    page = look_at(order)
    due = page.detail.detail.order.due_at.astimezone(clock.local().tzinfo)
    assert f"{due:%Y-%m-%d %H:%M}（正在等住户" in words(page.detail.facts)

    clock.advance(hours=3)
    moved(office_session, order, Move.RESUME)
    page.reload()
    settled()

    later = due + timedelta(hours=3)
    assert f"{later:%Y-%m-%d %H:%M}（等住户 3 小时，已顺延）" in words(page.detail.facts)


def test_a_complaint_that_waits_is_due_as_before(look_at, office_session):
    order = moved(office_session, registered(office_session, complaint()), Move.ASSIGN, Move.WAIT)

    assert "顺延" not in words(look_at(order).detail.facts)


def test_an_appointment_after_the_due_time_says_that_the_due_time_stays(
    look_at, office_session, clock
):
    soon, late = (clock.now() + timedelta(days=days) for days in (1, 30))
    order = registered(office_session, asked(appointment=soon))
    assert "期限不变" not in words(look_at(order).detail.facts)
    other = registered(office_session, asked(appointment=late))
    assert "晚于期限，期限不变" in words(look_at(other).detail.facts)


def test_the_history_says_what_was_changed_from_what_to_what(look_at, office_session, clock):
    order = registered(office_session)
    at = clock.now() + timedelta(days=1)
    changes = Amended(kind="electric", urgency=Urgency.URGENT, words="插座没电", appointment=at)
    moving.amend(office_session, order, changes)
    told = words(look_at(order).detail.history)

    assert "事项：水暖 → 电路" in told
    assert "紧急程度：一般 → 急" in told
    assert f"预约：无 → {at.astimezone(clock.local().tzinfo):%Y-%m-%d %H:%M}" in told
    assert "期限：" in told
    assert "插座" not in told


def test_what_a_merge_gave_is_in_the_history_of_the_order_that_goes_on(look_at, office_session):
    other = registered(office_session, public())
    order = registered(office_session, public(urgency=Urgency.URGENT))
    moving.move(office_session, order, Move.MERGE, Terms(parent=other))

    assert "紧急程度：一般 → 急" in words(look_at(other).detail.history)


@pytest.mark.parametrize(
    ("intake", "sealed"), [(asked(), False), (complaint(), True)], ids=["repair", "complaint"]
)
def test_urging_is_confirmed_and_of_a_complaint_it_is_said_where_the_words_are(
    look_at, office_session, settled, intake, sealed
):
    page = look_at(registered(office_session, intake))
    page.start_task(page.detail.detail.line, Deed.URGED)
    page.panel.words.setText("住户又打电话来催")
    page.panel.do()
    settled()

    assert "已记下催单" in page.note.sentence
    assert ("打开内容" in page.note.sentence) is sealed
    assert not page.note.action.isVisible()


def test_a_call_that_was_noted_is_confirmed(look_at, office_session, settled):
    page = look_at(registered(office_session))
    page.start_task(page.detail.detail.line, Deed.CALLED_BACK)
    page.panel.words.setText("约明天下午")
    page.panel.do()
    settled()

    assert page.note.sentence == "回访已记下。"


def test_the_button_that_cancels_an_order_says_so(look_at, office_session, settled):
    page = look_at(registered(office_session))
    page.start_task(page.detail.detail.line, Move.CANCEL)
    settled()

    assert page.panel.confirm.text() == page.panel.confirm.accessibleName() == "取消工单"


def test_a_complaint_says_why_it_has_no_work_sheet(look_at, office_session):
    plain = look_at(registered(office_session)).detail.advice.text()
    told = look_at(registered(office_session, complaint())).detail.advice.text()

    assert "派工单" not in plain
    assert "投诉不打派工单" in told


def test_a_number_among_the_words_is_refused_by_the_name_of_the_field(
    look_at, office_session, settled
):
    page = look_at(moved(office_session, registered(office_session), Move.ASSIGN))
    page.start_task(page.detail.detail.line, Move.WAIT)
    page.panel.words.setText("等他回 13800000042")
    page.panel.do()
    settled()

    assert page.panel.note.sentence.startswith("“文字说明”")
    assert "联系方式”一栏" not in page.panel.note.sentence


def test_who_takes_it_is_missing_only_until_somebody_is_named(look_at, office_session, settled):
    page = look_at(registered(office_session, asked()))
    page.detail._want(Move.ASSIGN)
    settled()
    page.panel.confirm.click()
    settled()
    assert page.panel.note.sentence

    page.panel.hand.box.setText("李师傅")
    assert not page.panel.note.sentence
