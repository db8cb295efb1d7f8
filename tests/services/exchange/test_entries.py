"""Cells of further columns become values of their field, or say why not."""

from dataclasses import replace
from datetime import date

import pytest

from pmdesk.domain.fields import Kind, Problem
from pmdesk.domain.people import PartyRole
from pmdesk.services import starters
from pmdesk.services.exchange.entries import entry, role

CATALOGUE = starters.catalogue()


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("业主", PartyRole.OWNER),
        ("Owner", PartyRole.OWNER),
        ("1001", PartyRole.OWNER),
        ("租客", PartyRole.TENANT),
        ("1003", PartyRole.TENANT),
        ("家庭成员", PartyRole.OCCUPANT),
        ("1", None),
        ("", None),
    ],
)
def test_a_role_is_known_by_word_or_code(text, known):
    assert role(text) is known


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("floor_area", "89.5", 8950),
        ("floor_area", "1,089.50平方米", 108950),
        ("floor_area", "８９", 8900),
        ("handover_date", "2019.07.09", date(2019, 7, 9)),
        ("handover_date", "2019年7月9日", date(2019, 7, 9)),
        ("handover_date", "43655", date(2019, 7, 9)),
        ("unit_use", "住宅", "home"),
        ("unit_use", "写字楼", "office"),
        ("unit_use", "SHOP", "shop"),
        ("mail_address", " 文一路  1 号 ", "文一路 1 号"),
        ("id_verified", "是", True),
        ("id_verified", "no", False),
        ("visit_window", "", None),
    ],
)
def test_a_cell_becomes_a_value(key, text, value):
    field = CATALOGUE.field(key)
    found = entry(field, text)

    assert found == value if value is not None else isinstance(found, Problem)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("floor_area", "很大"),
        ("floor_area", "-5"),
        ("floor_area", "9" * 12),
        ("floor_area", "9" * 5000),
        ("handover_date", "去年"),
        ("handover_date", "2019-13-40"),
        ("unit_use", "110"),
        ("pay_channel", "打白条"),
        ("email", "没有"),
        ("id_verified", "也许"),
    ],
)
def test_what_is_no_value_says_so_without_quoting_it(key, text):
    problem = entry(CATALOGUE.field(key), text)

    assert isinstance(problem, Problem)
    assert text not in problem.sentence
    assert text not in str(dict(problem.places))


def test_several_choices_in_one_cell_are_parted_in_every_way_that_exports_use():
    field = replace(CATALOGUE.field("unit_use"), kind=Kind.CHOICES)

    for sign in "、,，;┋|/":
        assert entry(field, f"住宅{sign}商铺{sign}住宅") == ("home", "shop")
    assert isinstance(entry(field, "住宅、城堡"), Problem)
    assert isinstance(entry(field, "、"), Problem)
