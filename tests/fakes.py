"""Stand-ins for what a test cannot wait for or must not touch."""

from datetime import UTC, datetime, timedelta, timezone


class FakeClock:
    """A clock that moves only when told to."""

    def __init__(self, start=datetime(2026, 3, 2, 1, 0, tzinfo=UTC)):
        """Start on a working Monday, nine o'clock in the morning in the office's time zone."""
        self._now = start

    def now(self):
        """The moment the clock shows, in UTC."""
        return self._now

    def today(self):
        """The day the clock shows, in the office's time zone."""
        return self.local().date()

    def local(self):
        """The moment the clock shows, in the office's time zone."""
        return self._now.astimezone(timezone(timedelta(hours=8)))

    def advance(self, **step):
        """The clock shows `timedelta(**step)` more than before."""
        self._now += timedelta(**step)
        return self._now
