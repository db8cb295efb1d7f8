"""The office, its staff and unsaved forms come back as they were put."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.staff import Role, Staff
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.store.drafts import SqlDrafts
from pmdesk.store.office_register import SqlOffice
from pmdesk.store.staff_register import SqlStaff
from tests.store.conftest import AT, context_of

PROFILE = OfficeProfile(
    name="云景花园物业服务中心",
    address="示例路 1 号",
    responsible="林负责",
    contact_phone="02500000000",
    smallest_count=7,
)
LIN = Staff(uid="1" * 32, login="lin", name="林", role=Role.CLERK)


def test_the_office_comes_back_as_it_was_put(connection, context):
    office = SqlOffice(connection, context)
    with pytest.raises(NotFoundError):
        office.get()
    office.put(PROFILE)
    office.put(replace(PROFILE, responsible="何负责"))
    assert office.get() == replace(PROFILE, responsible="何负责")


def test_small_groups_cannot_be_shown_by_setting_them_smaller(connection, context):
    office = SqlOffice(connection, context)
    with pytest.raises(RefusedError):
        office.put(replace(PROFILE, smallest_count=4))
    office.put(replace(PROFILE, smallest_count=5))


def test_an_account_is_changed_not_doubled(connection, context):
    staff = SqlStaff(connection, context)
    staff.put(LIN)
    staff.put(Staff(uid="2" * 32, login="he", name="何", role=Role.ADMIN))
    staff.put(replace(LIN, role=Role.MANAGER, enabled=False))
    assert [(found.login, found.role, found.enabled) for found in staff.all()] == [
        ("he", Role.ADMIN, True),
        ("lin", Role.MANAGER, False),
    ]


def test_two_accounts_cannot_share_a_sign_in_name(connection, context):
    staff = SqlStaff(connection, context)
    staff.put(LIN)
    with pytest.raises(ConflictError):
        staff.put(replace(LIN, uid="2" * 32))


def test_a_draft_replaces_the_older_one_of_the_same_form(connection, context):
    drafts = SqlDrafts(connection, context)
    drafts.put("resident", "new", "{}", at=AT)
    drafts.put("rules", "7", "[]", at=AT + timedelta(minutes=1))
    drafts.put("resident", "new", '{"a":1}', at=AT + timedelta(minutes=2))
    assert [(draft.page, draft.document) for draft in drafts.all()] == [
        ("resident", '{"a":1}'),
        ("rules", "[]"),
    ]
    kept = drafts.get("resident", "new")
    assert kept is not None
    assert kept.saved_at == AT + timedelta(minutes=2)
    drafts.drop("resident", "new")
    assert drafts.get("resident", "new") is None


def test_nobody_sees_the_draft_of_a_colleague(connection, context):
    SqlDrafts(connection, context).put("resident", "new", "{}", at=AT)
    other = SqlDrafts(connection, context_of("9" * 32))
    assert other.all() == ()
    other.drop("resident", "new")
    assert SqlDrafts(connection, context).get("resident", "new") is not None
