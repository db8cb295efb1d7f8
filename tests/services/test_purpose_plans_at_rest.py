"""Plans that nobody changed: ready as shipped, and never those of another purpose."""

import pytest

from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import ConflictError, NotFoundError
from pmdesk.services import residents, starters
from pmdesk.services.notices import purpose_desk, purpose_shelf
from tests.offices import P2, P3
from tests.services.plans import opened, plan_of


def test_shipped_plans_are_ready_as_they_are(admin):
    for plan in starters.plans(residents.catalogue(admin)):
        seen = purpose_shelf.look(admin, plan)
        assert (seen.problems, seen.findings, seen.alterations) == ((), (), ())


def test_a_draft_takes_no_plan_of_another_purpose(admin):
    made, plan = opened(admin)
    with pytest.raises(ConflictError):
        purpose_desk.save(admin, made, plan_of(admin, P3))
    assert plan_of(admin, P2) == plan


def test_a_purpose_that_is_gone_has_no_page(admin):
    with pytest.raises(NotFoundError):
        purpose_shelf.detail(admin, PurposeCode("L9"))
