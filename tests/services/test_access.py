"""Role by act, and role by class of values: over every guarded function and every surface."""

from contextlib import suppress
from dataclasses import replace

import pytest

from pmdesk.domain.access import FieldClass, Guard
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.domain.reveals import Reason, Why
from pmdesk.domain.staff import MATRIX, Permission, Role
from pmdesk.errors import DeniedError, PmdeskError, RefusedError
from pmdesk.services import (
    access,
    log_book,
    notes,
    person_acts,
    residents,
    revealing,
    rules,
    staff,
)
from pmdesk.services.refusal import quarantine
from tests.offices import ACCOUNTS, P1, P2, P6, PLATE, answers, consenting, resident
from tests.services.guarded import blanks, guarded
from tests.services.test_session import ACTS, NEWER

GUARDED = guarded()
LOGINS = [login for login in ACCOUNTS if login != "manager2"]
COUNTS_NOTHING = {quarantine.count}  # a number for a badge: none for who need not care

# ---- acts ----------------------------------------------------------------------------------


def test_the_search_for_guarded_functions_finds_them():
    assert len(GUARDED) > 200
    assert set(Permission) - set(GUARDED.values()) == set()


@pytest.mark.parametrize("login", LOGINS)
def test_every_guarded_function_denies_who_may_not_and_leaves_nothing_but_the_entry(office, login):
    session, may = office.session(login), MATRIX[ACCOUNTS[login][1]]
    before, tried = office.cells(), 0
    for act, permission in GUARDED.items():
        if permission in may or act in COUNTS_NOTHING:
            continue
        plain, keyed = blanks(act)
        with office.logged() as log, pytest.raises(DeniedError) as caught:
            act(session, *plain, **keyed)
        assert caught.value.act not in may, act
        assert log == [("denied", caught.value.act, ())], act
        tried += 1

    assert tried == sum(p not in may for a, p in GUARDED.items() if a not in COUNTS_NOTHING)
    changed = {table for table, _ in set(office.cells()) - set(before)}
    assert changed <= {"audit", "signer"}


@pytest.mark.parametrize("login", LOGINS)
def test_every_act_is_open_to_each_role_that_covers_it(office, login):
    session = office.session(login)
    for act, (permission, arguments) in (ACTS | NEWER).items():
        if not session.staff.may(permission):
            continue
        with office.logged() as log, suppress(PmdeskError):  # there is no such person, rule, file
            act(session, *arguments)
        assert ("denied", permission.value, ()) not in log, act


def test_acts_that_ask_within_their_transaction_are_denied_on_record(clerk, reviewer, office):
    person = consenting(clerk, P2, values=answers(clean_need="in_home"))
    with office.logged() as log:
        with pytest.raises(DeniedError):
            person_acts.settle(clerk, person, FieldKey("clean_need"))
        with pytest.raises(DeniedError):
            revealing.reveal_mobile(reviewer, person, Why(reason=Reason.SERVICE))
    assert [act for act, _who, _why in log] == ["denied", "denied"]


def test_a_fairness_answer_is_denied_to_everybody_on_record(clerk, admin, office):
    person = resident(clerk)
    with office.logged() as log, pytest.raises(DeniedError):
        residents.open_sealed(admin, person, P6, FieldKey("fa_gender"), "核对")

    assert log == [("denied", "open_sealed", ("nobody",))]


def test_whoever_decides_on_his_own_is_denied_on_record(manager, office):
    active = next(one for one in rules.versions(manager) if one.activated_at)
    draft = rules.draft_from(manager, active.id)
    rules.submit(manager, draft)
    with office.logged() as log, pytest.raises(DeniedError):
        rules.approve(manager, draft, "看过")

    assert log == [("denied", "approve_rules", ("own",))]


def test_whoever_touches_a_colleagues_draft_is_denied_on_record(manager, admin, office):
    active = next(one for one in rules.versions(manager) if one.activated_at)
    draft = rules.draft_from(manager, active.id)
    with office.logged() as log, pytest.raises(DeniedError):
        rules.discard(admin, draft)

    assert log == [("denied", "edit_rules", ("foreign",))]


def test_keys_that_do_not_fit_the_role_are_denied_on_record(clerk, office):
    """Somebody with a role that his keys do not know: the vault refuses, and the log says so."""
    person = consenting(clerk, PLATE)
    residents.seal_value(clerk, person, PLATE, FieldKey("plate_no"), "演A12345")
    forged = replace(clerk, staff=replace(clerk.staff, role=Role.ADMIN))
    with office.logged() as log:
        with pytest.raises(DeniedError):
            residents.open_sealed(forged, person, PLATE, FieldKey("plate_no"), "核对车牌")
        with pytest.raises(DeniedError):
            staff.disable(forged, office.session("manager").staff.uid)

    assert [entry for entry in log if entry[0] == "denied"] == [
        ("denied", "open_sealed", ("no_key",)),
        ("denied", "manage_staff", ("no_key",)),
    ]


def test_one_denial_is_one_entry_however_many_transactions_it_passes(clerk, office):
    with office.logged() as log, pytest.raises(DeniedError), clerk.watching(), clerk.watching():
        clerk.require(Permission.EXPORT)

    assert log == [("denied", "export", ())]


def test_a_refusal_for_another_reason_is_no_denial(clerk, office):
    with office.logged() as log, pytest.raises(RefusedError):
        notes.add(clerk, resident(clerk), "")

    assert "denied" not in {act for act, _who, _why in log}


def test_the_log_says_in_words_what_was_denied_and_why(clerk, admin, reviewer):
    with pytest.raises(DeniedError):
        residents.open_sealed(clerk, resident(clerk), P1, FieldKey("plate_no"), "核对")
    with pytest.raises(DeniedError):
        residents.open_sealed(admin, resident(clerk), P6, FieldKey("fa_gender"), "核对")
    lines = log_book.page(reviewer, LogQuery()).lines
    denied = [one for one in lines if one.entry.action == "denied"]

    assert [(one.about, one.fields) for one in denied] == [
        ("打开密封字段", "任何人都不能"),
        ("打开密封字段", ""),
    ]


# ---- the table in words --------------------------------------------------------------------


def test_the_table_has_a_line_for_each_act_and_each_class():
    assert len(access.acts()) == len(Permission)
    assert len(access.values()) == len(FieldClass)
    for row in (*access.act_table(), *access.value_table()):
        assert all(row)
    assert {len(row) for row in access.act_table()} == {6}
    assert {len(row) for row in access.value_table()} == {8}


def test_what_holds_one_role_off_by_encryption_alone_is_said_in_its_cell():
    cells = {row.name: row.cells for row in access.acts()}

    assert cells["打开归档"] == ("— · 加密", "—", "—", "May")
    assert cells["打开密封字段"] == ("—", "May", "May", "May")


def test_the_legend_explains_the_three_labels():
    assert [one for one, _name, _words in access.legend()] == list(Guard)
