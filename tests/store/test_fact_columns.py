"""The facts in SQL are those in Python, on every kind of day and for every kind of unknown."""

from datetime import date
from random import Random

import pytest

from pmdesk.analytics.facts import fact_values, facts, groups_of
from pmdesk.store import deciding, fact_columns
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.catalogue_register import SqlCatalogue
from tests.store.conftest import AT, P1, P2, small_catalogue
from tests.store.deciders import COVERING, answers_of

DAYS = (
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2025, 2, 28),
    date(2026, 3, 2),
    date(2026, 3, 31),
    date(2026, 4, 30),
)
PEOPLE = 60
GROUPS = ("patrol_need.door|escort", "patrol_need.door|vacant|escort", "hobby_tags.garden|chess")


@pytest.fixture
def known(connection, context, enter, decide):
    """What was entered, by person."""
    SqlCatalogue(connection, context).add_notice(COVERING, at=AT)
    random = Random(7)
    answers = SqlAnswers(connection, context)
    entered = {}
    for place in range(PEOPLE):
        person = enter(mobile=f"139{place:08}", room="")
        decide(person, notice=COVERING)
        contract, needs = answers_of(random, random.choice(DAYS))
        if place % 10:
            answers.put(person, P1, contract, source="counter", at=AT)
            answers.put(person, P2, needs, source="counter", at=AT)
            entered[person] = contract | needs
        else:
            entered[person] = {}
    return entered


@pytest.mark.parametrize("today", DAYS)
def test_facts_in_sql_are_those_in_python(connection, known, today):
    catalogue = small_catalogue()
    groups = groups_of(catalogue, GROUPS)
    keys = [fact.key for fact in (*facts(catalogue), *groups)]
    read = deciding.reading(connection, catalogue, keys)
    rows = connection.execute(read.facts(), deciding.values(today)).mappings().all()
    assert len(rows) == PEOPLE
    for row in rows:
        wanted = fact_values(catalogue, known[row["person"]], today, groups)
        assert {key: row[key] for key in keys} == wanted


def unguarded(field, answers, codes):
    """EXISTS over an unknown list is false, not unknown."""
    guarded = ANY_OF(field, answers, codes)
    return guarded.clause.whens[0][1]


def one_option(field, answers, codes):
    return ANY_OF(field, answers, codes[-1:])


ANY_OF = fact_columns._any_of


@pytest.mark.parametrize("mutant", [unguarded, one_option])
def test_a_wrong_group_is_seen(connection, known, monkeypatch, mutant):
    monkeypatch.setattr(fact_columns, "_any_of", mutant)
    with pytest.raises(AssertionError):
        test_facts_in_sql_are_those_in_python(connection, known, DAYS[-1])
