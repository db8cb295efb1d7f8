"""Days, weeks and people in the words of the staffing page."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.names import SERVICES
from pmdesk.domain.staffing import Need, Shift
from pmdesk.i18n import N_, _, ngettext, said

WEEKDAYS = (*(N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun")),)
_WEEK = timedelta(days=6)


def weekday(day: date) -> str:
    """The day of the week, short."""
    return _(WEEKDAYS[day.weekday()])


def short_day(day: date) -> str:
    """Month and day."""
    return f"{day:%m-%d}"


def day_words(day: date) -> str:
    """Month, day and day of the week."""
    return f"{short_day(day)} {weekday(day)}"


def week_words(week: date) -> str:
    """A week by its first and last day."""
    last = week + _WEEK
    return _("{first} to {last}").format(first=week.isoformat(), last=last.isoformat())


def hours_words(start: int, end: int) -> str:
    """A time of day."""
    return f"{start:02d}:00–{end:02d}:00"


def shift_words(shift: Shift) -> str:
    """A shift by name and hours."""
    return f"{shift.name} {hours_words(shift.start, shift.end)}"


def service_words(services: Iterable[Service]) -> str:
    """Services by name, in their usual order."""
    chosen = set(services)
    return _(", ").join(said(SERVICES[one]) for one in Service if one in chosen)


def people_words(people: Mapping[Service, int]) -> str:
    """How many of whom."""
    told = (f"{said(SERVICES[one])}\u00a0{people[one]}" for one in Service if people.get(one))
    return _(", ").join(told)


def need_words(need: Need) -> str:
    """How many people, and what they have to be able to do."""
    able = people_words(need.able)
    if not need.people or [need.people] == [one for one in need.able.values() if one]:
        return able
    people = ngettext("{count} person", "{count} people", need.people).format(count=need.people)
    return _("{people}, able to do: {able}").format(people=people, able=able) if able else people
