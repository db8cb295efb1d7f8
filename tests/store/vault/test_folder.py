"""Files are whole or not written, and each header lies there twice."""

import os
import stat
import sys

import pytest

from pmdesk.errors import StorageError, VaultBusyError, VaultDamagedError, VaultTooNewError
from pmdesk.store.vault import folder as files
from pmdesk.store.vault import trust


def test_a_written_file_is_private_and_leaves_nothing_beside_it(tmp_path):
    files.write_atomic(tmp_path / "a", b"old")
    files.write_atomic(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("call", "number", "word"), [("fsync", 28, "full"), ("replace", 30, "may not write")]
)
def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch, call, number, word):
    files.write_atomic(tmp_path / "a", b"old")

    def fail(*_):
        raise OSError(number, "no")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(StorageError, match=word):
        files.write_atomic(tmp_path / "a", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_scanner_that_holds_the_file_for_a_moment_is_waited_for(tmp_path, monkeypatch):
    real = os.replace
    pauses: list[float] = []

    def held(source, target):
        if len(pauses) < 3:
            raise PermissionError(13, "held")
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    files.write_atomic(tmp_path / "a", b"new", pauses.append)
    assert (tmp_path / "a").read_bytes() == b"new"
    assert len(pauses) == 3


def test_a_scanner_that_never_lets_go_is_reported(tmp_path, monkeypatch):
    def held(_source, _target):
        raise PermissionError(13, "held")

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(StorageError):
        files.write_atomic(tmp_path / "a", b"new", lambda _seconds: None)


def test_the_name_is_on_the_disk_before_the_write_counts(tmp_path, monkeypatch):
    synced = []
    real = os.fsync

    def noted(descriptor):
        synced.append(os.fstat(descriptor).st_mode)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    files.write_atomic(tmp_path / "a", b"new")
    assert [stat.S_ISDIR(mode) for mode in synced] == [False, True]


@pytest.mark.parametrize("damage", [None, b"", b"half"])
def test_a_damaged_header_falls_back_to_its_copy_and_is_mended_at_sign_in(office, damage):
    raw, path = office.raw(), office.folder / "vault.json"
    path.unlink() if damage is None else path.write_bytes(damage)
    office.sign_in("clerk").close()
    assert path.read_bytes() == raw


def test_a_damaged_copy_is_mended_at_sign_in(office):
    (office.folder / "vault.copy.json").write_bytes(office.raw()[:100])
    office.sign_in("clerk").close()
    assert (office.folder / "vault.copy.json").read_bytes() == office.raw()


def test_when_both_are_damaged_a_plain_sentence_points_to_the_backup(office, answer):
    office.write(office.raw()[:-1])
    kind, sentence, remedy, _places = answer(lambda: office.sign_in("clerk"))
    assert kind is VaultDamagedError
    assert "damaged" in sentence
    assert "backup" in remedy


def test_a_newer_header_is_not_hidden_by_an_older_copy(office):
    (office.folder / "vault.json").write_bytes(office.raw().replace(b'"version":1', b'"version":2'))
    with pytest.raises(VaultTooNewError):
        office.sign_in("clerk")


def test_a_folder_without_an_office_says_so(tmp_path, answer):
    assert not files.exists(tmp_path)
    kind, sentence, _remedy, _places = answer(lambda: files.load_header(tmp_path / "none"))
    assert kind is VaultDamagedError
    assert "no key file" in sentence


def test_a_header_that_cannot_be_read_is_a_matter_of_the_disk(tmp_path, answer):
    (tmp_path / "vault.json").mkdir()
    assert answer(lambda: files.load_header(tmp_path))[0] is StorageError


def test_a_copy_that_cannot_be_written_does_not_undo_the_header(office, monkeypatch):
    header = files.load_header(office.folder)
    (office.folder / "vault.copy.json").unlink()
    real = os.replace

    def only_first(source, target):
        if os.fspath(target).endswith("copy.json"):
            raise OSError(28, "full")
        real(source, target)

    monkeypatch.setattr(os, "replace", only_first)
    files.save_header(office.folder, header)
    assert trust.read(office.raw()) == header


def test_the_lock_is_for_one(tmp_path):
    lock = files.locked(tmp_path)
    with pytest.raises(VaultBusyError):
        files.locked(tmp_path)
    lock.release()
    files.locked(tmp_path).release()


def test_a_lock_that_cannot_be_made_is_a_matter_of_the_disk(tmp_path, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError(30, "read-only")

    monkeypatch.setattr("filelock.FileLock.acquire", fail)
    with pytest.raises(StorageError):
        files.locked(tmp_path)


def test_plain_sqlite_files_are_found(tmp_path):
    (tmp_path / "data-000001.db").write_bytes(b"SQLite format 3\0...")
    (tmp_path / "vault.json").write_bytes(b"{}")
    assert files.plain_files(tmp_path) == ("data-000001.db",)


def test_a_file_that_was_named_as_the_folder_holds_no_office(tmp_path):
    (tmp_path / "list.xlsx").write_bytes(b"")

    with pytest.raises(VaultDamagedError, match="no key file"):
        files.load_header(tmp_path / "list.xlsx")
