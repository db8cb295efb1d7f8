"""Starting the window: settings, language and the office come from where they were left."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QMessageBox  # noqa: TID251  # what the prompts are made of

from pmdesk import i18n
from pmdesk.app import entrance, window
from pmdesk.app.config import preferences
from pmdesk.app.gate import NAME
from pmdesk.store.vault import folder as files
from pmdesk.ui.preferences import LANGUAGE, LOGIN, OFFICE
from tests.offices import PASSPHRASE


@pytest.fixture
def apologies():
    """What tells the user of a fault of the program."""
    return []


@pytest.fixture
def kept(tmp_path, monkeypatch, qapp, dressed, apologies):
    """The program starts with these settings, and is closed as soon as it stands."""
    folder = tmp_path / "config"
    folder.mkdir()

    def closed(*_app):
        qapp.aboutToQuit.emit()
        return 0

    monkeypatch.setattr(window, "harden_process", lambda: None)
    monkeypatch.setattr(window, "report_faults", apologies.append)
    monkeypatch.setattr(window, "make_application", lambda _kept: qapp)
    monkeypatch.setattr("pmdesk.app.config.config_folder", lambda: folder)
    monkeypatch.setattr(type(qapp), "exec", closed)
    yield preferences(folder)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_language_asked_for_is_remembered(kept):
    assert window.run(language="zh_CN") == 0

    assert kept.value(LANGUAGE) == "zh_CN"
    assert i18n.language() == "zh_CN"
    assert window.run() == 0
    assert i18n.language() == "zh_CN"


def test_an_office_opened_for_show_is_not_the_one_of_the_next_start(kept, founded, office, clock):
    kept.put(OFFICE, "/srv/office")
    kept.put(LOGIN, "zhoumin")
    kept.put(NAME, "阳光花园")
    entered = entrance.sign_in(office.folder, "clerk", PASSPHRASE, clock, None)

    assert window.run(entered=lambda: entered) == 0
    assert (kept.value(OFFICE), kept.value(LOGIN)) == ("/srv/office", "zhoumin")
    assert kept.value(NAME) == "阳光花园"
    assert not list(office.folder.glob("*-wal"))
    files.locked(office.folder).release()


def test_a_fault_is_told_also_after_the_sign_in_window_is_gone(
    kept, apologies, office, clock, monkeypatch
):
    entered = entrance.sign_in(office.folder, "clerk", PASSPHRASE, clock, None)
    window.run(entered=lambda: entered)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    told = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.detailedText()))
    (apologise,) = apologies
    apologise("the report")

    assert told == ["the report"]
