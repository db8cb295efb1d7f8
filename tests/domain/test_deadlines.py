"""The clock of a request: warn, due, stop; a city may shorten it, nothing lengthens it."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.cities import City
from pmdesk.domain.deadlines import STOP, Alarm, deadlines
from pmdesk.domain.rights import Pace
from pmdesk.domain.working_days import WorkingCalendar
from pmdesk.i18n import Words

PLAIN = City(code="default", name=Words("通用", "General"))
FAST = City(code="fast", name=Words("杭州", "Hangzhou"), complaint_days=10)
RECEIVED = date(2026, 3, 2)
WEEKENDS = WorkingCalendar()
DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31))


def test_an_ordinary_request_warns_after_ten_and_is_due_after_fifteen_working_days():
    days = deadlines(Pace.ORDINARY, RECEIVED, WEEKENDS, PLAIN)
    assert (days.warn, days.due) == (date(2026, 3, 16), date(2026, 3, 23))
    assert days.stop == date(2026, 4, 1)


def test_a_complaint_in_a_fast_city_is_due_after_ten_days():
    assert deadlines(Pace.COMPLAINT, RECEIVED, WEEKENDS, FAST).due == date(2026, 3, 12)
    assert deadlines(Pace.COMPLAINT, RECEIVED, WEEKENDS, PLAIN).due == date(2026, 3, 23)
    assert deadlines(Pace.ORDINARY, RECEIVED, WEEKENDS, FAST).due == date(2026, 3, 23)


def test_what_works_at_once_is_due_the_same_day():
    assert deadlines(Pace.AT_ONCE, RECEIVED, WEEKENDS, PLAIN).due == RECEIVED


def test_the_alarm_rises_with_the_days():
    days = deadlines(Pace.ORDINARY, RECEIVED, WEEKENDS, PLAIN)
    heard = [days.alarm(RECEIVED + timedelta(days=n)) for n in (13, 14, 21, 22, 30, 31)]
    assert heard == [
        Alarm.ON_TIME,
        Alarm.SOON,
        Alarm.SOON,
        Alarm.OVERDUE,
        Alarm.OVERDUE,
        Alarm.STOPPED,
    ]


@settings(max_examples=80, deadline=None)
@given(
    received=DAYS,
    off=st.sets(st.integers(1, 60), max_size=40),
    target=st.integers(1, 60),
    pace=st.sampled_from(Pace),
    city=st.sampled_from((PLAIN, FAST)),
)
def test_no_calendar_city_or_setting_passes_the_hard_stop(received, off, target, pace, city):
    holidays = {received + timedelta(days=n): False for n in off}
    days = deadlines(pace, received, WEEKENDS.with_days(holidays), city, target)
    assert received <= days.warn <= days.due <= days.stop == received + STOP
    longest = deadlines(pace, received, WEEKENDS.with_days(holidays), city)
    assert days.due <= longest.due
