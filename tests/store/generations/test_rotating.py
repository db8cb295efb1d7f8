"""New keys: everybody who may, signs in as before; whoever left opens nothing of what comes."""

import errno
import shutil
from dataclasses import replace

import pytest

from pmdesk.app import offices
from pmdesk.domain.progress import silent
from pmdesk.errors import (
    OfficeClosedError,
    RefusedError,
    StorageError,
    VaultDamagedError,
    WrongKeyError,
)
from pmdesk.services import backups, log_proof, residents, staff
from pmdesk.store.backup import lock
from pmdesk.store.backup.contents import contents as real_contents
from pmdesk.store.generations import rotating
from pmdesk.store.generations.keyring import Keyring
from pmdesk.store.vault import folder as files
from pmdesk.store.vault import trust
from pmdesk.store.vault.engine import make_engine
from pmdesk.store.vault.keys import UnfitKeyError
from tests.offices import ACCOUNTS, CHEAP, PASSPHRASE, PLATE, PLATE_NO, consenting, resident

SECRET = "granite teapot willow sunrise 47"


def rotated(office, **how):
    """The office under new keys, closed."""
    office.session("admin")
    rotating.rotate(office.opened["admin"], office.clock, silent, **how)
    office.close()


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != files.LOCK)


def test_every_active_account_signs_in_with_the_old_passphrase(office, clock):
    resident(office.session("clerk"), "曾国强")

    rotated(office)

    for login in ACCOUNTS:
        opened = offices.sign_in(office.folder, login, PASSPHRASE, clock)
        with opened.session.store.reading() as work:
            assert work.people is not None
        opened.close()
    assert "data-000002.db" in names(office.folder)
    assert "data-000001.db" not in names(office.folder)


def test_the_log_goes_on_with_a_signed_entry(office, clock):
    before = office.bodies()

    rotated(office)

    opened = offices.sign_in(office.folder, "admin", PASSPHRASE, clock)
    with opened.session.store.reading() as work:
        found = [(e.action, e.target, e.fields) for e in work.audit.recent(50)][::-1]
        checked = work.proof.check()
    opened.close()
    assert found[-2:] == [
        ("key.rotate", "keys", ("ops", "gen:2")),
        ("sign_in", "", ()),
    ]
    assert checked.holds
    assert checked.count == len(before) + 2


def test_new_seals_are_no_change_that_the_log_does_not_know(office, clock):
    manager = office.session("manager")
    person = consenting(manager, PLATE)
    residents.seal_value(manager, person, PLATE, PLATE_NO, "演A·12345")

    rotated(office, sealed=True)

    opened = offices.sign_in(office.folder, "admin", PASSPHRASE, clock)
    assert log_proof.rows(opened.session) == ()
    opened.close()


def test_a_disabled_clerk_with_the_old_slot_and_the_new_folder_opens_nothing(office, clock):
    clerk = office.founded.signers["clerk"]
    old = files.load_header(office.folder)
    taken = office.folder.with_name("taken")
    shutil.copytree(office.folder, taken)
    admin = office.session("admin")
    staff.disable(admin, office.session("clerk").staff.uid)
    office.opened.pop("clerk").close()

    rotated(office)

    new = files.load_header(office.folder)
    user = new.user(clerk.uid)
    assert user is not None
    assert user.grants == {}
    with pytest.raises(WrongKeyError):  # the old data key
        make_engine(office.folder / new.db, bytearray(clerk.rings["ops"])).connect()
    for former in old.users:  # old grants, the own and others', in the place of new ones
        with pytest.raises(UnfitKeyError):
            trust.rings_of(new, former, clerk.pair)
    with pytest.raises(WrongKeyError):
        offices.sign_in(office.folder, "clerk", PASSPHRASE, clock)
    offices.sign_in(taken, "clerk", PASSPHRASE, clock).close()  # what we cannot promise


def test_sealed_fields_are_sealed_under_another_key_and_open_as_before(office, clock):
    manager = office.session("manager")
    person = consenting(manager, PLATE)
    residents.seal_value(manager, person, PLATE, PLATE_NO, "演A·12345")
    old = office.founded.signers["manager"].rings["sealed"]
    before = files.load_header(office.folder)

    rotated(office, sealed=True)

    header = files.load_header(office.folder)
    assert header.sealed_pub != before.sealed_pub
    again = offices.sign_in(office.folder, "manager", PASSPHRASE, clock)
    assert residents.open_sealed(again.session, person, PLATE, PLATE_NO, "why") == "演A·12345"
    assert again.vault._signer.rings["sealed"] != old
    again.close()


def test_the_backup_passphrase_stays_in_force_with_new_sealed_keys(office, clock):
    office.session("admin")
    lock.put(office.opened["admin"], SECRET, CHEAP)

    rotated(office, sealed=True)

    found = lock.load(office.folder, files.load_header(office.folder))
    assert found is not None
    found.private(SECRET)
    opened = offices.sign_in(office.folder, "admin", PASSPHRASE, clock)
    _changes, made = backups.make(opened.session, silent)
    _changes, facts = backups.prove(opened.session, made.path, SECRET, silent)
    assert facts.entries
    opened.close()


