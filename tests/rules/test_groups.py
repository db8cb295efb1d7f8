"""Several options of one list as one yes-or-no column."""

import pytest

from pmdesk.i18n import Words
from pmdesk.rules.facts import Fact, FactType, group, resolved


def option(code, zh, en, name="repair"):
    return Fact(
        key=f"{name}.{code}",
        label=Words(zh=f"维修：{zh}", en=f"Repairs: {en}"),
        type=FactType.FLAG,
        list=name,
        any_of=(code,),
    )


WATER, POWER, DOORS = (
    option("water", "水", "water"),
    option("power", "电", "power"),
    option("doors", "门窗", "doors"),
)
BY_KEY = {fact.key: fact for fact in (WATER, POWER, DOORS, option("water", "水", "water", "other"))}


def test_a_group_says_its_list_once_and_then_its_options():
    made = group((WATER, POWER))
    assert made.key == "repair.water|power"
    assert made.label == Words(zh="维修：水/电任一", en="Repairs: water / power (any of these)")
    assert (made.list, made.any_of) == ("repair", ("water", "power"))


def test_a_group_is_found_again_by_its_key():
    assert resolved("repair.water|doors", BY_KEY) == group((WATER, DOORS))
    assert resolved("repair.water", BY_KEY) == WATER


@pytest.mark.parametrize(
    "key",
    ["repair.water|gone", "gone.water|power", "repair.gone", "repair.water|water", "|", "repair|x"],
)
def test_a_group_with_a_member_that_is_gone_is_no_fact(key):
    assert resolved(key, BY_KEY) is None
