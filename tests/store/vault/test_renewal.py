"""A new recovery key at will: it counts once it was typed back, and shuts out the old sheet."""

from dataclasses import replace

import pytest

from pmdesk.domain.staff import Role
from pmdesk.errors import RefusedError, WrongKeyError
from pmdesk.store.vault import accounts, trust, vault
from pmdesk.store.vault.header import State

GOOD = "nine velvet trumpets arguing"


def renewed(office):
    """The administrator has replaced the recovery key; the key is answered."""
    with office.sign_in("admin") as admin:
        made = admin.renewal(office.passwords["admin"])
        made.adopt()
        return made


def recover(office, key):
    return vault.recover(
        office.folder, recovery_key=key, login="admin", password=GOOD, clock=office.clock
    )[0]


def test_the_new_key_opens_the_office_and_the_old_one_does_not(office):
    made = renewed(office)

    assert made.recovery_key != office.recovery_key
    with pytest.raises(WrongKeyError):
        recover(office, office.recovery_key)
    office.clock.pass_by(900)
    with recover(office, made.recovery_key.lower()) as opened:
        assert opened.rings == {"ops", "sealed"}


def test_everybody_signs_in_as_before_and_nothing_is_encrypted_anew(office):
    with office.sign_in("admin") as admin:
        admin.enrol("second", GOOD, Role.ADMIN)
        before, sealed = admin.header, admin.seal(["id", 1], b"data")
    made = renewed(office)

    with office.sign_in("manager") as manager:
        assert manager.open_sealed(["id", 1], sealed) == b"data"
        assert manager.header.gen == before.gen
        assert manager.header.root == made.root != made.former == before.root
        assert manager.fingerprint == made.fingerprint
        assert trust.sound(manager.header)
    with office.sign_in("second", GOOD) as second:
        second.enrol("third", "seven quiet pelicans rowing", Role.CLERK)


def test_until_it_is_adopted_the_old_key_counts(office):
    raw = office.raw()
    with office.sign_in("admin") as admin:
        made = admin.renewal(office.passwords["admin"])
        assert not made.confirm(office.recovery_key)
        assert not made.confirm("no key")
        assert made.confirm(made.recovery_key.replace("-", " "))

    assert office.raw() == raw
    recover(office, office.recovery_key).close()


def test_what_was_changed_meanwhile_is_not_lost(office):
    with office.sign_in("admin") as admin:
        made = admin.renewal(office.passwords["admin"])
        admin.enrol("second", GOOD, Role.CLERK)
        made.adopt()
    office.sign_in("second", GOOD).close()


def test_only_an_administrator_with_the_own_password_makes_one(office):
    with office.sign_in("admin") as admin, pytest.raises(WrongKeyError):
        admin.renewal("wrong")
    with office.sign_in("manager") as manager, pytest.raises(RefusedError):
        manager.renewal(office.passwords["manager"])


@pytest.mark.parametrize("change", [{"role": Role.CLERK}, {"state": State.DISABLED}])
def test_a_header_without_an_administrator_is_never_signed(office, change):
    with office.sign_in("admin") as admin:
        header, signer = admin.header, admin._signer
        last = replace(header.user(signer.uid), **change)

        with pytest.raises(RefusedError, match="last administrator"):
            accounts.changed(header, signer, last)
