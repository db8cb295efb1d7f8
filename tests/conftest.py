"""What every test stands on: no window system, a clock that stands still, no unexpected warning.

The platform is chosen before anything can import Qt: a `QApplication` picks it once, and without a
display Qt's default does not raise an exception, it aborts the whole run. Journeys that need a real
window start a process of their own with its own platform.
"""

import gc
import logging
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from hypothesis import settings
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pmdesk import i18n
from pmdesk.rules.proofs import budget
from pmdesk.store.backup import restoring
from pmdesk.store.shelf import Shelf
from pmdesk.store.vault import vault
from pmdesk.store.vault.kdf import MEMORY, Kdf
from pmdesk.ui.tidying import tidy
from tests.fakes import FakeClock
from tests.offices import CHEAP

settings.register_profile("pmdesk", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("pmdesk")


@pytest.fixture(scope="session", autouse=True)
def _offices_stay_cheap():
    """Accounts of test offices keep the cost they were made with."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(vault, "WANTED", Kdf(memory=MEMORY[0], passes=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def _patience():
    """A busy machine does late what it does; a test that fails may wait a minute."""
    with pytest.MonkeyPatch.context() as patched:
        for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitCallback):
            patched.setitem(wait.__kwdefaults__ or {}, "timeout", 60_000)
        yield


@pytest.fixture(autouse=True)
def _garbage_goes_here():
    """No worker's thread frees the widgets that an earlier test left: Qt would crash."""
    gc.disable()
    yield
    tidy()


@pytest.fixture
def clock():
    """Shows Monday, 2 March 2026, 01:00 UTC, until the test advances it."""
    return FakeClock()


@pytest.fixture(autouse=True)
def _time_to_prove(monkeypatch):
    """A slow machine proves as much as a fast one; who tests giving up brings a budget."""
    monkeypatch.setattr(budget, "SECONDS", 60.0)


@pytest.fixture(autouse=True)
def _no_key_is_held():
    """A shortcut that a test pressed is over with it: Qt remembers Ctrl until another key comes."""
    yield
    if QGuiApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


@pytest.fixture(autouse=True)
def _language_as_before(monkeypatch):
    """A test that speaks another language speaks it alone."""
    monkeypatch.setattr(i18n._State, "language", i18n._State.language)
    monkeypatch.setattr(i18n._State, "catalogue", i18n._State.catalogue)


@pytest.fixture(autouse=True)
def _no_unexpected_warning(caplog):
    """A warning of ours fails the test, unless the test takes note of it with `caplog.clear()`."""
    yield
    heard = [
        f"{record.name}: {record.getMessage()}"
        for record in (*caplog.get_records("setup"), *caplog.get_records("call"))
        if record.name.split(".")[0] == "pmdesk" and record.levelno >= logging.WARNING
    ]
    assert not heard, heard


@pytest.fixture
def clerk(office):
    """王芳 at the front desk."""
    return office.session("clerk")


@pytest.fixture
def manager(office):
    """李静, who edits rules."""
    return office.session("manager")


@pytest.fixture
def manager2(office):
    """赵磊, a second manager."""
    return office.session("manager2")


@pytest.fixture
def reviewer(office):
    """陈磊, who looks and decides on rules."""
    return office.session("reviewer")


@pytest.fixture
def admin(office):
    """周敏, the administrator."""
    return office.session("admin")


@pytest.fixture
def cheap_keys(monkeypatch):
    """Deriving the key of a backup takes a moment, not a second."""
    monkeypatch.setattr(Shelf.__init__, "__defaults__", (CHEAP,))
    monkeypatch.setattr(restoring, "Kdf", lambda: CHEAP)
