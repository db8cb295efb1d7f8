"""The register of the watch over an encrypted data file: what never changes, and what can."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.watch import MeasureState, Plan
from pmdesk.errors import NotFoundError
from pmdesk.store.watch.book import SqlWatchBook

DAY = date(2026, 3, 2)
PLAN = Plan(building="3", topic="noise", words="装修时间公示", owner="a" * 32, due=DAY)


@pytest.fixture
def book(connection, context):
    """The register."""
    return SqlWatchBook(connection, context)


def test_open_measures_come_first_by_their_last_day(book):
    late = book.add(replace(PLAN, due=date(2026, 5, 1)), on=DAY)
    soon = book.add(PLAN, on=DAY)
    ended = [book.add(PLAN, on=DAY) for _number in range(2)]
    for number, measure in enumerate(ended):
        changed = replace(
            book.measure(measure),
            state=MeasureState.DONE,
            ended_by="b" * 32,
            ended_on=date(2026, 3, 3 + number),
        )
        book.save(changed)
    assert [one.id for one in book.measures()] == [soon, late, *reversed(ended)]


def test_there_is_no_measure_of_that_number(book):
    with pytest.raises(NotFoundError):
        book.measure(7)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE risk_measure SET building = building + 1",
        "UPDATE risk_measure SET topic = 'hygiene'",
        "UPDATE risk_measure SET made_on = '2020-01-01'",
        "DELETE FROM risk_measure",
        "UPDATE risk_measure SET state = 'done'",
        "UPDATE risk_measure SET words = '好'",
        "UPDATE risk_measure SET ended_on = '2026-03-01', state = 'done'",
        "UPDATE human_review SET changed = 1 - changed",
        "DELETE FROM human_review",
        "UPDATE suspension_decision SET verdict = 'keep'",
        "DELETE FROM suspension_decision",
        "UPDATE month_count SET document = '{}'",
    ],
)
def test_the_file_itself_keeps_what_stands(book, connection, statement):
    book.add(PLAN, on=DAY)
    connection.exec_driver_sql(
        "INSERT INTO ruleset (version, status, document, digest, author, created_at)"
        " VALUES (1, 'draft', '{}', '', 'a', '2026-01-01')"
    )
    connection.exec_driver_sql("INSERT INTO human_review VALUES (1, 1, '2026-03-02', 0)")
    connection.exec_driver_sql(
        "INSERT INTO suspension_decision VALUES (1, 1, 'reversals', 'suspend', ?, 1, 'a', '2026')",
        ("看过" * 10,),
    )
    book.keep_counts(date(2026, 3, 1), {"tier": {"care": 12}})
    with pytest.raises(IntegrityError):
        connection.exec_driver_sql(statement)


def test_a_month_has_its_counts_once(book):
    month = date(2026, 3, 1)
    assert book.counts(month) is None
    book.keep_counts(month, {"tier": {"care": 12}})
    book.keep_counts(date(2026, 4, 1), {})
    assert book.counts(month) == {"tier": {"care": 12}}
    assert book.months() == (date(2026, 4, 1), month)
    with pytest.raises(IntegrityError):
        book.keep_counts(month, {})
