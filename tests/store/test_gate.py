"""The schema is the gate: every door is tried with raw SQL on the open connection."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.consents import Decision
from pmdesk.domain.fields import FieldKey, Kind, Value
from pmdesk.store import gate, legend
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.catalogue_register import SqlCatalogue
from tests.store.conftest import (
    AT,
    FIELDS,
    P2,
    P3,
    P5,
    field,
    small_catalogue,
)

STAMP = "'visit', '2026-03-02', '2026-03-02', 'u'"
ANSWER = f"answers_p2 (person, source, collected_at, confirmed_at, by) VALUES (:p, {STAMP})"
RESULT = "classification (person, ruleset, rule, tier, tags, decided_on)"
EVENT = (
    "consent_event (person, purpose, decision, notice_version, notice_language, notice_digest, "
    "channel, act, paper_ref, witness, given_by, adult_confirmed, receipt, at, by)"
)


def run(connection, sql, **values):
    return connection.exec_driver_sql(sql, values)


def refused(connection, sql, **values):
    """Whether the database refused."""
    with pytest.raises(IntegrityError):
        run(connection, sql, **values)
    return True


@pytest.fixture
def person(enter):
    return enter()


@pytest.fixture
def ruleset(connection):
    document = (
        '{"rules":[{"id":"r1"}],"scheme":{"tiers":[{"key":"standard"},{"key":"care"}],'
        '"tags":[{"key":"need"}]}}'
    )
    run(
        connection,
        "INSERT INTO ruleset (id, version, status, document, digest, author, created_at) "
        "VALUES (1, 1, 'active', :document, '', 'a', '2026-03-02')",
        document=document,
    )
    assert legend.legend(document).tiers == ("standard", "care")
    return 1


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize(
    "into",
    [
        ANSWER,
        "answers_p2_patrol_need (person, value) VALUES (:p, 'door')",
        f"{RESULT} VALUES (:p, 1, 0, 1, 0, '2026-03-02')",
        "sealed_value (person, purpose, field, blob) VALUES (:p, 'P5', 'assist_need', x'00')",
    ],
)
def test_no_value_and_no_result_enters_without_a_live_consent(
    connection, person, ruleset, verb, into
):
    assert refused(connection, f"{verb} INTO {into}", p=person)


@pytest.mark.parametrize("first", [Decision.REFUSED, Decision.WITHDRAWN, Decision.STALE])
def test_a_decision_other_than_yes_opens_nothing(connection, person, first, decide):
    event = decide(person, first)
    live = "consent (person, purpose, event, notice_version, given_on)"
    for verb in ("INSERT", "REPLACE"):
        assert refused(
            connection,
            f"{verb} INTO {live} VALUES (:p, 'P2', :e, '1.0', '2026-03-02')",
            p=person,
            e=event.id,
        )
    assert refused(connection, f"INSERT INTO {ANSWER}", p=person)


def test_a_live_consent_cannot_be_pointed_at_a_refusal_or_at_another_persons_yes(
    connection, person, enter, decide
):
    other = enter("王伟", "13900000001", "3-1-503")
    theirs = decide(other)
    no = decide(person, Decision.REFUSED)
    sheet = decide(person, purpose=P3)
    decide(person)
    for event in (no.id, theirs.id, sheet.id, 4711):
        sql = "UPDATE consent SET event = :e WHERE person = :p AND purpose = 'P2'"
        assert refused(connection, sql, p=person, e=event)
    third = enter("李娜", "13900000002", "3-1-504")
    live = "consent (person, purpose, event, notice_version, given_on)"
    assert refused(
        connection,
        f"INSERT INTO {live} VALUES (:p, 'P2', :e, '1.0', '2026-03-02')",
        p=third,
        e=theirs.id,
    )


def test_consent_to_one_purpose_opens_no_other(connection, person, decide):
    decide(person, purpose=P3)
    assert refused(connection, f"INSERT INTO {ANSWER}", p=person)
    assert refused(
        connection,
        "INSERT INTO answers_p2 (person, purpose, source, collected_at, confirmed_at, by) "
        f"VALUES (:p, 'P3', {STAMP})",
        p=person,
    )
    assert refused(
        connection,
        "INSERT INTO sealed_value (person, purpose, field, blob) "
        "VALUES (:p, 'P3', 'assist_need', x'00')",
        p=person,
    )


def test_a_row_cannot_be_moved_to_another_purpose_or_person(connection, person, enter, decide):
    other = enter("王伟", "13900000001", "3-1-503")
    for code in (P2, P3, P5):
        decide(person, purpose=code)
    run(connection, f"INSERT INTO {ANSWER}", p=person)
    run(
        connection,
        "INSERT INTO sealed_value (person, purpose, field, blob) "
        "VALUES (:p, 'P5', 'assist_need', x'00')",
        p=person,
    )
    assert refused(connection, "UPDATE answers_p2 SET purpose = 'P3'")
    assert refused(connection, "UPDATE answers_p2 SET person = :p", p=other)
    assert refused(connection, "UPDATE sealed_value SET purpose = 'P2'")
    assert refused(connection, "UPDATE sealed_value SET field = 'diagnosis'")
    assert refused(connection, "UPDATE sealed_value SET person = :p", p=other)


def test_events_of_consent_stand_for_good(connection, person, decide):
    event = decide(person, Decision.REFUSED)
    assert refused(connection, "UPDATE consent_event SET decision = 'given'")
    values = "VALUES (:p, 'P2', 'given', '1.0', 'zh_CN', '', '', '', '', '', '', 1, :r, '', '')"
    taken = f"REPLACE INTO {EVENT} {values}"
    assert refused(connection, taken, p=person, r=event.receipt)
    again = taken.replace("(person,", "(id, person,").replace("VALUES (", "VALUES (:i, ")
    assert refused(connection, again, p=person, r="R1", i=event.id)


def test_notices_stand_for_good(connection):
    assert refused(connection, "UPDATE notice SET text = 'x'")
    assert refused(
        connection, "REPLACE INTO notice VALUES ('P2', '1.0', 'zh_CN', 'x', '', '[]', '')"
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("clean_need", "palace"),
        ("quiet", 2),
        ("budget", 901),
        ("budget", -1),
        ("budget", "much"),
        ("asked_on", "2026-02-30"),
        ("asked_on", "1/2/26"),
        ("patrol_need_known", 7),
        ("purpose", None),
    ],
)
def test_a_column_takes_only_what_its_field_allows(connection, person, column, value, decide):
    decide(person)
    run(connection, f"INSERT INTO {ANSWER}", p=person)
    assert refused(connection, f"UPDATE answers_p2 SET {column} = :v", v=value)


def test_text_and_periods_are_checked_by_the_database_too(connection, person):
    run(connection, f"INSERT INTO {ANSWER.replace('p2', 'p1')}", p=person)
    assert refused(connection, "UPDATE answers_p1 SET mail_address = :v", v="x" * 11)
    assert refused(
        connection,
        "UPDATE answers_p1 SET renovation_from = '2026-03-02', renovation_to = '2026-03-01'",
    )


def test_a_multiple_choice_takes_only_its_options(connection, person, decide):
    decide(person)
    run(connection, f"INSERT INTO {ANSWER}", p=person)
    into = "INSERT INTO answers_p2_patrol_need (person, value) VALUES (:p, :v)"
    run(connection, into, p=person, v="door")
    assert refused(connection, into, p=person, v="why")


def test_a_field_that_is_not_in_the_catalogue_has_no_column(connection):
    columns = {row.name for row in connection.exec_driver_sql("PRAGMA table_info('answers_p2')")}
    assert columns == {
        *("person", "purpose", "source", "collected_at", "confirmed_at", "by"),
        *("clean_need", "patrol_need_known", "quiet", "budget", "asked_on"),
    }


# ---- the tables follow the catalogue --------------------------------------------------------


def reinstalled(connection, context, fields):
    SqlCatalogue(connection, context).install(small_catalogue(fields))
    return SqlAnswers(connection, context)


@pytest.fixture
def answered(connection, context, person, decide):
    decide(person)
    values: dict[FieldKey, Value] = {
        FieldKey("clean_need"): "home",
        FieldKey("patrol_need"): ("door", "escort"),
        FieldKey("quiet"): True,
        FieldKey("budget"): 300,
        FieldKey("asked_on"): date(2026, 3, 1),
    }
    SqlAnswers(connection, context).put(person, P2, values, source="visit", at=AT)
    return values


def schema_of(connection):
    return connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema ORDER BY 1").all()


def test_to_install_the_same_catalogue_again_changes_nothing(connection, context, answered):
    before = schema_of(connection)
    reinstalled(connection, context, FIELDS)
    assert schema_of(connection) == before
    assert connection.exec_driver_sql("SELECT count(*) FROM catalogue").scalar() == 1


def test_a_new_field_and_a_new_option_keep_every_value(
    connection, context, person, answered, decide
):
    fields = [
        *(f for f in FIELDS if f.key not in {"clean_need", "patrol_need"}),
        field("clean_need", Kind.CHOICE, codes=("common", "home", "none", "window")),
        field("patrol_need", Kind.CHOICES, codes=("door", "vacant", "escort", "night")),
        field("pet", Kind.FLAG),
    ]
    answers = reinstalled(connection, context, fields)
    assert answers.get(person, P2).values == {**answered, "pet": None}
    answers.put(person, P2, {"clean_need": "window", "pet": False}, source="visit", at=AT)
    assert answers.get(person, P2).values["clean_need"] == "window"
    assert not [name for name, _ in schema_of(connection) if name.startswith("old_")]
    decide(person, Decision.WITHDRAWN)
    assert answers.get(person, P2) is None


def test_a_field_or_option_that_leaves_takes_its_values_along(
    connection, context, person, answered
):
    fields = [
        *(f for f in FIELDS if f.key not in {"clean_need", "patrol_need", "quiet", "budget"}),
        field("clean_need", Kind.CHOICE, codes=("common", "none")),
        field("patrol_need", Kind.CHOICES, codes=("door",)),
        field("budget", Kind.NUMBER, high=200),
        field("quiet", Kind.CHOICE, codes=("1",)),
    ]
    found = reinstalled(connection, context, fields).get(person, P2).values
    assert found == {
        "clean_need": None,
        "patrol_need": ("door",),
        "budget": None,
        "quiet": None,
        "asked_on": answered["asked_on"],
    }


def test_a_purpose_that_leaves_takes_its_tables_along(connection, context, answered):
    reinstalled(connection, context, [f for f in FIELDS if f.purpose != "P3"])
    names = [name for name, _ in schema_of(connection)]
    assert "answers_p2" in names
    assert not [name for name in names if name.startswith("answers_p3")]


def test_a_sealed_field_that_is_not_in_the_catalogue_is_refused(
    connection, context, person, decide
):
    decide(person, purpose=P5)
    sql = "INSERT INTO sealed_value (person, purpose, field, blob) VALUES (:p, 'P5', :f, x'00')"
    run(connection, sql, p=person, f="assist_need")
    assert refused(connection, sql, p=person, f="diagnosis")
    reinstalled(connection, context, [f for f in FIELDS if f.key != "assist_need"])
    assert refused(connection, sql, p=person, f="assist_need")


@pytest.mark.parametrize("key", ["person", 'x"; DROP TABLE person', "Quiet", "", "a b"])
def test_a_key_that_is_no_column_name_is_refused(key):
    with pytest.raises(ValueError, match="not a key"):
        gate.tables(small_catalogue([field(key, Kind.FLAG)]))
