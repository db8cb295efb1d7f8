"""The real clock."""

from datetime import UTC, date, datetime


class SystemClock:
    """Time of this computer."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The present day here."""
        return self.local().date()

    def local(self) -> datetime:
        """The present moment here."""
        return datetime.now().astimezone()
