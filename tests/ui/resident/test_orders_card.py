"""A resident's orders on the own page, and what is said before somebody with open ones leaves."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from pmdesk.services.rights import request_choices
from pmdesk.ui.pages.home import HomePage
from pmdesk.ui.pages.resident import ResidentPage
from pmdesk.ui.resident.deeds import Deed
from pmdesk.ui.resident.orders_card import OrdersCard
from pmdesk.ui.rights.order_form import OrderForm
from tests.offices import resident
from tests.services.desk import received, request_of
from tests.services.orders.asked import CLOSED, asked, complaint, moved, registered

ROOM = "3-1-502"


@pytest.fixture
def person(office_session):
    return resident(office_session, "曾国强", "13800000042", ROOM)


@pytest.fixture
def card(office, tasks, shown, person):
    """The card of this resident as that account sees it."""
    return lambda login="clerk": shown(OrdersCard(office.session(login), tasks, person))


def words(widget):
    """Everything that can be read there."""
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def links(widget):
    return [
        one for one in widget.findChildren(QPushButton) if one.isVisible() and one.text() == "打开"
    ]


def test_open_orders_come_before_closed_ones_and_each_can_be_opened(
    card, office_session, person, qtbot
):
    first = registered(office_session, asked(person=person, room=ROOM, words="水龙头滴水"))
    later = registered(office_session, asked(person=person, room=ROOM, words="灯不亮"))
    moved(office_session, later, *CLOSED)
    shown = card()

    assert words(shown).index("水龙头滴水") < words(shown).index("灯不亮")
    with qtbot.waitSignal(shown.order_requested) as caught:
        links(shown)[0].click()
    assert caught.args == [first]


def test_a_new_order_begins_with_this_resident(card, person, qtbot):
    shown = card()
    assert "还没有报过事" in words(shown)
    with qtbot.waitSignal(shown.new_order_requested) as caught:
        shown.adder.click()
    assert caught.args == [person]


def test_of_many_orders_the_card_shows_a_few_and_says_how_many_more(card, office_session, person):
    for number in range(7):
        registered(office_session, asked(person=person, room=ROOM, words=f"灯不亮 {number}"))
    shown = card()

    assert len(links(shown)) == 5
    assert "另有 2 单" in words(shown)


def test_a_complaint_is_on_the_card_of_few_and_never_in_its_words(card, office, person):
    registered(office.session("manager"), complaint(person=person, room=ROOM))

    assert "噪音" not in words(card("clerk"))
    seen = words(card("manager"))
    assert "噪音" in seen
    assert "装修" not in seen


def test_who_only_looks_registers_nothing_here(card):
    assert not card("reviewer").adder.isVisible()


@pytest.mark.parametrize("count", [0, 2])
def test_before_somebody_with_open_orders_leaves_that_is_said_first(
    office_session, tasks, prompts, shown, settled, person, count
):
    for number in range(count):
        registered(office_session, asked(person=person, room=ROOM, words=f"灯不亮 {number}"))
    page = shown(ResidentPage(office_session, tasks, prompts, person))
    page.acts.start(Deed.MOVED_OUT, page.detail)
    settled()

    assert ("2 单未结工单" in words(page.acts)) is bool(count)


def test_before_somebody_with_open_orders_is_erased_that_is_said(
    office_session, person, qtbot, chinese
):
    registered(office_session, asked(person=person, room=ROOM))
    request = received(office_session, "D5", person)
    choices = request_choices.choices(office_session, person)
    assert choices.orders == 1
    form = OrderForm(request_of(office_session, request), choices)
    qtbot.addWidget(form)
    form.show()

    assert "1 单未结工单" in words(form)


def test_the_home_page_says_what_is_open_late_and_mine(
    office_session, tasks, prompts, shown, settled, clock, person
):
    page = shown(HomePage(office_session, tasks, prompts))
    assert "没有未结工单" in page.orders.sentence

    registered(office_session, asked(person=person, room=ROOM))
    clock.advance(days=30)
    page.reload()
    settled()

    assert "1 单未结" in page.orders.sentence
    assert "1 单逾期" in page.orders.sentence
