"""Who leaves is let go in order, and somebody who can administer always stays."""

import pytest

from pmdesk.domain.leaving import STEPS, ExitStep, open_steps, require_administrator
from pmdesk.domain.staff import Role, Staff
from pmdesk.errors import RefusedError

ADMIN = Staff(uid="a", login="a", name="周敏", role=Role.ADMIN)
SECOND = Staff(uid="b", login="b", name="李静", role=Role.ADMIN, enabled=False)
CLERK = Staff(uid="c", login="c", name="王芳", role=Role.CLERK)


def gone(one):
    return Staff(uid=one.uid, login=one.login, name=one.name, role=one.role, enabled=False)


def lower(one):
    return Staff(uid=one.uid, login=one.login, name=one.name, role=Role.MANAGER)


@pytest.mark.parametrize("change", [gone, lower])
def test_the_last_administrator_who_can_sign_in_stays_one(change):
    with pytest.raises(RefusedError, match="last administrator"):
        require_administrator((ADMIN, SECOND, CLERK), change(ADMIN))


def test_others_may_go():
    require_administrator((ADMIN, SECOND, CLERK), gone(CLERK))
    require_administrator((ADMIN, ADMIN, CLERK), lower(CLERK))


def test_each_point_of_the_exit_list_is_open_until_it_is_settled():
    assert open_steps(()) == tuple(ExitStep)
    assert open_steps(["media", "something of a newer version"]) == (ExitStep.LETTER,)
    assert open_steps([step.value for step in ExitStep]) == ()
    assert set(STEPS) == set(ExitStep)
