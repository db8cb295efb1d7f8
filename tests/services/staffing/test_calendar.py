"""Holidays are looked at by everybody and entered by administrators, a whole list at once."""

from datetime import date

import pytest

from pmdesk.errors import DeniedError, RefusedError
from pmdesk.services.rights import desk_settings
from pmdesk.services.staffing import calendar


def test_a_year_that_is_known_shows_the_days_of_the_country(clerk):
    found = calendar.year(clerk, 2026)
    days = {one.day: one for one in found.days}

    assert found.known
    assert not days[date(2026, 2, 17)].working
    assert days[date(2026, 2, 14)].working
    assert not any(one.own for one in found.days)


def test_a_list_of_a_new_year_is_entered_at_once_for_all_who_count_days(admin, clerk, office):
    assert not calendar.year(clerk, 2027).known
    with office.logged() as log:
        changes = calendar.put(admin, "2027-01-01\n2027-02-05 至 2027-02-07\n2027-02-14 上班")
    found = calendar.year(clerk, 2027)

    assert [one.working for one in found.days] == [False, False, False, False, True]
    assert all(one.own for one in found.days)
    assert found.known
    assert changes.kinds == {"requests", "staffing"}
    assert [act for act, _target, _fields in log] == ["desk.day"] * 5
    assert len(desk_settings.options(admin).days) == 5


def test_a_line_that_names_no_day_enters_nothing(admin):
    with pytest.raises(RefusedError) as caught:
        calendar.put(admin, "2027-01-01\n春节")
    assert caught.value.places["line"] == 2
    with pytest.raises(RefusedError):
        calendar.put(admin, "")
    assert not calendar.year(admin, 2027).days


def test_an_entered_day_can_be_taken_out(admin):
    calendar.put(admin, "2026-02-17 上班")
    calendar.drop(admin, date(2026, 2, 17))

    assert not {one.day: one for one in calendar.year(admin, 2026).days}[date(2026, 2, 17)].own


def test_a_manager_enters_no_days(manager):
    with pytest.raises(DeniedError):
        calendar.put(manager, "2027-01-01")
