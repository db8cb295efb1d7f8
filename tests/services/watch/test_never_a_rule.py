"""Nothing of the watch can become an input of a rule: no fact, no column, no table."""

import re

import pytest
from sqlalchemy.dialects import sqlite

from pmdesk.analytics.facts import fact_of, facts
from pmdesk.errors import PmdeskError
from pmdesk.rules.table import DecisionTable
from pmdesk.services import rules
from pmdesk.store import deciding, schema_orders, schema_watch
from pmdesk.store.schema import metadata

TABLES = {
    table.name
    for table in metadata.tables.values()
    if any(table is one for one in vars(schema_watch).values())
    or any(table is one for one in vars(schema_orders).values())
}
NAMES = (
    *("hot_spot", "hot_spots", "risk_measure", "measure", "complaint", "complaints", "work_order"),
    *("building", "complaint_rate", "watched", "human_review", "reversals", "month_count"),
)


def catalogue(session):
    with session.store.reading() as work:
        return work.catalogue.live()


def test_the_tables_of_the_watch_and_of_orders_are_known_here():
    assert {"risk_measure", "human_review", "month_count", "work_order"} <= TABLES


@pytest.mark.parametrize("name", NAMES)
def test_no_rule_can_ask_for_it(manager, name):
    live = catalogue(manager)
    assert fact_of(live, name) is None
    active = next(one for one in rules.versions(manager) if one.activated_at)
    table = rules.table(manager, active.id)
    document, known = table.to_json(), table.facts[0].key
    assert DecisionTable.from_json(document, facts(live)) == table
    with pytest.raises(PmdeskError):
        DecisionTable.from_json(document.replace(known, name), facts(live))


def test_no_field_that_rules_read_is_kept_in_such_a_table(manager):
    for field in catalogue(manager).rule_fields:
        assert field.key not in TABLES
        assert not any(field.key.startswith(name) for name in TABLES)


def test_the_statement_that_decides_reads_no_such_table(manager):
    live = catalogue(manager)
    keys = tuple(fact.key for fact in facts(live))
    with manager.store.reading() as work:
        read = deciding.reading(work._connection, live, keys)
    written = str(read.facts().compile(dialect=sqlite.dialect()))
    assert not TABLES & set(re.findall(r"\w+", written))
