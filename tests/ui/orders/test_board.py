"""Board, list and week: the same orders, in the same order, whoever asks and however many."""

from array import array
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import Move, OrderState, Spot
from pmdesk.domain.ports.orders import OrderLine, OrderQuery
from pmdesk.errors import StorageError
from pmdesk.services import addons
from pmdesk.services.orders import board, book
from pmdesk.ui.orders import cards
from pmdesk.ui.orders.home_banner import OrdersBanner
from pmdesk.ui.pages.orders import OrdersPage
from pmdesk.ui.tables.model import PAGE
from tests.offices import SPECIAL, consenting, resident, tier
from tests.services.orders.asked import CLOSED, DONE, asked, complaint, moved, public, registered

MANY = 230
ROOMS = ("1-1-101", "1-1-102")


def shown(page, at=0):
    """What the cards of a column are about, from top to bottom."""
    return [line.words for line in page.board.columns[at].cards.table.rows]


def many(session, count):
    """So many open orders of shared places are in the book."""
    first = book.detail(session, registered(session, public())).order
    day = session.clock.today()
    lines = (
        OrderLine(order=replace(first, number=f"A{number:04}"), day=day, hour=9)
        for number in range(count - 1)
    )
    with session.store.writing() as work:
        work.orders.add_many(lines)
        work.commit()


# ---- who is next ---------------------------------------------------------------------------


@pytest.mark.parametrize("first", [0, 1])
def test_tier_and_paid_services_move_nobody_up_or_down(opened, office, clock, first):
    clerk = office.session("clerk")
    served = consenting(clerk, values=SPECIAL, room=ROOMS[0])
    assert tier(clerk, served) == "care"
    addons.publish(office.session("admin"), "入户保洁", "擦净地面和台面", "次", 8000)
    addons.order(clerk, served, addons.offered(clerk)[0].id)
    plain = resident(clerk, "曾国强", "13800000042", ROOMS[1])
    callers = [(served, ROOMS[0]), (plain, ROOMS[1])]
    if first:
        callers.reverse()
    for at, (person, room) in enumerate(callers):
        registered(clerk, asked(person=person, room=room, words=f"水龙头滴水 {at}"))
        clock.advance(minutes=10)

    page = opened()

    assert shown(page) == ["水龙头滴水 0", "水龙头滴水 1"]
    lines = page.board.columns[0].cards.table.rows
    assert len({(one.urgency, one.due_at - one.received_at) for one in lines}) == 1


def test_urgency_comes_before_who_asked_first(opened, office_session, clock):
    for words in ("水龙头滴水", "厨房漏水", "水管爆了"):
        registered(office_session, asked(words=words))
        clock.advance(hours=1)

    assert shown(opened()) == ["水管爆了", "厨房漏水", "水龙头滴水"]


# ---- what is shown -------------------------------------------------------------------------


def test_each_state_has_its_column_and_what_waits_is_in_hand(opened, office_session):
    ways = ((), (Move.ASSIGN,), (Move.ASSIGN, Move.START, Move.WAIT), DONE, CLOSED)
    person = resident(office_session)
    for at, way in enumerate(ways):
        order = registered(office_session, asked(person=person, words=f"滴水 {at}"))
        moved(office_session, order, *way)

    page = opened()

    assert [shown(page, at) for at in range(5)] == [[f"滴水 {at}"] for at in range(5)]
    waiting = page.board.columns[2].cards.table.rows[0]
    assert waiting.state is OrderState.WAITING


def test_no_card_row_or_tip_tells_the_words_of_a_complaint(opened, office_session):
    registered(office_session, complaint(person=resident(office_session)))
    page = opened("manager")
    index = page.board.columns[0].cards.table.index(0, 0)
    told = [str(index.data(role)) for role in (0, 3, 11)]  # shown, tip, heard

    assert all("噪音" in one for one in told)
    assert not any("装修" in one or "师傅" in one for one in told)


def test_hundreds_of_cards_cost_no_more_than_those_that_can_be_seen(
    opened, office_session, monkeypatch
):
    many(office_session, MANY)
    drawn = []
    paint = cards.CardDelegate.paint

    def counting(self, painter, option, index):
        drawn.append(index.row())
        paint(self, painter, option, index)

    monkeypatch.setattr(cards.CardDelegate, "paint", counting)
    page = opened()
    drawn.clear()
    page.board.grab()

    assert len(drawn) < 20
    assert len(shown(page)) == board.MOST
    assert f"{MANY - board.MOST}" in page.board.columns[0]._more.text()


