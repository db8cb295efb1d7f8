"""Rosters and rounds are versions: added, read back, forgotten when they are old."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from pmdesk.domain.ports.staffing import PlanKind
from pmdesk.store.staffing_plans import KEPT, SqlStaffingPlans
from tests.store.conftest import UID

WEEK = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
ROSTER = PlanKind.ROSTER


@pytest.fixture
def plans(connection, context):
    return SqlStaffingPlans(connection, context)


def saved(plans, number=0, week=WEEK, kind=ROSTER, before=None):
    return plans.save(kind, week, {"n": number}, at=AT, before=before)


def test_nothing_is_planned_in_a_new_office(plans):
    assert plans.current(ROSTER, WEEK) is None
    assert plans.version(1) is None


def test_the_newest_version_of_each_week_and_kind_holds(plans):
    first = saved(plans)
    second = saved(plans, 1, before=first)
    saved(plans, 2, WEEK + timedelta(days=7))
    saved(plans, 3, None, PlanKind.CREW)
    held = plans.current(ROSTER, WEEK)

    assert (held.id, held.document, held.before) == (second, {"n": 1}, first)
    assert (held.author, held.at, held.week, held.kind) == (UID, AT, WEEK, ROSTER)
    assert plans.current(PlanKind.CREW).document == {"n": 3}
    assert [one.id for one in plans.versions(ROSTER, WEEK)] == [second, first]


def test_of_many_versions_the_oldest_go(plans):
    first = saved(plans)
    for number in range(KEPT):
        saved(plans, number)

    assert len(plans.versions(ROSTER, WEEK)) == KEPT
    assert plans.version(first) is None


def test_old_weeks_are_forgotten_and_the_crew_is_not(plans):
    saved(plans)
    saved(plans, 1, WEEK + timedelta(days=7))
    saved(plans, 2, None, PlanKind.CREW)

    assert plans.forget(WEEK + timedelta(days=1)) == 1
    assert plans.current(ROSTER, WEEK) is None
    assert plans.current(PlanKind.CREW) is not None


def test_a_saved_plan_never_changes(plans, connection):
    saved(plans)

    with pytest.raises(DBAPIError, match="saved plan"):
        connection.exec_driver_sql("UPDATE staffing_plan SET document = '{}'")
