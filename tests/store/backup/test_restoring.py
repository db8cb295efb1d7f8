"""From an office to a backup and back: equal, under new keys, and what was erased stays so."""

import os

import pytest

from pmdesk.app import offices
from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.backups import Newer
from pmdesk.domain.progress import silent
from pmdesk.errors import (
    ConflictError,
    RefusedError,
    StorageError,
    WrongKeyError,
)
from pmdesk.services import person_acts, recovery, staff
from pmdesk.services.consent import consents
from pmdesk.store import chain, signers
from pmdesk.store.backup import container, making
from tests.offices import P2, PASSPHRASE, consenting, resident
from tests.store.backup.conftest import NAME, SECRET

GROWS = {  # by restoring and signing in
    *("audit", "audit_salt", "signer", "undertaking", "row_leaves", "row_salt", "row_root"),
}


class CancelledError(Exception):
    """Somebody pressed Cancel."""


def until(percent):
    """Something to tell, at which somebody cancels once it is so far."""

    def tell(done, total):
        if 100 * done >= percent * total:
            raise CancelledError

    return tell


def rows(vault):
    """All rows of all tables, those that restoring adds to left out."""
    with vault.engine.connect() as connection:
        run = connection.exec_driver_sql
        names = [
            name
            for (name,) in run("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith(("sqlite_", "person_search"))
        ]
        return {
            name: sorted(map(repr, run(f'SELECT * FROM "{name}"'))) for name in set(names) - GROWS
        }


def signed_in(folder, clock, login="admin"):
    return offices.sign_in(folder, login, PASSPHRASE, clock)


def lines(office):
    with office.session("manager").store.reading() as work:
        return work.erasures.since()


def test_a_restored_office_is_equal_to_the_one_of_the_backup(office, back_up, restore, tmp_path):
    consenting(office.session("clerk"), P2, name=NAME)
    path = back_up(office)
    before = rows(office.opened["admin"])

    made = restore(path, tmp_path / "new")

    with signed_in(tmp_path / "new", office.clock).vault as vault:
        assert rows(vault) == before
        assert vault.header.vault == office.opened["admin"].header.vault
    assert made.replayed == 0
    assert made.facts.counts["person"] == 1
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(making.WORKING)] == []


def checked_chain(session):
    """The log of the office, by the keys that count there."""
    with session.store.reading() as work:
        return chain.check(work._connection, signers.enrolled(work._connection, work._context))


def test_the_log_of_a_restored_office_holds_and_says_where_it_came_from(
    office, back_up, restore, tmp_path
):
    path = back_up(office)
    entries = len(office.bodies())

    restore(path, tmp_path / "new")

    opened = signed_in(tmp_path / "new", office.clock)
    checked = checked_chain(opened.session)
    with opened.session.store.reading() as work:
        told = next(entry for entry in work.audit.recent(9) if entry.action == "restore")
    opened.close()
    assert checked.broken is None
    assert checked.count > entries
    header = container.opened(path).header
    assert told.fields[0] == f"sha256:{header.sha256}"
    assert told.fields[2] == f"old-head:0:{header.anchor.head}"


def test_the_log_holds_also_after_the_recovery_key_was_changed_at_will(
    office, back_up, restore, tmp_path
):
    admin = office.session("admin")
    for _time in range(2):
        renewal = recovery.begin(admin, PASSPHRASE)
        recovery.finish(admin, renewal, renewal.recovery_key)
    path = back_up(office)

    done = restore(path, tmp_path / "new")

    opened, _key = offices.recover(
        tmp_path / "new", done.recovery_key, "admin", PASSPHRASE, office.clock
    )
    checked = checked_chain(opened.session)
    opened.close()
    assert checked.broken is None


def test_the_recovery_key_opens_a_backup_and_is_renewed_by_it(made, restore, tmp_path, clock):
    done = restore(made.path, tmp_path / "new", secret=made.recovery)

    opened, again = offices.recover(tmp_path / "new", done.recovery_key, "admin", PASSPHRASE, clock)
    opened.close()
    assert again != done.recovery_key != made.recovery
    with pytest.raises(WrongKeyError):
        offices.recover(tmp_path / "new", made.recovery, "admin", PASSPHRASE, clock)


def test_colleagues_come_back_with_a_new_passphrase_and_their_old_entries(
    made, restore, tmp_path, clock
):
    restore(made.path, tmp_path / "new")
    with pytest.raises(WrongKeyError):
        signed_in(tmp_path / "new", clock, "clerk")
    clock.advance(minutes=5)

    opened = signed_in(tmp_path / "new", clock)
    clerk = next(one for one in staff.everyone(opened.session) if one.login == "clerk")
    staff.reset_password(opened.session, clerk.uid, PASSPHRASE)
    opened.close()

    opened = signed_in(tmp_path / "new", clock, "clerk")
    assert opened.session.staff.uid == made.founded.signers["clerk"].uid
    opened.close()


