"""The picture of what comes: told, chosen, read as numbers, and honest about what is unknown."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from pmdesk.domain.orders.kinds import Service
from pmdesk.services import forecasting
from pmdesk.services.staffing import calendar, plans, rosters
from pmdesk.ui.staffing.days_dialog import DaysDialog
from tests.services.staffing.booked import book, weeks
from tests.services.staffing.conftest import WEEK
from tests.ui.staffing.conftest import FORECAST
from tests.ui.staffing.dialogs import dialog


def test_the_picture_tells_each_day_to_those_who_hear_it(opened, booked):
    panel = opened().panel
    told = panel.chart.accessibleDescription().splitlines()

    assert len(told) == 28 + 7
    assert "来了" in told[0]
    assert "预计" in told[-1]
    assert panel.skill.text()


def test_without_orders_the_page_says_where_to_begin(opened, qtbot):
    page = opened()

    assert page.panel.empty.isVisible()
    assert not page.panel.card.isVisible()
    with qtbot.waitSignal(page.page_requested) as asked:
        page.panel.orders_requested.emit()
    assert asked.args == ["orders"]


def test_six_days_say_that_they_are_too_few(opened, manager):
    book(manager, weeks(WEEK - timedelta(days=6), 6))

    assert "数据太少" in opened().panel.skill.text()


def test_a_service_and_a_building_can_be_chosen(opened, booked, crewed, settled):
    panel = opened().panel
    before = panel.chart.accessibleDescription()
    panel.service.setCurrentIndex(panel.service.findData(Service.SECURITY.value))
    settled()
    assert panel.chart.accessibleDescription() != before

    panel.building.setCurrentIndex(panel.building.findData("1"))
    settled()
    assert "来了 1 单" in panel.chart.accessibleDescription()


def test_the_numbers_stand_in_a_table_too(opened, booked, settled):
    panel = opened().panel
    panel.toggle.click()
    settled()

    assert panel._table.isVisible()
    assert panel._table.model().rowCount() == 35
    assert not panel.chart.isVisible()
    assert panel.toggle.accessibleName() == panel.toggle.text() == "图表"
    panel.toggle.click()
    settled()
    assert panel.chart.isVisible()
    assert panel.toggle.accessibleName() == panel.toggle.text() == "数据表"


def test_hours_are_tiles_with_their_numbers(opened, booked, settled):
    panel = opened().panel
    panel.toggle.click()
    panel.form.buttons()[1].click()
    settled()

    assert panel.hours.isVisible()
    assert "按小时试算" in panel.skill.text()
    assert not panel.chart.isVisible()
    assert " 9 点" in panel.hours.accessibleDescription()


def test_hours_cannot_be_chosen_where_only_days_are_known(opened, manager):
    book(manager, weeks(WEEK - timedelta(days=60), 60))

    assert not opened().panel.form.buttons()[1].isEnabled()


def test_a_missing_year_of_holidays_is_told_and_leads_to_the_table(opened, manager, settled):
    book(manager, weeks(date(2024, 11, 1), 480))
    page = opened()
    assert "2024" in page.panel.warning.sentence

    page.panel.warning.action.click()
    settled()
    assert dialog(page, DaysDialog)


@pytest.mark.parametrize("by_hours", [False, True])
def test_the_mouse_hears_of_the_day_below_it(opened, booked, settled, monkeypatch, by_hours):
    panel = opened().panel
    panel.form.show_value(value=by_hours)
    panel._show_picture()
    settled()
    part, heard = (panel.hours if by_hours else panel.chart), []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _of: heard.append(text))
    for spot in (part.rect().center(), QPoint(0, 0)):
        help_event = QHelpEvent(QEvent.Type.ToolTip, spot, part.mapToGlobal(spot))
        QApplication.sendEvent(part, help_event)

    assert "单" in heard[0]
    assert heard[1] == ""


def test_the_roster_stands_in_the_picture(opened, booked, crewed, manager, settled):
    board = rosters.board(manager, WEEK)
    plans.save_roster(manager, rosters.filled(board, board.wanted(80)), board.edition)

    assert "排班能做" in opened().panel.chart.accessibleDescription()


def test_a_roster_far_above_what_comes_is_told_of_in_words(opened, booked):
    panel = opened().panel
    view = forecasting.view(panel.seen, None, None, 7)
    first, second = (one.day for one in view.outlook.days[:2])
    for cans, told in (
        ({first: 8.0}, ""),
        ({first: 500.0}, "↑ 排班多的日子每天能做 500 单，超出图示范围"),
        ({first: 500.0, second: 300.2}, "↑ 排班多的日子每天能做 300–500 单，超出图示范围"),
    ):
        panel.chart.show_view(view, cans)
        assert panel.chart.beyond == told
        assert not panel.chart.grab().isNull()


def test_new_orders_reach_the_picture(opened, booked, manager, settled, tasks):
    page = opened()
    before = page.panel.chart.accessibleDescription()
    book(manager, weeks(WEEK - timedelta(days=7), 7, (9,) * 7))
    page.reload()
    settled()

    assert page.panel.chart.accessibleDescription() != before


# ---- holidays ------------------------------------------------------------------------------------


def test_an_administrator_enters_a_list_of_days(opened, office, settled):
    page = opened(FORECAST, office.session("admin"))
    page.days.click()
    box = dialog(page, DaysDialog)
    box._go(1)
    settled()
    assert not box.model.rows
    box.text.setPlainText("2027-01-01\n2027-02-14 上班")
    box.enter.click()
    settled()
    assert len(box.model.rows) == 2
    assert box.text.toPlainText() == ""

    box.table.view.selectRow(0)
    box.drop.click()
    settled()
    assert len(box.model.rows) == 1


def test_a_wrong_line_is_told_and_stays(opened, office, settled):
    page = opened(FORECAST, office.session("admin"))
    page.days.click()
    box = dialog(page, DaysDialog)
    box.text.setPlainText("春节")
    box.enter.click()
    settled()

    assert "第 1 行" in box.note.sentence
    assert box.text.toPlainText() == "春节"


def test_a_manager_looks_at_the_days_only(opened, settled):
    page = opened()
    page.days.click()
    settled()

    assert not dialog(page, DaysDialog).text.isVisible()
    assert calendar.year(page._session, 2026).days


@pytest.mark.parametrize("height", [400, 2400])
def test_the_body_ends_below_the_head_whether_it_scrolls_or_not(booked, opened, height):
    page = opened(height=height)
    ends = [one.mapTo(page, one.rect().topRight()).x() for one in (page.header, page.panel)]

    assert ends[0] == ends[1]