def test_a_hundred_thousand_rows_are_read_page_by_page(opened, monkeypatch, settled):
    asked_for = []
    monkeypatch.setattr(book, "found", lambda _session, _query: array("q", range(100_000)))

    def read(_session, ids):
        asked_for.append(len(ids))
        return ()

    monkeypatch.setattr(book, "lines", read)
    page = opened()
    page.show_view("list")
    settled()
    page.list.grab()

    assert page.list.model.rowCount() == 100_000
    assert set(asked_for) == {PAGE}
    assert len(asked_for) <= 2


def test_the_week_has_appointments_on_their_day_and_says_what_lies_elsewhere(
    opened, office_session, clock, settled
):
    now = clock.local()
    registered(office_session, asked(words="滴水", appointment=now + timedelta(days=2)))
    registered(office_session, asked(words="漏水"))  # due within a day
    registered(office_session, asked(words="关不上", appointment=now + timedelta(days=9)))
    page = opened()
    page.show_view("week")
    settled()

    days = [[one.words for one in of.cards.table.rows] for of in page.week.columns]
    assert days[2] == ["滴水"]
    assert "漏水" in days[0] + days[1]
    assert "1" in page.bar._after.text()
    assert page.bar._before.isHidden(), "nothing lies before this week"
    page.bar._on()
    settled()
    assert [one.words for one in page.week.columns[2].cards.table.rows] == ["关不上"]


# ---- filters -------------------------------------------------------------------------------


def test_filters_are_loud_and_one_button_shows_everything_again(opened, office_session, settled):
    registered(office_session, asked(words="水龙头滴水"))
    registered(office_session, complaint())
    page = opened()
    page.filters.service.setCurrentIndex(page.filters.service.findData("complaint"))
    page.filters.service.activated.emit(0)
    settled()
    assert len(shown(page)) == 1
    assert page.filters.resetter.isVisible()
    assert page.filters.service.property("state") == "active"

    page.filters.resetter.click()
    settled()
    assert len(shown(page)) == 2
    assert not page.filters.resetter.isVisible()


def test_what_is_late_and_what_is_mine_is_one_press_away(opened, office, clock, settled):
    clerk = office.session("clerk")
    registered(clerk, asked(words="水管爆了"))
    clock.advance(days=20)
    registered(clerk, asked(words="水龙头滴水"))
    page = opened()
    late = page.filters.quick.buttons()[1]
    assert "1" in late.text()

    late.click()
    settled()

    assert shown(page) == ["水管爆了"]


def test_an_empty_board_is_not_mistaken_for_a_filter_without_hits(opened, office_session, settled):
    page = opened()
    assert page.empty._none.isVisible()
    page.filters.put(text="nothing")
    settled()
    assert page.empty._no_fit.isVisible()


def test_a_list_from_elsewhere_says_by_which_days_it_is_narrowed(opened, office_session, clock):
    registered(office_session, asked())
    page = opened()
    page.show_query(OrderQuery(since=clock.today(), until=clock.today() + timedelta(days=1)))

    assert page.view == "list"
    assert page.filters.period.isVisible()
    assert clock.today().isoformat() in page.filters.period.text()
    page.filters.period.click()
    assert page.filters.query.since is None


def test_what_cannot_be_read_is_said_and_what_was_shown_stays(
    opened, office_session, monkeypatch, settled
):
    registered(office_session, asked(words="水龙头滴水"))
    page = opened()

    def broken(*_args):
        raise StorageError("The disk is full; what was saved before is still there.")

    monkeypatch.setattr(board, "board", broken)
    page.reload()
    settled()
    assert page.trouble.isVisible()
    assert shown(page) == ["水龙头滴水"]

    monkeypatch.undo()
    page.trouble.action.click()
    settled()
    assert not page.trouble.isVisible()


# ---- keys ----------------------------------------------------------------------------------


def test_arrows_lead_through_the_columns_and_only_one_card_is_chosen(
    opened, office_session, keyboard
):
    registered(office_session, asked(words="滴水"))
    moved(office_session, registered(office_session, asked(words="漏水")), Move.ASSIGN, Move.START)
    page = opened()
    page.board.go_in()
    keys = keyboard(page)
    assert page.chosen.words == "滴水"

    keys.press("Right")  # over the column that has none

    assert page.chosen.words == "漏水"
    chosen = [one.cards.selectionModel().hasSelection() for one in page.board.columns]
    assert sum(chosen) == 1
    keys.press("Left")
    assert page.chosen.words == "滴水"


