"""Notices that a new day has begun while the office is open."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

EVERY_MS = 60_000


class DayWatch(QObject):
    """Emits `begun` once for each new day, also when the computer slept through midnight."""

    begun = Signal()

    def __init__(
        self,
        today: Callable[[], date],
        parent: QObject | None = None,
        *,
        every_ms: int = EVERY_MS,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._day = today()
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def check(self) -> None:
        """`begun` is emitted if the day is another than at the last look."""
        day = self._today()
        if day != self._day:
            self._day = day
            self.begun.emit()
