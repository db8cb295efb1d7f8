"""The command line and the demo work on copies of a real office."""

import shutil

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from pmdesk import i18n
from pmdesk.app import entrance
from pmdesk.app.config import preferences
from pmdesk.app.room import Room
from pmdesk.ui import theme
from tests.app.windows import TestDesk
from tests.offices import PASSPHRASE, founded_office


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """An office with five accounts and active rules; tests work on copies."""
    return founded_office(tmp_path_factory.mktemp("founded") / "office")


@pytest.fixture
def office(founded, tmp_path, clock):
    """A copy of the office."""
    copy = founded.copied(tmp_path / "office", clock)
    yield copy
    copy.close()


@pytest.fixture(autouse=True)
def _spoken_as_before(monkeypatch):
    """Commands choose a language for the whole program; the next test finds the old one."""
    for name in ("language", "catalogue"):
        monkeypatch.setattr(i18n._State, name, getattr(i18n._State, name))


@pytest.fixture
def dressed(monkeypatch, qapp):
    """Sentences are compared as they stand in the code."""
    monkeypatch.setattr("pmdesk.app.window._preload", lambda: None)
    monkeypatch.setattr(i18n._State, "language", "en")
    sheet, font = qapp.styleSheet(), qapp.font()
    theme.apply(theme.loaded(theme.Scheme.LIGHT), qapp)
    yield
    qapp.setStyleSheet("")  # as `theme.apply`: Qt would style what is gone already
    qapp.setStyleSheet(sheet)
    qapp.setFont(font)


@pytest.fixture
def folder(founded, tmp_path):
    """An office that nobody has open."""
    shutil.copytree(founded.folder, tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture
def desk(dressed, qtbot, qapp, tmp_path, clock):
    (tmp_path / "config").mkdir()
    made = TestDesk(qapp, tmp_path / "config", clock)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def settled(desk, qtbot):
    def _settled():
        qtbot.waitUntil(lambda: desk.is_idle)

    return _settled


@pytest.fixture
def sign_in(desk, folder, settled, qtbot):
    """Types login and passphrase into the window."""

    def _sign_in(login="clerk", password=PASSPHRASE, *, at=None):
        if desk.page is None or at is not None:
            desk.gate.start(at or folder)
            qtbot.waitUntil(lambda: desk.gate.shell.was_painted)
        settled()
        desk.page.login.setCurrentText(login)
        desk.page.password.setText(password)
        desk.page.enter.click()
        settled()

    return _sign_in


@pytest.fixture
def room(qtbot, qapp, founded, tmp_path, clock):
    """The manager is signed in, and the window is open."""
    shutil.copytree(founded.folder, tmp_path / "office")
    entered = entrance.sign_in(tmp_path / "office", "manager", PASSPHRASE, clock, None)
    parent = QObject()
    made = Room(entered, qapp, preferences(tmp_path), parent)
    made.show()
    qtbot.waitUntil(lambda: made.main.page is not None)
    yield made
    made.close()
    parent.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
