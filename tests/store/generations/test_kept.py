"""Copies of the office as it was: made before an upgrade, kept for a month, brought back."""

import json
import shutil
from dataclasses import replace

import pytest

from pmdesk.app import offices
from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.keys import Before
from pmdesk.domain.progress import silent
from pmdesk.domain.staff import Role
from pmdesk.errors import (
    NotFoundError,
    RefusedError,
    StorageError,
    VaultDamagedError,
    VaultTooNewError,
    WrongKeyError,
)
from pmdesk.services import keys, person_acts, staff
from pmdesk.store.generations import bringing, kept, rotating, upgrading
from pmdesk.store.migrations import HEAD
from pmdesk.store.vault import folder as files
from pmdesk.store.vault.canonical import canon
from tests.offices import PASSPHRASE, resident

OLDER = "0003"


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_file())


@pytest.fixture
def older(office, monkeypatch):
    """The office says that it is of an older schema; to upgrade it is to say another."""

    def says(engine, schema):
        with engine.connect().execution_options(write=True) as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (schema,))
            connection.commit()

    for module in (upgrading, bringing):
        monkeypatch.setattr(module, "upgrade", lambda engine: says(engine, HEAD))
    office.session("admin")
    says(office.opened["admin"].engine, OLDER)
    office.close()
    return office


def everybody(opened):
    with opened.vault.engine.connect() as connection:
        return {name for (name,) in connection.exec_driver_sql("SELECT name FROM person")}


def signed_in(office, login="admin"):
    return offices.sign_in(office.folder, login, PASSPHRASE, office.clock)


def test_an_upgrade_leaves_a_copy_of_before_that_counts_and_is_listed(older):
    opened = signed_in(older, "clerk")
    opened.close()
    opened = signed_in(older)

    (one,) = keys.state(opened.session).kept
    assert (one.name, one.before, one.schema) == (
        "before-upgrade-000001.db",
        Before.UPGRADE,
        OLDER,
    )
    assert one.size > 0
    assert not (older.folder / one.name).read_bytes().startswith(files.PLAIN)
    opened.close()


def test_the_same_schema_leaves_no_copy(office):
    signed_in(office).close()

    assert not list(office.folder.glob("before-*"))


def test_only_administrators_hold_the_key_of_the_copy(older):
    signed_in(older, "clerk").close()

    note = json.loads((older.folder / "before-upgrade-000001.json").read_bytes())
    admin = older.founded.signers["admin"].uid
    assert set(note["grants"]) == {admin}


def test_the_copy_is_brought_back_with_what_left_since_still_gone(older):
    upgraded = signed_in(older)
    gone = resident(upgraded.session, "张三")
    resident(upgraded.session, "李四", "13800001235", "3-2-502")
    upgraded.close()
    (older.folder / "before-upgrade-000001.json").unlink()
    with_older_schema(older)
    opened = signed_in(older)  # upgrades anew, and puts both people aside
    resident(opened.session, "王五", "13800001236", "3-2-503")
    person_acts.leave(opened.session, gone, ArchiveReason.CONTRACT_ENDED)
    (one,) = keys.state(opened.session).kept

    again = keys.bring_back(opened.session, one.name, silent)

    back = signed_in(older)
    assert everybody(back) == {"李四"}
    assert again == 1
    with back.session.store.reading() as work:
        entry = next(e for e in work.audit.recent(10) if e.action == "restore")
        assert work.proof.check().holds
    assert {f"kept:{one.name}", f"schema:{OLDER}", "replayed:1"} <= set(entry.fields)
    found = keys.state(back.session).kept
    assert {kept.before for kept in found} == {Before.RESTORE, Before.UPGRADE}
    back.close()


def test_what_was_replaced_can_be_brought_back_too(older):
    opened = signed_in(older)
    (one,) = keys.state(opened.session).kept
    resident(opened.session, "王五")
    keys.bring_back(opened.session, one.name, silent)
    without = signed_in(older)
    assert everybody(without) == set()
    before = next(k for k in keys.state(without.session).kept if k.before is Before.RESTORE)

    keys.bring_back(without.session, before.name, silent)

    back = signed_in(older)
    assert everybody(back) == {"王五"}
    back.close()
    signed_in(older, "clerk").close()


def test_the_accounts_stay_as_they_are_now(older):
    opened = signed_in(older)
    (one,) = keys.state(opened.session).kept
    clerk = next(s for s in staff.everyone(opened.session) if s.login == "clerk")
    staff.disable(opened.session, clerk.uid)
    keys.bring_back(opened.session, one.name, silent)

    with pytest.raises(WrongKeyError):
        signed_in(older, "clerk")
    older.clock.advance(seconds=60)
    back = signed_in(older)
    assert not next(s for s in staff.everyone(back.session) if s.login == "clerk").enabled
    back.close()


