"""How the desk counts days: by the city, the office's own days, and never slower than the paper."""

from datetime import date

import pytest

from pmdesk.domain.deadlines import TARGET
from pmdesk.errors import RefusedError
from pmdesk.services import calendars
from pmdesk.services.rights import desk_settings
from tests.services.desk import received, request_of

BREAK = date(2026, 3, 4)  # a Wednesday


def test_everybody_sees_how_days_are_counted_and_for_which_years(clerk):
    found = desk_settings.options(clerk)
    assert (found.settings.target, found.city.code) == (TARGET, calendars.PLAIN)
    assert found.known == (2025, 2026)
    assert found.cities[0] == found.city


def test_the_office_may_be_faster_and_not_slower(admin, clerk):
    for target in (0, TARGET + 1):
        with pytest.raises(RefusedError):
            desk_settings.configure(admin, calendars.PLAIN, target)
    desk_settings.configure(admin, calendars.PLAIN, 3)
    assert request_of(clerk, received(clerk, "D1")).due == date(2026, 3, 5)


def test_an_unknown_city_counts_as_the_general_one(admin):
    desk_settings.configure(admin, "atlantis", TARGET)
    assert desk_settings.options(admin).city.code == calendars.PLAIN


def test_a_day_of_the_office_counts_until_it_is_dropped(admin, clerk, office):
    desk_settings.configure(admin, calendars.PLAIN, 3)
    with office.logged() as entries:
        desk_settings.put_day(admin, BREAK, working=False, note=" 停电 ")
    assert desk_settings.options(clerk).days[0].note == "停电"
    assert [(act, target) for act, target, _fields in entries] == [("desk.day", "2026-03-04")]
    assert request_of(clerk, received(clerk, "D1")).due == date(2026, 3, 6)
    desk_settings.drop_day(admin, BREAK)
    assert request_of(clerk, received(clerk, "D1")).due == date(2026, 3, 5)


def test_only_an_administrator_changes_it(manager):
    for attempt in (
        lambda: desk_settings.configure(manager, calendars.PLAIN, 5),
        lambda: desk_settings.put_day(manager, BREAK, working=False),
        lambda: desk_settings.drop_day(manager, BREAK),
    ):
        with pytest.raises(RefusedError):
            attempt()


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 1, 26), True),
        (date(2025, 1, 28), False),
        (date(2025, 4, 27), True),
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
        (date(2026, 1, 2), False),
        (date(2026, 1, 4), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 2, 28), True),
        (date(2026, 5, 9), True),
        (date(2026, 9, 20), True),
        (date(2026, 9, 25), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
    ],
)
def test_the_calendar_is_the_one_that_the_state_council_announced(day, working):
    assert calendars.country().is_working(day) is working


def test_the_holidays_of_a_year_are_as_many_as_the_notices_say():
    days = calendars.country().days
    counts = {
        year: (
            sum(1 for day, worked in days.items() if day.year == year and not worked),
            sum(1 for day, worked in days.items() if day.year == year and worked),
        )
        for year in (2025, 2026)
    }
    assert counts == {2025: (28, 5), 2026: (33, 6)}
    assert all(day.weekday() >= 5 for day, worked in days.items() if worked)
