"""Values as people read them."""

from dataclasses import replace
from datetime import date

import pytest

from pmdesk.domain.fields import Kind
from pmdesk.i18n import Words
from pmdesk.services import starters
from pmdesk.services.value_words import value_words

FIELDS = {field.key: field for field in starters.catalogue().fields}


def first(kind):
    """The first field of the catalogue of that kind."""
    return next(field for field in FIELDS.values() if field.kind is kind)


@pytest.mark.parametrize("nothing", [None, ()])
def test_what_is_unknown_has_no_words(nothing):
    assert value_words(first(Kind.CHOICES), nothing) == ""


def test_yes_and_no_are_words_and_days_are_days():
    flag, day = first(Kind.FLAG), first(Kind.DATE)
    assert (value_words(flag, True), value_words(flag, False)) == ("Yes", "No")
    assert value_words(day, date(2026, 3, 2)) == "2026-03-02"


def test_an_open_period_shows_where_it_is_open():
    period = first(Kind.PERIOD)
    assert value_words(period, (date(2026, 3, 2), None)) == "2026-03-02 — …"


def test_options_are_told_by_their_labels():
    field = first(Kind.CHOICES)
    codes = tuple(option.code for option in field.options[:2])
    assert value_words(field, codes) == ", ".join(option.label.zh for option in field.options[:2])


def test_a_text_stands_as_it_is_written():
    assert value_words(first(Kind.TEXT), "云端路 9 号") == "云端路 9 号"


def test_a_number_has_its_decimals_and_its_unit():
    field = replace(first(Kind.NUMBER), scale=1, unit=Words("平方米", "m²"))
    assert value_words(field, 895) == "89.5 平方米"
