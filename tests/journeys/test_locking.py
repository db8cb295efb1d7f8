"""Nothing that can be open over the window keeps the office open."""

import shutil
import subprocess

import pytest

from tests.journeys.program import travelled
from tests.offices import founded_office


@pytest.fixture
def buses(monkeypatch):
    """A bus of its own in the place of the system's and the session's, if there is a program."""
    program = shutil.which("dbus-daemon")
    if program is None:
        yield
        return
    command = [program, "--session", "--print-address", "--nofork"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"):
            monkeypatch.setenv(name, address)
        yield
        daemon.terminate()


@pytest.mark.usefixtures("buses")
def test_the_office_locks_whatever_is_open_and_what_was_typed_comes_back(display, tmp_path, clock):
    office = founded_office(tmp_path / "founded").copied(tmp_path / "office", clock)
    office.session("clerk")  # has signed the undertaking
    office.close()

    travelled(display, "locking", office.folder, tmp_path / "kept")

    assert office.broken_link() is None
    office.close()
