"""The interval of a tier is told only where every number it is made of is."""

import pytest

from pmdesk.analytics.figures import HIDDEN, Cell, Series
from pmdesk.services.dashboard.whiskers import whiskers


def parts(*rows):
    return [Series(key=str(at), label="", cells=tuple(row)) for at, row in enumerate(rows)]


def test_a_hundred_orders_of_a_hundred_homes_are_off_by_about_twenty():
    low, high = whiskers(parts([Cell(value=60.0)], [Cell(value=40.0)]), [100])
    assert low.cells[0].value == pytest.approx(80.4)
    assert high.cells[0].value == pytest.approx(119.6)


def test_a_tier_with_a_hidden_part_has_no_interval():
    shown = [Cell(value=60.0), Cell(value=30.0)]
    low, high = whiskers(parts(shown, [HIDDEN, Cell(value=1.0)]), [100, 100])
    assert low.cells[0].value is None
    assert high.cells[0].value is None
    assert low.cells[1].value is not None


def test_where_no_interval_can_be_told_there_is_none():
    assert whiskers(parts([HIDDEN]), [100]) == ()
    assert whiskers(parts([Cell(value=0.0)]), [100]) == ()


def test_few_orders_are_never_fewer_than_none():
    low, _high = whiskers(parts([Cell(value=2.0)]), [100])
    assert low.cells[0].value == 0
