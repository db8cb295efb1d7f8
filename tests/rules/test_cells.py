"""A cell is positive and two-valued: unknown fits only where it is written."""

from datetime import date

import pytest

from pmdesk.errors import PmdeskError
from pmdesk.rules.cells import ANY, UNKNOWN, Cell, Range, holds, of_ranges, of_values, united
from pmdesk.rules.facts import Fact, FactType
from tests.rules.tables import AGE, ASKED, DAY, NOTE, ZONE, words


@pytest.mark.parametrize("value", [None, 0, "a", True, date(2024, 2, 29)])
def test_a_cell_that_asks_for_nothing_fits_everything(value):
    assert holds(ANY, value)


def test_unknown_fits_only_where_it_is_written():
    assert holds(UNKNOWN, None)
    assert holds(of_values(["a"], ZONE, unknown=True), None)
    assert not holds(of_values(["a"], ZONE), None)
    assert not holds(of_ranges([Range(None, 5)]), None)
    assert not holds(UNKNOWN, "a")


def test_a_range_has_its_lower_end_and_not_its_upper():
    span = of_ranges([Range(65, 75)])

    assert [holds(span, value) for value in (64, 65, 74, 75)] == [False, True, True, False]


def test_true_is_not_one():
    assert not holds(of_values([True], ASKED), 1)
    assert not holds(of_ranges([Range(1, 2)]), True)
    assert not holds(of_values([True], ASKED), "True")


def test_a_cell_that_nothing_fits_cannot_be_made():
    with pytest.raises(PmdeskError):
        Cell()


def test_ranges_that_touch_become_one():
    assert of_ranges([Range(5, 7), Range(1, 3), Range(3, 5)]).ranges == (Range(1, 7),)
    assert of_ranges([Range(1, 9), Range(2, 3), Range(12, None)]).ranges == (
        Range(1, 9),
        Range(12, None),
    )


def test_ranges_without_a_lower_end_become_one_below_zero_too():
    assert of_ranges([Range(None, -5), Range(None, -9)]).ranges == (Range(None, -5),)
    assert of_ranges([Range(None, -5), Range(None, 3), Range(3, None)]).ranges == (
        Range(None, None),
    )


def test_every_known_value_and_unknown_together_ask_for_nothing():
    every_age = of_ranges([Range(None, 5), Range(5, None)])

    assert united([of_values([True, False], ASKED), UNKNOWN], ASKED) is ANY
    assert united([every_age, UNKNOWN], AGE) is ANY
    assert united([every_age], AGE).ranges == (Range(0, 121),)
    assert united([of_values(["a"], ZONE), ANY], ZONE) is ANY


@pytest.mark.parametrize(
    ("fact", "right", "wrong"),
    [
        (AGE, 1, True),
        (AGE, 0, 1.0),
        (ASKED, False, 0),
        (ZONE, "a", 1),
        (NOTE, "", b""),
        (DAY, date(2024, 1, 1), "2024-01-01"),
    ],
)
def test_a_fact_accepts_its_own_type_and_unknown(fact, right, wrong):
    assert fact.accepts(right)
    assert fact.accepts(None)
    assert not fact.accepts(wrong)


def test_an_option_that_is_gone_shows_its_code():
    assert ZONE.option_label("a").zh == "东区"
    assert ZONE.option_label("gone") == words("gone")


def test_a_half_open_domain_is_known_from_its_only_end():
    fact = Fact(key="n", label=words("n"), type=FactType.NUMBER, low=0)

    assert united([of_ranges([Range(None, 5), Range(5, None)])], fact).ranges == (Range(0, None),)
