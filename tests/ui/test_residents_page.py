"""The list of residents as a clerk uses it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from pmdesk.domain import office as kinds
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.office import Changes
from pmdesk.ui.pages.residents import ResidentsPage
from pmdesk.ui.tables.model import BADGE_ROLE
from tests.offices import consenting
from tests.services.orders.asked import asked, registered

_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(office_session, tasks, shown, enter):
    enter("曾国强", "13800001234", "3-1-502")
    enter("王小明", "13900005678", "5-2-101")
    return shown(ResidentsPage(office_session, tasks))


def _names(page):
    return [page.model.row(number).name for number in range(page.model.rowCount())]


def _narrowed(page, settled, **filters):
    page.show_query(ResidentQuery(**filters))
    settled()
    return _names(page)


def test_names_and_phones_are_masked_also_in_the_clipboard(page, qtbot):
    page.view.selectRow(0)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_C, _CTRL)

    line = QApplication.clipboard().text()
    assert "3-1-502\t曾*强\t138****1234" in line
    assert "国" not in line


def test_the_search_understands_letters_that_are_still_being_composed(page, qtbot, settled):
    page.search.setFocus()
    QApplication.sendEvent(page.search, QInputMethodEvent("wang'xiao", []))
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)

    assert page.search.text() == ""
    assert _names(page) == ["王*明"]


def test_a_room_and_the_end_of_a_phone_number_are_found(page, settled):
    assert _narrowed(page, settled, text="5-2-101") == ["王*明"]
    assert _narrowed(page, settled, text="1234") == ["曾*强"]


def test_filters_narrow_the_list_loudly_and_one_press_resets_them(page, settled):
    page.building.setCurrentIndex(page.building.findData("5"))
    page.building.activated.emit(page.building.currentIndex())
    settled()

    assert _names(page) == ["王*明"]
    assert page.building.property("state") == "active"
    page.resetter.click()
    settled()
    assert len(_names(page)) == 2
    assert page.resetter.isHidden()


def test_the_consent_chips_show_whom_nobody_asked_yet(page, office_session, settled):
    asked = consenting(office_session, name="李芳", mobile="13700000001", room="6-1-101")
    page.consents.buttons()[1].click()
    settled()

    assert sorted(_names(page)) == sorted(["曾*强", "王*明"])
    assert int(asked) not in page.model.ids
    assert page.query.consent is ConsentState.NEVER_ASKED


def test_a_state_is_an_icon_and_a_word_never_colour_alone(page):
    badges = [page.model.index(0, column).data(BADGE_ROLE) for column in (4, 5)]

    assert all(badge.words and badge.icon for badge in badges)


def test_a_click_on_a_heading_sorts(page, settled):
    page.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    settled()
    backwards = _names(page)
    page.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    settled()

    assert backwards == list(reversed(_names(page)))
    page.view.sortByColumn(4, Qt.SortOrder.AscendingOrder)  # consent has no order
    assert page.query.order == "name"


def test_enter_opens_the_chosen_resident(page, qtbot):
    page.view.selectRow(0)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)

    assert opened.args == [page.model.row(0).id]


def test_keys_find_the_search_and_register(page, qtbot):
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_F, _CTRL)
    assert page.search.hasFocus()
    with qtbot.waitSignal(page.register_requested) as asked:
        qtbot.keyClick(page.search, Qt.Key.Key_N, _CTRL)
    assert asked.args == [""]


def test_who_was_not_found_can_be_registered_under_that_name(page, qtbot, settled):
    assert _narrowed(page, settled, text="欧阳雪") == []
    assert page.nobody_found.isVisible()
    assert "欧阳雪" in page.nobody_found.register.text()
    with qtbot.waitSignal(page.register_requested) as asked:
        page.nobody_found.register.click()
    assert asked.args == ["欧阳雪"]


def test_letters_that_nobody_fits_are_not_offered_as_a_name(page, settled):
    assert _narrowed(page, settled, text="ouyangxue") == []
    assert page.nobody_found.register.text() == "登记新住户"


def test_an_empty_office_offers_to_register_and_to_import(office_session, tasks, shown, qtbot):
    page = shown(ResidentsPage(office_session, tasks))

    assert page.nobody_yet.isVisible()
    with qtbot.waitSignals([page.register_requested, page.import_requested]):
        page.nobody_yet.register.click()
        page.nobody_yet.importer.click()


def test_a_new_resident_appears_and_the_chosen_row_stays_chosen(page, enter, settled):
    page.view.selectRow(1)
    chosen = page.view.chosen[0].id
    enter("安琪", "13600000001", "1-1-101")
    page.reload(Changes.of(kinds.RESIDENTS))
    settled()

    assert page.model.rowCount() == 3
    assert page.view.chosen[0].id == chosen


def test_changes_of_other_things_leave_the_list_alone(page, enter, settled):
    enter("安琪", "13600000001", "1-1-101")
    page.reload(Changes.of(kinds.STAFF))
    settled()

    assert page.model.rowCount() == 2


def test_a_reviewer_may_look_but_not_register(office, tasks, shown, qtbot):
    page = shown(ResidentsPage(office.session("reviewer"), tasks))

    assert page.register.isHidden()
    with qtbot.assertNotEmitted(page.register_requested):
        qtbot.keyClick(page.search, Qt.Key.Key_N, _CTRL)


def test_nobody_is_said_to_be_nobody_before_there_is_an_answer(qtbot, office, tasks, settled):
    page = ResidentsPage(office.session("clerk"), tasks)
    qtbot.addWidget(page)
    page.show()
    assert not page.nobody_yet.isVisible()
    assert not page.nobody_found.isVisible()
    settled()
    assert page.nobody_yet.isVisible()


def test_where_nobody_fits_and_orders_do_they_are_offered_first(page, office_session, settled):
    registered(office_session, asked(words="厨房漏水"))
    assert _narrowed(page, settled, text="漏水") == []
    assert page.nobody_found.orders.text() == "查看相符的 1 张工单"
    assert page.nobody_found.orders.isVisible()
    page.reload(Changes.of(kinds.RESIDENTS))
    settled()
    assert page.nobody_found.orders.isVisible()
    assert page.nobody_found.orders.x() < page.nobody_found.register.x()

    assert _narrowed(page, settled, text="欧阳雪") == []
    assert not page.nobody_found.orders.isVisible()
    page._show_orders("漏水", 1)  # an answer that comes late
    assert not page.nobody_found.orders.isVisible()
