"""What an open office lets each role do, and what closing leaves behind."""

from dataclasses import replace

import pytest

from pmdesk.domain.staff import Role
from pmdesk.errors import (
    ConflictError,
    NotFoundError,
    PmdeskError,
    RefusedError,
    StorageError,
    VaultDamagedError,
    WrongKeyError,
)
from pmdesk.store.vault import accounts, keys
from pmdesk.store.vault.header import State

GOOD = "nine velvet trumpets arguing"


def uid_of(opened, login):
    return next(account.uid for account in opened.accounts if account.login == login)


def test_what_a_clerk_seals_only_others_can_read(office):
    with office.sign_in("clerk") as clerk:
        blob = clerk.seal(["resident", 7, "id_number", 1], b"110101")
        assert b"110101" not in blob
        with pytest.raises(RefusedError):
            clerk.open_sealed(["resident", 7, "id_number", 1], blob)
    for login in ("manager", "reviewer", "admin"):
        with office.sign_in(login) as opened:
            assert opened.open_sealed(["resident", 7, "id_number", 1], blob) == b"110101"


def test_a_sealed_value_moved_to_another_resident_is_refused(office):
    opened = office.sign_in("manager")
    blob = opened.seal(["resident", 7], b"110101")
    for info, data in ((["resident", 8], blob), (["resident", 7], blob[:-1]), (["resident"], b"")):
        with pytest.raises(VaultDamagedError):
            opened.open_sealed(info, data)


def test_what_a_clerk_seals_in_bulk_opens_like_every_sealed_value(office):
    with office.sign_in("clerk") as clerk:
        seal = clerk.bulk_seal()
        blob = seal(["held", 7], b"110101")
        assert b"110101" not in blob
        with pytest.raises(RefusedError):
            clerk.open_sealed(["held", 7], blob)
    with office.sign_in("manager") as opened:
        assert opened.open_sealed(["held", 7], blob) == b"110101"
        for info, data in ((["held", 8], blob), (["held", 7], blob[:-1])):
            with pytest.raises(VaultDamagedError):
                opened.open_sealed(info, data)


def test_signatures_carry_the_name_of_who_acts(office):
    clerk = office.sign_in("clerk").identity
    signature = clerk.sign(b"entry").hex()
    assert keys.verified(clerk.public, signature, b"entry")
    assert (clerk.login, clerk.role) == ("clerk", Role.CLERK)


@pytest.mark.parametrize("login", ["clerk", "manager", "reviewer"])
def test_only_administrators_change_accounts(office, login):
    opened = office.sign_in(login)
    other = uid_of(opened, "admin")
    for act in (
        lambda: opened.enrol("new", GOOD, Role.CLERK),
        lambda: opened.set_role(other, Role.CLERK),
        lambda: opened.disable(other),
        lambda: opened.enable(other),
        lambda: opened.reset_password(other, GOOD),
    ):
        before = office.raw()
        with pytest.raises(RefusedError):
            act()
        assert office.raw() == before


def test_a_new_role_brings_its_keys(office):
    with office.sign_in("admin") as admin:
        changed = admin.set_role(uid_of(admin, "clerk"), Role.MANAGER)
        assert changed.role is Role.MANAGER
        admin.set_role(uid_of(admin, "manager"), Role.CLERK)
    with office.sign_in("clerk") as promoted:
        assert promoted.rings == {"ops", "sealed"}
    with office.sign_in("manager") as demoted:
        assert demoted.rings == {"ops"}


def test_a_disabled_account_comes_back_with_its_password(office):
    with office.sign_in("admin") as admin:
        uid = uid_of(admin, "clerk")
        assert admin.disable(uid).state is State.DISABLED
        assert admin.header.user(uid).grants == {}
        assert not admin.disable(uid).active
    with pytest.raises(WrongKeyError):
        office.sign_in("clerk")
    office.clock.pass_by(900)
    with office.sign_in("admin") as admin:
        assert admin.enable(uid).active
    office.sign_in("clerk")


def test_nobody_locks_the_last_administrator_out(office):
    admin = office.sign_in("admin")
    me = admin.identity.uid
    for act in (
        lambda: admin.disable(me),
        lambda: admin.set_role(me, Role.CLERK),
        lambda: admin.reset_password(me, GOOD),
    ):
        with pytest.raises(RefusedError):
            act()
    with pytest.raises(NotFoundError):
        admin.disable("00" * 16)


def test_administrators_enrolled_by_a_former_one_stay_trusted(office):
    with office.sign_in("admin") as first:
        first.enrol("second", GOOD, Role.ADMIN)
    with office.sign_in("second", GOOD) as second:
        second.set_role(uid_of(second, "admin"), Role.CLERK)
        second.enrol("third", GOOD, Role.ADMIN)
    with office.sign_in("third", GOOD) as third:
        third.disable(uid_of(third, "admin"))
    with pytest.raises(WrongKeyError):
        office.sign_in("admin")


def test_logins_and_passwords_of_new_accounts_pass_the_gate(office):
    admin = office.sign_in("admin")
    before = office.raw()
    for login, password in (("CLERK ", GOOD), ("new", "123456789012"), ("", GOOD)):
        with pytest.raises(RefusedError):
            admin.enrol(login, password, Role.CLERK)
    assert office.raw() == before


