"""A backup that cannot be made says why: a damaged data file, or a passphrase that lapsed."""

import pytest

from pmdesk.app import offices
from pmdesk.domain.progress import silent
from pmdesk.errors import RefusedError, StorageError, VaultDamagedError, VaultError
from pmdesk.services import backups
from pmdesk.store.backup import making
from pmdesk.store.shelf import Shelf
from tests.offices import CHEAP

SECRET = "granite teapot willow sunrise 47"


@pytest.fixture
def ready(admin, monkeypatch):
    """The administrator of an office whose backup passphrase is set, by a key that is cheap."""
    monkeypatch.setattr(Shelf.__init__, "__defaults__", (CHEAP,))
    backups.set_passphrase(admin, SECRET)
    return admin


def make(session):
    return backups.make(session, silent)[1]


@pytest.mark.parametrize("share", [0.35, 0.5, 0.65, 0.8, 0.97])
def test_a_damaged_data_file_is_called_that_and_nothing_else(ready, office, share):
    office.close()
    (data,) = office.folder.glob("data-*.db")
    raw = bytearray(data.read_bytes())
    at = int(len(raw) * share)
    raw[at : at + 40] = bytes(byte ^ 0xFF for byte in raw[at : at + 40])
    data.write_bytes(raw)

    with pytest.raises(VaultDamagedError, match="data file of the office is damaged"):
        make(office.session("admin"))
    assert not list(office.folder.rglob("*.pmbak"))


def test_the_first_error_counts_where_the_failure_cannot_be_recorded(ready, monkeypatch):
    def full(*_rest, **_more):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(making, "make", full)
    monkeypatch.setattr(backups, "_log", lambda *_rest: _refuse())
    with pytest.raises(VaultError, match="disk is full"):
        make(ready)


def _refuse():
    raise RefusedError("Nothing is written any more.")


def test_after_a_recovery_the_state_says_that_the_passphrase_lapsed(ready, office, founded):
    assert not backups.state(ready).lapsed
    path = make(ready).path
    office.close()

    opened, _key = offices.recover(
        office.folder, founded.recovery, "admin", "cobalt harbor lantern finch 9", office.clock
    )
    try:
        state = backups.state(opened.session)
        assert (state.ready, state.lapsed) == (False, True)
        backups.set_passphrase(opened.session, "orchard velvet signal tundra 8")
        state = backups.state(opened.session)
        assert (state.ready, state.lapsed) == (True, False)
        backups.prove(opened.session, path, SECRET, silent)
    finally:
        opened.close()
