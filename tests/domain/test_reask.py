"""Nobody is pressed into a yes: how long a no rests, and when people are left alone."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.consents import Act, Channel, ConsentEvent, ConsentState, Decision, EventId
from pmdesk.domain.people import PersonId
from pmdesk.domain.reask import PROOF_MONTHS, is_quiet, locked_until, months_after
from pmdesk.services import starters
from tests.offices import P2, P5

TODAY = date(2026, 3, 2)
S = ConsentState


def event(decision, day=1, purpose=P2, item=None):
    return ConsentEvent(
        id=EventId(1),
        person=PersonId(1),
        purpose=purpose,
        decision=decision,
        notice_version="1.0",
        notice_digest="",
        at=datetime(2026, 3, day, 4, 0, tzinfo=UTC),
        by="",
        channel=Channel.COUNTER,
        act=Act.DRAWN,
        receipt="",
        item=item,
    )


@pytest.mark.parametrize("decision", [Decision.REFUSED, Decision.WITHDRAWN])
def test_a_no_rests_for_twelve_months_to_the_day(decision):
    events = [event(decision)]
    shown = S(decision.value)

    assert locked_until(events, shown, TODAY, months=12) == date(2027, 3, 1)
    assert locked_until(events, shown, date(2027, 2, 28), months=12) == date(2027, 3, 1)
    assert locked_until(events, shown, date(2027, 3, 1), months=12) is None
    assert locked_until(events, shown, date(2027, 3, 1), months=18) == date(2027, 9, 1)


@pytest.mark.parametrize("ended", [Decision.EXPIRED, Decision.STALE])
def test_what_ended_without_a_no_may_be_asked_at_once(ended):
    events = [event(ended, 2), event(Decision.GIVEN)]

    assert locked_until(events, S(ended.value), TODAY, months=12) is None


def test_whoever_was_never_asked_or_agreed_may_be_asked():
    assert locked_until([], S.NEVER_ASKED, TODAY, months=12) is None
    assert locked_until([event(Decision.GIVEN)], S.LIVE, TODAY, months=12) is None


def test_a_refused_item_rests_beside_an_agreed_one_until_the_renewal():
    sheet = [event(Decision.GIVEN, 1, P5, 1), event(Decision.REFUSED, 1, P5)]

    assert locked_until(sheet, S.LIVE, TODAY, months=12, by_item=True) == date(2027, 3, 1)
    assert locked_until(sheet, S.EXPIRING, TODAY, months=12, by_item=True) is None
    later = [event(Decision.GIVEN, 2, P5, 1), *sheet]
    assert locked_until(later, S.LIVE, TODAY, months=12, by_item=True) is None


@pytest.mark.parametrize(
    ("hour", "quiet"),
    [("08:59", True), ("09:00", False), ("19:59", False), ("20:00", True), ("02:00", True)],
)
def test_people_are_left_alone_from_eight_to_nine(hour, quiet):
    assert is_quiet(datetime.combine(TODAY, time.fromisoformat(hour))) is quiet


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_months_later_is_never_another_day_than_the_month_allows(day, months):
    later = months_after(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_proof_is_kept_as_long_as_the_schedule_says():
    kept = {one.code: one.months for one in starters.catalogue().retentions}

    assert kept["R-CONS"] == PROOF_MONTHS
