"""The settings of the rights desk: the city, the office's own days, the days it gives itself."""

from dataclasses import dataclass
from datetime import date

from pmdesk.domain import office
from pmdesk.domain.cities import City
from pmdesk.domain.deadlines import TARGET
from pmdesk.domain.office import Changes
from pmdesk.domain.ports.requests import DeskSettings, OfficeDay
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services import calendars
from pmdesk.services.refusal import screen
from pmdesk.services.rights.request_steps import NOTE
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOptions:
    """What is set, and what there is to choose from."""

    settings: DeskSettings
    city: City
    cities: tuple[City, ...]
    days: tuple[OfficeDay, ...]
    known: tuple[int, ...]  # years whose holidays the calendar has


def options(session: Session) -> DeskOptions:
    """How the desk counts days now."""
    with session.reading(Permission.RECEIVE_REQUESTS) as work:
        settings = work.requests.settings()
        return DeskOptions(
            settings=settings,
            city=calendars.city(settings.city),
            cities=calendars.cities(),
            days=work.requests.days(),
            known=tuple(sorted(calendars.country().known)),
        )


def configure(session: Session, city: str, target: int) -> Changes:
    """New requests count by this city and these working days; never more than the law's paper."""
    session.require(Permission.CONFIGURE)
    if not 1 <= target <= TARGET:
        raise RefusedError(
            N_("The office can be faster than {count} working days, not slower."),
            N_("Enter a number from 1 to {count}."),
            count=TARGET,
        )
    with session.writing(Permission.CONFIGURE) as work:
        work.requests.configure(DeskSettings(city=calendars.city(city).code, target=target))
        session.log(work, "desk.configure", row={"city": city, "target": target})
        work.commit()
    return Changes.of(office.REQUESTS)


def put_day(session: Session, day: date, *, working: bool, note: str = "") -> Changes:
    """The day counts as given, whatever the calendar of the country says."""
    screen.require_no_number({NOTE: note})
    with session.writing(Permission.CONFIGURE) as work:
        work.requests.put_day(OfficeDay(day=day, working=working, note=note.strip()))
        session.log(work, "desk.day", day.isoformat(), row={"working": working})
        work.commit()
    return Changes.of(office.REQUESTS)


def drop_day(session: Session, day: date) -> Changes:
    """The day counts as the calendar of the country says."""
    with session.writing(Permission.CONFIGURE) as work:
        work.requests.drop_day(day)
        session.log(work, "desk.day_dropped", day.isoformat())
        work.commit()
    return Changes.of(office.REQUESTS)
