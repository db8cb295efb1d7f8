"""The surroundings misbehave: clocks jump, cloud tools copy files, sticks are pulled out."""

import errno
import functools
import shutil
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest

from pmdesk.app import entrance, offices
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.progress import silent
from pmdesk.errors import PmdeskError, StorageError
from pmdesk.services import keys, residents, staff
from pmdesk.store import audit
from pmdesk.store.backup import lock, making
from pmdesk.store.vault import folder as files
from pmdesk.store.vault import throttle
from pmdesk.store.vault.kdf import Kdf
from tests.faults.backing_up import LOGIN, SECRET
from tests.faults.power.after import leftovers
from tests.offices import CHEAP, PASSPHRASE, resident

resource = pytest.importorskip("resource", reason="only POSIX lets a test take the disk away")


@pytest.fixture
def office(founded, tmp_path, clock):
    copy = founded.copied(tmp_path / "office", clock)
    yield copy
    copy.close()


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The same password costs its work once."""
    monkeypatch.setattr(Kdf, "derive", functools.lru_cache(Kdf.derive))


def log_of(folder, clock):
    """(seq, action, at) of every entry, oldest first, and what is broken in it."""
    opened = offices.sign_in(folder, "reviewer", PASSPHRASE, clock)
    try:
        with opened.session.store.reading() as work:
            entries = tuple((e.seq, e.action, e.at) for e in reversed(work.audit.recent(10_000)))
            log: Any = work.audit
            return entries, audit.verify(log.links(), log.keys())
    finally:
        opened.close()


# ---- clocks ----------------------------------------------------------------------------------


def test_a_clock_that_jumps_is_on_record_and_refuses_nobody(office, clock):
    began = clock.now()
    for step in (timedelta(0), timedelta(days=-365), timedelta(days=3650), timedelta(days=-3285)):
        clock.advance(seconds=step.total_seconds())
        offices.sign_in(office.folder, "clerk", PASSPHRASE, clock).close()

    entries, broken = log_of(office.folder, clock)
    numbers = [seq for seq, _action, _at in entries]
    moments = [at for _seq, _action, at in entries]
    back = [action for _seq, action, _at in entries].count("clock.back")
    assert broken is None
    assert numbers == list(range(1, len(entries) + 1))
    assert moments != sorted(moments), "the order is that of the numbers, not of the clock"
    assert back == 2
    assert clock.now() > began - timedelta(days=1)


@pytest.mark.parametrize("jump", [{"days": -365}, {"days": 3650}])
def test_a_clock_that_jumps_neither_ends_nor_stretches_the_wait(office, clock, jump):
    folder = office.folder
    for _attempt in range(6):
        with pytest.raises(PmdeskError):
            offices.sign_in(folder, "clerk", "wrong words indeed here", clock)
        clock.advance(seconds=throttle.wait(folder, clock))
    with pytest.raises(PmdeskError):
        offices.sign_in(folder, "clerk", "wrong words indeed here", clock)
    before = throttle.wait(folder, clock)

    clock.advance(**jump)

    after = throttle.wait(folder, clock)
    assert before > 0
    assert after <= before
    clock.advance(seconds=after)
    offices.sign_in(folder, "clerk", PASSPHRASE, clock).close()


@pytest.mark.parametrize(
    "text",
    [
        *('{"failures": 9, "last": NaN}', '{"failures": 9, "last": 1e400}', '{"failures": 1e400}'),
        *('{"failures": 99999, "last": 4e9}', "[]", "\0", '{"failures": -1, "last": 0}'),
    ],
)
def test_a_spoilt_record_of_failures_never_locks_the_office_for_good(office, clock, text):
    (office.folder / files.THROTTLE).write_text(text, encoding="utf-8")

    waited = throttle.wait(office.folder, clock)

    assert waited <= 900
    clock.advance(seconds=waited)
    offices.sign_in(office.folder, "clerk", PASSPHRASE, clock).close()


# ---- cloud tools -----------------------------------------------------------------------------

COPIES = (
    *("vault (1).json", "vault-冲突副本.json", "data-000001 (1).db", "data-000001-冲突.db"),
    *("app (1).lock", "throttle (1).json", "data-000001 (conflicted copy).db-wal"),
)


def test_copies_that_a_cloud_tool_makes_are_neither_read_nor_thrown_away(office, clock):
    """One of them may hold what somebody saved on the other computer."""
    for name in COPIES:
        (office.folder / name).write_bytes(b"from another computer")
    office.session(LOGIN)
    lock.put(office.opened[LOGIN], SECRET, CHEAP)
    office.close()

    for login in office.founded.signers:
        entrance.sign_in(office.folder, login, PASSPHRASE, clock, None).close()

    assert {path.name for path in office.folder.iterdir()} >= set(COPIES)


def test_a_lock_file_from_another_computer_locks_nobody_out(office, clock):
    (office.folder / files.LOCK).write_bytes(b"4711 on another computer")

    offices.sign_in(office.folder, "clerk", PASSPHRASE, clock).close()


# ---- disks that are gone ---------------------------------------------------------------------


@contextmanager
def unwritable():
    """No byte can be written to any file, as when a stick was pulled out."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_nothing_is_lost_when_the_disk_takes_no_more_bytes(office, clock):
    clerk, admin = office.session("clerk"), office.session(LOGIN)
    person = resident(clerk)
    caught = []
    acts = (
        functools.partial(resident, clerk, "欧阳远山"),
        functools.partial(staff.disable, admin, office.founded.signers["reviewer"].uid),
        functools.partial(keys.rotate, admin, silent),
    )
    with unwritable():
        for act in acts:
            try:
                act()
            except StorageError as error:
                caught.append(error)

    assert len(caught) == len(acts)
    assert all(error.remedy for error in caught)
    office.close()
    entered = offices.sign_in(office.folder, "reviewer", PASSPHRASE, clock)
    assert person in residents.found(entered.session, ResidentQuery())
    entered.close()
    assert list(leftovers(office.folder)) == []


def test_a_stick_pulled_out_in_a_backup_is_said_and_leaves_the_office_well(office, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    office.session(LOGIN)
    vault = office.opened[LOGIN]
    lock.put(vault, SECRET, CHEAP)
    found = lock.require_set(lock.load(vault.folder, vault.header))

    def pulled(done, _total):
        if done >= 40:
            shutil.rmtree(stick, ignore_errors=True)

    with pytest.raises(StorageError):
        making.make(vault, stick, found, now=office.clock.now(), name="b", tell=pulled)

    assert not stick.exists()
    assert resident(office.session("clerk"))
    office.close()
    assert list(leftovers(office.folder)) == []


def test_nothing_saved_is_lost_when_the_disk_fails_right_after_new_keys_took_hold(
    office, clock, monkeypatch
):
    """The names were swapped, and the disk fails before it says that they are safe."""
    admin, whole = office.session(LOGIN), files.sync_folder

    def failing(folder):
        if files.load_header(office.folder).gen > 1:
            raise OSError(errno.EIO, "the stick is gone")
        whole(folder)

    monkeypatch.setattr(files, "sync_folder", failing)
    with pytest.raises(StorageError):
        keys.rotate(admin, silent)
    monkeypatch.undo()

    saved = []
    with suppress(PmdeskError):  # the office may be closed: whoever works in it signs in anew
        saved.append(resident(admin, "欧阳远山"))
    office.close()
    opened = offices.sign_in(office.folder, LOGIN, PASSPHRASE, clock)
    assert set(saved) <= set(residents.found(opened.session, ResidentQuery()))
    opened.close()
