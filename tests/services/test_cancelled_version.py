"""Putting a major version into force can be stopped: then nothing has happened."""

from dataclasses import replace

import pytest

from pmdesk.services.notices import purpose_desk
from tests.offices import P2, SPECIAL, consenting, tier
from tests.services.plans import OK, live, plan_of, planned


def test_a_version_that_is_cancelled_half_way_leaves_everything_as_it_was(
    office, admin, reviewer, clerk
):
    person = consenting(clerk, values=SPECIAL)
    made = planned(admin, P2, wants_major=True, **_fewer_calls(admin))
    before = office.cells()

    def cancel(done, total):
        assert total == 1
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        purpose_desk.approve(reviewer, made, OK, cancel)

    assert office.cells() == before
    assert tier(clerk, person) == "care"
    purpose_desk.approve(reviewer, made, OK)
    assert live(admin).version == "2.0"


def _fewer_calls(session):
    return {"particulars": replace(plan_of(session, P2).particulars, times_a_month="1")}
