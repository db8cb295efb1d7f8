"""One office and one backup of it, made once; tests work on copies."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pmdesk.domain.backups import Newer, Owner
from pmdesk.domain.progress import silent
from pmdesk.store.backup import container, lock, making, opening, restoring
from tests.offices import CHEAP, P2, PASSPHRASE, answers, consenting, founded_office

SECRET = "granite teapot willow sunrise 47"
NAME = "欧阳远山"


@dataclass(frozen=True, repr=False)
class Kept:
    """A backup and what opens it."""

    path: Path
    recovery: str
    person: int
    founded: Any


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    return founded_office(tmp_path_factory.mktemp("founded") / "office")


@pytest.fixture
def office(founded, tmp_path, clock):
    copy = founded.copied(tmp_path / "office", clock)
    yield copy
    copy.close()


@pytest.fixture
def back_up(tmp_path):
    """Makes a backup of that office."""

    def back_up(office, to=None, *, name="pmdesk", tell=silent, secret=SECRET):
        office.session("admin")
        vault = office.opened["admin"]
        to = to or tmp_path / "backups"
        to.mkdir(exist_ok=True)
        found = lock.load(vault.folder, vault.header) or lock.put(vault, secret, CHEAP)
        path, _proof = making.make(vault, to, found, now=office.clock.now(), name=name, tell=tell)
        return path

    return back_up


@pytest.fixture(scope="session")
def made(founded, tmp_path_factory):
    """A backup of an office with one person."""
    from tests.fakes import FakeClock

    place = tmp_path_factory.mktemp("made")
    office = founded.copied(place / "office", FakeClock())
    person = consenting(
        office.session("clerk"), P2, name=NAME, values=answers(clean_need="in_home")
    )
    office.session("admin")
    vault = office.opened["admin"]
    found = lock.put(vault, SECRET, CHEAP)
    path, _proof = making.make(
        vault, place, found, now=office.clock.now(), name="pmdesk", tell=silent
    )
    office.close()
    return Kept(path=path, recovery=founded.recovery, person=person, founded=founded)


@pytest.fixture
def backup(made, tmp_path):
    """A copy of the backup that a test may damage."""
    path = tmp_path / made.path.name
    shutil.copyfile(made.path, path)
    return path


@pytest.fixture
def restore(clock):
    """Restores a backup into a folder and tells what came of it."""

    def restore(path, folder, *, secret=SECRET, login="admin", newer=None, tell=silent, name=""):
        found = container.opened(path)
        keys = opening.by_either(found, secret)
        owner = Owner(folder=folder, login=login, name=name, password=PASSPHRASE)
        into = restoring.Into(owner=owner, clock=clock, newer=newer or Newer(), cost=CHEAP)
        return restoring.restore(found, keys, into, tell)

    return restore
