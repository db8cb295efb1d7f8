"""The facts in SQL are those in Python, on every kind of day and for every kind of unknown."""

from datetime import date
from random import Random

import pytest

from pmdesk.analytics.facts import fact_values, facts
from pmdesk.store import deciding
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
    keys = [fact.key for fact in facts(catalogue)]
    read = deciding.reading(connection, catalogue, keys)
    rows = connection.execute(read.facts(), deciding.values(today)).mappings().all()
    assert len(rows) == PEOPLE
    for row in rows:
        wanted = fact_values(catalogue, known[row["person"]], today)
        assert {key: row[key] for key in keys} == wanted
