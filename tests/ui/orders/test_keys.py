"""Every key of the map does its work on the orders page, and F1 lists it."""

import pytest
from PySide6.QtWidgets import QApplication

from pmdesk.domain.orders.order import Move, OrderState
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.errors import StorageError
from pmdesk.services.orders import moving
from pmdesk.ui import printing
from pmdesk.ui.commands import COMMANDS, FURTHER_KEYS, keys_of
from tests.offices import resident
from tests.services.orders.asked import CLOSED, DONE, asked, complaint, moved, public, registered

KEYS = ("Enter", "Ctrl+Shift+D", "Alt+→", "Ctrl+N", "Ctrl+F", "F5", "Ctrl+P", "Ctrl+Z")


@pytest.fixture
def seen(monkeypatch):
    """The titles of what was shown for printing."""
    titles = []
    monkeypatch.setattr(printing, "preview", lambda _made, title, _parent: titles.append(title))
    return titles


def test_the_help_lists_every_key_of_the_page():
    listed = {keys_of(spec) for spec in COMMANDS} | {keys for keys, _text in FURTHER_KEYS}

    assert set(KEYS) <= listed


@pytest.mark.parametrize("key", ["Ctrl+S", "Return", "Ctrl+Return"])
def test_an_order_is_put_right_by_key_and_left_with_escape_wherever_the_cursor_is(
    opened, office_session, keyboard, order_of, settled, key
):
    order = registered(office_session, asked(words="滴水"))
    page = opened()
    page.show_order(order)
    settled()
    keys, amend = keyboard(page), page.detail.amend
    page.detail._start_amending()
    page.detail.setFocus()
    keys.press("Escape")
    assert not amend.isVisible()
    assert page.detail.isVisible(), "what was typed there would be gone with it"

    page.detail._start_amending()
    amend.words.setText("灯不亮")
    amend.words.setFocus()
    keys.press(key)
    assert order_of(order).words == "灯不亮"
    assert not amend.isVisible()
    assert page.detail.hasFocus()


def test_a_step_that_is_not_legal_now_is_explained_at_once(opened, office_session, keyboard):
    moved(office_session, registered(office_session), Move.ASSIGN, Move.START, Move.WAIT)
    page = opened()
    page.board.go_in()

    keyboard(page).press("Ctrl+Shift+D")

    assert not page.panel.isVisible()
    assert "继续" in page.note.sentence


@pytest.mark.parametrize("view", ["board", "list"])
def test_the_sheet_of_the_chosen_order_is_printed_from_any_view(
    opened, office_session, keyboard, settled, seen, view
):
    registered(office_session)
    page = opened()
    page.show_view(view)
    settled()
    page.views.front.go_in()
    keyboard(page).press("Ctrl+P")

    assert seen == ["派工单"]
    assert "派工单" in page.note.sentence


def test_the_sheet_of_a_closed_order_says_so_and_a_complaint_tells_why_it_has_none(
    opened, office_session, keyboard, settled, seen
):
    over = moved(office_session, registered(office_session, public()), *DONE)
    entered = registered(office_session, complaint())
    page = opened()
    page.show_order(over)
    settled()
    keys = keyboard(page)
    keys.press("Ctrl+P")
    assert seen == ["派工单（已结）"]

    page.show_order(entered)
    settled()
    keys.press("Ctrl+P")
    assert len(seen) == 1
    assert "投诉" in page.note.sentence


def test_with_no_order_chosen_the_keys_say_so(opened, keyboard):
    page = opened()
    keys = keyboard(page)
    for key in ("Ctrl+P", "Alt+Right", "Ctrl+Shift+D"):
        page.acts.say("")
        keys.press(key)
        assert page.note.sentence, key


def test_what_is_being_registered_survives_a_second_ctrl_n_and_ctrl_f_leads_to_the_filter(
    opened, office_session, keyboard
):
    resident(office_session)
    page = opened()
    keys = keyboard(page)
    keys.press("Ctrl+N")
    keys.type("3-2-501")
    keys.press("Return")
    page.intake.words.setText("滴水")
    keys.press("Ctrl+N", "Ctrl+P", "Alt+Right", "Ctrl+Z")
    assert page.intake.isVisible()
    assert page.intake.words.text() == "滴水"

    keys.press("Ctrl+F")
    assert not page.intake.isVisible()
    assert page.filters.search.hasFocus()


def test_f5_reads_the_page_again(opened, office_session, keyboard):
    page = opened()
    registered(office_session, asked(words="滴水"))
    keyboard(page).press("F5")

    assert [line.words for line in page.board.columns[0].cards.table.rows] == ["滴水"]


# ---- taking back ----------------------------------------------------------------------------


def test_a_step_pressed_by_mistake_is_taken_back_with_ctrl_z(
    opened, office_session, keyboard, order_of
):
    order = moved(office_session, registered(office_session), Move.ASSIGN)
    page = opened()
    page.board.go_in()
    keys = keyboard(page)
    keys.press("Alt+Right")
    assert order_of(order).state is OrderState.WORKING
    assert "处理中" in page.note.sentence
    assert page.note.action.isVisible()

    keys.press("Ctrl+Z")
    assert order_of(order).state is OrderState.ASSIGNED
    assert "已撤回“开始”" in page.note.sentence
    assert not page.note.action.isVisible()
    assert page.chosen.id == order
    keys.press("Ctrl+Z")
    assert "没有可以撤回的步骤" in page.note.sentence


