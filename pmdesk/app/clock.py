"""The real clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pmdesk.domain.office import Clock


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


@dataclass(frozen=True, slots=True)
class EarlierClock:
    """What another clock showed some days ago."""

    clock: Clock
    days: int

    def now(self) -> datetime:
        """That moment in UTC."""
        return self.clock.now() - timedelta(days=self.days)

    def today(self) -> date:
        """That day here."""
        return self.local().date()

    def local(self) -> datetime:
        """That moment here."""
        return self.clock.local() - timedelta(days=self.days)
