"""What a Linux desktop says on its buses locks the office, and nothing else does."""

import gc
import os
import shutil
import subprocess
import sys

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("only Linux has these buses", allow_module_level=True)

from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor

from pmdesk.ui.away.bus import BusSigns, escaped

LOGIN, SEAT = "org.freedesktop.login1", "/org/freedesktop/login1"


@pytest.fixture(scope="module")
def address():
    """A bus of its own, without the system's."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("dbus-daemon is missing: install the package dbus-daemon to test the bus")
    with subprocess.Popen(
        [program, "--session", "--print-address", "--nofork"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@pytest.fixture
def desktop(address, qapp):
    """The other end of the bus, which tells what the system would tell."""
    name = f"desktop-{id(qapp)}"
    yield QDBusConnection.connectToBus(address, name)
    QDBusConnection.disconnectFromBus(name)


@pytest.fixture
def signs(address, qapp):
    bus = QDBusConnection.connectToBus(address, "ours")
    made = BusSigns(bus, bus, number="2")
    yield made
    made.end()
    QDBusConnection.disconnectFromBus("ours")


@ClassInfo({"D-Bus Interface": f"{LOGIN}.Manager"})  # type: ignore[call-arg]  # no stub of it
class Seat(QObject):  # type: ignore[operator]  # as above: it decorates
    """logind as far as it grants a delay of sleep."""

    asked: tuple[str, ...] = ()
    reader = -1

    @Slot(str, str, str, str, result=QDBusUnixFileDescriptor)
    def Inhibit(self, what, who, why, mode):  # noqa: N802  # logind's own name
        """A descriptor: sleep waits until its last copy is closed."""
        self.asked = (what, who, mode)
        self.reader, writer = os.pipe()
        os.set_blocking(self.reader, False)
        granted = QDBusUnixFileDescriptor(writer)
        os.close(writer)
        return granted


def listen(signs):
    """The bus has heard what is listened to: it answers in the order in which it is asked."""
    signs.begin()
    bus = "org.freedesktop.DBus"
    QDBusConnection("ours").call(QDBusMessage.createMethodCall(bus, "/", bus, "GetId"))


def tell(desktop, path, interface, signal, *arguments):
    """One signal on the bus."""
    message = QDBusMessage.createSignal(path, interface, signal)
    message.setArguments(list(arguments))
    desktop.send(message)


AWAY = [
    (SEAT, f"{LOGIN}.Manager", "PrepareForSleep", True),
    (f"{SEAT}/session/_32", f"{LOGIN}.Session", "Lock"),
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", True),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True),
]
STILL_HERE = [
    (SEAT, f"{LOGIN}.Manager", "PrepareForSleep", False),
    (f"{SEAT}/session/_33", f"{LOGIN}.Session", "Lock"),
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", False),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "WakeUpScreen"),
]


@pytest.mark.parametrize("said", AWAY, ids=[f"{one[2]}{one[1]}" for one in AWAY])
def test_lock_sleep_and_screen_saver_say_that_the_desk_is_left(signs, desktop, qtbot, said):
    listen(signs)

    with qtbot.waitSignal(signs.away):
        tell(desktop, *said)


@pytest.mark.parametrize("said", STILL_HERE, ids=[f"{one[2]}{one[1]}" for one in STILL_HERE])
def test_waking_up_and_another_session_lock_nothing(signs, desktop, qtbot, said):
    listen(signs)
    heard = []
    signs.away.connect(lambda: heard.append(said))

    tell(desktop, *said)
    with qtbot.waitSignal(signs.away):  # the bus keeps the order
        tell(desktop, *AWAY[0])

    assert len(heard) == 1


def test_sleep_waits_until_the_office_is_locked(signs, desktop, qtbot):
    seat = Seat()
    slots = QDBusConnection.RegisterOption.ExportAllSlots
    assert desktop.registerObject(SEAT, seat, slots)
    assert desktop.registerService(LOGIN)
    listen(signs)
    qtbot.waitUntil(lambda: signs.delays_sleep)
    assert seat.asked == ("sleep", "pmdesk", "delay")
    with pytest.raises(BlockingIOError):
        os.read(seat.reader, 1)

    signs.end()

    def is_released():
        gc.collect()
        try:
            return os.read(seat.reader, 1) == b""
        except BlockingIOError:
            return False

    qtbot.waitUntil(is_released)
    os.close(seat.reader)
    desktop.unregisterService(LOGIN)


def test_after_the_end_nothing_is_heard(signs, desktop, qtbot):
    listen(signs)
    signs.end()

    with qtbot.assertNotEmitted(signs.away, wait=50):
        tell(desktop, *AWAY[0])


def test_without_a_bus_nothing_is_heard_and_nothing_fails(qapp, qtbot):
    nowhere = QDBusConnection("nobody connected this")
    made = BusSigns(nowhere, nowhere, number="")

    with qtbot.assertNotEmitted(made.away, wait=0):
        made.begin()
        made.end()
    assert not made.delays_sleep


@pytest.mark.parametrize(
    ("name", "spelled"), [("2", "_32"), ("c1", "c1"), ("10", "_310"), ("a-b", "a_2db"), ("", "")]
)
def test_a_session_is_spelled_as_in_its_path(name, spelled):
    assert escaped(name) == spelled
