"""Which week the calendar shows, and the ways to another one."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pmdesk.domain.office import Clock
from pmdesk.i18n import _
from pmdesk.services.orders.board import WEEK, Week
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label

_STEP = timedelta(days=WEEK)


class WeekBar(QWidget):
    """Starts with the week of today; tells how much lies outside of the week."""

    changed = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.monday = _monday(clock.today())
        self._words = label("", "label")
        self._others = label("", "muted")
        row = FlowLayout(10)
        for part in (
            button("", self._back, look="quiet", picture="chevron-left", tip=_("Week before")),
            self._words,
            button("", self._on, look="quiet", picture="chevron-right", tip=_("Week after")),
            button(_("This week"), self._today, picture="calendar"),
            self._others,
        ):
            row.addWidget(part)
        self.setLayout(row)
        self._say()

    def show_week(self, week: Week) -> None:
        """How many open orders the other weeks have."""
        words = _("earlier: {before} · later: {after}").format(
            before=f"{week.before:,}", after=f"{week.after:,}"
        )
        self._others.setText(words)

    def _go(self, monday: date) -> None:
        self.monday = monday
        self._say()
        self.changed.emit()

    def _back(self) -> None:
        self._go(self.monday - _STEP)

    def _on(self) -> None:
        self._go(self.monday + _STEP)

    def _today(self) -> None:
        self._go(_monday(self._clock.today()))

    def _say(self) -> None:
        last = self.monday + _STEP - timedelta(days=1)
        self._words.setText(
            _("{first} to {last}").format(first=self.monday.isoformat(), last=last.isoformat())
        )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
