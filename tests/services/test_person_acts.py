"""The acts of a person's page: each is one transaction of its own, and says whom it touched."""

from datetime import date

import pytest

from pmdesk.domain.acts import ArchiveReason, Method
from pmdesk.domain.fields import FieldKey
from pmdesk.errors import NotFoundError, PmdeskError
from pmdesk.services import person_acts, residents
from tests.offices import P2, SPECIAL, consenting, tier

REPAIR, CLEAN = FieldKey("repair_need"), FieldKey("clean_need")
REASON = "上门谈过，改为标准。"


@pytest.fixture
def person(clerk):
    """A resident with a result by the rules."""
    return consenting(clerk, values=SPECIAL)


def group(session, person):
    return next(one for one in residents.detail(session, person).groups if one.purpose.code == P2)


def test_who_leaves_is_told_until_when_and_why_before_it_happens(clerk, person):
    shown = person_acts.kept(clerk)

    done = person_acts.leave(clerk, person, ArchiveReason.MOVED_OUT)

    assert done is not None
    assert (done.method, done.keep_until) == (Method.BLOCKED, shown.until)
    assert shown.until == date(2029, 3, 2)
    assert shown.line.months == 36
    with pytest.raises(NotFoundError):
        residents.detail(clerk, person)


def test_leaving_the_only_unit_is_leaving(clerk, person):
    unit = residents.detail(clerk, person).person.occupancies[0].unit.id

    done = person_acts.leave(clerk, person, ArchiveReason.CONTRACT_ENDED, unit)

    assert done is not None
    assert done.method is Method.BLOCKED


def test_a_frozen_purpose_gives_no_result_until_it_is_lifted(clerk, person):
    changes = person_acts.restrict(clerk, person, P2)

    assert changes.kinds == set(person_acts.TOUCHED)
    assert list(changes.people) == [person]
    assert tier(clerk, person) is None
    person_acts.lift(clerk, person, P2)
    assert tier(clerk, person) == "care"


def test_a_disputed_value_waits_for_somebody_who_handles_requests(clerk, manager, person):
    for key in (REPAIR, CLEAN):
        person_acts.dispute(clerk, person, P2, key)
    assert tier(clerk, person) == "standard"
    with pytest.raises(PmdeskError):
        person_acts.settle(clerk, person, REPAIR)
    with pytest.raises(PmdeskError):
        person_acts.keep_with_statement(clerk, person, CLEAN, "我不是这样说的。")

    person_acts.settle(manager, person, REPAIR)
    person_acts.keep_with_statement(manager, person, CLEAN, "我不是这样说的。")

    assert tier(manager, person) == "care"


def test_who_objects_has_the_standard_until_a_person_decides_with_a_reason(clerk, manager, person):
    person_acts.object_to_tier(clerk, person)
    assert tier(clerk, person) == "standard"
    with pytest.raises(PmdeskError):
        person_acts.decide_tier(clerk, person, "care", (), REASON)

    person_acts.decide_tier(manager, person, "care", (), REASON)

    assert tier(manager, person) == "care"


def test_a_deleted_tag_is_gone_from_the_result(clerk, person):
    before = residents.detail(clerk, person).classification
    assert before is not None

    person_acts.delete_tag(clerk, person, before.tags[0])

    after = residents.detail(clerk, person).classification
    assert after is not None
    assert before.tags[0] not in after.tags
