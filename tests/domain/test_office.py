"""The office's particulars and the news that pages listen to."""

from dataclasses import fields, replace
from typing import Any

import pytest

from pmdesk.domain import office
from pmdesk.domain.notices import placeholders
from pmdesk.domain.office import Changes, OfficeProfile
from pmdesk.domain.people import PersonId
from pmdesk.services import starters

GOOD = OfficeProfile(
    name="晴川",
    address="江边路 8 号",
    responsible="周敏",
    contact_phone="0000-12345678",
    regulator_phone="12377",
    housing_phone="12345",
)
PROFILE = OfficeProfile(name="n", address="a", responsible="r", contact_phone="p")


def test_every_particular_but_the_limits_can_stand_in_a_notice():
    named = {field.name for field in fields(OfficeProfile)} - {"smallest_count", "reask_months"}
    marks: dict[str, Any] = {name: f"<{name}>" for name in named}
    marked = replace(PROFILE, **marks)

    assert set(marked.places().values()) == {f"<{name}>" for name in named}


def test_a_notice_asks_for_nothing_that_an_office_cannot_say():
    for notice in starters.notices("zh_CN"):
        assert placeholders(notice.text) <= {*PROFILE.places(), "version", "date"}


def test_changes_name_kinds_and_people():
    changes = Changes.of(office.RESIDENTS, office.CONSENTS, people=map(PersonId, (3, 3, 5)))

    assert changes.kinds == {"residents", "consents"}
    assert changes.people == {3, 5}
    assert Changes.of(office.RULES).people == frozenset()


@pytest.mark.parametrize(
    "key", ["name", "responsible", "contact_phone", "regulator_phone", "housing_phone"]
)
def test_what_every_notice_must_say_is_needed(key):
    blank: dict[str, Any] = {key: " "}

    assert key in {problem.key for problem in replace(GOOD, **blank).problems()}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("contact_phone", "call me"),
        ("regulator_phone", "十二三四五"),
        ("housing_phone", "12329!"),
        ("contact_email", "kefu"),
    ],
)
def test_a_particular_that_nobody_could_use_is_named(key, value):
    wrong: dict[str, Any] = {key: value}

    assert [problem.key for problem in replace(GOOD, **wrong).problems()] == [key]


def test_good_particulars_and_empty_optional_ones_are_fine():
    assert GOOD.problems() == ()
    assert replace(GOOD, contact_email="kefu@example.cn", housing_phone="12329").problems() == ()