def test_sealed_fields_of_a_restored_office_open(office, back_up, restore, tmp_path):
    session = office.session("admin")
    blob = session.accounts.seal(["x", 1], "座便扶手".encode())
    path = back_up(office)

    restore(path, tmp_path / "new")

    opened = signed_in(tmp_path / "new", office.clock)
    assert opened.vault.open_sealed(["x", 1], blob).decode() == "座便扶手"
    opened.close()


def test_somebody_new_may_restore_and_administers_then(made, restore, tmp_path, clock):
    restore(made.path, tmp_path / "new", login="zheng", name="郑爽朗")

    opened = signed_in(tmp_path / "new", clock, "zheng")
    assert opened.session.staff.name == "郑爽朗"
    assert {one.login for one in staff.everyone(opened.session)} >= {"admin", "clerk", "zheng"}
    opened.close()


def test_nobody_becomes_an_administrator_under_the_login_of_a_clerk(made, restore, tmp_path):
    with pytest.raises(RefusedError, match="no administrator"):
        restore(made.path, tmp_path / "new", login="clerk")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("secret", ["wrong words altogether 12", "BJF1-D1B7"])
def test_a_wrong_passphrase_opens_nothing(made, restore, tmp_path, secret):
    for _attempt in range(20 if secret.startswith("BJF1") else 2):
        with pytest.raises(WrongKeyError):
            restore(made.path, tmp_path / "new", secret=secret)
    assert list(tmp_path.iterdir()) == []


def test_the_recovery_key_of_another_office_opens_nothing(made, restore, tmp_path):
    from pmdesk.store.vault import recovery

    with pytest.raises(WrongKeyError, match="recovery key"):
        restore(made.path, tmp_path / "new", secret=recovery.spelled(bytes(16)))


def test_who_was_erased_after_the_backup_is_not_in_the_restored_office(
    office, back_up, restore, tmp_path
):
    clerk, manager = office.session("clerk"), office.session("manager")
    gone = resident(clerk, NAME)
    unwilling = consenting(clerk, P2, name="王小明", mobile="13800001235", room="3-2-502")
    path = back_up(office)
    person_acts.leave(manager, gone, ArchiveReason.CONTRACT_ENDED)
    consents.withdraw(clerk, unwilling, P2)

    done = restore(path, tmp_path / "new", newer=Newer(erasures=lines(office)))

    assert done.replayed == len(lines(office)) >= 2
    opened = signed_in(tmp_path / "new", office.clock)
    with opened.session.store.reading() as work:
        assert work.people.count() == 1
        assert P2 not in work.consents.live(unwilling)
    found = rows(opened.vault)
    opened.close()
    assert NAME not in str(found)


def test_a_folder_in_use_is_left_alone(made, restore, tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "mine.txt").write_text("x")

    with pytest.raises(ConflictError):
        restore(made.path, folder)
    assert [one.name for one in folder.iterdir()] == ["mine.txt"]


def test_an_empty_folder_may_be_used(made, restore, tmp_path, clock):
    (tmp_path / "new").mkdir()

    restore(made.path, tmp_path / "new")

    signed_in(tmp_path / "new", clock).close()


@pytest.mark.parametrize("percent", [0, 30, 60, 90, 100])
def test_a_cancelled_restore_leaves_nothing(made, restore, tmp_path, percent):
    with pytest.raises(CancelledError):
        restore(made.path, tmp_path / "new", tell=until(percent))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("percent", [0, 35, 55, 90, 100])
def test_a_cancelled_backup_leaves_nothing(office, back_up, tmp_path, percent):
    with pytest.raises(CancelledError):
        back_up(office, tell=until(percent))

    assert list((tmp_path / "backups").iterdir()) == []
    assert list(office.folder.glob(f"{making.WORKING}*")) == []


def test_what_a_crash_left_is_gone_with_the_next_backup(office, back_up, tmp_path):
    to = tmp_path / "backups"
    to.mkdir()
    (to / "pmdesk.pmbak.part").write_bytes(b"half")
    (office.folder / f"{making.WORKING}x").mkdir()

    path = back_up(office, to)

    assert list(to.iterdir()) == [path]
    assert list(office.folder.glob(f"{making.WORKING}*")) == []


def test_two_backups_of_one_second_lie_side_by_side(office, back_up):
    assert [back_up(office).name for _ in range(2)] == ["pmdesk.pmbak", "pmdesk-2.pmbak"]


def test_a_backup_to_a_stick_that_was_pulled_is_told_plainly(office, back_up, tmp_path):
    from pmdesk.store.backup import lock
    from tests.offices import CHEAP

    office.session("admin")
    vault = office.opened["admin"]
    key = lock.put(vault, SECRET, CHEAP)

    with pytest.raises(StorageError):
        making.make(vault, tmp_path / "gone", key, now=office.clock.now(), name="x", tell=silent)
    assert list(office.folder.glob(f"{making.WORKING}*")) == []


def test_a_backup_is_private_and_says_nothing_of_anybody(made):
    raw = made.path.read_bytes()

    assert NAME.encode() not in raw
    assert b"SQLite format 3" not in raw
    if os.name != "nt":
        assert made.path.stat().st_mode & 0o077 == 0
