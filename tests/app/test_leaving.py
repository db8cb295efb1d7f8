"""Closing the window backs up what was changed; locking does not wait for that."""

import pytest

from pmdesk.services import backups
from pmdesk.store.shelf import Shelf
from tests.offices import CHEAP, resident

SECRET = "granite teapot willow sunrise 47"


@pytest.fixture
def at_work(desk, sign_in, monkeypatch):
    """The administrator is signed in, with a backup passphrase, and has changed something."""
    monkeypatch.setattr(Shelf.__init__, "__defaults__", (CHEAP,))
    sign_in("admin")
    session = desk.room.entered.session
    backups.set_passphrase(session, SECRET)
    resident(session)
    return desk


def test_closing_the_window_makes_the_backup_of_the_plan(at_work, folder, settled):
    at_work.room.main.close()

    assert at_work.room is None
    assert len(list((folder / "backups").glob("*.pmbak"))) == 1
    assert not list(folder.glob(".pmdesk-backup-*"))


def test_locking_is_at_once(at_work, folder):
    at_work.lock()

    assert not (folder / "backups").exists()
