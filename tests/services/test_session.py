"""Every act asks the role first, and a denied one leaves a trace and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.staff import MATRIX, Permission, Role
from pmdesk.errors import PmdeskError, RefusedError
from pmdesk.services import classification, consents, demo, export, residents, rules, staff
from pmdesk.services import office as office_service
from pmdesk.services.exchange import importing
from pmdesk.services.session import about
from tests.offices import ACCOUNTS, ASSIST, NOBODY, P1, P2, P5, PAPER, PROFILE, entry

ONE_OF_EACH = [login for login in ACCOUNTS if login != "manager2"]

ACTS = {
    residents.found: (Permission.SEE_RESIDENTS, (ResidentQuery(),)),
    residents.rows: (Permission.SEE_RESIDENTS, ([NOBODY],)),
    residents.buildings: (Permission.SEE_RESIDENTS, ()),
    residents.catalogue: (Permission.SEE_RESIDENTS, ()),
    residents.look_alikes: (Permission.SEE_RESIDENTS, (entry(),)),
    residents.detail: (Permission.SEE_RESIDENTS, (NOBODY,)),
    residents.register: (Permission.EDIT_RESIDENTS, (entry(name=""),)),
    residents.save_answers: (Permission.EDIT_RESIDENTS, (NOBODY, P1, {})),
    residents.seal_value: (Permission.EDIT_RESIDENTS, (NOBODY, P5, ASSIST, "ramp")),
    residents.open_sealed: (Permission.OPEN_SEALED, (NOBODY, P5, ASSIST, "why")),
    residents.reveal_mobile: (Permission.REVEAL, (NOBODY,)),
    consents.choices: (Permission.TAKE_CONSENT, ()),
    consents.decide: (Permission.TAKE_CONSENT, (NOBODY, {P2: True}, PAPER)),
    consents.withdraw: (Permission.TAKE_CONSENT, (NOBODY, P2)),
    classification.found: (Permission.SEE_CLASSIFICATION, (ResidentQuery(),)),
    classification.reasons: (Permission.SEE_CLASSIFICATION, (NOBODY,)),
    classification.classify_all: (Permission.SEE_CLASSIFICATION, ()),
    rules.versions: (Permission.SEE_RULES, ()),
    rules.table: (Permission.SEE_RULES, (NOBODY,)),
    rules.draft_from: (Permission.EDIT_RULES, (NOBODY,)),
    rules.submit: (Permission.EDIT_RULES, (NOBODY,)),
    rules.discard: (Permission.EDIT_RULES, (NOBODY,)),
    rules.approve: (Permission.APPROVE_RULES, (NOBODY, "words")),
    rules.reject: (Permission.APPROVE_RULES, (NOBODY, "words")),
    rules.activate: (Permission.APPROVE_RULES, (NOBODY,)),
    export.listing: (Permission.EXPORT, (ResidentQuery(),)),
    importing.dry_run: (Permission.IMPORT, (Path("/nowhere.xlsx"),)),
    staff.everyone: (Permission.MANAGE_STAFF, ()),
    staff.names: (Permission.SEE_RESIDENTS, ()),
    staff.enrol: (Permission.MANAGE_STAFF, ("", "", "", Role.CLERK)),
    staff.disable: (Permission.MANAGE_STAFF, ("0" * 32,)),
    office_service.save_profile: (Permission.CONFIGURE, (replace(PROFILE, place=""),)),
    demo.fill: (Permission.CONFIGURE, (0, 7)),
}


@pytest.mark.parametrize("login", ONE_OF_EACH)
@pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{act.__module__}.{act.__name__}")
def test_a_role_that_does_not_cover_an_act_is_denied_on_record(office, act, login):
    permission, arguments = ACTS[act]
    session = office.session(login)
    before = office.cells()

    with office.logged() as log:
        try:
            act(session, *arguments)
        except PmdeskError as error:
            denied = error.sentence == "Your role does not cover this."
        else:
            denied = False

    assert denied is (permission not in MATRIX[session.staff.role])
    if denied:
        assert log == [("denied", permission.value, ())]
        changed = {table for table, _ in set(office.cells()) - set(before)}
        assert changed <= {"audit", "signer"}
    else:
        assert ("denied", permission.value, ()) not in log


def test_every_permission_is_asked_by_some_act():
    charts = {Permission.SEE_CHARTS}

    assert {permission for permission, _ in ACTS.values()} | charts >= set(Permission)


def test_a_disabled_account_may_do_nothing(clerk):
    gone = replace(clerk, staff=replace(clerk.staff, enabled=False))

    for permission in Permission:
        with pytest.raises(RefusedError):
            gone.require(permission)


def test_the_log_holds_from_the_first_entry_to_the_last(office, clerk, manager, reviewer):
    for session in (clerk, manager, reviewer):
        residents.buildings(session)
        classification.classify_all(session)
    residents.register(clerk, entry())

    assert office.broken_link() is None
    users = {body for body in office.bodies() if clerk.staff.uid.encode() in body}
    assert users


def test_a_person_is_named_in_the_log_by_number():
    assert about(NOBODY) == "person:4711"


def test_a_session_shows_no_key_and_no_store(clerk):
    shown = repr(clerk)

    assert "store" not in shown
    assert "accounts" not in shown