def test_who_may_only_look_is_offered_nothing_else(office, tasks, prompts, shown, keyboard):
    registered(office.session("clerk"), asked())
    page = shown(OrdersPage(office.session("reviewer"), tasks, prompts))
    keys = keyboard(page)
    page.board.go_in()
    keys.press("Ctrl+N", "Ctrl+Shift+D", "Alt+Right")

    assert not page.register.isVisible()
    assert not page.intake.isVisible()
    assert not page.panel.isVisible()
    keys.press("Return")
    assert page.detail.isVisible()
    assert "前台" in page.detail.advice.text()
    assert page.detail.detail.line.urgency is Urgency.NORMAL


# ---- the list ------------------------------------------------------------------------------


def test_the_list_has_closed_orders_too_and_can_be_ordered_by_what_matters(
    opened, office_session, clock, settled
):
    registered(office_session, public(words="大堂灯不亮"))
    clock.advance(hours=1)
    moved(office_session, registered(office_session, public(area="北门")), *DONE)
    page = opened()
    page.show_view("list")
    settled()
    assert page.list.model.rowCount() == 1

    page.filters.state.setCurrentIndex(page.filters.state.findData("everything"))
    page.filters.state.activated.emit(0)
    settled()
    assert page.list.model.rowCount() == 2
    page.filters.state.setCurrentIndex(page.filters.state.findData("closed"))
    page.filters.state.activated.emit(0)
    settled()
    assert [line.where for line in map(page.list.model.row, range(1))] == ["北门"]
    page.filters.reset()

    for column, order in ((0, "number"), (1, "queue"), (6, "due")):
        page.list.view.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        settled()
        assert page.filters.query.order == order


def test_in_the_list_too_enter_opens_and_escape_leads_back(
    opened, office_session, keyboard, settled
):
    registered(office_session, asked(words="滴水"))
    page = opened()
    page.show_view("list")
    settled()
    keys = keyboard(page)
    page.list.go_in()
    keys.press("Return")
    assert page.detail.isVisible()
    keys.press("Escape")

    assert page.list.isVisible()
    assert page.chosen.words == "滴水"


# ---- elsewhere -----------------------------------------------------------------------------


def test_where_only_the_building_is_known_every_view_says_that_it_is_one(
    opened, office_session, settled
):
    order = registered(office_session, public(building="", area="大堂"))
    first = book.detail(office_session, order).order
    resident(office_session, room="3-1-502")
    bare = replace(first, number="A1", spot=Spot(building="3"))
    with office_session.store.writing() as work:
        work.orders.add_many([OrderLine(order=bare, day=office_session.clock.today(), hour=9)])
        work.commit()
    page = opened()

    assert "3 栋" in {line.where for line in page.board.columns[0].cards.table.rows}
    page.show_view("list")
    settled()
    assert "3 栋" in {page.list.model.row(at).where for at in range(2)}
    page.show_order(next(one for one in page.list.model.ids if one != order))
    settled()
    assert page.detail.detail.where == "3 栋"


def test_the_line_at_home_has_its_place_before_it_is_read(office, tasks, shown):
    made = OrdersBanner(office.session("clerk"), tasks)
    high = made.sizeHint().height()
    assert made.sentence
    shown(made)

    assert "没有" in made.sentence
    assert made.sizeHint().height() == high


def test_the_line_at_home_tells_what_is_due_before_the_day_ends(office, clock, tasks, shown):
    clerk = office.session("clerk")
    due = book.detail(clerk, registered(clerk, public())).order.due_at
    assert due
    clock.advance(days=(due.date() - clock.today()).days)
    banner = shown(OrdersBanner(clerk, tasks))

    found = book.waiting(clerk)

    assert (found.open, found.overdue, found.today) == (1, 0, 1)
    assert "今天到期 1 单" in banner.sentence


def test_several_buildings_and_services_are_said_and_let_go_together(opened):
    page = opened()
    page.filters.show_buildings(("1", "2", "3"))
    several = frozenset({Service.REPAIR, Service.CLEANING})
    page.show_query(OrderQuery(buildings=frozenset({"1", "2"}), services=several))
    assert page.filters.several.text() == "1 栋、2 栋、维修、保洁"
    assert page.filters.is_narrowed

    page.filters.several.click()

    assert not page.filters.several.isVisible()
    assert not page.filters.query.buildings
    assert not page.filters.query.services
    page.filters.building.setCurrentIndex(2)
    page.filters.building.activated.emit(2)
    assert page.filters.query.buildings == {"2"}
    assert not page.filters.several.isVisible()
