"""How old a draft is, in words."""

from datetime import UTC, datetime, timedelta

import pytest

from pmdesk.ui.autosave import age

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=-5), "0 秒前"),
        (timedelta(seconds=12), "12 秒前"),
        (timedelta(minutes=3), "3 分钟前"),
    ],
)
def test_the_age_is_told_in_words(chinese, ago, words):
    assert age(NOW - ago, NOW) == words


def test_an_old_draft_tells_its_day(chinese):
    assert "2026-02-27" in age(NOW - timedelta(days=3), NOW)
