"""The power fails during a backup, a restore or new keys: the old or the new, never half of one."""

import functools
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pmdesk.app import offices
from pmdesk.services import residents
from pmdesk.store.backup import container, lock
from pmdesk.store.vault import folder as files
from pmdesk.store.vault.kdf import Kdf
from tests.faults import backing_up
from tests.faults.backing_up import LOGIN, SECRET
from tests.faults.power import after, recording
from tests.faults.power.recording import Recorder
from tests.faults.saver import described
from tests.faults.scale import LONG, counted, times
from tests.offices import CHEAP, PASSPHRASE, entry, resident

CUTS = times(20, 200)  # of each kind
CONTROLS = times(200, 100)  # at the most: a short run ends with the first that is lost
OLDEST = Path(__file__).parent / "golden" / "0001"
WHOLE = 20  # every so many cuts everybody signs in with their password

pytestmark = pytest.mark.skipif(bool(recording.why_not()), reason=recording.why_not())


@dataclass(frozen=True)
class World:
    """An office, its backup, and what was done to them, by name."""

    founded: Any
    made: dict[str, Any]
    people: int  # in the office when it was turned; one less in the backup


@pytest.fixture(scope="module")
def world(founded, tmp_path_factory):
    """In one folder the office, a backup in `to`, and `place` for another office."""
    from tests.fakes import FakeClock

    folder = tmp_path_factory.mktemp("turning")
    (folder / "world" / "to").mkdir(parents=True)
    (folder / "world" / "place").mkdir()
    office = founded.copied(folder / "world" / "office", FakeClock())
    office.session(LOGIN)
    lock.put(office.opened[LOGIN], SECRET, CHEAP)
    office.close()
    first = described(office.folder, founded.signers[LOGIN])
    recorder = Recorder(backing_up.__name__, first, folder / "world", folder / "calls")
    at = folder / "world"
    recorder.run("backup", at / "to")
    (file,) = (at / "to").glob(f"*{container.SUFFIX}")
    recorder.run("restore", file, at / "place" / "office")
    resident(office.session("clerk"), "欧阳新来")
    people = office.sql("SELECT count(*) FROM person")[0][0]
    office.close()
    shutil.copytree(at / "office", folder / "kept")
    recorder.run("replace", file, at / "office")
    for word in (("rotate",), ("rotate", "sealed")):
        shutil.rmtree(at / "office")
        shutil.copytree(folder / "kept", at / "office")
        recorder.run(*word)
    shutil.copytree(OLDEST / "office", at / "old")
    recorder.run("migrate", at / "old", OLDEST / "golden.json")
    names = ("backup", "restore", "replace", "rotate", "rotate all", "migrate")
    made = dict(zip(names, recorder.close(), strict=True))
    return World(founded=founded, made=made, people=people)


@pytest.fixture
def quick(monkeypatch):
    """The same password costs its work once."""
    monkeypatch.setattr(Kdf, "derive", functools.lru_cache(Kdf.derive))


def backup_faults(_world, _clock, at, told, _number):
    """A backup is there whole or not at all; once it was told, it is there."""
    found = list((at / "to").glob(f"*{container.SUFFIX}"))
    for path in found:
        container.require_intact(container.opened(path), lambda _done, _all: None)
    return ["lost"] if "done 0" in told and not found else []


def restore_faults(world, clock, at, told, number):
    """The restored office opens, or there is none; once it was told, it is there."""
    folder = at / "place" / "office"
    if not folder.exists():
        return ["lost"] if "done 0" in told else []
    opened = offices.sign_in(folder, LOGIN, PASSPHRASE, clock)
    try:
        wrong = [] if len(_people(opened.session)) == world.people - 1 else ["people"]
        return wrong + _damage(opened.vault.engine)
    finally:
        opened.close()


