"""The classes of a column: each can be shown by a value, and written as a cell."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from pmdesk.rules.cells import ANY, UNKNOWN, Cell, Range, holds, known
from pmdesk.rules.classes import Rest, bits_of, cut
from pmdesk.rules.facts import Fact, FactType
from tests.rules import tables
from tests.rules.tables import AGE, ASKED, DAY, FEE, NOTE, ZONE, words

FACTS = (AGE, FEE, ZONE, ASKED, DAY, NOTE)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.key)
def test_the_sample_of_a_class_fits_exactly_the_cells_that_hold_for_it(fact):
    random = Random(5)
    cells = [ANY, *(tables.cell(random, fact) for _ in range(30))]
    column = cut(cells, fact)

    for place in range(len(column.classes)):
        value = column.sample(place)
        assert fact.accepts(value)
        for cell, bits in zip(cells, column.held, strict=True):
            assert holds(cell, value) == bool(bits >> place & 1)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.key)
def test_the_cell_of_some_classes_holds_for_exactly_these(fact):
    random = Random(7)
    column = cut([tables.cell(random, fact) for _ in range(6)], fact)

    for _time in range(40):
        bits = random.randrange(1, column.everything + 1)
        cell = column.cell(bits)
        if cell is None:
            assert bits & column.rest
        else:
            fitting = [holds(cell, column.sample(n)) for n in range(len(column.classes))]
            assert fitting == [bool(bits >> n & 1) for n in range(len(column.classes))]


def test_a_whole_domain_is_written_as_any_or_as_known():
    for fact in (AGE, ZONE, ASKED, DAY):
        column = cut([UNKNOWN], fact)
        assert column.cell(column.everything) == ANY
        assert column.cell(column.everything & ~column.unknown) == known(fact)


def test_for_other_texts_no_cell_can_be_written_but_a_text_be_made_up():
    column = cut([Cell(values=("…",)), Cell(values=("x",))], NOTE)
    place = column.classes.index(Rest.OTHER_TEXT)

    assert column.cell(column.rest) is None
    assert column.sample(place) == "……"


def test_samples_lie_within_what_the_fact_can_be():
    def samples(fact, *ranges):
        column = cut([Cell(ranges=(Range(*one),)) for one in ranges], fact)
        return [column.sample(place) for place in range(len(column.classes))]

    number = Fact(key="n", label=words("n"), type=FactType.NUMBER, nullable=False)
    assert samples(number) == [0]
    assert samples(replace(number, low=3)) == [3]
    assert samples(replace(number, high=-3)) == [-3]
    assert samples(replace(number, low=3, high=9), (None, 5), (2, 9)) == [3, 5, 9]
    assert samples(replace(number, high=4), (None, 9)) == [4]
    assert samples(replace(DAY, nullable=False)) == [date(2000, 1, 1)]


def test_a_range_beyond_the_domain_holds_for_nobody():
    column = cut([Cell(ranges=(Range(None, 0),)), Cell(ranges=(Range(121, None),))], AGE)

    assert column.held == (0, 0)


def test_bits_come_lowest_first():
    assert list(bits_of(0b10110)) == [1, 2, 4]
