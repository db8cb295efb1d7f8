"""Whatever the system is: it is listened to while somebody is signed in, and only then."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal

from pmdesk.ui.away import system
from pmdesk.ui.away.system import SystemWatch, has_session_bus
from pmdesk.ui.away.windows import WindowsSigns


class Told(QObject):
    """A system that tells when the test says so."""

    away = Signal()
    listening = False

    def begin(self):
        """Somebody listens."""
        self.listening = True

    def end(self):
        """Nobody listens."""
        self.listening = False


def test_it_is_listened_to_between_resume_and_pause(qapp, qtbot):
    told = Told()
    watch = SystemWatch(make=lambda: told)
    watch.resume()
    assert told.listening
    with qtbot.waitSignal(watch.away):
        told.away.emit()

    watch.pause()
    watch.pause()

    assert not told.listening


def test_a_system_that_tells_nothing_is_no_failure(qapp):
    watch = SystemWatch(make=lambda: None)

    watch.resume()
    watch.pause()


def test_each_system_has_its_own_signs(qapp):
    assert isinstance(system.signs("win32"), WindowsSigns)
    assert system.signs("darwin") is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has these buses")
@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/at/all"])
def test_a_linux_without_its_buses_still_opens(qapp, monkeypatch, address):
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"):
        monkeypatch.setenv(name, address)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    watch = SystemWatch()

    watch.resume()
    watch.pause()


def test_a_bus_that_does_not_run_is_not_started(tmp_path):
    assert not has_session_bus({})
    assert not has_session_bus({"XDG_RUNTIME_DIR": str(tmp_path)})
    (tmp_path / "bus").touch()
    assert has_session_bus({"XDG_RUNTIME_DIR": str(tmp_path)})
    assert has_session_bus({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus"})