def turning_faults(world, clock, at, told, number):
    """Everybody opens the office as it was before, or everybody as it is after."""
    folder = at / "office"
    turned = files.load_header(folder).gen > 1
    people = {world.people, world.people - 1}
    logins = tuple(world.founded.signers) if number % WHOLE == 0 else (LOGIN,)
    wrong = ["old again"] if "done 0" in told and not turned else []
    for login in logins:
        opened = offices.sign_in(folder, login, PASSPHRASE, clock)
        try:
            wrong += [] if len(_people(opened.session)) in people else ["people"]
            if login == logins[-1]:
                wrong += _damage(opened.vault.engine)
                residents.register(opened.session, entry("李后来"))
        finally:
            opened.close()
    wrong += [] if lock.load(folder, files.load_header(folder)) else ["backup passphrase"]
    return wrong + list(after.leftovers(folder))


def migration_faults(_world, clock, at, _told, number):
    """An office of the first version opens, and holds what it held."""
    golden = json.loads((OLDEST / "golden.json").read_text(encoding="utf-8"))
    wrong = []
    for login in golden["passphrases"] if number % WHOLE == 0 else (LOGIN,):
        opened = offices.sign_in(at / "old", login, golden["passphrases"][login], clock)
        try:
            found = sorted(one.name for one in _people(opened.session))
            wrong += [] if found == sorted(one["name"] for one in golden["people"]) else ["people"]
            wrong += _damage(opened.vault.engine) if login == LOGIN else []
        finally:
            opened.close()
    return wrong + list(after.leftovers(at / "old"))


def _people(session):
    with session.store.reading() as work:
        return list(work.people.rows(range(1, 10_000), today=session.clock.today()))


def _damage(engine):
    with engine.connect() as connection:
        cipher = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all()
        plain = connection.exec_driver_sql("PRAGMA integrity_check").all()
    return ["damage"] if cipher or plain != [("ok",)] else []


CHECKS = {
    "backup": backup_faults,
    "restore": restore_faults,
    "replace": turning_faults,
    "rotate": turning_faults,
    "rotate all": turning_faults,
    "migrate": migration_faults,
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_cut_leaves_the_old_or_the_new(world, name, tmp_path, clock, quick, figure):
    numbers = counted(f"power cuts: {name}", CUTS)
    for number, (at, told) in enumerate(world.made[name].cuts(numbers, name, tmp_path)):
        clock.advance(hours=1)  # a sign-in that was cut off counts as a failed one for a while
        assert CHECKS[name](world, clock, at, told, number) == [], at.name
    figure(f"power cuts: {name}", CUTS, "0 failures")


# ---- controls: what must be seen to be lost --------------------------------------------------

CONTROL = {
    "a backup": ("backup", lambda path: path.endswith(".part")),
    "the folder of backups": ("backup", lambda path: path.endswith("/to")),
    "a restored data file": ("restore", lambda path: ".db" in path),
    "the folder of a new office": ("restore", lambda path: path.endswith("/place")),
    "a replacing data file": ("replace", lambda path: "data-000002.db" in path),
    "new keys": ("rotate", lambda path: path.endswith(".json.tmp")),
    "a data file under new keys": ("rotate", lambda path: "data-000002.db" in path),
    "the folder of new keys": ("rotate", lambda path: path.endswith("/office")),
    "the data file of an older office": ("migrate", lambda path: path.endswith("data-000001.db")),
}


@pytest.mark.parametrize("what", CONTROL)
def test_without_one_sync_something_is_lost(world, what, tmp_path, clock, quick, figure):
    name, deaf = CONTROL[what]
    lost = tried = 0
    for at, told in world.made[name].cuts(range(CONTROLS), what, tmp_path, deaf):
        tried += 1
        lost += is_lost(world, name, at, told, clock)
        if lost and not LONG:
            break
    figure(f"control: no fsync of {what}", tried, f"{lost} lost")
    assert lost > 0


def is_lost(world, name, at, told, clock):
    try:
        return bool(CHECKS[name](world, clock, at, told, 1))
    except Exception:  # noqa: BLE001  # an office that is lost altogether, in whatever way
        clock.advance(hours=1)
        return True