def test_an_office_has_room_for_so_many_accounts(office, monkeypatch):
    monkeypatch.setattr(accounts, "MOST_USERS", 4)
    with pytest.raises(ConflictError):
        office.sign_in("admin").enrol("new", GOOD, Role.CLERK)


def test_one_changes_the_own_password_with_the_old_one(office):
    with office.sign_in("clerk") as clerk:
        public = clerk.identity.public
        with pytest.raises(WrongKeyError):
            clerk.change_password("wrong", GOOD)
        with pytest.raises(RefusedError):
            clerk.change_password(office.passwords["clerk"], "123456789012")
        clerk.change_password(office.passwords["clerk"], GOOD)
        assert clerk.identity.public == public
    with pytest.raises(WrongKeyError):
        office.sign_in("clerk")
    office.clock.pass_by(900)
    office.sign_in("clerk", GOOD)


def test_an_administrator_sets_a_new_password_for_somebody(office):
    with office.sign_in("admin") as admin:
        uid = uid_of(admin, "manager")
        public = admin.header.user(uid).sig
        assert admin.reset_password(uid, GOOD).uid == uid
        assert admin.header.user(uid).sig != public
    with office.sign_in("manager", GOOD) as manager:
        assert manager.rings == {"ops", "sealed"}


def test_a_new_password_for_an_administrator_keeps_those_they_enrolled(office):
    with office.sign_in("admin") as first:
        second_uid = first.enrol("second", GOOD, Role.ADMIN).uid
    with office.sign_in("second", GOOD) as second:
        second.enrol("third", GOOD, Role.ADMIN)
        with pytest.raises(RefusedError, match="enrolled you"):
            second.reset_password(uid_of(second, "admin"), GOOD)
    with office.sign_in("admin") as first:
        first.reset_password(second_uid, "seven quiet pelicans rowing")
    with office.sign_in("third", GOOD) as third:
        third.enrol("fourth", GOOD, Role.CLERK)


def test_the_recovery_key_is_confirmed_by_typing_it_back(office):
    opened = office.sign_in("clerk")
    assert opened.confirm_recovery(office.recovery_key.replace("-", " ").lower())
    assert not opened.confirm_recovery(office.recovery_key[::-1])
    assert not opened.confirm_recovery("0" * 32)


def test_a_valid_key_of_another_office_is_not_confirmed(office):
    from pmdesk.store.vault import recovery

    assert not office.sign_in("clerk").confirm_recovery(recovery.spelled(bytes(16)))


def test_closing_leaves_one_data_file_no_keys_and_a_free_office(office):
    opened = office.sign_in("manager")
    with opened.engine.execution_options(write=True).begin() as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES ('more')")
    signer, identity = opened._signer, opened.identity
    assert (office.folder / "data-000001.db-wal").exists()
    opened.close()
    opened.close()
    assert not list(office.folder.glob("*-wal"))
    assert not list(office.folder.glob("*-shm"))
    assert not any(signer.pair.box + signer.pair.pen)
    assert not any(b"".join(signer.rings.values()))
    for act in (
        lambda: opened.engine,
        lambda: identity.sign(b"x"),
        lambda: opened.seal([], b"x"),
        lambda: opened.change_password("a", "b"),
    ):
        with pytest.raises(RefusedError, match="locked"):
            act()
    with office.sign_in("clerk") as again, again.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM note").scalar() == 2


def test_a_checkpoint_that_fails_does_not_keep_the_office_locked(office, monkeypatch):
    opened = office.sign_in("clerk")
    monkeypatch.setattr(
        "pmdesk.store.vault.opened.checkpoint", lambda _engine: (_ for _ in ()).throw(OSError)
    )
    opened.close()
    monkeypatch.undo()
    office.sign_in("clerk")


def test_a_full_disk_while_enrolling_keeps_the_old_roster_in_force(office, monkeypatch):
    admin = office.sign_in("admin")
    before = office.raw()

    def full(_descriptor):
        raise OSError(28, "full")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError):
        admin.enrol("new", GOOD, Role.CLERK)
    monkeypatch.undo()
    assert office.raw() == before
    assert len(admin.accounts) == 4
    admin.enrol("new", GOOD, Role.CLERK)


def test_secrets_do_not_show_in_print(office):
    opened = office.sign_in("admin")
    shown = f"{opened!r}{opened.identity!r}{opened.header!r}{opened._signer!r}"
    for secret in (*opened._signer.rings.values(), opened._signer.pair.pen):
        assert bytes(secret).hex() not in shown
        assert repr(bytes(secret))[2:-1] not in shown


def test_every_refusal_says_what_to_do_next(office):
    opened = office.sign_in("clerk")
    for act in (
        lambda: opened.open_sealed([], b""),
        lambda: opened.disable("x"),
        lambda: opened.change_password("x", GOOD),
    ):
        with pytest.raises(PmdeskError) as caught:
            act()
        assert caught.value.remedy


def test_a_header_nobody_could_open_never_reaches_the_disk(office, monkeypatch):
    admin = office.sign_in("admin")
    before = office.raw()

    def unsigned(header, _signer, _user):
        return replace(header, roster_sig="00" * 64)

    monkeypatch.setattr(accounts, "changed", unsigned)
    with pytest.raises(VaultDamagedError):
        admin.disable(uid_of(admin, "clerk"))
    assert office.raw() == before
