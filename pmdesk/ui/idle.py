"""Notices that nobody has touched the computer for a while, dialogs and menus included."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from typing_extensions import override

from pmdesk.ui import ear

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
        QEvent.Type.DragMove,
        QEvent.Type.TabletMove,
    }
)
EVERY_MS = 2_000


class IdleWatch(QObject):
    """Emits `idle` once after `minutes` without key or mouse; `resume()` starts it again.

    Two clocks count. The one on the wall goes on while the computer sleeps, so that it locks as
    soon as it wakes up, before the first key counts; the steady one nobody can set back.
    """

    idle = Signal()

    def __init__(
        self,
        minutes: float,
        parent: QObject | None = None,
        *,
        seconds: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
        every_ms: int = EVERY_MS,
    ) -> None:
        super().__init__(parent)
        self._limit = minutes * 60
        self._clocks = (seconds, steady)
        self._last = self._now()
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.check)

    def resume(self) -> None:
        """Time counts from now on."""
        self._last = self._now()
        ear.listen(self)
        self._timer.start()

    def pause(self) -> None:
        """Time does not count, for instance while the office is locked."""
        self._timer.stop()
        ear.forget(self)

    def set_minutes(self, minutes: float) -> None:
        """The limit is `minutes`."""
        self._limit = minutes * 60

    def check(self) -> None:
        """`idle` is emitted if the time is over."""
        if self._is_over():
            self.pause()
            self.idle.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _TOUCHES:
            return False
        if self._is_over():  # the first touch after a sleep comes before the timer
            self.pause()
            # only after the event: what was to receive it is gone once the office is locked
            QTimer.singleShot(0, self, self.idle.emit)
            return True
        self._last = self._now()
        return False

    def _is_over(self) -> bool:
        now = self._now()
        self._last = tuple(map(min, self._last, now))  # a clock set back counts from there
        waited = (there - before for there, before in zip(now, self._last, strict=True))
        return max(waited) >= self._limit

    def _now(self) -> tuple[float, ...]:
        return tuple(clock() for clock in self._clocks)
