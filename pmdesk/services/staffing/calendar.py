"""Holidays and worked weekends: what the country announced, and what the office entered."""

from dataclasses import dataclass
from datetime import date

from pmdesk.domain import day_lists, office
from pmdesk.domain.office import Changes
from pmdesk.domain.ports.requests import OfficeDay
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services import calendars
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day that is not as its weekday."""

    day: date
    working: bool
    own: bool  # entered by this office


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfDays:
    """The special days of a year; none where the year is not entered."""

    year: int
    days: tuple[CalendarDay, ...]
    known: bool


def year(session: Session, number: int) -> YearOfDays:
    """The days of that year that are no ordinary ones, in order."""
    with session.reading(Permission.SEE_ORDERS) as work:
        calendar = calendars.calendar(work)
        own = {one.day for one in work.requests.days()}
        first, last = date(number, 1, 1), date(number, 12, 31)
        unknown = calendars.unknown_years(work, first, last)
    days = (
        CalendarDay(day=day, working=working, own=day in own)
        for day, working in sorted(calendar.days.items())
        if day.year == number
    )
    return YearOfDays(year=number, days=tuple(days), known=not unknown)


def put(session: Session, text: str) -> Changes:
    """The days of the list count as it says, for forecasts, rosters and the rights desk alike."""
    session.require(Permission.CONFIGURE)
    found = day_lists.read(text)
    if found.faults or not found.days:
        raise RefusedError(
            N_("Line {line} of the list of days names no day."),
            N_("Write one day a line, such as 2027-01-01, or 2027-02-05 to 2027-02-12."),
            line=found.faults[0] if found.faults else 1,
        )
    with session.writing(Permission.CONFIGURE) as work:
        for day, working in found.days.items():
            work.requests.put_day(OfficeDay(day=day, working=working, note=""))
            session.log(work, "desk.day", day.isoformat(), row={"working": working})
        work.commit()
    return Changes.of(office.REQUESTS, office.STAFFING)


def drop(session: Session, day: date) -> Changes:
    """The day counts as the country announced it."""
    with session.writing(Permission.CONFIGURE) as work:
        work.requests.drop_day(day)
        session.log(work, "desk.day_dropped", day.isoformat())
        work.commit()
    return Changes.of(office.REQUESTS, office.STAFFING)
