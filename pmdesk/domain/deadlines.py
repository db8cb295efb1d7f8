"""The clock of a request: when to warn, when it is due, and where it stops (law.md 5.1)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pmdesk.domain.cities import City
from pmdesk.domain.rights import Pace
from pmdesk.domain.working_days import WorkingCalendar

TARGET, WARNING = 15, 10  # working days
STOP = timedelta(days=30)  # calendar days, GB/T 35273-2020 8.7


class Alarm(StrEnum):
    """How near the last day is."""

    ON_TIME = "on_time"
    SOON = "soon"
    OVERDUE = "overdue"
    STOPPED = "stopped"  # past the 30 days that nothing may pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Three days of a request; none lies after the one that follows."""

    warn: date
    due: date
    stop: date

    def alarm(self, today: date) -> Alarm:
        """How the request stands on that day."""
        if today > self.stop:
            return Alarm.STOPPED
        if today > self.due:
            return Alarm.OVERDUE
        return Alarm.SOON if today >= self.warn else Alarm.ON_TIME


def deadlines(
    pace: Pace, received: date, calendar: WorkingCalendar, city: City, target: int = TARGET
) -> Deadlines:
    """The days of a request received on that day; a city or office may shorten, never lengthen."""
    stop = received + STOP
    if pace is Pace.AT_ONCE:
        return Deadlines(warn=received, due=received, stop=stop)
    due = min(calendar.after(received, min(target, TARGET)), stop)
    if pace is Pace.COMPLAINT and city.complaint_days is not None:
        due = min(due, received + timedelta(days=city.complaint_days))
    warn = min(calendar.after(received, min(target, WARNING)), due)
    return Deadlines(warn=warn, due=due, stop=stop)
