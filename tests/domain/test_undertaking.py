"""The confidentiality undertaking: how long it holds, and when one is reminded."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain import undertaking
from pmdesk.domain.staff import Permission
from pmdesk.domain.undertaking import GUARDED, Signed, Undertaking
from pmdesk.i18n import Words

TEXT = Undertaking(version="1.0", title=Words("保密承诺", "Secrecy"), points=(Words("一", "1"),))
SIGNED = Signed(
    uid="0" * 32,
    version="1.0",
    digest=TEXT.digest,
    name="王芳",
    signed_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
    valid_until=date(2027, 3, 2),
)


def test_it_holds_to_the_last_day_of_its_year():
    assert SIGNED.holds(TEXT, date(2027, 3, 2))
    assert not SIGNED.holds(TEXT, date(2027, 3, 3))


def test_another_text_is_signed_anew():
    changed = replace(TEXT, points=(Words("一", "1"), Words("二", "2")))

    assert not SIGNED.holds(changed, date(2026, 3, 3))


@given(st.dates(date(2000, 1, 1), date(2200, 12, 31)))
def test_a_year_later_is_the_same_day_or_the_last_of_february(day):
    until = undertaking.valid_until(day)

    assert (until.year, until.month) == (day.year + 1, day.month)
    assert until.day == day.day or (day.month, day.day, until.day) == (2, 29, 28)


@pytest.mark.parametrize(("days", "due"), [(15, False), (14, True), (0, True)])
def test_one_is_reminded_fourteen_days_before(days, due):
    today = date(2026, 3, 2)

    assert undertaking.is_due(today + timedelta(days=days), today) is due


def test_who_never_signed_is_asked():
    assert undertaking.is_due(None, date(2026, 3, 2))


@pytest.mark.parametrize(("typed", "fits"), [("王芳", True), (" 王 芳 ", True), ("王方", False)])
def test_one_signs_with_the_own_name(typed, fits):
    assert undertaking.same_name(typed, "王芳") is fits


def test_whatever_shows_a_resident_is_guarded():
    words = ("residents", "consent", "reveal", "sealed", "export", "import", "archive", "request")

    touching = {one for one in Permission if any(word in one.value for word in words)}
    assert touching <= GUARDED
