"""A clock that shows what another one showed some days ago."""

from datetime import UTC, datetime, timedelta

from pmdesk.app.clock import EarlierClock
from tests.fakes import FakeClock


def test_an_earlier_clock_shows_the_same_hour_some_days_before():
    clock = FakeClock(datetime(2026, 3, 2, 20, 0, tzinfo=UTC))
    earlier = EarlierClock(clock, 3)

    assert earlier.now() == clock.now() - timedelta(days=3)
    assert earlier.local() == clock.local() - timedelta(days=3)
    assert earlier.today() == clock.today() - timedelta(days=3), (
        "the day is the office's, not UTC's"
    )

    clock.advance(hours=1)

    assert earlier.now() == clock.now() - timedelta(days=3)
