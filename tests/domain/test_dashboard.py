"""The stretches of time that charts offer: whole days that are over, as people name them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.dashboard import PERIODS, Period, scope_of
from pmdesk.domain.dashboard_views import Choice, choice_of

_DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    ("today", "last", "this"),
    [
        (date(2026, 11, 23), (date(2026, 7, 1), date(2026, 10, 1)), (2026, 10, 1)),
        (date(2026, 1, 1), (date(2025, 10, 1), date(2026, 1, 1)), (2026, 1, 1)),
        (date(2026, 3, 31), (date(2025, 10, 1), date(2026, 1, 1)), (2026, 1, 1)),
        (date(2026, 4, 1), (date(2026, 1, 1), date(2026, 4, 1)), (2026, 4, 1)),
    ],
)
def test_quarters_are_those_of_the_calendar(today, last, this):
    before = scope_of(Period.LAST_QUARTER, today)
    assert (before.since, before.until) == last
    assert scope_of(Period.THIS_QUARTER, today).since == date(*this)


@given(today=_DAYS)
def test_what_runs_on_ends_with_a_whole_week_and_never_tells_of_today(today):
    for period in (Period.SO_FAR, Period.THIS_QUARTER):
        scope = scope_of(period, today)
        assert scope.since <= scope.until <= today
        assert scope.until == scope.since or scope.until.weekday() == 0
        assert today - scope.until < timedelta(weeks=1) or scope.until == scope.since


@given(today=_DAYS)
def test_every_period_is_over_and_has_a_name(today):
    assert set(PERIODS) == set(Period)
    for period in Period:
        assert scope_of(period, today).until <= today


@pytest.mark.parametrize("period", Period)
def test_a_kept_view_names_its_period_for_ever(period):
    assert choice_of(Choice(period=period).plain()).period is period
    assert {"month", "quarter", "half", "year", "so_far"} <= {one.value for one in Period}
