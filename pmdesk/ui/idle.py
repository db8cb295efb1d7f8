"""Notices that nobody has touched the computer for a while, dialogs and menus included."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from typing_extensions import override

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)
EVERY_MS = 2_000


class IdleWatch(QObject):
    """Emits `idle` once after `minutes` without key or mouse; `resume()` starts it again.

    It reads the wall clock, so a computer that slept locks as soon as it wakes up.
    """

    idle = Signal()

    def __init__(
        self,
        minutes: float,
        parent: QObject | None = None,
        *,
        seconds: Callable[[], float] = time.time,
        every_ms: int = EVERY_MS,
    ) -> None:
        super().__init__(parent)
        self._limit = minutes * 60
        self._seconds = seconds
        self._last = seconds()
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.check)

    def resume(self) -> None:
        """Time counts from now on."""
        self._last = self._seconds()
        _application().installEventFilter(self)
        self._timer.start()

    def pause(self) -> None:
        """Time does not count, for instance while the office is locked."""
        self._timer.stop()
        _application().removeEventFilter(self)

    def set_minutes(self, minutes: float) -> None:
        """The limit is `minutes`."""
        self._limit = minutes * 60

    def check(self) -> None:
        """`idle` is emitted if the time is over."""
        waited = self._seconds() - self._last
        if waited < 0:  # the clock was set back
            self._last = self._seconds()
        elif waited >= self._limit:
            self.pause()
            self.idle.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._last = self._seconds()
        return False


def _application() -> QCoreApplication:
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError
    return app
