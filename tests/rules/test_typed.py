"""Cells and outputs as people type them: what is shown can be typed again."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.assets import asset
from pmdesk.errors import PmdeskError
from pmdesk.i18n import install
from pmdesk.rules.cells import ANY
from pmdesk.rules.parse import parse
from pmdesk.rules.typed import read_tags, read_tier, typed_cell, typed_tags
from tests.rules import tables


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(("zh_CN", "en")))
def test_typing_what_stands_there_changes_nothing(dice, language):
    install(language, asset("locale"))
    for fact in tables.FACTS:
        cell = tables.cell(dice, fact)
        assert parse(typed_cell(cell, fact), fact) == cell


def test_a_cell_that_asks_for_nothing_is_a_dash():
    assert typed_cell(ANY, tables.AGE) == "-"


def test_tiers_and_tags_are_read_by_key_and_by_name_however_they_are_joined():
    scheme = tables.SCHEME
    assert read_tier(" Care ", scheme) == "care"
    assert read_tags("need，addon、assist;need\n-", scheme) == {"need", "addon", "assist"}
    assert read_tags(typed_tags(frozenset({"need", "assist"}), scheme), scheme) == {
        "need",
        "assist",
    }
    assert read_tags("", scheme) == frozenset()


@pytest.mark.parametrize("read", [read_tier, read_tags])
def test_what_is_not_there_is_told_with_what_is(read):
    with pytest.raises(PmdeskError) as caught:
        read("gold", tables.SCHEME)
    assert "options" in caught.value.places


def test_an_option_whose_name_cannot_be_typed_is_shown_as_files_have_it():
    options = (("a", tables.words(" ")), ("b", tables.words("b")))
    nameless = replace(tables.ZONE, options=options)
    for text in ('"a"', '"a", "b"'):
        assert typed_cell(parse(text, nameless), nameless) == text
