"""Arithmetic keeps to one thread from before the first import; the window waits for none long."""

import os
import subprocess
import sys

import pytest

from pmdesk.app import window
from pmdesk.app.threads import NAMES, keep_to_one

_FIRST = """
import os, sys
from pmdesk.app import cli
cli._COMMANDS["open"] = lambda _chosen: sys.exit(
    ",".join(os.environ.get(name, "") for name in {names!r}) + str("numpy" in sys.modules)
)
cli.main([])
"""


def test_the_program_says_so_before_numpy_is_there():
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    asked = [sys.executable, "-c", _FIRST.format(names=NAMES)]

    told = subprocess.run(asked, env=clean, capture_output=True, text=True, check=False)

    assert told.stderr.strip() == "1,1,1False"


@pytest.mark.parametrize("name", NAMES)
def test_what_the_user_chose_stays(monkeypatch, name):
    for other in NAMES:
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, "3")

    keep_to_one()

    assert os.environ[name] == "3"
    assert {os.environ[other] for other in NAMES if other != name} == {"1"}


@pytest.fixture
def interval():
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)  # Python's own; another window of these tests changed it
    yield sys.getswitchinterval()
    sys.setswitchinterval(before)


def test_while_the_window_is_open_a_thread_hands_on_sooner_than_python_does(
    qapp, interval, monkeypatch
):
    told: list[float] = []
    monkeypatch.setattr(qapp, "exec", lambda: told.append(sys.getswitchinterval()))

    window._run(qapp)

    assert told[0] < interval
