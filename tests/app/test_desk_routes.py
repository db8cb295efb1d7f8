"""The ways from other pages to the work orders, and from there to a resident."""

import pytest

from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.services import drafts, home
from pmdesk.services.orders import book
from tests.offices import resident
from tests.services.orders.asked import DONE, asked, moved, registered

ROOM = "3-1-502"


@pytest.fixture
def settled(room, qtbot):
    def _settled():
        qtbot.waitUntil(lambda: room.tasks.is_idle)

    return _settled


def test_an_order_of_a_resident_is_opened_and_leads_back(room, settled):
    session = room.entered.session
    person = resident(session, "曾国强", "13800000042", ROOM)
    order = registered(session, asked(person=person, room=ROOM))
    room.navigator.open_resident(person)
    settled()
    room.main.page.orders.order_requested.emit(order)
    settled()
    page = room.main.page
    assert page.detail.detail.order.id == order

    page.resident_requested.emit(person)
    settled()
    assert room.main.page.person == person


def test_a_new_order_begins_with_the_resident_whose_page_was_open(room, settled):
    person = resident(room.entered.session, "曾国强", "13800000042", ROOM)
    room.navigator.open_resident(person)
    settled()
    room.main.page.orders.new_order_requested.emit(person)
    settled()

    assert room.main.page.intake.intake().person == person


def test_a_list_of_orders_can_be_asked_for(room, settled):
    page = room.main.page_of("orders")
    room.navigator._desk.show_orders(OrderQuery(building="3"))
    settled()

    assert room.main.page is page
    assert page.filters.query.building == "3"


def test_the_number_of_an_order_is_searched_among_the_orders_closed_ones_too(room, settled):
    session = room.entered.session
    order = moved(session, registered(session, asked()), *DONE)
    number = book.detail(session, order).line.number
    room.main.search_requested.emit(number)
    settled()

    page = room.main.page
    assert (page.view, list(page.list.model.ids)) == ("list", [order])


def test_home_leads_to_a_new_order(room, settled):
    room.main.page.order.click()
    settled()

    assert room.main.page.intake.isVisible()


def test_an_unfinished_order_is_found_again_from_home(room, settled):
    session = room.entered.session
    kept = '{"where": "3-1-502", "words": "漏水", "kind": "", "callback": ""}'
    drafts.keep(session, "order", "new", kept)
    (draft,) = home.overview(session).drafts
    room.navigator.open_draft(draft)
    settled()

    assert room.main.page.intake.isVisible()
    assert room.main.page.intake.draft.isVisible()
