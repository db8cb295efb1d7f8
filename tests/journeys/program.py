"""The program as it starts on a real screen, and the process of its own in which it does."""

import os
import subprocess
import sys
import traceback
from pathlib import Path
from unittest import mock

from PySide6.QtGui import QDesktopServices

from pmdesk import i18n
from pmdesk.app import config
from pmdesk.app.config import TrustedRoots
from pmdesk.app.window import Desk
from pmdesk.assets import asset
from pmdesk.ui.application import make_application
from pmdesk.ui.prompts import Prompts
from tests.checkout import ROOT
from tests.fakes import FakeClock
from tests.journeys.hand import Hand

LONGEST = 180  # seconds; the longest journey takes a quarter of that


def travel(journey, office, kept, *, days_later=0):
    """All steps of the journey, each told as it begins."""
    kept = Path(kept)
    hand, desk = opened(Path(office), kept, days_later)
    for step in journey:
        sys.stdout.write(f"{step.__name__}\n")
        sys.stdout.flush()
        step(hand, kept)
    desk.close()


def opened(office, kept, days_later=0):
    """The program as it starts, with names of files in place of the file dialogs."""
    sys.excepthook = _failed
    preferences = config.preferences(kept)
    i18n.install("zh_CN", asset("locale"))
    app = make_application(preferences)
    hand = Hand(app)
    for name, choose in (
        ("save_file", lambda _self, _title, name, _kinds: kept / name),
        ("open_file", lambda _self, _title, _kinds: hand.file),
    ):
        mock.patch.object(Prompts, name, choose).start()
    mock.patch.object(QDesktopServices, "openUrl", return_value=True).start()  # no other program
    clock = FakeClock()
    clock.advance(days=days_later)
    desk = Desk(
        app,
        preferences,
        TrustedRoots(kept),
        clock=clock,
        restart=lambda: desk.back_to_gate(),
    )
    desk.gate.start(office)
    return hand, desk


def travelled(display, journey, folder, kept, *part):
    """Ends well when the journey of that module did; fails with what it saw otherwise."""
    kept.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", f"tests.journeys.{journey}", str(folder), str(kept), *part],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr


def _failed(kind, error, trace):
    """An error that nobody expected ends the journey."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(2)
