"""Accounts: enrolled with a role's keys, disabled but never deleted, passphrases of some length."""

import pytest

from pmdesk.app import offices
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.domain.staff import Role
from pmdesk.errors import (
    ConflictError,
    NotFoundError,
    RefusedError,
    StorageError,
    WrongKeyError,
)
from pmdesk.services import log_book, staff
from pmdesk.services.log_sentences import sentence
from tests.offices import ACCOUNTS, PASSPHRASE

NEW = "walnut copper igloo marathon"


def test_the_list_names_everyone_with_the_role(admin):
    found = {one.login: (one.name, one.role, one.enabled) for one in staff.everyone(admin)}

    assert found == {login: (name, role, True) for login, (name, role) in ACCOUNTS.items()}


def test_lists_can_say_who_did_something(clerk):
    assert staff.names(clerk)[clerk.staff.uid] == "王芳"


def test_a_new_colleague_can_sign_in_and_do_what_the_role_may(admin, office):
    with office.logged() as log:
        changes = staff.enrol(admin, " xinren ", " 新人 ", PASSPHRASE, Role.CLERK)
    office.close()

    opened = offices.sign_in(office.folder, "xinren", PASSPHRASE, office.clock)
    assert (opened.session.staff.name, opened.session.staff.role) == ("新人", Role.CLERK)
    opened.close()
    assert changes.kinds == {"staff"}
    assert log == [("staff.enrol", f"staff:{opened.session.staff.uid}", ("clerk",))]


@pytest.mark.parametrize(
    ("login", "name", "password", "error"),
    [
        ("", "新人", PASSPHRASE, RefusedError),
        ("xinren", "  ", PASSPHRASE, RefusedError),
        ("xinren", "新人", "123456", RefusedError),
        ("xinren", "新人", "qwertyuiop1234", RefusedError),
        ("clerk", "新人", PASSPHRASE, ConflictError),
    ],
)
def test_an_account_that_cannot_be_is_refused_whole(admin, office, login, name, password, error):
    before, header = office.cells(), (office.folder / "vault.json").read_bytes()

    with pytest.raises(error) as caught:
        staff.enrol(admin, login, name, password, Role.CLERK)

    assert caught.value.remedy
    assert office.cells() == before
    assert (office.folder / "vault.json").read_bytes() == header


def test_a_disabled_account_cannot_sign_in_and_its_entries_stay(admin, clerk, office):
    uid = clerk.staff.uid

    with office.logged() as log:
        staff.disable(admin, uid)

    gone = next(one for one in staff.everyone(admin) if one.uid == uid)
    assert (gone.name, gone.enabled) == ("王芳", False)
    assert log == [
        ("staff.begun", f"staff:{uid}", ("staff.disable",)),
        ("staff.disable", f"staff:{uid}", ()),
    ]
    office.close()
    with pytest.raises(WrongKeyError):
        offices.sign_in(office.folder, "clerk", PASSPHRASE, office.clock)


def test_nobody_disables_the_own_account_or_one_that_is_not_there(admin, office):
    with office.logged() as log:
        with pytest.raises(RefusedError):
            staff.disable(admin, admin.staff.uid)
        with pytest.raises(NotFoundError):
            staff.disable(admin, "0" * 32)

    assert log == []


def test_not_even_with_another_administrator_the_own_account_is_changed(admin, office):
    staff.enrol(admin, "xinren", "新人", PASSPHRASE, Role.ADMIN)

    with office.logged() as log:
        for change in (
            lambda: staff.disable(admin, admin.staff.uid),
            lambda: staff.set_role(admin, admin.staff.uid, Role.CLERK),
        ):
            with pytest.raises(RefusedError, match="own account"):
                change()

    assert log == []


def test_the_last_administrator_cannot_go(admin):
    with pytest.raises(RefusedError, match="last administrator"):
        staff.disable(admin, admin.staff.uid)


def test_the_next_sign_in_needs_the_new_passphrase(clerk, office):
    with office.logged() as log:
        staff.change_password(clerk, PASSPHRASE, NEW)

    assert log == [("staff.password", f"staff:{clerk.staff.uid}", ())]
    office.close()
    with pytest.raises(WrongKeyError):
        offices.sign_in(office.folder, "clerk", PASSPHRASE, office.clock)
    office.clock.advance(minutes=1)
    offices.sign_in(office.folder, "clerk", NEW, office.clock).close()


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [("wrong", NEW, WrongKeyError), (PASSPHRASE, "short", RefusedError)],
)
def test_a_passphrase_changes_only_with_the_old_one_to_a_good_one(clerk, office, old, new, error):
    with office.logged() as log, pytest.raises(error):
        staff.change_password(clerk, old, new)

    assert log == []
    office.close()
    offices.sign_in(office.folder, "clerk", PASSPHRASE, office.clock).close()


def test_a_forgotten_passphrase_is_replaced_and_the_old_one_opens_nothing(admin, clerk, office):
    uid = clerk.staff.uid

    with pytest.raises(RefusedError):
        staff.reset_password(admin, uid, "woaini1314")
    with office.logged() as log:
        staff.reset_password(admin, uid, NEW)
    office.close()

    assert log == [
        ("staff.begun", f"staff:{uid}", ("staff.reset",)),
        ("staff.reset", f"staff:{uid}", ()),
    ]
    with pytest.raises(WrongKeyError):
        offices.sign_in(office.folder, "clerk", PASSPHRASE, office.clock)
    office.clock.advance(minutes=1)
    opened = offices.sign_in(office.folder, "clerk", NEW, office.clock)
    assert opened.session.staff.uid == uid
    opened.close()


def test_keys_without_a_name_in_the_register_open_nothing(admin, office, monkeypatch):
    """The disk fills up between the keys and the register."""
    store = type(admin.store)
    writing = store.writing

    def full(self):
        monkeypatch.setattr(store, "writing", writing)
        raise StorageError("full")

    monkeypatch.setattr(store, "writing", full)
    with pytest.raises(StorageError):
        staff.enrol(admin, "xinren", "新人", PASSPHRASE, Role.CLERK)
    office.close()

    with pytest.raises((WrongKeyError, RefusedError)):
        offices.sign_in(office.folder, "xinren", PASSPHRASE, office.clock)


@pytest.mark.parametrize(
    ("act", "change"),
    [
        ("staff.reset", lambda admin, uid: staff.reset_password(admin, uid, NEW)),
        ("staff.role", lambda admin, uid: staff.set_role(admin, uid, Role.MANAGER)),
        ("staff.disable", lambda admin, uid: staff.disable(admin, uid)),
    ],
)
def test_a_crash_between_keys_and_register_leaves_a_trace_in_the_log(
    admin, clerk, office, monkeypatch, act, change
):
    uid, store = clerk.staff.uid, type(admin.store)
    writing, calls = store.writing, []

    def second_fails(self):
        calls.append(1)
        if len(calls) > 1:
            raise StorageError("gone")
        return writing(self)

    with monkeypatch.context() as patched:
        patched.setattr(store, "writing", second_fails)
        with office.logged() as log, pytest.raises(StorageError):
            change(admin, uid)

    assert log == [("staff.begun", f"staff:{uid}", (act,))]
    line = log_book.page(admin, LogQuery()).lines[0]
    assert (line.what, line.fields) == (sentence("staff.begun"), sentence(act))
    assert line.about == "account 王芳"
