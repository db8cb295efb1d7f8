"""Progress on one line of a terminal, and Ctrl-C where nothing is half done."""

import signal
import sys

import pytest

from pmdesk.app import cli
from pmdesk.app.telling import StoppedError, Telling
from pmdesk.services.order_import import importing
from tests.offices import passphrase_file
from tests.services.order_import.lists import csv, orders, row


@pytest.fixture
def terminal(monkeypatch):
    """Standard error is a terminal."""

    def _terminal():
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    return _terminal


@pytest.fixture
def bring(office, tmp_path):
    """Imports two orders; the exit code."""
    listed = csv(tmp_path / "a.csv", row(), row(单号="B-2"))

    def _bring():
        office.close()
        secret = str(passphrase_file(tmp_path))
        where = ["--office", str(office.folder), "--login", "manager", "--passphrase-file", secret]
        more = ["--orders", "--create-buildings"]
        return cli.main(["--lang", "en", "import", str(listed), *where, *more])

    return _bring


def interrupt():
    """What the system does on Ctrl-C."""
    signal.raise_signal(signal.SIGINT)


def test_a_terminal_sees_one_line_that_is_gone_at_the_end(terminal, capsys):
    terminal()
    with Telling() as telling:
        tell = telling.of("Reading")
        tell(500, 0)
        tell(1_000, 2_000)
        telling.wipe()
    shown = capsys.readouterr().err

    assert shown.startswith("\rReading 500\rReading 1,000 / 2,000\r ")
    assert shown.endswith(" \r")
    assert "\n" not in shown


def test_a_file_sees_nothing_of_it(capsys):
    with Telling() as telling:
        telling.of("Reading")(1, 2)
        telling.wipe()

    assert capsys.readouterr().err == ""


def test_ctrl_c_waits_for_the_next_sign_of_progress_and_is_as_before_afterwards():
    before = signal.getsignal(signal.SIGINT)
    with Telling() as telling:
        interrupt()
        with pytest.raises(StoppedError):
            telling.of("Reading")(1, 2)

    assert signal.getsignal(signal.SIGINT) is before


def test_who_presses_it_twice_does_not_wait():
    with Telling():
        interrupt()
        with pytest.raises(KeyboardInterrupt):
            interrupt()


def test_an_import_that_is_stopped_leaves_nothing_and_says_so(bring, office, monkeypatch, capsys):
    entering = importing.enter

    def stopped(*given, **named):
        interrupt()
        return entering(*given, **named)

    monkeypatch.setattr(importing, "enter", stopped)

    assert bring() == 1
    assert capsys.readouterr().err == "Cancelled. Nothing was changed.\n"
    assert orders(office.session("manager")) == []


def test_an_import_that_is_through_when_somebody_stops_it_says_that_it_is(
    bring, office, monkeypatch, capsys
):
    entering = importing.enter

    def finished(*given, **named):
        outcome = entering(*given, **named)
        interrupt()
        return outcome

    monkeypatch.setattr(importing, "enter", finished)

    assert bring() == 0
    assert "2 orders entered." in capsys.readouterr().out
    assert len(orders(office.session("manager"))) == 2


def test_progress_of_an_import_stands_before_its_result(bring, terminal, capsys):
    terminal()

    assert bring() == 0
    assert "\rEntering the orders 0 / 2\r" in capsys.readouterr().err
