"""Criteria that must be refused, and lawful ones, each by the item of the review that decides."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from pmdesk.analytics.facts import facts
from pmdesk.domain.reviews import State
from pmdesk.i18n import Words
from pmdesk.rules.cells import UNKNOWN
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import HitPolicy
from pmdesk.services import review, starters
from pmdesk.services.review import criteria
from tests.rules.tables import made_up

LISTED = tomllib.loads((Path(__file__).parent / "criteria.toml").read_text(encoding="utf-8"))
REJECTED, LAWFUL = LISTED["rejected"], LISTED["lawful"]
OF_A_TABLE = {f"LR-{number:02}" for number in (*range(1, 10), 11, 13)}  # items of a table


def said(entry):
    """The entry as the name of its test."""
    return f"{entry.get('item', 'lawful')} {next(iter(entry.values()))} {entry.get('tier', '')}"


def spoken(entries):
    return [pytest.param(one, id=one["words"]) for one in entries if "words" in one]


def tables(entries):
    return [pytest.param(one, id=said(one)) for one in entries if "words" not in one]


@pytest.fixture(scope="module")
def catalogue():
    return starters.catalogue()


def table_with(entry, catalogue):
    """The starter table with what the entry adds to it."""
    table = starters.starter_table(facts(catalogue))
    if "tag" in entry or "tier_name" in entry:
        return replace(table, scheme=scheme(table.scheme, entry))
    rule = replace(table.blank_rule(), reason="按本人填写的需要安排。")
    rule = replace(rule, id=entry.get("name", rule.id), legal=entry.get("legal", ""))
    if "reason" in entry:
        rule = replace(rule, reason=entry["reason"])
    table = table.with_rule(rule, 0 if entry.get("first") else None)
    if "column" in entry:
        fact = column(entry, catalogue)
        table = table.with_fact(fact).with_cell(rule.id, fact.key, UNKNOWN)
    for key, text in entry.get("cells", {}).items():
        fact = next(one for one in facts(catalogue) if one.key == key)
        if fact not in table.facts:
            table = table.with_fact(fact)
        table = table.with_cell(rule.id, key, parse(text, fact))
    table = table.with_output(
        rule.id, tier=entry.get("tier"), tags=frozenset(entry.get("tags", ("need",)))
    )
    return replace(table, policy=HitPolicy(entry.get("policy", "priority")))


def column(entry, catalogue):
    """The column as a stored table or an imported file could bring it."""
    known = {field.key: field.label for field in catalogue.fields}
    label = known.get(entry["column"]) or Words(entry["label"], entry["column"])
    return Fact(key=entry["column"], label=label, type=FactType.FLAG)


def scheme(present, entry):
    if "tag" in entry:
        name = Words(entry["tag"], entry["tag"])
        return replace(present, tags=(*present.tags, ("new", name)))
    name = Words(entry["tier_name"], entry["tier_name"])
    return replace(present, tiers=(*present.tiers[:-1], (present.tiers[-1][0], name)))


def test_there_are_enough_of_both():
    assert len(REJECTED) >= 40
    assert len(LAWFUL) >= 20
    assert {entry["item"] for entry in REJECTED} >= {f"LR-{number:02}" for number in range(1, 9)}


@pytest.mark.parametrize("entry", spoken(REJECTED))
def test_a_criterion_in_plain_words_is_refused_with_its_reason(entry, catalogue):
    judged = criteria.judged(catalogue, entry["words"])

    assert not judged.allowed
    assert judged.item
    assert judged.item.code == entry["item"]
    assert judged.why.zh
    assert judged.law
    assert judged.instead.zh


@pytest.mark.parametrize("entry", spoken(LAWFUL))
def test_a_lawful_criterion_in_plain_words_names_the_field_that_serves(entry, catalogue):
    judged = criteria.judged(catalogue, entry["words"])

    assert judged.allowed, judged.item and (judged.item.code, judged.word)
    assert judged.field
    assert judged.field.key == entry["field"]


@pytest.mark.parametrize("entry", tables(REJECTED))
def test_a_table_with_the_criterion_is_refused(entry, catalogue, manager):
    found = {one.item: one for one in review.automatic(manager, table_with(entry, catalogue))}

    assert found[entry["item"]].state is State.FAIL
    assert found[entry["item"]].words()


@pytest.mark.parametrize("entry", tables(LAWFUL))
def test_a_table_with_a_lawful_criterion_passes(entry, catalogue, manager):
    table = table_with(entry, catalogue)
    found = review.automatic(manager, table, made_up(table))

    wrong = [one.words() for one in found if one.item in OF_A_TABLE and one.state is not State.PASS]
    assert not wrong
