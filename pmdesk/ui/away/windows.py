"""What Windows tells: the session is locked or cut off, the computer is about to sleep."""

import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

SESSION_CHANGE, POWER = 0x02B1, 0x0218  # WM_WTSSESSION_CHANGE, WM_POWERBROADCAST
_LEFT = frozenset({2, 4, 6, 7})  # console or remote session cut off, signed out, locked
_SUSPENDS = 4  # PBT_APMSUSPEND
_KIND = b"windows_generic_MSG"

Registration = Callable[[int], object]  # of the window that is to be told


def says_away(number: int, what: int) -> bool:
    """Whether a native message with this first parameter says that the desk is left."""
    return (number == SESSION_CHANGE and what in _LEFT) or (number == POWER and what == _SUSPENDS)


class WindowsSigns(QObject):
    """Emits `away`; Windows tells it to a window of its own that nobody sees."""

    away = Signal()

    def __init__(
        self, parent: QObject | None = None, *, register: Registration | None = None
    ) -> None:
        super().__init__(parent)
        self._register = register or registered
        self._window: QWidget | None = None
        self._filter = _Filter(self.away.emit)

    def begin(self) -> None:
        """What is told from now on is heard."""
        _application().installNativeEventFilter(self._filter)
        self._window = QWidget()
        self._register(self._window.winId())

    def end(self) -> None:
        """Nothing is heard any more."""
        _application().removeNativeEventFilter(self._filter)
        window, self._window = self._window, None
        if window is not None:
            window.deleteLater()


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__()
        self._tell = tell

    @override
    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        if eventType == _KIND:
            found = wintypes.MSG.from_address(int(message))
            if says_away(int(found.message), int(found.wParam)):
                self._tell()
        return False, 0


def registered(window: int) -> bool:
    """Whether Windows tells this window of its session from now on."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # only here is there something to call

        return bool(ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0))
    return False


def _application() -> QCoreApplication:
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError
    return app
