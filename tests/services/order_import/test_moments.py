"""Days and times in all the ways in which lists write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.services.order_import.moments import moment

WALL = timezone(timedelta(hours=8))
wall = datetime.fromisoformat  # without a zone, as a wall is
DAY = wall("2026-03-02")
HALF_TEN = wall("2026-03-02 09:30")


@pytest.mark.parametrize(
    ("cell", "told", "has_time"),
    [
        ("2026-03-02", DAY, False),
        ("2026/3/2", DAY, False),
        ("2026.3.2", DAY, False),
        ("2026年3月2日", DAY, False),
        ("20260302", DAY, False),
        (20260302.0, DAY, False),
        (date(2026, 3, 2), DAY, False),
        (wall("2026-03-02"), DAY, False),
        ("2026-03-02 00:00:00", DAY, False),
        ("46083", DAY, False),
        (46083.0, DAY, False),
        (46083.395833333, HALF_TEN, True),
        ("2026-03-02 09:30", HALF_TEN, True),
        ("2026-3-2 9:30:00", HALF_TEN, True),
        ("２０２６／３／２ ９：３０", HALF_TEN, True),
        ("2026/3/2 上午9:30", HALF_TEN, True),
        ("2026年3月2日 星期一 9时30分", HALF_TEN, True),
        ("2026/3/2 下午9:30", wall("2026-03-02 21:30"), True),
        ("2026-03-02 09:30:00 PM", wall("2026-03-02 21:30"), True),
        ("2026-03-02 12:30 AM", wall("2026-03-02 00:30"), True),
        ("2026-03-02 14:05", wall("2026-03-02 14:05"), True),
        ("20260302093000", HALF_TEN, True),
        ("2026-03-02T01:30:00Z", HALF_TEN, True),
        ("2026-03-02T09:30:00.123+08:00", HALF_TEN, True),
        (datetime(2026, 3, 2, 1, 30, tzinfo=UTC), HALF_TEN, True),
        ("2026-03-02 09:30:00+08", HALF_TEN, True),
        ("2026-03-29 02:30", wall("2026-03-29 02:30"), True),  # an hour that Europe skips
        ("1991-04-14 00:30", wall("1991-04-14 00:30"), True),  # one that China skipped
        ("2026-03-29T02:30:00+02:00", wall("2026-03-29 08:30"), True),
        ("2026-03-01 24:00", DAY, False),
    ],
)
def test_a_moment_is_read_however_it_is_written(cell, told, has_time):
    found = moment(cell, WALL)

    assert found is not None
    assert (found.wall, found.has_time) == (told, has_time)


@pytest.mark.parametrize(
    "cell",
    [
        *("", "待定", "2026-13-02", "2026-02-30", "12/31/2026", "9:30", True, 7),
        *("2026-03-02 25:00", "2026-03-02 24:01", "2026-03-02 09:30 CST"),
    ],
)
def test_what_is_no_moment_is_none(cell):
    assert moment(cell, WALL) is None


@given(st.datetimes(min_value=wall("1990-01-01"), max_value=wall("2050-01-01")))
def test_a_moment_that_a_database_wrote_is_the_same_moment(told):
    second = told.replace(microsecond=0)
    for cell in (
        second,
        second.isoformat(),
        second.isoformat(sep=" "),
        f"{second:%Y/%m/%d %H:%M:%S}",
    ):
        found = moment(cell, WALL)
        assert found is not None
        assert found.wall == second


@given(st.text(max_size=30))
def test_no_text_upsets_it(text):
    moment(text, WALL)
