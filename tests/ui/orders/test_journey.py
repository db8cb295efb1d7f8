"""One order from the telephone call to the stars, by keys alone."""

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.order import OrderState
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.services.orders import book
from tests.services.orders.asked import asked, registered


def only(session):
    """The one order of the book."""
    (line,) = book.lines(session, book.found(session, OrderQuery()))
    return line


def lane(page, at):
    """The numbers of the cards in that column."""
    return [line.number for line in page.board.columns[at].cards.table.rows]


def test_an_order_is_registered_dispatched_done_and_rated_without_a_mouse(
    opened, keyboard, office_session, enter, order_of
):
    person = enter()
    page = opened()
    keys = keyboard(page)

    keys.register("zgq", "厨房漏水", "chufangloushui")
    line = only(office_session)
    assert (line.where, line.words, line.urgency) == ("3-1-502", "厨房漏水", Urgency.URGENT)
    assert order_of(line.id).person == person
    assert lane(page, 0) == [line.number]
    assert line.number in page.note.sentence

    keys.press("Ctrl+Shift+D")
    keys.compose("李师傅", "lishifu")
    keys.press("Return")
    assert lane(page, 1) == [line.number]
    assert only(office_session).assignee == "李师傅"

    keys.press("Alt+Right")  # started
    assert lane(page, 2) == [line.number]
    keys.press("Alt+Right", "Return")  # finished, nothing more to say
    assert lane(page, 3) == [line.number]
    keys.press("Alt+Right", "Shift+Tab", "Left", "Space", "Return")  # over five stars to four
    done = order_of(line.id)
    assert (done.state, done.rating) == (OrderState.CLOSED, 4)
    assert lane(page, 4) == [line.number]


def test_an_order_can_be_looked_at_and_left_by_keys(opened, keyboard, office_session, enter):
    enter()
    page = opened()
    keys = keyboard(page)
    keys.press("Ctrl+N")
    keys.type("3-1-502")
    keys.press("Return")
    keys.compose("灯不亮", "dengbuliang")
    keys.press("Ctrl+Return")  # and the next one at once
    assert page.intake.isVisible()
    keys.press("Escape")
    assert not page.intake.isVisible()

    keys.press("Return")
    assert page.detail.isVisible()
    assert page.detail.detail.line.number == only(office_session).number
    keys.press("Escape")
    assert page.board.isVisible()
    assert page.chosen.number == only(office_session).number


def test_who_wants_to_go_on_with_a_closed_order_is_told_the_way(
    opened, keyboard, office_session, enter
):
    enter()
    page = opened()
    keys = keyboard(page)
    keys.press("Ctrl+N")
    keys.compose("大堂", "datang")
    keys.press("Return")
    keys.compose("灯不亮", "dengbuliang")
    keys.press("Return", "Ctrl+Shift+D")
    keys.type("A")
    keys.press("Return", "Alt+Right", "Alt+Right", "Return")
    assert only(office_session).state is OrderState.CLOSED  # nobody asked: no call back

    keys.press("Alt+Right")

    assert "重开" in page.note.sentence


def test_the_clock_stops_with_a_reason_and_an_order_is_urged_by_keys(
    opened, keyboard, office_session, enter, order_of
):
    enter()
    page = opened()
    keys = keyboard(page)
    keys.register("zgq", "厨房漏水", "chufangloushui")
    order = only(office_session).id
    keys.press("Ctrl+Shift+D")
    keys.compose("李师傅", "lishifu")
    keys.press("Return", "Alt+Right", "Return")  # started, and opened

    keys.tab_to("等住户")
    keys.press("Return")
    assert page.panel.note.sentence, "without a reason the clock does not stop"
    keys.compose("住户出差", "zhuhuchuchai")
    keys.press("Return")
    assert order_of(order).state is OrderState.WAITING
    keys.press("Alt+Right")
    keys.tab_to("催单")
    keys.press("Return")
    assert (order_of(order).state, order_of(order).urged) == (OrderState.WORKING, 1)


def test_a_repeat_is_merged_and_reopened_with_its_number_by_keys(
    opened, keyboard, office_session, order_of
):
    first = registered(office_session, asked(room="3-1-502"))
    again = registered(office_session, asked(room="3-1-502", words="还在滴"))
    number = order_of(again).number
    page = opened()
    page.show_order(again)
    keys = keyboard(page)
    keys.tab_to("合并")
    keys.press("Return")
    assert order_of(again).state is OrderState.NEW, "nothing is chosen before somebody chooses"
    keys.press("Down", "Return")
    assert (order_of(again).state, order_of(again).parent) == (OrderState.MERGED, first)

    keys.tab_to("重开")
    keys.compose("不是一回事", "bushiyihuishi")
    keys.press("Return")
    assert (order_of(again).state, order_of(again).number) == (OrderState.NEW, number)


def test_what_is_late_is_filtered_by_keys(opened, keyboard, office_session, clock):
    registered(office_session, asked(words="滴水"))
    clock.advance(days=20)
    registered(office_session, asked(words="灯不亮"))
    page = opened()
    keys = keyboard(page)
    keys.press("Ctrl+F")
    keys.tab_to("逾期")

    assert len(lane(page, 0)) == 1


def test_a_complaint_and_a_public_place_are_registered_by_keys(
    opened, keyboard, office_session, enter
):
    enter()
    page = opened()
    keys = keyboard(page)
    keys.register("zgq", "楼上夜里装修太吵", "loushang")
    keys.press("Ctrl+N")
    keys.compose("3栋大堂", "datang")
    keys.press("Return")
    keys.compose("灯不亮", "dengbuliang")
    keys.press("Return")

    found = book.lines(office_session, book.found(office_session, OrderQuery()))
    assert {(one.service.value, one.where) for one in found} == {
        ("complaint", "3-1-502"),
        ("repair", "3-大堂"),
    }
