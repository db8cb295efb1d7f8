"""Killed while backing up or restoring: nothing half is taken for whole, and the next one works."""

import contextlib
import os
import random
import select
import shutil
import signal
import subprocess
import sys
from typing import Any

import pytest

from pmdesk.app import offices
from pmdesk.domain.backups import Owner
from pmdesk.store import audit
from pmdesk.store.backup import container, lock, making, opening, proving, restoring
from tests.checkout import ROOT
from tests.faults.backing_up import LOGIN, SECRET
from tests.faults.saver import described
from tests.offices import CHEAP, PASSPHRASE, founded_office, resident

RUNS = 10
MOST = 14  # reports before the kill
LONGEST = 0.03  # seconds between the last one waited for and the kill

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks its backups")


def quiet(_done, _total):
    """Nobody watches."""


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    return founded_office(tmp_path_factory.mktemp("founded") / "office", people=60)


@pytest.fixture
def office(founded, tmp_path, clock):
    copy = founded.copied(tmp_path / "office", clock)
    copy.session(LOGIN)
    lock.put(copy.opened[LOGIN], SECRET, CHEAP)
    yield copy
    copy.close()


@pytest.fixture
def program(office):
    """The program, waiting for its first line."""
    process: Any
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.backing_up"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        process.stdin.write(described(office.folder, office.founded.signers[LOGIN]) + "\n")
        yield process
        process.stdin.close()
        process.wait()


def killed(program, chance, *line):
    """Runs one, kills it somewhere after it began, and tells whether it was done by then."""
    program.stdin.write(" ".join(map(str, line)) + "\n")
    pid, wanted, seen, done = None, chance.randint(1, MOST), -1, False
    while pid is None or (seen < wanted and not done):
        word, number = read(program)
        pid = number if word == "pid" else pid
        done = word == "done"
        if word == "begun" or seen >= 0:
            seen += 1
    select.select([], [], [], chance.uniform(0, LONGEST))
    if not done:
        with contextlib.suppress(ProcessLookupError):  # it was done meanwhile, and says so below
            os.kill(pid, signal.SIGKILL)
    while True:
        word, _number = read(program)
        done = done or word == "done"
        if word == "dead":
            return done


def read(program):
    line = program.stdout.readline()
    assert line, "the program ended by itself"
    word, number = line.split()
    return word, int(number)


def back_up(office, to):
    vault = office.opened[LOGIN]
    found = lock.require_set(lock.load(vault.folder, vault.header))
    return making.make(vault, to, found, now=office.clock.now(), name="last", tell=quiet)[0]


def is_whole(path, work):
    found = container.opened(path)
    work.mkdir(exist_ok=True)
    keys = opening.by_passphrase(found, SECRET)
    proving.prove(found, keys.data, work, quiet)
    for left in work.iterdir():
        left.unlink()
    return True


def test_a_killed_backup_is_no_backup_and_the_next_one_is(office, program, tmp_path):
    chance, to = random.Random(5), tmp_path / "to"
    to.mkdir()
    office.close()
    finished = [killed(program, chance, "backup", to) for _run in range(RUNS)]

    assert not all(finished), "some were killed in the middle"
    found = sorted(to.glob("*.pmbak"))
    assert sum(finished) <= len(found) <= RUNS
    assert all(is_whole(path, tmp_path / "work") for path in found)
    office.session(LOGIN)
    last = back_up(office, to)
    assert is_whole(last, tmp_path / "work")
    assert sorted(to.iterdir()) == sorted([*found, last]), "what the killed ones left is gone"
    assert not list(office.folder.glob(f"{making.WORKING}*"))
    assert office.broken_link() is None


def test_a_killed_restore_is_no_office_and_the_next_one_is(office, program, tmp_path, clock):
    chance, place = random.Random(6), tmp_path / "place"
    (tmp_path / "to").mkdir()
    file = back_up(office, tmp_path / "to")
    office.close()
    finished = []
    for run in range(RUNS):
        folder = place / f"restored-{run}"
        finished.append(killed(program, chance, "restore", file, folder))
        if finished[-1] or folder.exists():
            offices.sign_in(folder, LOGIN, PASSPHRASE, clock).close()

    assert not all(finished), "some were killed in the middle"
    folders = [place / f"restored-{run}" for run in range(RUNS)]
    folder = next((one for one in folders if not one.exists()), place / "restored-last")
    restore(file, folder, clock)
    offices.sign_in(folder, LOGIN, PASSPHRASE, clock).close()
    assert not (place / f"{making.WORKING}{folder.name}").exists()


def test_a_killed_replacement_leaves_the_office_as_it_was_or_as_the_backup(
    office, program, tmp_path, clock
):
    chance = random.Random(7)
    (tmp_path / "to").mkdir()
    file = back_up(office, tmp_path / "to")
    resident(office.session(LOGIN))
    office.close()
    finished = []
    for run in range(RUNS):
        folder = tmp_path / f"office-{run}"
        shutil.copytree(office.folder, folder)
        finished.append(killed(program, chance, "replace", file, folder))

        opened = offices.sign_in(folder, "clerk", PASSPHRASE, clock)
        with opened.session.store.reading() as work:
            people = work.people.count()
            log: Any = work.audit
            broken = audit.verify(log.links(), log.keys())
        replaced = opened.vault.header.gen == 2
        opened.close()
        assert broken is None
        assert people == (60 if replaced else 61)
        assert replaced or not finished[-1]
    assert not all(finished)


def restore(file, folder, clock):
    found = container.opened(file)
    keys = opening.by_passphrase(found, SECRET)
    owner = Owner(folder=folder, login=LOGIN, name="", password=PASSPHRASE)
    into = restoring.Into(owner=owner, clock=clock, cost=CHEAP)
    restoring.restore(found, keys, into, quiet)
