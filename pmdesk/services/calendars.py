"""Working days and city profiles: read from `resources`, with what the office entered on top."""

import tomllib
from datetime import date
from functools import cache
from typing import Any

from pmdesk.assets import asset
from pmdesk.domain.cities import City, Duty
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.working_days import WorkingCalendar
from pmdesk.i18n import Words

COUNTRY = "cn"
PLAIN = "default"


@cache
def country(code: str = COUNTRY) -> WorkingCalendar:
    """The days as the State Council announced them."""
    years = _read(f"calendars/{code}.toml")
    days = {
        date.fromisoformat(day): worked
        for year in years.values()
        for worked, listed in ((False, year["off"]), (True, year["working"]))
        for day in listed
    }
    return WorkingCalendar(days=days, known=frozenset(int(year) for year in years))


def calendar(work: UnitOfWork) -> WorkingCalendar:
    """The days of the country, and over them what the office entered."""
    return country().with_days({one.day: one.working for one in work.requests.days()})


def unknown_years(work: UnitOfWork, start: date, end: date) -> tuple[int, ...]:
    """The years from `start` to `end` of which neither the country nor the office tells a day."""
    entered = {one.day.year for one in work.requests.days()}
    years = country().unknown_years(start, end)
    return tuple(year for year in years if year not in entered)


@cache
def cities() -> tuple[City, ...]:
    """The profiles that are shipped, the general one first."""
    files = sorted(asset("cities").glob("*.toml"), key=lambda path: (path.stem != PLAIN, path.stem))
    return tuple(_city(path.stem) for path in files)


def city(code: str) -> City:
    """The profile of that code; an unknown one counts as the general one."""
    return next((one for one in cities() if one.code == code), cities()[0])


def _city(code: str) -> City:
    entry = _read(f"cities/{code}.toml")
    return City(
        code=code,
        name=Words(**entry["name"]),
        duties=tuple(
            Duty(article=duty["article"], says=Words(zh=duty["zh"], en=duty["en"]))
            for duty in entry.get("duties", ())
        ),
        complaint_days=entry.get("complaint_days"),
    )


def _read(name: str) -> dict[str, Any]:
    with asset(name).open("rb") as file:
        return tomllib.load(file)
