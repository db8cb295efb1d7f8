"""Nothing acts twice or on another order, and no answer that comes late takes anything away."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from pmdesk.domain.orders.order import Deed, Move, OrderState
from pmdesk.errors import StorageError
from pmdesk.i18n import said
from pmdesk.services.orders import book
from pmdesk.services.orders.places import Place
from pmdesk.ui.orders.task import task_name
from tests.offices import resident
from tests.services.orders.asked import asked, complaint, moved, public, registered


@pytest.fixture
def page(look_at, office_session):
    """With a new order open."""
    return look_at(registered(office_session))


def prepare(page, task):
    page.start_task(page.detail.detail.line, task)
    return page.panel


def seen(widget, kind):
    return [one for one in widget.findChildren(kind) if one.isVisible()]


def texts(page):
    return " ".join(one.text() for one in seen(page.detail, QLabel))


def the_button(widget, text):
    return next(one for one in seen(widget, QPushButton) if one.text() == text)


# ---- one press, one step --------------------------------------------------------------------


def test_enter_on_the_way_back_leads_back(page, keyboard, settled, order_of):
    panel = prepare(page, Move.CANCEL)
    settled()
    panel.words.setText("弄错了")
    the_button(panel, "返回").setFocus()
    keyboard(page).press("Return")

    assert not panel.isVisible()
    assert order_of(page.detail.detail.order.id).state is OrderState.NEW


def test_enter_on_the_way_back_saves_nothing_that_was_put_right(page, keyboard, order_of):
    the_button(page.detail.acts, "修改…").click()
    amend = page.detail.amend
    amend.words.setText("灯不亮")
    the_button(amend, "返回").setFocus()
    keyboard(page).press("Return")

    assert not amend.isVisible()
    assert order_of(page.detail.detail.order.id).words == "水龙头滴水"


def test_enter_on_the_name_of_the_step_does_it_once(page, keyboard, settled, order_of):
    panel = prepare(page, Move.CANCEL)
    settled()
    panel.words.setText("弄错了")
    panel.confirm.setFocus()
    keyboard(page).press("Return")

    assert order_of(page.detail.detail.order.id).state is OrderState.CANCELLED


def test_no_step_is_called_like_the_way_back():
    assert "返回" not in {said(task_name(one)) for one in (*Move, Deed.URGED, Deed.CALLED_BACK)}


def test_what_is_pressed_twice_is_done_once(page, settled, order_of):
    order = page.detail.detail.order.id
    page._urge(order)
    page._urge(order)
    settled()
    assert order_of(order).urged == 1

    page._urge(order)
    settled()
    assert order_of(order).urged == 2, "later on it is another time"


def test_a_step_pressed_twice_is_told_as_done(page, office_session, settled):
    order = moved(office_session, page.detail.detail.order.id, Move.ASSIGN)
    page.reload()
    settled()
    start = the_button(page.detail.acts, "开始")
    start.click()
    start.click()
    settled()

    assert "处理中" in page.note.sentence
    assert page.note.action.isVisible()
    assert page.chosen.id == order


def test_what_failed_can_be_pressed_again(page, settled, order_of, monkeypatch):
    def full(*_args):
        raise StorageError("The disk is full.")

    order = page.detail.detail.order.id
    with monkeypatch.context() as broken:
        broken.setattr("pmdesk.services.orders.moving.urge", full)
        page._urge(order)
        settled()
    assert "The disk is full." in page.note.sentence

    page._urge(order)
    settled()
    assert order_of(order).urged == 1


# ---- answers that come late -----------------------------------------------------------------


def test_an_order_that_was_left_before_it_was_read_is_not_shown(opened, office_session, settled):
    order = registered(office_session)
    page = opened()
    page.show_order(order)
    page.close_order()
    settled()

    assert page.detail.detail is None


def test_no_key_acts_on_the_order_before_while_the_next_one_is_read(page, office_session, settled):
    other = registered(office_session, public())
    page.show_order(other)
    assert page.chosen is None
    settled()
    assert getattr(page.chosen, "id", None) == other


def test_the_words_of_a_complaint_are_gone_though_the_next_order_cannot_be_read(
    opened, office, office_session, settled, monkeypatch
):
    def full(*_args):
        raise StorageError("The disk is full.")

    read, other = registered(office_session, complaint()), registered(office_session)
    page = opened("manager")
    page.show_order(read)
    settled()
    page.detail.facts.closed.action.click()
    settled()
    assert "王师傅" in texts(page)

    monkeypatch.setattr(book, "detail", full)
    page.show_order(other)
    settled()
    assert "The disk is full." in page.note.sentence
    assert "王师傅" not in texts(page)
    assert not seen(page.detail.acts, QPushButton)


def test_a_draft_of_an_order_that_cannot_be_read_prepares_nothing_of_the_next_one(
    page, office_session, settled, monkeypatch
):
    def full(*_args):
        raise StorageError("The disk is full.")

    other, third = registered(office_session), registered(office_session, public())
    with monkeypatch.context() as broken:
        broken.setattr(book, "detail", full)
        page.show_order(other)
        page.detail.go_on_with(Move.CANCEL.value)
        settled()
    page.show_order(third)
    settled()

    assert page.detail.detail.order.id == third
    assert not page._is_open("panel")


def test_orders_to_merge_with_are_not_missed_by_another_step(page, settled):
    prepare(page, Move.MERGE).leave()
    panel = prepare(page, Move.CANCEL)
    settled()

    assert not panel.note.sentence
    assert panel.confirm.isEnabled()


def test_a_step_that_is_begun_while_another_is_under_way_stays(page, settled, order_of):
    panel = prepare(page, Move.CANCEL)
    panel.words.setText("弄错了")
    panel.do()
    panel.leave()
    prepare(page, Deed.CALLED_BACK)
    panel.words.setText("已经修好了")
    panel._touch()
    settled()

    assert order_of(page.detail.detail.order.id).state is OrderState.CANCELLED
    assert panel.isVisible()
    assert panel.words.text() == "已经修好了"
    assert not page.detail.acts.isVisible()


def test_a_form_that_is_begun_while_an_order_is_being_registered_stays(opened, settled, order_of):
    page = opened()
    page.start_order()
    page.intake.finder.show_place(Place(area="大堂"))
    page.intake.words.setText("大堂灯不亮")
    page.intake.kind.show_kind("facility")
    page.intake.save()
    page._leave_intake()
    page.start_order()
    page.intake.words.setText("厨房漏水")
    page.intake.autosave.touch()
    settled()

    assert "已登记" in page.note.sentence
    assert page.intake.isVisible()
    assert page.intake.words.text() == "厨房漏水"


# ---- a page that is read anew every minute --------------------------------------------------


def test_what_stood_back_for_a_step_stays_back_when_the_page_is_read_anew(page, settled):
    prepare(page, Move.CANCEL)
    page.reload()
    settled()

    assert not page.detail.acts.isVisible()


def test_the_cursor_stays_on_its_button_when_the_page_is_read_anew(page, settled):
    the_button(page.detail.acts, "取消").setFocus()
    page.reload()
    settled()

    here = the_button(page.detail.acts, "取消")
    assert here.hasFocus()
    assert here.isVisible()


@pytest.mark.parametrize("view", ["board", "list"])
def test_who_looks_further_down_is_not_led_back_when_the_page_is_read_anew(
    opened, office_session, settled, view
):
    for _number in range(30):
        registered(office_session, public())
    page = opened()
    page.show_view(view)
    settled()
    page.views.front.go_in()
    seen_in = page.board.columns[0].cards if view == "board" else page.list.view
    bar = seen_in.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value(), page.chosen.id
    page.reload()
    settled()

    assert before[0] > 0
    assert (bar.value(), page.chosen.id) == before


def test_what_is_selected_stays_when_the_page_is_read_anew(opened, office_session, settled, clock):
    person = resident(office_session)
    order = registered(office_session, asked(person=person))
    page = opened()
    page.show_order(order)
    settled()
    words = next(one for one in seen(page.detail.facts, QLabel) if one.text() == "水龙头滴水")
    words.setSelection(0, 3)
    resident_button = the_button(page.detail.facts, "打开住户页面")
    resident_button.setFocus()
    clock.advance(minutes=1)
    page.reload()
    settled()

    assert words.selectedText() == "水龙头"
    assert resident_button.hasFocus()
