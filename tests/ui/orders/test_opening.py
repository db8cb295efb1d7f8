"""The page of orders opens with its views; form, step and open order come when they are needed."""

import pytest
from PySide6.QtWidgets import QApplication

from pmdesk.domain.orders.order import Move
from pmdesk.ui.orders.detail import OrderDetail
from pmdesk.ui.orders.intake import IntakeCard
from pmdesk.ui.orders.move_panel import MovePanel
from tests.services.orders.asked import registered

LATE = (IntakeCard, OrderDetail, MovePanel)


def test_it_opens_without_what_nobody_asked_for(opened, office_session, settled):
    registered(office_session)
    page = opened()
    page.show_view("list")
    page.reload()
    settled()

    assert not [one for kind in LATE for one in page.findChildren(kind)]


@pytest.mark.parametrize("keys", ["Ctrl+P", "Ctrl+Z", "Escape", "Ctrl+F", "F5"])
def test_keys_that_need_no_form_do_their_work_without_one(opened, keyboard, keys):
    page = opened()

    keyboard(page).press(keys)

    assert not [one for kind in LATE for one in page.findChildren(kind)]


def test_what_is_typed_right_after_ctrl_n_stands_in_the_form(opened, qtbot):
    page = opened()

    page.start_order()
    qtbot.keyClicks(QApplication.focusWidget(), "3-1-502")

    assert page.intake.finder.box.text() == "3-1-502"


def test_the_key_of_a_step_works_before_its_panel_was_ever_there(opened, office_session, keyboard):
    registered(office_session)
    page = opened()
    page.board.go_in()

    keyboard(page).press("Ctrl+Shift+D")

    assert page.panel.hand.isVisible()
    assert page.panel.isAncestorOf(QApplication.focusWidget())


def test_each_has_its_place_whichever_came_first(opened, office_session, settled):
    """A step stands above everything, the form above the views, an open order below them."""
    order = registered(office_session)
    page = opened()
    page.show_order(order)
    settled()
    page.close_order()
    page.start_order()
    page._leave_intake()
    page.start_task(page.board.columns[0].cards.table.rows[0], Move.ASSIGN)
    settled()

    body = page.views.parentWidget().layout()
    stacked = [body.indexOf(one) for one in (page.panel, page.intake, page.views, page.detail)]
    assert stacked == [0, 1, 2, 3]


def test_escape_leads_back_to_the_card_of_the_order(opened, office_session, settled, keyboard):
    order = registered(office_session)
    page = opened()
    page.show_order(order)
    settled()

    keyboard(page).press("Escape")

    assert not page.detail.isVisible()
    assert page.board.isVisible()
    assert page.chosen is not None
    assert page.chosen.id == order
