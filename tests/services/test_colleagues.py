"""The list of staff tells who signed in when, what is due, and what others did to an account."""

import pytest

from pmdesk.app import offices
from pmdesk.domain.leaving import ExitStep
from pmdesk.domain.staff import Role
from pmdesk.errors import NotFoundError, RefusedError, StorageError
from pmdesk.services import colleagues, leaving, staff
from tests.offices import PASSPHRASE

NEW = "walnut copper igloo marathon"


def one(admin, login):
    """The line of that account."""
    return next(found for found in colleagues.listed(admin) if found.staff.login == login)


def signed_in(office, login, password=PASSPHRASE):
    """What the account is told at a sign-in of its own."""
    office.close()
    opened = offices.sign_in(office.folder, login, password, office.clock)
    told = colleagues.handed(opened.session)
    opened.close()
    return told


@pytest.fixture
def newcomer(admin):
    """Enrolled, and never seen."""
    staff.enrol(admin, "xinren", "新人", PASSPHRASE, Role.CLERK)
    return one(admin, "xinren")


def test_who_never_signed_in_is_listed_as_such(newcomer):
    assert newcomer.signed_in is None
    assert not newcomer.sworn
    assert newcomer.handed is None


def test_the_last_sign_in_of_each_is_in_the_list(office):
    before = one(office.session("admin"), "reviewer").signed_in
    office.clock.advance(hours=3)
    signed_in(office, "clerk")
    at = office.clock.now()
    office.clock.advance(hours=1)
    signed_in(office, "manager")

    found = {who.staff.login: who.signed_in for who in colleagues.listed(office.session("admin"))}
    assert found["clerk"] == at
    assert found["manager"] == office.clock.now()
    assert found["reviewer"] == before


def test_the_way_back_to_old_sign_ins_ends_when_all_are_found(office, monkeypatch):
    monkeypatch.setattr(colleagues, "_MANY", 2)
    for login in ("clerk", "reviewer", "manager", "manager2", "admin"):
        signed_in(office, login)

    found = colleagues.listed(office.session("admin"))

    assert all(who.signed_in == office.clock.now() for who in found)


def test_a_certificate_that_ends_soon_is_not_due_yet(office, admin):
    office.clock.advance(days=345)

    assert one(admin, "clerk").courses == 0


def test_training_and_undertaking_are_in_the_list(office, admin):
    office.session("clerk")  # has signed the undertaking
    assert one(admin, "clerk").sworn
    assert one(admin, "clerk").courses == 0

    office.clock.advance(days=400)

    assert one(admin, "clerk").courses > 0
    assert not one(admin, "clerk").sworn


def test_a_passphrase_set_by_somebody_else_is_told_once_and_listed_until_then(office):
    admin = office.session("admin")
    clerk = one(admin, "clerk").staff
    assert one(admin, "clerk").handed is None
    staff.reset_password(admin, clerk.uid, NEW)
    at = office.clock.now()

    waiting = one(admin, "clerk").handed
    office.clock.advance(days=1)
    told = signed_in(office, "clerk", NEW)

    assert (waiting.by, waiting.at) == ("周敏", at)
    assert told == waiting
    assert one(office.session("admin"), "clerk").handed is None
    office.clock.advance(days=1)
    assert signed_in(office, "clerk", NEW) is None


@pytest.mark.parametrize("keys_changed", [False, True])
def test_a_reset_that_broke_off_is_told_to_the_colleague_and_in_the_list(
    office, monkeypatch, keys_changed
):
    """The power fails before or after the keys change, and before the register knows."""
    admin = office.session("admin")
    clerk = one(admin, "clerk").staff
    real = type(admin.accounts).reset_password

    def fails(accounts, uid, new):
        if keys_changed:
            real(accounts, uid, new)
        raise StorageError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(type(admin.accounts), "reset_password", fails)
        with pytest.raises(StorageError):
            staff.reset_password(admin, clerk.uid, NEW)
    waiting = one(admin, "clerk").handed
    at = office.clock.now()
    office.clock.advance(days=1)

    told = signed_in(office, "clerk", NEW if keys_changed else PASSPHRASE)

    assert told == waiting
    assert (told.by, told.at, told.broke_off) == ("周敏", at, True)
    office.clock.advance(days=1)
    assert signed_in(office, "clerk", NEW if keys_changed else PASSPHRASE) is None


