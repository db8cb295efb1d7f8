"""Working days: weekends, holidays, and the weekends that are worked in exchange."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.working_days import WorkingCalendar

HOLIDAY, SWAPPED = date(2026, 2, 16), date(2026, 2, 14)  # a Monday off, a Saturday worked
CALENDAR = WorkingCalendar(days={HOLIDAY: False, SWAPPED: True}, known=frozenset({2026}))
DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31))


def test_a_weekend_that_is_worked_counts_and_a_holiday_does_not():
    friday = date(2026, 2, 13)
    assert CALENDAR.after(friday, 1) == SWAPPED
    assert CALENDAR.after(friday, 2) == date(2026, 2, 17)
    assert WorkingCalendar().after(friday, 1) == HOLIDAY


def test_fifteen_working_days_are_more_than_fifteen_days():
    start = date(2026, 3, 2)
    assert CALENDAR.after(start, 15) == date(2026, 3, 23) > start + timedelta(days=15)


def test_what_the_office_enters_wins_over_the_calendar():
    own = CALENDAR.with_days({HOLIDAY: True, date(2026, 3, 3): False})
    assert own.is_working(HOLIDAY)
    assert not own.is_working(date(2026, 3, 3))
    assert own.is_working(SWAPPED)


def test_years_without_data_are_named():
    assert CALENDAR.unknown_years(date(2026, 12, 20), date(2027, 1, 19)) == (2027,)
    assert CALENDAR.unknown_years(date(2026, 1, 1), date(2026, 3, 1)) == ()


@settings(max_examples=60, deadline=None)
@given(start=DAYS, count=st.integers(0, 40))
def test_counting_forward_and_counting_between_agree(start, count):
    end = CALENDAR.after(start, count)
    assert CALENDAR.between(start, end) == count
    assert CALENDAR.between(end, start) == -count
    assert count == 0 or CALENDAR.is_working(end)
