"""A draft whose fields left the catalogue opens, marked, and loses nothing until it is mended."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.errors import PmdeskError
from pmdesk.rules.facts import FactType
from pmdesk.rules.gone import gone, with_gone
from pmdesk.rules.parse import parse
from pmdesk.rules.table import DecisionTable
from tests.rules import tables
from tests.rules.dmn.own_tables import OFFERED, table


def opened(text, facts):
    return DecisionTable.from_json(text, with_gone(text, facts))


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_table_without_any_of_its_fields_opens_and_reads_the_same(dice):
    for drawn in (table(dice), tables.table(dice)):
        text = drawn.to_json()
        found = opened(text, ())
        assert [fact.key for fact in found.facts] == [fact.key for fact in drawn.facts]
        for before, after in zip(drawn.rules, found.rules, strict=True):
            assert (before.id, before.tier, before.tags) == (after.id, after.tier, after.tags)
            for cell, again, fact in zip(before.cells, after.cells, drawn.facts, strict=True):
                assert (cell.is_any, cell.unknown) == (again.is_any, again.unknown)
                assert set(cell.values) == set(again.values)
                assert len(cell.ranges) == len(again.ranges), fact.key


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_table_whose_fields_are_all_there_is_read_as_ever(dice):
    drawn = table(dice)
    assert opened(drawn.to_json(), OFFERED) == drawn
    assert gone(drawn.facts, OFFERED) == ()


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("true", "null"), FactType.FLAG),
        (("< 3", "[4.5..6)"), FactType.NUMBER),
        (('>= date("2024-01-01")',), FactType.DATE),
        (('"a", "b"', "null"), FactType.CHOICE),
        ((), FactType.FLAG),
    ],
)
def test_a_column_that_is_gone_is_shown_by_what_its_cells_say(cells, kind):
    rules = [
        {"cells": {"old": cell}, "id": cell, "legal": "", "reason": "", "tags": [], "tier": "care"}
        for cell in cells
    ]
    empty = json.loads(DecisionTable(facts=(), rules=(), scheme=tables.SCHEME).to_json())
    found = opened(json.dumps(empty | {"facts": ["old"], "rules": rules}), OFFERED)
    (fact,) = found.facts
    assert fact.type is kind
    assert "old" in fact.label.zh
    assert fact.label.zh != "old"
    assert gone(found.facts, OFFERED) == (fact,)


def test_an_option_that_is_gone_is_offered_again_with_a_mark():
    zone = tables.ZONE
    drawn = DecisionTable(facts=(zone,), rules=(), scheme=tables.SCHEME)
    rule = drawn.blank_rule()
    rule = replace(rule, cells=(parse('"a", "b"', zone),))
    drawn = drawn.with_rule(rule)
    fewer = replace(zone, options=zone.options[1:])
    found = opened(drawn.to_json(), (fewer,))
    assert set(found.rules[0].cells[0].values) == {"a", "b"}
    assert "a" in found.facts[0].option_label("a").en
    assert found.facts[0].option_label("a") != zone.option_label("a")
    assert gone(found.facts, (fewer,)) == (found.facts[0],)


def test_a_damaged_table_is_still_refused_in_plain_words():
    for text in ("", "[]", '{"facts": ["a"], "rules": [1]}', "{"):
        with pytest.raises(PmdeskError):
            opened(text, OFFERED)
