"""What comes in and is not read: by name, by type, by domain, and inside lists and structures."""

from decimal import Decimal

import pytest

from pmdesk.rules.dmn.evaluate import plan_for
from pmdesk.rules.dmn.read import read_model
from pmdesk.rules.dmn.strays import is_lost, wanted
from pmdesk.rules.dmn.types import ANY_TYPE, Type
from pmdesk.rules.dmn.values import Kind
from tests.rules.dmn.files import column, data, decision, definitions, output, table

ONE, TWO = Decimal(1), Decimal(2)
NUMBER = Type(kind=Kind.NUMBER)
NUMBERS = Type(kind=Kind.NUMBER, is_list=True)
HOME = Type(components={"rooms": NUMBER})


def names(*parts, of="d"):
    plan = plan_for(read_model(definitions(*parts)), of)
    assert plan is not None
    return list(wanted(plan))


def test_inputs_of_required_decisions_are_asked_for_and_their_results_are_not():
    below = decision("below", table([column("x")], [output()], [["-", "1"]]), ["x"])
    made = table([column("y"), column("below"), column("1")], [output()], [["-", "-", "-", "1"]])

    assert names(
        data("x", "number"), data("y", "number"), below, decision("d", made, ["y"], ["below"])
    ) == ["x", "y"]


def test_without_declared_inputs_the_columns_name_them():
    asked = [column("x"), column("home.rooms"), column('list contains(tags, "a")')]

    assert names(decision("d", table(asked, [output()], [["-", "-", "-", "1"]]))) == [
        *("x", "home", "tags"),
    ]


@pytest.mark.parametrize(
    ("type_", "value", "lost"),
    [
        (NUMBER, None, False),
        (NUMBER, ONE, False),
        (NUMBER, [ONE], False),
        (NUMBER, [ONE, TWO], True),
        (NUMBER, "one", True),
        (NUMBERS, ONE, False),
        (NUMBERS, [ONE, "two"], True),
        (HOME, {"rooms": TWO}, False),
        (HOME, {}, False),
        (HOME, {"rooms": "three"}, True),
        (HOME, [{"rooms": TWO}], False),
        (HOME, "large", True),
        (ANY_TYPE, ["whatever"], False),
    ],
)
def test_what_is_read_as_unknown_is_lost(type_, value, lost):
    assert is_lost((ANY_TYPE, type_), value) is lost
