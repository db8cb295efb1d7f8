"""Columns of numbers out of the database."""

from sqlalchemy import literal, select, union_all

from pmdesk.store.schema_orders import work_order
from pmdesk.store.vectors import vector

NUMBERS = (0, 1, -1, 7 << 50, -(2**63), 2**63 - 1)


def test_any_int64_comes_out_as_it_was_row_by_row(connection):
    parts = [select(literal(one).label("one"), literal(place)) for place, one in enumerate(NUMBERS)]

    found = vector(connection, select(union_all(*parts).subquery()))

    assert found.tolist() == [value for place, one in enumerate(NUMBERS) for value in (one, place)]


def test_where_there_is_nothing_there_is_no_number(connection):
    assert vector(connection, select(work_order.c.id)).tolist() == []
