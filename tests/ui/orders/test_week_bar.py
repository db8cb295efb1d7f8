"""The bar above the calendar speaks of other weeks only where something lies there."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from pmdesk.services.orders.board import Week
from pmdesk.ui.orders.week_bar import WeekBar


@pytest.mark.parametrize(("after", "shown"), [(0, False), (3, True)])
def test_orders_of_later_weeks_are_told_where_there_are_some(office, qtbot, after, shown):
    bar = WeekBar(office.session("clerk").clock)
    qtbot.addWidget(bar)
    week = Week(monday=date(2026, 3, 2), days=((),) * 7, before=0, after=after)

    bar.show_week(week)
    bar.show()

    [told] = [one for one in bar.findChildren(QLabel) if str(after) == one.text()[-1:]]
    assert told.isVisible() is shown


def test_the_way_back_to_this_week_is_open_only_from_another_one(office, qtbot, chinese):
    bar = WeekBar(office.session("clerk").clock)
    qtbot.addWidget(bar)
    [now] = [one for one in bar.findChildren(QPushButton) if one.text() == "本周"]
    here = bar.monday

    assert not now.isEnabled()
    bar._on()
    assert now.isEnabled()
    now.click()
    assert bar.monday == here
    assert not now.isEnabled()
