"""The list's headers sort both ways or not at all, and every number leads to its orders."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.order import OPEN
from pmdesk.services.orders import book
from pmdesk.ui.orders.home_banner import OrdersBanner
from pmdesk.ui.orders.order_list import OrderList
from pmdesk.ui.pages.orders import OrdersPage
from tests.services.orders.asked import DONE, asked, moved, public, registered


@pytest.fixture
def three(office_session, clock):
    """Three open orders that differ in every column, and one that is closed."""
    registered(office_session, public(area="北门", urgency=Urgency.NORMAL))
    clock.advance(minutes=1)
    registered(office_session, public(area="大堂", urgency=Urgency.EMERGENCY))
    clock.advance(minutes=1)
    registered(office_session, asked(urgency=Urgency.URGENT))
    moved(office_session, registered(office_session, public(area="东门")), *DONE)


@pytest.fixture
def listed(opened, settled, three):
    """The page with the list in front."""
    page = opened()
    page.show_view("list")
    settled()
    return page


@pytest.fixture
def click(settled):
    """A click on the header of that column, and the numbers that stand there then."""

    def _click(page: OrdersPage, column: int) -> list[str]:
        head = page.list.view.horizontalHeader()
        at = QPoint(head.sectionViewportPosition(column) + 20, head.height() // 2)
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
        settled()
        return rows(page.list)

    return _click


def rows(shown: OrderList) -> list[str]:
    """The orders from top to bottom."""
    lines = [shown.model.row(at) for at in range(shown.model.rowCount())]
    return [line.number for line in lines if line]


def arrow(page: OrdersPage) -> tuple[int, bool]:
    """At which column it stands, and whether it points down."""
    head = page.list.view.horizontalHeader()
    return head.sortIndicatorSection(), head.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder


@pytest.mark.parametrize("column", [0, 1, 2, 4, 5, 6])
def test_a_click_sorts_and_another_one_sorts_the_other_way(listed, click, column):
    click(listed, 2 if column != 2 else 0)
    first = click(listed, column)
    assert arrow(listed) == (column, False)
    second = click(listed, column)
    assert arrow(listed) == (column, True)
    if column in {0, 1, 2, 6}:  # the others are alike in all of them
        assert second == first[::-1]


def test_what_cannot_be_sorted_by_is_not_clicked(listed, click):
    click(listed, 2)
    before = rows(listed.list)

    assert click(listed, 3) == before
    assert arrow(listed) == (2, False)


def test_with_closed_orders_only_the_number_sorts_and_the_newest_is_first(listed, click, settled):
    listed.filters.state.setCurrentIndex(listed.filters.state.findData("everything"))
    listed.filters.state.activated.emit(0)
    settled()
    first = rows(listed.list)
    assert first == sorted(first, reverse=True)
    assert len(first) == 4
    assert arrow(listed) == (0, True)

    assert click(listed, 1) == first
    assert click(listed, 0) == first[::-1]
    listed.filters.reset()
    settled()
    assert arrow(listed) == (1, False)


def test_the_board_stays_in_the_order_of_the_queue(listed, click, settled):
    click(listed, 0)
    listed.show_view("board")
    settled()

    lines = listed.board.columns[0].cards.table.rows
    assert [one.urgency for one in lines] == sorted(one.urgency for one in lines)


# ---- numbers that lead to their orders -------------------------------------------------------


def test_the_calendar_leads_to_what_is_overdue(opened, office_session, clock, settled):
    order = registered(office_session, public(urgency=Urgency.EMERGENCY))
    clock.advance(days=8)
    page = opened()
    page.show_view("week")
    settled()
    assert "1" in page.bar._before.text()
    page.bar._before.click()
    settled()

    assert page.list.isVisible()
    assert [int(one) for one in page.list.model.ids] == [order]
    assert page.filters.quick.value == ("late",)


def test_home_says_what_is_due_today_and_opens_exactly_that(
    office_session, tasks, qtbot, clock, opened, settled
):
    soon = registered(office_session, public(urgency=Urgency.EMERGENCY))
    registered(office_session, public(area="北门"))
    banner = OrdersBanner(office_session, tasks)
    qtbot.addWidget(banner)
    settled()
    assert "今天到期 1" in banner.sentence
    with qtbot.waitSignal(banner.orders_requested) as heard:
        banner.action.click()
    page = opened()
    page.show_query(heard.args[0])
    settled()

    assert [int(one) for one in page.list.model.ids] == [soon]
    assert page.filters.quick.value == ("today",)


def test_home_opens_all_that_is_open_where_nothing_is_due(office_session, tasks, qtbot, settled):
    registered(office_session, public(urgency=Urgency.NORMAL))
    banner = OrdersBanner(office_session, tasks)
    qtbot.addWidget(banner)
    settled()
    assert "0 due today" in banner.sentence
    with qtbot.waitSignal(banner.orders_requested) as heard:
        banner.action.click()

    assert heard.args[0].overdue_at is None
    assert heard.args[0].states == OPEN


def test_of_overdue_and_due_today_the_last_that_was_pressed_counts(
    opened, office_session, clock, settled
):
    page = opened()
    late, today = page.filters.quick.buttons()[1:]
    late.click()
    assert page.filters.query.overdue_at == clock.now()
    today.click()
    assert page.filters.query.overdue_at == book.tonight(office_session)
    assert page.filters.quick.value == ("today",)
    late.click()
    assert page.filters.query.overdue_at == clock.now()
    late.click()
    settled()
    assert page.filters.query.overdue_at is None


def test_a_place_that_is_none_says_what_to_type(opened, settled):
    page = opened()
    page.start_order()
    settled()
    finder = page.intake.finder
    finder.box.setText("3-502厨房漏水")
    finder.box.query.emit("3-502厨房漏水")
    finder.box.returnPressed.emit()
    settled()

    assert finder.place is None
    assert "3栋电梯" in finder.hits.item(0).text()
    assert not finder.hits.item(0).flags() & Qt.ItemFlag.ItemIsEnabled
