"""Copies in other places: pulled, full or slow sticks, and what is kept in each."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from pmdesk.domain.backups import Plan, When
from pmdesk.domain.progress import silent
from pmdesk.errors import PmdeskError, StorageError
from pmdesk.store import anchors, chain
from pmdesk.store.backup import container
from pmdesk.store.shelf import Shelf
from tests.offices import CHEAP
from tests.store.backup.conftest import SECRET

KNOWN: tuple[str, ...] = ()


class CancelledError(PmdeskError):
    """Somebody pressed Cancel."""


@pytest.fixture
def shelf(office, tmp_path):
    """The backups of an office with two sticks."""
    office.session("admin")
    made = Shelf(office.opened["admin"], CHEAP)
    made.set_passphrase(SECRET)
    sticks = (tmp_path / "red", tmp_path / "blue")
    for stick in sticks:
        stick.mkdir()
    made.put_plan(Plan(when=When.OFF, places=sticks))
    return made


def make(shelf, office, *, pinned=KNOWN, tell=silent):
    return shelf.make(office.clock, KNOWN, pinned, tell)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.ENODEV])
def test_a_stick_that_is_pulled_while_it_is_written_costs_only_its_own_copy(
    shelf, office, tmp_path, monkeypatch, code
):
    real = os.fsync
    red = os.fspath(tmp_path / "red")

    def pulled(descriptor):
        if str(Path(f"/proc/self/fd/{descriptor}").readlink()).startswith(red):
            shutil.rmtree(red)
            raise OSError(code, os.strerror(code))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", pulled)
    made = make(shelf, office)

    assert made.path.exists()
    assert made.absent == (tmp_path / "red",)
    assert [one.parent for one in made.copies] == [tmp_path / "blue"]
    assert shelf.prove(made.copies[0], SECRET, silent).sha256 == made.facts.sha256


def test_the_disk_of_the_office_that_fails_leaves_nothing_half(shelf, office, monkeypatch):
    def failing(_descriptor):
        raise OSError(errno.EIO, "I/O error")

    with monkeypatch.context() as patch:
        patch.setattr("pmdesk.store.backup.container.os.fsync", failing)
        with pytest.raises(StorageError):
            make(shelf, office)

    assert shelf.listed() == ()
    assert make(shelf, office).path.exists()


def test_cancelled_while_copies_are_written_the_backup_itself_stays(shelf, office, tmp_path):
    def tell(done, total):
        if done > 80 * total // 100:
            raise CancelledError("")

    made = make(shelf, office, tell=tell)

    assert made.path.exists()
    assert made.absent == (tmp_path / "red", tmp_path / "blue")
    assert list((tmp_path / "red").iterdir()) == []


def test_pinned_backups_stay_in_every_place(shelf, office, tmp_path):
    first = make(shelf, office)
    pinned = (first.facts.sha256,)
    for _day in range(10):
        office.clock.advance(days=1)
        make(shelf, office, pinned=pinned)

    for place in (first.path.parent, tmp_path / "red"):
        names = {one.name for one in place.glob("*.pmbak")}
        assert first.path.name in names
        assert len(names) < 11


def test_signatures_that_this_session_verified_are_not_verified_again(shelf, office, monkeypatch):
    since = []
    real = chain.check

    def checked(*rest, **more):
        since.append(more.get("since"))
        return real(*rest, **more)

    monkeypatch.setattr(chain, "check", checked)
    make(shelf, office)
    make(shelf, office)

    assert since[0] is None
    assert since[1] is not None
    assert since[1].by == office.opened["admin"].identity.uid


def test_the_word_of_another_account_stands_for_no_verified_entry(shelf, office, monkeypatch):
    office.session("clerk")
    clerk = office.opened["clerk"]
    with clerk.engine.connect() as connection:
        point = anchors.anchor(clerk, connection, office.clock.now())
    since = []
    real = chain.check

    def checked(*rest, **more):
        since.append(more.get("since"))
        return real(*rest, **more)

    monkeypatch.setattr(chain, "check", checked)
    shelf.walked(point)
    make(shelf, office)

    assert since == [None]


def test_a_place_that_is_copied_to_the_internet_is_named(shelf, tmp_path):
    cloud = tmp_path / "OneDrive - 阳光花园" / "备份"
    cloud.mkdir(parents=True)
    shelf.put_plan(Plan(places=(cloud, tmp_path / "red")))

    own, first, second = shelf.places()

    assert (own.synced, first.synced, second.synced) == ("", "OneDrive", "")


def test_a_copy_that_was_just_written_is_read_from_the_disk(shelf, office, monkeypatch):
    forgotten = []
    monkeypatch.setattr(container, "_forgotten", lambda file: forgotten.append(file.name))

    make(shelf, office)

    assert len(forgotten) == 3
