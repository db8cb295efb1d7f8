"""Killed while backing up or restoring: nothing half is taken for whole, and the next one works."""

import os
import random
import shutil
from typing import Any

import pytest

from pmdesk.app import offices
from pmdesk.domain.backups import Owner
from pmdesk.domain.progress import silent
from pmdesk.store import audit
from pmdesk.store.backup import container, lock, making, opening, proving, restoring
from tests.faults import backing_up
from tests.faults.backing_up import LOGIN, SECRET
from tests.faults.killing import Victims
from tests.faults.saver import described
from tests.faults.scale import counted, times
from tests.offices import CHEAP, PASSPHRASE, resident

RUNS = times(10, 100)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks its backups")


@pytest.fixture
def office(founded, tmp_path, clock):
    copy = founded.copied(tmp_path / "office", clock)
    copy.session(LOGIN)
    lock.put(copy.opened[LOGIN], SECRET, CHEAP)
    yield copy
    copy.close()


@pytest.fixture
def victims(office):
    """The program; its office is this one."""
    program = Victims(backing_up.__name__, described(office.folder, office.founded.signers[LOGIN]))
    yield program
    program.close()


def back_up(office, to):
    vault = office.opened[LOGIN]
    found = lock.require_set(lock.load(vault.folder, vault.header))
    return making.make(vault, to, found, now=office.clock.now(), name="last", tell=silent)[0]


def is_whole(path, work):
    found = container.opened(path)
    work.mkdir(exist_ok=True)
    keys = opening.by_passphrase(found, SECRET)
    proving.prove(found, keys.data, work, silent)
    for left in work.iterdir():
        left.unlink()
    return True


def test_a_killed_backup_is_no_backup_and_the_next_one_is(office, victims, tmp_path, figure):
    chance, to = random.Random(5), tmp_path / "to"
    to.mkdir()
    office.close()
    longest = victims.timed("backup", to)
    finished = [
        victims.killed(chance.uniform(0, longest), "backup", to)
        for _run in counted("kills in a backup", RUNS)
    ]

    assert not all(finished), "some were killed in the middle"
    found = sorted(to.glob("*.pmbak"))
    assert sum(finished) < len(found) <= RUNS + 1
    assert all(is_whole(path, tmp_path / "work") for path in found)
    office.session(LOGIN)
    last = back_up(office, to)
    assert is_whole(last, tmp_path / "work")
    assert sorted(to.iterdir()) == sorted([*found, last]), "what the killed ones left is gone"
    assert not list(office.folder.glob(f"{making.WORKING}*"))
    assert office.broken_link() is None
    figure(
        "kills in a backup", RUNS, f"{len(finished) - sum(finished)} in the middle, 0 half backups"
    )


def test_a_killed_restore_is_no_office_and_the_next_one_is(
    office, victims, tmp_path, clock, figure
):
    chance, place = random.Random(6), tmp_path / "place"
    (tmp_path / "to").mkdir()
    file = back_up(office, tmp_path / "to")
    office.close()
    longest = victims.timed("restore", file, place / "unhurt")
    finished = []
    for run in counted("kills in a restore", RUNS):
        folder = place / f"restored-{run}"
        finished.append(victims.killed(chance.uniform(0, longest), "restore", file, folder))
        if finished[-1] or folder.exists():
            offices.sign_in(folder, LOGIN, PASSPHRASE, clock).close()

    assert not all(finished), "some were killed in the middle"
    folders = [place / f"restored-{run}" for run in range(RUNS)]
    folder = next((one for one in folders if not one.exists()), place / "restored-last")
    restore(file, folder, clock)
    offices.sign_in(folder, LOGIN, PASSPHRASE, clock).close()
    assert not (place / f"{making.WORKING}{folder.name}").exists()
    figure(
        "kills in a restore", RUNS, f"{len(finished) - sum(finished)} in the middle, 0 half offices"
    )


def test_a_killed_replacement_leaves_the_office_as_it_was_or_as_the_backup(
    office, victims, tmp_path, clock, figure
):
    chance = random.Random(7)
    (tmp_path / "to").mkdir()
    file = back_up(office, tmp_path / "to")
    resident(office.session(LOGIN))
    office.close()
    shutil.copytree(office.folder, tmp_path / "unhurt")
    longest = victims.timed("replace", file, tmp_path / "unhurt")
    finished = []
    for run in counted("kills in a replacement", RUNS):
        folder = tmp_path / f"office-{run}"
        shutil.copytree(office.folder, folder)
        finished.append(victims.killed(chance.uniform(0, longest), "replace", file, folder))

        opened = offices.sign_in(folder, "clerk", PASSPHRASE, clock)
        with opened.session.store.reading() as work:
            people = work.people.count()
            log: Any = work.audit
            broken = audit.verify(log.links(), log.keys())
        replaced = opened.vault.header.gen == 2
        opened.close()
        assert broken is None
        assert people == (10 if replaced else 11)
        assert replaced or not finished[-1]
    assert not all(finished)
    figure(
        "kills in a replacement", RUNS, f"{len(finished) - sum(finished)} in the middle, old or new"
    )


def restore(file, folder, clock):
    found = container.opened(file)
    keys = opening.by_passphrase(found, SECRET)
    owner = Owner(folder=folder, login=LOGIN, name="", password=PASSPHRASE)
    into = restoring.Into(owner=owner, clock=clock, cost=CHEAP)
    restoring.restore(found, keys, into, silent)
