"""The system's own lock and sleep, whatever the system is."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance


class Signs(Protocol):
    """What one system tells, from `begin` to `end`."""

    @property
    def away(self) -> SignalInstance:
        """Emitted when the desk is left."""
        ...

    def begin(self) -> None:
        """What is told from now on is heard."""
        ...

    def end(self) -> None:
        """Nothing is heard any more."""
        ...


class SystemWatch(QObject):
    """Emits `away` when the system is locked or about to sleep, between `resume` and `pause`.

    Where a system tells nothing, as macOS does without a library of its own, the idle watch sees
    the gap in time as soon as the computer wakes up.
    """

    away = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        make: Callable[[], Signs | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make or signs
        self._signs: Signs | None = None

    def resume(self) -> None:
        """The system is listened to."""
        self._signs = self._make()
        if self._signs is not None:
            self._signs.away.connect(self.away)
            self._signs.begin()

    def pause(self) -> None:
        """The system is not listened to, for instance while the office is locked."""
        found, self._signs = self._signs, None
        if found is not None:
            found.end()


def signs(platform: str = sys.platform) -> Signs | None:
    """What this system can tell; None where it tells nothing."""
    if platform == "win32":
        from pmdesk.ui.away.windows import WindowsSigns  # noqa: PLC0415  # only on Windows

        return WindowsSigns()
    if platform == "linux":
        return _of_the_bus()
    return None


def _of_the_bus() -> Signs:
    from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415  # only Linux has it

    from pmdesk.ui.away.bus import BusSigns  # noqa: PLC0415  # only on Linux

    kind = QDBusConnection.BusType
    name = kind.SessionBus if has_session_bus(os.environ) else kind.SystemBus
    return BusSigns(
        QDBusConnection.connectToBus(kind.SystemBus, "pmdesk-system"),
        QDBusConnection.connectToBus(name, "pmdesk-session"),
    )


def has_session_bus(environment: Mapping[str, str]) -> bool:
    """Whether a bus of this session runs: asking for one that does not would start it."""
    folder = environment.get("XDG_RUNTIME_DIR", "")
    return bool(environment.get("DBUS_SESSION_BUS_ADDRESS")) or (
        folder != "" and Path(folder, "bus").exists()
    )
