"""Which week the calendar shows, and the ways to another one."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pmdesk.domain.office import Clock
from pmdesk.domain.orders.order import OPEN
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.i18n import _
from pmdesk.services.orders.board import WEEK, Week
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_STEP = timedelta(days=WEEK)


class WeekBar(QWidget):
    """Starts with the week of today; tells how much lies outside of the week."""

    changed = Signal()
    orders_requested = Signal(object)  # OrderQuery: what is late

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.monday = _monday(clock.today())
        self._words = label("", "heading")
        self._now = button(_("This week"), self._today, look="quiet")
        self._before = button("", self._show_late, look="link", tip=_("Show what is overdue"))
        self._after = label("", "muted")
        row = FlowLayout(10)
        for part in (
            button("", self._back, picture="chevron-left", tip=_("Week before")),
            self._words,
            button("", self._on, picture="chevron-right", tip=_("Week after")),
            self._now,
            self._before,
            self._after,
        ):
            row.addWidget(part)
        self.setLayout(row)
        self._say()

    def show_week(self, week: Week) -> None:
        """How many open orders the other weeks have."""
        words = _("earlier: {before}").format(before=f"{week.before:,}")
        self._before.setText(words)
        self._before.setAccessibleName(words)
        set_shown(self._before, shown=week.before > 0)
        self._after.setText(_("later: {after}").format(after=f"{week.after:,}"))
        set_shown(self._after, shown=week.after > 0)
        self._say()  # today may be another day by now

    def _show_late(self) -> None:
        self.orders_requested.emit(OrderQuery(states=OPEN, overdue_at=self._clock.now()))

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
        self._now.setEnabled(self.monday != _monday(self._clock.today()))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
