"""The disk is full, at twenty sizes, or gone: one sentence, and nothing half-written."""

import shutil

import pytest

from pmdesk.domain.backups import Owner
from pmdesk.domain.progress import silent
from pmdesk.errors import StorageError
from pmdesk.store.backup import container, lock, making, opening, restoring
from tests.faults.scale import times
from tests.faults.small_disk import FULL, leave, mounted
from tests.offices import CHEAP, PASSPHRASE

SECRET = "granite teapot willow sunrise 47"
SIZE = 12 << 20
SIZES = times(20, 100)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of twelve megabytes."""
    with mounted(tmp_path / "disk", SIZE) as at:
        yield at


@pytest.fixture
def office(founded, tmp_path, clock):
    copy = founded.copied(tmp_path / "office", clock)
    copy.session("admin")
    lock.put(copy.opened["admin"], SECRET, CHEAP)
    yield copy
    copy.close()


def back_up(office, to, *, name="pmdesk"):
    vault = office.opened["admin"]
    found = lock.require_set(lock.load(vault.folder, vault.header))
    return making.make(vault, to, found, now=office.clock.now(), name=name, tell=silent)[0]


def restore(file, folder, clock):
    found = container.opened(file)
    keys = opening.by_passphrase(found, SECRET)
    owner = Owner(folder=folder, login="admin", name="", password=PASSPHRASE)
    into = restoring.Into(owner=owner, clock=clock, cost=CHEAP)
    return restoring.restore(found, keys, into, silent)


def test_a_full_stick_takes_no_half_backup(small_disk, office, tmp_path, figure):
    (tmp_path / "to").mkdir()
    size = back_up(office, tmp_path / "to").stat().st_size

    for number in range(SIZES):
        filler = leave(small_disk, size * number // SIZES)
        with pytest.raises(StorageError) as caught:
            back_up(office, small_disk)
        assert FULL in caught.value.sentence
        assert list(small_disk.iterdir()) == [filler]

    (small_disk / "filler").unlink()
    assert back_up(office, small_disk).exists()
    assert not list(office.folder.glob(f"{making.WORKING}*"))
    figure("sizes of a full stick for a backup", SIZES, "one sentence each, nothing left")


def test_a_full_disk_takes_no_half_office(small_disk, office, tmp_path, clock, figure):
    (tmp_path / "to").mkdir()
    file = back_up(office, tmp_path / "to")
    size = file.stat().st_size

    for number in range(SIZES):
        filler = leave(small_disk, 2 * size * number // SIZES)
        with pytest.raises(StorageError):
            restore(file, small_disk / "office", clock)
        assert list(small_disk.iterdir()) == [filler]

    (small_disk / "filler").unlink()
    assert restore(file, small_disk / "office", clock).folder.is_dir()
    figure("sizes of a full disk for a restore", SIZES, "one sentence each, nothing left")


def test_an_office_on_a_full_disk_is_backed_up_to_another_once_there_is_room(
    small_disk, office, tmp_path
):
    office.close()
    moved = small_disk / "office"
    shutil.copytree(office.folder, moved)
    office.folder = moved
    office.session("admin")
    (tmp_path / "to").mkdir()
    filler = leave(small_disk, 100_000)

    with pytest.raises(StorageError):
        back_up(office, tmp_path / "to")
    assert list((tmp_path / "to").iterdir()) == []

    filler.unlink()
    assert back_up(office, tmp_path / "to").exists()
