"""What a purpose group of a person shows, from the last decision and what is live."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.consents import (
    EXPIRING_DAYS,
    Act,
    Channel,
    Consent,
    ConsentEvent,
    ConsentState,
    Decision,
    EventId,
    state,
)
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CLASSIFICATION

TODAY = date(2026, 3, 2)


def event(decision):
    return ConsentEvent(
        id=EventId(1),
        person=PersonId(1),
        purpose=CLASSIFICATION,
        decision=decision,
        notice_version="1.0",
        notice_digest="",
        at=datetime(2026, 3, 2, tzinfo=UTC),
        by="u",
        channel=Channel.COUNTER,
        act=Act.DRAWN,
        receipt="R1",
    )


def live(until):
    return Consent(
        person=PersonId(1),
        purpose=CLASSIFICATION,
        event=EventId(1),
        notice_version="1.0",
        given_on=TODAY,
        valid_until=until,
    )


def test_nobody_was_asked_before_the_first_event():
    assert state(None, None, TODAY) is ConsentState.NEVER_ASKED


@pytest.mark.parametrize(
    ("decision", "shown"),
    [
        (Decision.GIVEN, ConsentState.EXPIRED),
        (Decision.REFUSED, ConsentState.REFUSED),
        (Decision.WITHDRAWN, ConsentState.WITHDRAWN),
        (Decision.STALE, ConsentState.STALE),
        (Decision.EXPIRED, ConsentState.EXPIRED),
    ],
)
def test_without_a_live_consent_the_last_decision_shows(decision, shown):
    assert state(event(decision), None, TODAY) is shown


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (EXPIRING_DAYS + 1, ConsentState.LIVE),
        (EXPIRING_DAYS, ConsentState.EXPIRING),
        (0, ConsentState.EXPIRING),
        (-1, ConsentState.EXPIRED),
    ],
)
def test_a_live_consent_ends_soon_in_its_last_thirty_days_and_is_over_the_day_after(days, shown):
    consent = live(TODAY + timedelta(days=days))

    assert state(event(Decision.GIVEN), consent, TODAY) is shown
    assert consent.is_over(TODAY) is (days < 0)


def test_a_consent_without_an_end_stays():
    assert state(event(Decision.GIVEN), live(None), TODAY) is ConsentState.LIVE
    assert not live(None).is_over(date.max)


@given(st.dates(), st.dates(), st.sampled_from(Decision))
def test_a_state_is_open_exactly_until_the_last_day(until, today, decision):
    shown = state(event(decision), live(until), today)

    is_open = shown in {ConsentState.LIVE, ConsentState.EXPIRING}
    assert is_open is (today <= until)