def test_a_reset_that_is_done_again_after_a_crash_is_told_as_done(office, monkeypatch):
    admin = office.session("admin")
    clerk = one(admin, "clerk").staff
    with monkeypatch.context() as patched:
        patched.setattr(type(admin.accounts), "reset_password", lambda *_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            staff.reset_password(admin, clerk.uid, NEW)
    staff.reset_password(admin, clerk.uid, NEW)

    assert not one(admin, "clerk").handed.broke_off
    assert not signed_in(office, "clerk", NEW).broke_off


def test_who_was_not_given_a_passphrase_is_told_nothing(office):
    assert signed_in(office, "clerk") is None


def test_many_sign_ins_of_others_between_do_not_hide_it(office, monkeypatch):
    monkeypatch.setattr("pmdesk.store.log_pages.STRETCH", 3)
    admin = office.session("admin")
    staff.reset_password(admin, one(admin, "clerk").staff.uid, NEW)
    for _day in range(4):
        office.clock.advance(days=1)
        signed_in(office, "manager")

    assert signed_in(office, "clerk", NEW).by == "周敏"
    office.clock.advance(days=1)
    assert signed_in(office, "clerk", NEW) is None


def test_a_closed_account_tells_what_of_the_exit_list_is_open(office, admin):
    uid = one(admin, "clerk").staff.uid
    with pytest.raises(RefusedError):
        leaving.settle(admin, uid, [ExitStep.MEDIA])

    staff.disable(admin, uid, [ExitStep.MEDIA])
    at = office.clock.now()
    assert one(admin, "clerk").leaving == colleagues.Leaving(at=at, open=(ExitStep.LETTER,))

    office.clock.advance(days=1)
    changes = leaving.settle(admin, uid, [ExitStep.LETTER])
    assert changes.kinds == {"staff"}
    assert one(admin, "clerk").leaving == colleagues.Leaving(at=at, open=())


def test_who_comes_back_and_leaves_again_has_a_new_exit_list(office, admin):
    uid = one(admin, "clerk").staff.uid
    staff.disable(admin, uid, list(ExitStep))
    staff.enable(admin, uid)
    assert one(admin, "clerk").leaving is None

    staff.disable(admin, uid)

    assert one(admin, "clerk").leaving.open == tuple(ExitStep)


def test_an_account_closed_before_there_were_lists_has_none(office, admin):
    uid = one(admin, "clerk").staff.uid
    admin.accounts.disable(uid)
    with admin.store.writing() as work:
        work._connection.exec_driver_sql("UPDATE staff SET enabled = 0 WHERE login = 'clerk'")
        work.commit()

    assert one(admin, "clerk").leaving is None


def test_the_reminder_names_the_undertaking_and_goes_on(office, admin):
    clerk = office.session("clerk").staff
    made = leaving.letter(admin, clerk.uid)

    assert "王芳" in made.opening
    assert "2026-03-02" in made.opening
    assert len(made.rows) > 3
    assert "253-1" in " ".join(made.closing)
    assert "周敏" in made.footer


def test_who_never_signed_is_reminded_all_the_same(admin, newcomer):
    made = leaving.letter(admin, newcomer.staff.uid)

    assert made.opening.startswith("新人")
    assert "undertaking" not in made.opening
    with pytest.raises(NotFoundError):
        leaving.letter(admin, "0" * 32)


def test_another_role_and_its_keys_count_from_the_next_sign_in(office):
    admin = office.session("admin")
    uid = one(admin, "clerk").staff.uid
    with office.logged() as log:
        staff.set_role(admin, uid, Role.MANAGER)
    office.close()

    opened = offices.sign_in(office.folder, "clerk", PASSPHRASE, office.clock)
    assert opened.session.staff.role is Role.MANAGER
    assert opened.vault.rings == {"ops", "sealed"}
    opened.close()
    assert log[1:] == [("staff.role", f"staff:{uid}", ("clerk", "manager"))]
