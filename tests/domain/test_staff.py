"""Who may do what: the least that each role needs."""

import pytest

from pmdesk.domain.staff import MATRIX, Permission, Role, Staff
from pmdesk.errors import RefusedError

P = Permission


def staff(role, *, enabled=True):
    return Staff(uid="0" * 32, login="l", name="n", role=role, enabled=enabled)


def test_every_role_is_in_the_matrix_and_every_permission_is_somebodys():
    assert set(MATRIX) == set(Role)
    assert frozenset().union(*MATRIX.values()) == set(Permission)


@pytest.mark.parametrize(
    ("role", "never"),
    [
        (Role.CLERK, {P.OPEN_SEALED, P.EXPORT, P.IMPORT, P.EDIT_RULES, P.APPROVE_RULES}),
        (Role.CLERK, {P.MANAGE_STAFF, P.CONFIGURE, P.SEE_CHARTS, P.SEE_RULES}),
        (Role.MANAGER, {P.MANAGE_STAFF, P.CONFIGURE}),
        (Role.REVIEWER, {P.EDIT_RESIDENTS, P.TAKE_CONSENT, P.REVEAL, P.EXPORT, P.IMPORT}),
        (Role.REVIEWER, {P.EDIT_RULES, P.MANAGE_STAFF, P.CONFIGURE}),
    ],
)
def test_a_role_does_not_reach_beyond_its_work(role, never):
    assert not MATRIX[role] & never


def test_an_administrator_covers_everything_but_approving_what_administrators_propose():
    assert set(Permission) - MATRIX[Role.ADMIN] == {Permission.APPROVE_PURPOSES}


@pytest.mark.parametrize("permission", Permission)
def test_a_disabled_account_may_do_nothing(permission):
    gone = staff(Role.ADMIN, enabled=False)

    assert not gone.may(permission)
    with pytest.raises(RefusedError):
        gone.require(permission)


def test_requiring_what_one_may_passes_silently_and_the_rest_says_whom_to_ask():
    clerk = staff(Role.CLERK)
    clerk.require(P.TAKE_CONSENT)

    with pytest.raises(RefusedError) as caught:
        clerk.require(P.EXPORT)

    assert "colleague" in caught.value.remedy