class StopError(Exception):
    """Somebody pressed the button."""


@pytest.mark.parametrize("at", [0, 40, 60, 90, 95])
@pytest.mark.parametrize("sealed", [False, True])
def test_stopped_at_any_step_nothing_has_changed(office, clock, at, sealed):
    before = files.load_header(office.folder)
    office.session("admin")
    was = names(office.folder)

    def stop(done, _total):
        if done >= at:
            raise StopError

    with pytest.raises(StopError):
        rotating.rotate(office.opened["admin"], clock, stop, sealed=sealed)

    assert files.load_header(office.folder) == before
    assert names(office.folder) == was
    resident(office.session("admin"), "曾国强")  # still open, still writing


def test_a_disk_without_room_is_told_before_anything_is_written(office, clock, monkeypatch):
    office.session("admin")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 1 << 20}))
    with pytest.raises(StorageError, match="MB of free space"):
        rotating.rotate(office.opened["admin"], clock, silent)
    assert "data-000002.db" not in names(office.folder)


def test_only_an_administrator_may(office, clock):
    office.session("manager")
    with pytest.raises(RefusedError):
        rotating.rotate(office.opened["manager"], clock, silent)
    assert "data-000002.db" not in names(office.folder)


def test_nobody_writes_into_the_old_file_meanwhile(office, clock):
    vault = office.opened if office.session("admin") else {}
    seen: list[int] = []

    def write(done, _total):
        if done and not seen:
            engine = make_engine(
                office.folder / "data-000001.db", bytearray(vault["admin"]._signer.rings["ops"])
            )
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA busy_timeout=0")
                with pytest.raises(Exception, match="locked"):
                    connection.exec_driver_sql("DELETE FROM draft")
            engine.dispose()
            seen.append(done)

    rotating.rotate(vault["admin"], clock, write)
    assert seen


def test_who_still_holds_the_closed_office_makes_no_file(office, clock):
    opened = offices.sign_in(office.folder, "admin", PASSPHRASE, clock)
    rotating.rotate(opened.vault, clock, silent)

    with pytest.raises(RefusedError), opened.session.store.reading() as work:
        work.staff.all()
    assert "data-000001.db" not in names(office.folder)


def test_a_sealed_field_that_was_damaged_before_is_counted_and_stays(office, clock):
    manager = office.session("manager")
    person = consenting(manager, PLATE)
    residents.seal_value(manager, person, PLATE, PLATE_NO, "演A·12345")
    with office.opened["manager"].engine.connect().execution_options(write=True) as connection:
        connection.exec_driver_sql("UPDATE sealed_value SET blob = x'00'")
        connection.commit()

    rotated(office, sealed=True)

    opened = offices.sign_in(office.folder, "manager", PASSPHRASE, clock)
    with opened.session.store.reading() as work:
        (entry,) = work.audit.about("keys")
    assert entry.fields == ("ops", "sealed", "gen:2", "spoilt:1")
    with pytest.raises(VaultDamagedError):
        residents.open_sealed(opened.session, person, PLATE, PLATE_NO, "why")
    opened.close()


def test_a_copy_that_is_not_the_same_takes_no_place(office, clock, monkeypatch):
    office.session("admin")
    counted = iter([{"person": 1}, {"person": 2}])
    contents = real_contents

    def other(connection):
        return replace(contents(connection), counts=next(counted))

    monkeypatch.setattr(rotating, "contents", other)
    with pytest.raises(VaultDamagedError, match="not the same"):
        rotating.rotate(office.opened["admin"], clock, silent)

    assert "data-000002.db" not in names(office.folder)


def test_a_fault_of_the_disk_is_a_sentence(office, clock, monkeypatch):
    office.session("admin")

    def full(*_rest):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(rotating, "copy_pages", full)
    with pytest.raises(StorageError, match="disk is full"):
        rotating.rotate(office.opened["admin"], clock, silent)
    assert "data-000002.db" not in names(office.folder)


def test_once_the_header_names_the_new_file_an_error_closes_the_office(office, clock, monkeypatch):
    office.session("admin")
    save = files.save_header

    def late(*rest):
        save(*rest)
        raise StorageError("the folder could not be synced")

    with monkeypatch.context() as patched:
        patched.setattr(files, "save_header", late)
        with pytest.raises(OfficeClosedError, match="It is done"):
            Keyring(office.opened["admin"]).rotate(clock, silent, sealed=False)
    office.close()

    opened = offices.sign_in(office.folder, "clerk", PASSPHRASE, clock)
    assert opened.vault.header.gen == 2
    opened.close()
    assert "data-000001.db" not in names(office.folder)
