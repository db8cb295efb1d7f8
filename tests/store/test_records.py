"""The database itself keeps records whole: no change, no second author's eyes, no early end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.records import RecordId, RecordStatus
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.services.records.record_kinds import kind
from pmdesk.store.records import SqlRecords
from tests.store.conftest import AT, UID

OTHER = "0" * 31 + "2"
PIA = kind("pia")
S, A, X, C = (
    RecordStatus.SUBMITTED,
    RecordStatus.APPROVED,
    RecordStatus.REJECTED,
    RecordStatus.CLOSED,
)
DAY = timedelta(days=1)


@pytest.fixture
def records(connection, context):
    """The register, in an office of two."""
    _enrol(connection, UID, OTHER)
    return SqlRecords(connection, context)


@pytest.fixture
def made(records):
    """A record that has taken these steps."""

    def made(*steps, subject="purpose:P5"):
        record = records.add(PIA, subject, '{"a":1}', author=UID, at=AT, year=2026)
        for step in steps:
            records.step(record, step, by=UID if step is S else OTHER, at=AT, words="好")
        return record

    return made


def _enrol(connection, *uids):
    for uid in uids:
        connection.exec_driver_sql(
            "INSERT INTO staff (uid, login, name, role, enabled) VALUES (?, ?, '', 'admin', 1)",
            (uid, uid),
        )


def swept(connection, day):
    """The office is swept up to that day."""
    connection.exec_driver_sql("UPDATE sweep SET day = ?", (day,))


def test_a_record_gets_the_next_number_of_its_kind_and_year(records):
    def add(made_of, year):
        return records.get(records.add(made_of, "", "{}", author=UID, at=AT, year=year)).number

    assert [add(PIA, 2026), add(PIA, 2026), add(PIA, 2027), add(kind("incident"), 2026)] == [
        "PIA-2026-001",
        "PIA-2026-002",
        "PIA-2027-001",
        "INC-2026-001",
    ]


def test_a_record_knows_its_version_author_and_last_moment(records, made):
    record = made(S)
    records.step(record, A, by=OTHER, at=AT + DAY, words="好")

    found = records.get(record)

    assert (found.status, found.version, found.author) == (A, 1, UID)
    assert (found.created_at, found.last_at) == (AT, AT + DAY)
    assert records.write(record, '{"a":2}', author=OTHER, at=AT + 2 * DAY) == 2
    found = records.get(record)
    assert (found.status, found.version, found.author) == (RecordStatus.DRAFT, 2, OTHER)
    assert [one.number for one in records.versions(record)] == [2, 1]
    assert [one.step for one in records.decisions(record)] == [A, S]


def test_records_are_found_by_kind_and_subject_newest_first(records, made):
    first, second = made(), made(subject="purpose:P6")
    again = made()

    assert [one.id for one in records.all("pia")] == [again, second, first]
    assert [one.id for one in records.all("pia", "purpose:P5")] == [again, first]
    assert len(records.all()) == 3
    assert not records.all("incident")


def test_what_is_gone_is_said(records, made):
    with pytest.raises(NotFoundError):
        records.get(RecordId(99))
    with pytest.raises(NotFoundError):
        records.version(made(), 2)


@pytest.mark.parametrize("step", [A, X])
def test_the_database_refuses_a_decision_of_the_author(records, made, step):
    record = made(S)

    with pytest.raises(RefusedError, match="of his own"):
        records.step(record, step, by=UID, at=AT + 2 * DAY)
    with pytest.raises(RefusedError, match="of his own"):  # two people: nobody is alone
        records.step(record, step, by=UID, at=AT + 2 * DAY, alone=True)

    assert records.get(record).status is S


def test_a_single_person_decides_after_a_day(records, made, connection):
    connection.exec_driver_sql("UPDATE staff SET enabled = 0 WHERE uid = ?", (OTHER,))
    record = made(S)

    with pytest.raises(RefusedError):
        records.step(record, A, by=UID, at=AT + DAY - timedelta(minutes=5), alone=True)
    with pytest.raises(RefusedError):  # without the mark nobody would see it
        records.step(record, A, by=UID, at=AT + DAY)
    records.step(record, A, by=UID, at=AT + DAY, alone=True)

    assert records.get(record).alone
    assert records.decisions(record)[0].alone


def test_a_kind_without_a_second_person_stands_by_its_author(records):
    made_of = replace(PIA, second_person=False)
    filed = records.add(made_of, "", "{}", author=UID, at=AT, year=2026)

    records.step(filed, A, by=UID, at=AT)

    assert records.get(filed).status is A


FORBIDDEN = (
    "UPDATE record_version SET document = '{}'",
    "UPDATE record_version SET author = 'x'",
    "DELETE FROM record_version",
    "INSERT OR REPLACE INTO record_version SELECT * FROM record_version",
    "UPDATE record_decision SET words = 'x'",
    "DELETE FROM record_decision",
    "INSERT OR REPLACE INTO record_decision SELECT * FROM record_decision",
    "UPDATE record SET number = 'PIA-1'",
    "UPDATE record SET keeps_months = 36, kind = 'x'",
    "UPDATE record SET second_person = 0",
    "INSERT OR REPLACE INTO record SELECT * FROM record",
    "UPDATE record SET status = 'approved'",
    "UPDATE record SET version = 7",
    "DELETE FROM record",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_nothing_written_or_decided_can_be_changed_by_hand(connection, made, statement):
    made(S)

    with pytest.raises(IntegrityError):
        connection.exec_driver_sql(statement)


def test_no_record_can_be_kept_for_less_than_three_years(connection):
    with pytest.raises(IntegrityError):
        connection.exec_driver_sql(
            "INSERT INTO record (kind, year, serial, number, subject, second_person, keeps_months,"
            " status, version, created_at) VALUES ('pia', 2026, 1, 'P', '', 1, 35, 'draft', 1, '')"
        )


@pytest.mark.parametrize(
    ("steps", "day", "gone"),
    [
        ((S, A, C), None, False),
        ((S, A, C), "2029-03-01", False),
        ((S, A, C), "2029-03-02", True),
        ((S, X), "2029-03-02", True),
        ((S, A), "2040-01-01", False),  # still in force: it has not ended
        ((), "2040-01-01", False),
    ],
)
def test_a_record_goes_only_when_it_ended_three_years_ago(
    records, made, connection, steps, day, gone
):
    record = made(*steps)
    if day:
        swept(connection, day)

    if gone:
        records.delete(record)
        assert not records.all()
        assert not connection.exec_driver_sql("SELECT * FROM record_version").all()
        assert not connection.exec_driver_sql("SELECT * FROM record_decision").all()
    else:
        with pytest.raises(RefusedError, match="cannot be deleted yet"):
            records.delete(record)


def test_a_later_word_makes_it_stay_longer(records, made, connection):
    record = made(S, A)
    records.step(record, C, by=OTHER, at=AT + 10 * DAY, words="完")
    swept(connection, "2029-03-11")

    with pytest.raises(RefusedError):
        records.delete(record)
