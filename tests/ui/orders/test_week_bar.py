"""The bar above the calendar speaks of other weeks only where something lies there."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

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
