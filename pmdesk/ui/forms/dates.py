"""Typing a day: the ways people write one, and a calendar beside the line."""

import re
from datetime import date

from PySide6.QtCore import QDate, QPoint, Signal
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QMenu, QWidget, QWidgetAction

from pmdesk.i18n import _
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.widgets.button import button

_PARTS = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read_date(text: str) -> date | None:
    """The day that `text` means, such as 2026-3-8, 2026/03/08, 20260308 or 2026年3月8日."""
    found = _PARTS.fullmatch(text.strip()) or _DIGITS.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


class DateLine(QWidget):
    """A day; `value` is None when empty, and the text itself when it is not a day."""

    edited = Signal()
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.line = PinyinEdit(_("year-month-day"))
        self.line.setAccessibleName(name)
        self.opener = button(
            "", self.open_calendar, look="quiet", picture="calendar", tip=_("Open the calendar")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.opener)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.left.connect(self._tidy)

    @property
    def value(self) -> date | str | None:
        """The day; None when empty; the text when it cannot be read."""
        text = self.line.text().strip()
        return (read_date(text) or text) if text else None

    def show_value(self, value: object) -> None:
        """The line shows this day, or nothing."""
        self.line.setText(value.isoformat() if isinstance(value, date) else str(value or ""))

    def open_calendar(self) -> None:
        """A calendar stands below the line until a day is chosen or Esc is pressed."""
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if isinstance(day := self.value, date):
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        entry = QWidgetAction(menu)
        entry.setDefaultWidget(calendar)
        menu.addAction(entry)
        calendar.clicked.connect(lambda chosen: self._take(chosen, menu))
        calendar.activated.connect(lambda chosen: self._take(chosen, menu))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()

    def _take(self, chosen: QDate, menu: QMenu) -> None:
        self.show_value(date(chosen.year(), chosen.month(), chosen.day()))
        menu.close()
        self.edited.emit()
        self.left.emit()

    def _tidy(self) -> None:
        if isinstance(day := self.value, date):
            self.show_value(day)
        self.left.emit()