class StopError(Exception):
    """Somebody pressed the button."""


@pytest.mark.parametrize("at", [0, 70, 100])
def test_stopped_nothing_has_changed_and_no_other_copy_is_there(older, at):
    opened = signed_in(older)
    (one,) = keys.state(opened.session).kept
    was = names(older.folder)

    def stop(done, _total):
        if done >= at:
            raise StopError

    with pytest.raises(StopError):
        keys.bring_back(opened.session, one.name, stop)

    assert names(older.folder) == was
    resident(opened.session, "王五")
    opened.close()


def test_a_full_disk_stops_the_upgrade_before_it_begins(older, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 1 << 20}))
    with pytest.raises(StorageError, match="MB of free space"):
        signed_in(older)

    assert not list(older.folder.glob("before-*"))
    assert schema_of(older) == OLDER


def test_an_upgrade_that_fails_leaves_the_office_as_it_was_and_can_be_tried_again(
    older, monkeypatch
):
    with monkeypatch.context() as patched:
        patched.setattr(upgrading, "upgrade", _breaks)
        with pytest.raises(VaultTooNewError):
            signed_in(older)
    assert schema_of(older) == OLDER

    signed_in(older).close()
    assert schema_of(older) == HEAD
    assert len(list(older.folder.glob("before-upgrade-*.db"))) == 1


def _breaks(_engine):
    raise VaultTooNewError("broken")


def test_a_damaged_copy_is_not_brought_back(older):
    opened = signed_in(older)
    (one,) = keys.state(opened.session).kept
    path = older.folder / one.name
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)

    with pytest.raises(VaultDamagedError):
        keys.bring_back(opened.session, one.name, silent)
    resident(opened.session, "王五")
    opened.close()


def test_a_copy_that_is_gone_is_told(older):
    opened = signed_in(older)
    (one,) = keys.state(opened.session).kept
    (older.folder / one.name).unlink()

    with pytest.raises(NotFoundError):
        keys.bring_back(opened.session, one.name, silent)
    assert keys.state(opened.session).kept == ()
    opened.close()


def test_a_note_that_nobody_of_the_office_signed_is_no_copy(older):
    signed_in(older).close()
    note = older.folder / "before-upgrade-000001.json"
    doc = json.loads(note.read_bytes())
    doc["schema"] = "0001"
    note.write_bytes(canon(doc))
    opened = signed_in(older)

    assert keys.state(opened.session).kept == ()
    assert not (older.folder / "before-upgrade-000001.db").exists()
    opened.close()


def test_who_became_administrator_later_does_not_hold_its_key(older, monkeypatch):
    opened = signed_in(older)
    (one,) = keys.state(opened.session).kept
    manager = next(s for s in staff.everyone(opened.session) if s.login == "manager")
    opened.vault.set_role(manager.uid, Role.ADMIN)
    with opened.session.store.writing() as work:
        work.staff.put(replace(manager, role=Role.ADMIN))
        work.commit()
    opened.close()
    later = signed_in(older, "manager")

    with pytest.raises(RefusedError, match="administrators when it was made"):
        keys.bring_back(later.session, one.name, silent)
    later.close()


def test_an_administrator_with_new_keys_is_told_to_ask_another(older):
    opened = signed_in(older)
    (one,) = keys.state(opened.session).kept
    note = next(kept.notes(older.folder, opened.vault.header))
    other = replace(note, grants={opened.vault.identity.uid: "00" * 80})
    other = replace(other, sig=opened.vault.identity.sign(kept._body(other)).hex())
    kept.save(older.folder, other)

    with pytest.raises(VaultDamagedError, match="new keys since then"):
        keys.bring_back(opened.session, one.name, silent)
    opened.close()


def test_after_a_month_a_copy_goes_at_the_next_sign_in(older):
    signed_in(older).close()
    older.clock.advance(days=30)
    signed_in(older).close()
    assert (older.folder / "before-upgrade-000001.db").exists()
    older.clock.advance(days=1)
    signed_in(older).close()

    assert not list(older.folder.glob("before-*"))


def test_new_sealed_keys_end_all_copies(older):
    opened = signed_in(older)
    rotating.rotate(opened.vault, older.clock, silent, sealed=True)

    assert not list(older.folder.glob("before-*"))


def with_older_schema(older):
    older.session("admin")
    with older.opened["admin"].engine.connect().execution_options(write=True) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (OLDER,))
        connection.commit()
    older.close()


def schema_of(older):
    older.session("admin")
    ((found,),) = older.sql("SELECT version_num FROM alembic_version")
    older.close()
    return found
