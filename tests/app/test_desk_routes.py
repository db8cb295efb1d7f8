"""The ways from other pages to the work orders, and from there to a resident."""

import pytest

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import OrderChannel
from pmdesk.domain.ports import Draft
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.services import drafts, home
from pmdesk.services.home import OpenDraft
from pmdesk.services.orders import book
from pmdesk.ui.pages.rules import RulesPage
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


def test_a_visit_that_is_due_leads_to_the_form_for_it(room, settled):
    session = room.entered.session
    person = resident(session, "曾国强", "13800000042", ROOM)
    room.main.open_page("plans")
    settled()
    room.main.page.visit_requested.emit(person, Service.REPAIR)
    settled()
    asked_for = room.main.page.intake.intake()

    assert (asked_for.person, asked_for.service) == (person, Service.REPAIR)
    assert asked_for.channel is OrderChannel.STAFF
    room.main.open_page("plans")
    settled()
    room.main.page.resident_requested.emit(person)
    settled()
    assert room.main.page.person == person


@pytest.mark.parametrize("task", ["finish", "called_back", "amend"])
def test_a_draft_of_a_step_leads_to_its_order_and_is_offered_there(room, settled, task):
    session = room.entered.session
    order = moved(session, registered(session, asked(room=ROOM)), *DONE[:2])
    document = '{"words": "住户说周", "stars": null, "kind": "electric", "urgency": 2}'
    drafts.keep(session, "order", f"{task}:{order}", document)
    (one,) = home.overview(session).drafts
    assert one.who == book.detail(session, order).line.number
    room.navigator.open_draft(one)
    settled()
    page = room.main.page
    assert page.detail.detail.order.id == order

    form = page.detail.amend if task == "amend" else page.panel
    form.draft.restore.click()
    assert form.words.text() == "住户说周"


def test_a_draft_of_a_new_order_leads_to_its_form(room, settled):
    session = room.entered.session
    drafts.keep(session, "order", "new", '{"words": "漏", "where": "", "kind": "", "callback": ""}')
    (one,) = home.overview(session).drafts
    room.navigator.open_draft(one)
    settled()

    room.main.page.intake.draft.restore.click()
    assert room.main.page.intake.words.text() == "漏"


def test_a_list_of_orders_can_be_asked_for(room, settled):
    page = room.main.page_of("orders")
    room.navigator._desk.show_orders(OrderQuery(buildings=frozenset({"3"})))
    settled()

    assert room.main.page is page
    assert page.filters.query.buildings == {"3"}


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


@pytest.mark.parametrize("text", ["W20260302-001", "w2026", "W20260302-0", "-001"])
def test_a_number_its_beginning_or_its_end_leads_to_the_order(room, settled, text):
    order = registered(room.entered.session, asked())
    room.main.search_requested.emit(text)
    settled()

    assert [int(one) for one in room.main.page.list.model.ids] == [order]


def test_where_nobody_fits_enter_or_a_button_searches_the_orders(room, settled, qtbot):
    order = registered(room.entered.session, asked(words="厨房漏水"))
    room.main.search.setText("漏水")
    room.main.search_requested.emit("漏水")
    settled()
    people = room.main.page
    people.nobody_found.orders.click()
    settled()
    assert [int(one) for one in room.main.page.list.model.ids] == [order]

    room.main.search.setText("漏水")
    room.main.search_requested.emit("漏水")
    settled()
    assert room.main.page is people
    room.main.search.returnPressed.emit()
    settled()
    assert [int(one) for one in room.main.page.list.model.ids] == [order]


def test_a_draft_of_a_measure_leads_into_its_dialog(room, settled):
    session = room.entered.session
    words = '{"words": "先谈谈", "building": "", "topic": "", "owner": "", "due": ""}'
    drafts.keep(session, "measure", "new", words)
    (one,) = home.overview(session).drafts
    room.navigator.open_draft(one)
    settled()

    dialog = room.main.page.measures.dialog
    dialog.kept.restore.click()
    assert dialog.words.text() == "先谈谈"


def test_a_draft_of_a_decision_leads_to_the_rules(room, settled):
    session = room.entered.session
    draft = Draft(
        page="proposal", subject="1:reversals-1", document="{}", saved_at=session.clock.now()
    )
    room.navigator.open_draft(OpenDraft(draft=draft, who="", person=None))
    settled()

    assert isinstance(room.main.page, RulesPage)
