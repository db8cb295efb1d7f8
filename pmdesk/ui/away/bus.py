"""What a Linux desktop tells: the session is locked, the screen saver shows, sleep is near."""

import os
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCall,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
)

_LOGIN = "org.freedesktop.login1"
_SEAT = "/org/freedesktop/login1"
_SAVERS = ("freedesktop", "gnome", "cinnamon", "mate", "kde", "ukui")
_HEARD: Any = SLOT("hear(QDBusMessage)")  # a str, whatever the stub of connect says


class BusSigns(QObject):
    """Emits `away`; where there is no bus, nothing is heard and nothing fails.

    While it listens, the system waits with its sleep for as long as a lock takes: the descriptor
    of that wish is closed when the process is replaced.
    """

    away = Signal()

    def __init__(
        self,
        system: QDBusConnection,
        session: QDBusConnection,
        parent: QObject | None = None,
        *,
        number: str | None = None,
    ) -> None:
        super().__init__(parent)
        self._system, self._session = system, session
        name = os.environ.get("XDG_SESSION_ID", "") if number is None else number
        self._path = f"{_SEAT}/session/{escaped(name)}" if name else ""
        self._delay: QDBusUnixFileDescriptor | None = None
        self._asked: QDBusPendingCallWatcher | None = None

    @property
    def delays_sleep(self) -> bool:
        """Whether the system waits with its sleep until the office is locked."""
        return self._delay is not None

    def begin(self) -> None:
        """What is told from now on is heard."""
        for bus, interface, signal, path in self._sources():
            bus.connect("", path, interface, signal, self, _HEARD)
        self._ask_for_delay()

    def end(self) -> None:
        """Nothing is heard any more, and sleep waits for nobody."""
        self._delay = self._asked = None
        for bus, interface, signal, path in self._sources():
            bus.disconnect("", path, interface, signal, self, _HEARD)

    @Slot(QDBusMessage)
    def hear(self, message: QDBusMessage) -> None:
        """`away` is emitted when the message says that the desk is left."""
        said = message.arguments()
        if message.member() == "Lock" or (said and said[0] is True):
            self.away.emit()

    def _sources(self) -> tuple[tuple[QDBusConnection, str, str, str], ...]:
        """Bus, interface, signal and path (empty: any) of what is listened to."""
        return (
            (self._system, f"{_LOGIN}.Manager", "PrepareForSleep", _SEAT),
            (self._system, f"{_LOGIN}.Session", "Lock", self._path),
            *((self._session, f"org.{one}.ScreenSaver", "ActiveChanged", "") for one in _SAVERS),
        )

    def _ask_for_delay(self) -> None:
        """The system is asked without waiting for its answer: a window opens meanwhile."""
        if not self._system.isConnected():
            return
        call = QDBusMessage.createMethodCall(_LOGIN, _SEAT, f"{_LOGIN}.Manager", "Inhibit")
        call.setArguments(["sleep", "pmdesk", "pmdesk locks the office", "delay"])
        self._asked = QDBusPendingCallWatcher(self._system.asyncCall(call), self)
        self._asked.finished.connect(self._answered)

    def _answered(self, answer: QDBusPendingCall) -> None:
        asked, self._asked = self._asked, None
        if asked is None:
            return
        asked.deleteLater()  # it holds a copy of the descriptor
        if answer.isError():
            return  # a system without logind sleeps without asking: the gap in time tells
        given = answer.reply().arguments()
        if given and isinstance(given[0], QDBusUnixFileDescriptor):
            self._delay = given[0]


def escaped(name: str) -> str:
    """The name of a session as logind spells it in a path: a digit at the front is escaped."""
    plain = [c if c.isascii() and c.isalnum() else f"_{ord(c):02x}" for c in name]
    if name[:1].isdigit():
        plain[0] = f"_{ord(name[0]):02x}"
    return "".join(plain)