def test_the_way_back_stays_while_the_disk_is_full_and_is_gone_once_it_is_refused(
    opened, office_session, keyboard, order_of, monkeypatch
):
    def full(*_args):
        raise StorageError("The disk is full.")

    order = moved(office_session, registered(office_session), Move.ASSIGN)
    page = opened()
    page.board.go_in()
    keys = keyboard(page)
    keys.press("Alt+Right")
    with monkeypatch.context() as broken:
        broken.setattr(moving, "take_back", full)
        keys.press("Ctrl+Z")
    assert "The disk is full." in page.note.sentence
    assert page.note.action.isVisible()

    moving.urge(office_session, order)
    keys.press("Ctrl+Z")
    assert "又有人处理过" in page.note.sentence
    assert not page.note.action.isVisible()
    keys.press("Ctrl+Z")
    assert "没有可以撤回的步骤" in page.note.sentence
    assert order_of(order).state is OrderState.WORKING


def test_that_the_number_to_call_back_is_gone_is_said(opened, office_session, keyboard):
    person = resident(office_session)
    order = registered(office_session, asked(person=person, callback="13900000042"))
    moved(office_session, order, *DONE)
    page = opened()
    page.board.go_in()
    keys = keyboard(page)
    keys.press("Alt+Right", "Return", "Ctrl+Z")

    assert "回电号码" in page.note.sentence


def test_a_step_that_somebody_built_on_stands(opened, office, office_session, keyboard, order_of):
    order = registered(office_session)
    page = opened()
    page.board.go_in()
    keys = keyboard(page)
    keys.press("Ctrl+Shift+D")
    keys.type("A1")
    keys.press("Return")
    moved(office.session("manager"), order, Move.START)
    keys.press("Ctrl+Z")

    assert order_of(order).state is OrderState.WORKING
    assert "又有人处理过" in page.note.sentence


def test_the_history_says_what_was_taken_back(opened, office_session, keyboard, settled):
    order = moved(office_session, registered(office_session, public()), *DONE[:2])
    page = opened()
    page.show_order(order)
    settled()
    keyboard(page).press("Alt+Right", "Return", "Ctrl+Z")

    steps = page.detail.detail.steps
    assert (steps[-1].act, steps[-1].words) == ("taken_back", "finish")
    told = [one.text() for one in page.detail.history.findChildren(type(page.detail.advice))]
    assert "撤回：完成" in told


# ---- a steady page --------------------------------------------------------------------------


def test_nothing_that_can_be_pressed_moves_when_something_is_said(opened, office_session, settled):
    registered(office_session)
    moved(office_session, registered(office_session, public()), *CLOSED[:3])
    page = opened()
    for part in (page.register, page.filters.search, page.board.columns[0]):
        before = part.mapTo(page, part.rect().topLeft())
        page.acts.say("W20260302-001: 开始 → 处理中")
        page.trouble.show_sentence("The disk is full.")
        QApplication.processEvents()
        settled()
        assert page.note.isVisible()
        assert part.mapTo(page, part.rect().topLeft()) == before
        page.acts.say("")
        page.trouble.show_sentence("")
        settled()


def test_the_buttons_of_the_form_stay_where_they_are_when_a_repeat_is_found(
    opened, office_session, settled
):
    person = resident(office_session)
    registered(office_session, asked(person=person))
    page = opened()
    page.start_order(person)
    settled()
    page.intake.words.setText("滴水")
    before = page.intake.saver.mapTo(page.intake, page.intake.saver.rect().topLeft())
    page.intake.words.setText("水龙头滴水")
    page.intake.words.query.emit("")
    settled()
    assert page.intake.repeats.isVisible()
    page.intake.note.show_sentence("…")
    settled()

    assert page.intake.saver.mapTo(page.intake, page.intake.saver.rect().topLeft()) == before


def test_what_was_said_of_one_order_is_not_said_of_the_next(opened, office_session, settled):
    first, second = registered(office_session), registered(office_session, public())
    page = opened()
    page.show_order(first)
    settled()
    page.acts.say("已保存。")
    page.show_order(second)
    settled()

    assert page.note.sentence == ""


def test_a_step_that_is_called_as_it_ends_is_told_once(opened, office_session, keyboard, settled):
    order = moved(office_session, registered(office_session), Move.ASSIGN)
    page = opened()
    page.show_order(order)
    settled()
    page.start_task(page.detail.detail.line, Move.WAIT)
    assert "等配件、等外单位、等天气不停表" in page.panel.says.text()
    page.panel.words.setText("住户出差")
    page.panel.do()
    settled()
    assert page.note.sentence.count("等住户") == 1
    assert "→" not in page.note.sentence
    page.start_task(page.detail.detail.line, Move.RESUME)
    settled()
    assert "继续 → 处理中" in page.note.sentence


def test_the_search_leads_to_each_view_and_to_the_form(opened, office_session, keyboard, settled):
    order = registered(office_session)
    page = opened()
    assert [one.key for one in page.parts()] == ["board", "list", "week", "new"]
    page.show_order(order)
    settled()
    page.open_part("week")
    assert page.week.isVisible()
    page.open_part("new")
    page.intake.words.setText("水管")
    page.intake.words.query.emit("水管")
    page.open_part("list")
    settled()
    assert page.list.isVisible()
    assert not page.intake.isVisible()
    page.open_part("new")
    settled()
    assert page.intake.draft.isVisible(), "what was typed is offered again"


def test_orders_that_another_page_asks_for_are_shown_over_the_form(opened, settled):
    page = opened()
    page.start_order()
    page.show_query(OrderQuery(text="水管"))
    settled()
    assert page.filters.isVisible()
    assert not page.intake.isVisible()
