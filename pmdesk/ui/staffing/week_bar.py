"""Which week is shown, and the way to the one before and after it."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmdesk.domain.staffing import monday
from pmdesk.i18n import _
from pmdesk.ui.staffing.words import week_words
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label

_STEP = timedelta(weeks=1)


class WeekBar(QWidget):
    """Emits the Monday of the week that is wanted."""

    wanted = Signal(object)  # date

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.week = monday(today + timedelta(days=1))  # on a Sunday one plans what comes next
        self.back = button("", lambda: self._go(-1), picture="chevron-left", tip=_("Week before"))
        self.on = button("", lambda: self._go(1), picture="chevron-right", tip=_("Next week"))
        self.now = button(_("This week"), self._now, look="quiet")
        self.name = label("", "heading")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.back, self.name, self.on, self.now):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._tell()

    def _go(self, weeks: int) -> None:
        self.week += weeks * _STEP
        self._tell()
        self.wanted.emit(self.week)

    def _now(self) -> None:
        self.week = monday(self.today)
        self._tell()
        self.wanted.emit(self.week)

    def _tell(self) -> None:
        self.name.setText(week_words(self.week))
        self.now.setEnabled(self.week != monday(self.today))
