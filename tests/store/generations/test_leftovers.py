"""What killed work left is gone at the next start; what the header names, and copies, stay."""

import shutil

import pytest

from pmdesk.app import offices
from pmdesk.domain.keys import Before
from pmdesk.store.generations import kept
from pmdesk.store.migrations import HEAD
from pmdesk.store.vault import folder as files
from tests.offices import PASSPHRASE, resident


def names(folder):
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def signed_in(office, clock):
    def _signed_in(login="clerk"):
        return offices.sign_in(office.folder, login, PASSPHRASE, clock)

    return _signed_in


def test_halves_of_killed_work_are_gone_and_the_office_is_whole(office, signed_in):
    resident(office.session("clerk"), "曾国强")
    office.close()
    was = names(office.folder)
    for name in (
        *("data-000002.db", "data-000002.db-wal", "data-000002.db-shm", "data-000000.db"),
        *("vault.json.tmp", "before-upgrade-000001.db", "before-restore-000009.db-wal"),
    ):
        (office.folder / name).write_bytes(b"half")
    (office.folder / ".pmdesk-backup-x").mkdir()
    (office.folder / ".pmdesk-backup-x" / "restored.db").write_bytes(b"half")
    (office.folder / "notes of ours.txt").write_text("stays", "utf-8")

    opened = signed_in()

    assert names(office.folder) - {"data-000001.db-wal", "data-000001.db-shm"} == was | {
        "notes of ours.txt",
        files.LOCK,
        files.THROTTLE,
    }
    opened.close()


def noted(office, clock):
    """The note of a restore that has begun."""
    office.session("admin")
    vault = office.opened["admin"]
    note = kept.noted(vault, Before.RESTORE, at=clock.now(), schema=HEAD)
    kept.save(office.folder, note)
    return note


def test_a_restore_that_did_not_come_about_leaves_no_note(office, clock, signed_in):
    noted(office, clock)
    office.close()
    signed_in().close()

    assert not list(office.folder.glob("before-*"))


def test_killed_right_after_a_restore_the_office_before_is_a_copy(office, clock, signed_in):
    note = noted(office, clock)
    vault = office.opened["admin"]
    header, signer = vault.turned()
    vault.settle()
    shutil.copy(office.folder / "data-000001.db", office.folder / "whole")
    with pytest.raises(KeyboardInterrupt):
        _killed_after_the_swap(vault, header, signer)
    office.close()

    opened = signed_in("admin")

    (one,) = kept.listed(office.folder, opened.vault.header)
    assert one.name == kept.data(office.folder, note).name
    assert (office.folder / one.name).read_bytes() == (office.folder / "whole").read_bytes()
    assert not (office.folder / "data-000001.db").exists()
    path, _note, key = kept.opened_copy(opened.vault, one.name)
    assert path.exists()
    assert any(key)
    opened.close()


def _killed_after_the_swap(vault, header, signer):
    from pmdesk.store.backup.making import copy_pages
    from pmdesk.store.generations import turning

    def fill(path, key):
        with vault.engine.connect() as connection:
            copy_pages(connection.connection.driver_connection, path, key, lambda _d, _t: None)

    def die():
        raise KeyboardInterrupt

    vault.close, closing = die, vault.close
    try:
        turning.turned_over(vault, (header, signer), fill)
    finally:
        vault.close = closing


def test_what_cannot_be_removed_does_not_keep_anybody_out(office, clock, signed_in, monkeypatch):
    (office.folder / "data-000007.db").write_bytes(b"half")
    unlink = type(office.folder).unlink

    def held(path, **rest):
        if path.name == "data-000007.db":
            raise PermissionError
        unlink(path, **rest)

    monkeypatch.setattr(type(office.folder), "unlink", held)

    signed_in().close()
