"""Decisions stand for good; what hung on a consent falls with it, to the last byte."""

from datetime import timedelta

import pytest

from pmdesk.domain.consents import Act, Channel, ConsentState, Decision, Evidence, state
from pmdesk.errors import ConflictError, NotFoundError, StorageError
from pmdesk.store import running
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.consents import SqlConsents
from pmdesk.store.people import SqlPeople
from tests.store.conftest import AT, P2, P3, P5, TODAY, UID, notice

LAST_DAY = TODAY + timedelta(days=90)
SECRET = "zz-secret"


@pytest.fixture
def consents(connection, context):
    return SqlConsents(connection, context)


@pytest.fixture
def answers(connection, context):
    return SqlAnswers(connection, context)


@pytest.fixture
def person(enter):
    return enter()


def test_a_yes_is_live_and_points_to_its_event(consents, person, decide):
    event = decide(person, valid_until=LAST_DAY)
    live = consents.live(person)[P2]
    assert (live.event, live.notice_version, live.given_on, live.valid_until) == (
        event.id,
        "1.0",
        TODAY,
        LAST_DAY,
    )
    assert (event.by, event.at, event.channel, event.paper_ref) == (UID, AT, Channel.PAPER, "A-1")
    assert event.notice_digest == notice().digest
    assert consents.signature(event.id) == b""


def test_events_are_told_newest_first(consents, person, decide):
    decide(person)
    decide(person, Decision.WITHDRAWN)
    decide(person, Decision.REFUSED, P3)
    events = consents.events(person)
    assert [(e.purpose, e.decision) for e in events] == [
        (P3, Decision.REFUSED),
        (P2, Decision.WITHDRAWN),
        (P2, Decision.GIVEN),
    ]
    assert state(events[1], consents.live(person).get(P2), TODAY) is ConsentState.WITHDRAWN


def test_a_signature_is_read_back_before_the_consent_counts(consents, person, decide, monkeypatch):
    drawn = Evidence(
        channel=Channel.COUNTER,
        act=Act.DRAWN,
        signature_png=b"\x89PNG",
        signature_strokes="[]",
        adult_confirmed=True,
    )
    assert consents.signature(decide(person, evidence=drawn).id) == b"\x89PNG"
    monkeypatch.setattr(SqlConsents, "signature", lambda _self, _event: b"\x89PN")
    with pytest.raises(StorageError):
        decide(person, evidence=drawn)


def test_a_notice_that_the_office_does_not_have_is_refused(person, decide):
    with pytest.raises(ConflictError):
        decide(person, notice=notice(version="7.0"))


def test_consent_given_again_keeps_the_answers(consents, answers, person, decide):
    decide(person)
    answers.put(person, P2, {"quiet": True}, source="visit", at=AT)
    again = decide(person)
    assert consents.live(person)[P2].event == again.id
    assert answers.get(person, P2).values["quiet"] is True


def everything(connection):
    """Each cell of each table of the database, the hidden ones of the search index too."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'")
    tables = [name for (name,) in names]
    assert "answers_p2_patrol_need" in tables
    return {
        (name, str(cell))
        for name in tables
        if name != "person_search"  # has no columns of its own; its parts are listed
        for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')
        for cell in row
    }


def test_withdrawal_leaves_nothing_in_any_table(connection, answers, person, decide, enter):
    other = enter("王伟", "13900000001", "3-1-503")
    for purpose in (P2, P5):
        decide(person, purpose=purpose)
    before = everything(connection)
    decide(other)
    answers.put(person, P2, {"budget": 789, "patrol_need": ("escort",)}, source=SECRET, at=AT)
    answers.seal(person, P5, "assist_need", SECRET.encode())
    answers.put(other, P2, {"budget": 456}, source="visit", at=AT)
    connection.exec_driver_sql(
        "INSERT INTO ruleset (id, version, status, document, digest, author, created_at) "
        "VALUES (1, 1, 'active', '{}', '', 'a', '2026-03-02')"
    )
    connection.exec_driver_sql(
        "INSERT INTO classification (person, ruleset, rule, tier, tags, decided_on) "
        "VALUES (?, 1, 0, 789789, 0, '2026-03-02')",
        (person,),
    )
    for uid, page, subject in (
        ("a", "resident", person),
        (UID, "consent", person),
        ("a", "rules", person),
        ("a", "measure", person),
        ("a", "proposal", f"{person}:reversals"),
        ("a", "resident", other),
    ):
        connection.exec_driver_sql(
            "INSERT INTO draft VALUES (?, ?, ?, ?, '2026-03-02')",
            (uid, page, str(subject), f"{page} of {subject}"),
        )
    for seq, target in enumerate((f"person:{person}", f"person:{other}"), 1):
        connection.exec_driver_sql(
            "INSERT INTO audit VALUES (?, x'00', x'00', x'00', ?)", (seq, target)
        )
        connection.exec_driver_sql(
            "INSERT INTO audit_salt VALUES (?, x'00', ?)", (seq, f"values of {target}")
        )
    for purpose in (P5, P2):
        decide(person, Decision.WITHDRAWN, purpose)
    left = everything(connection) - before
    cells = {cell for _, cell in left}
    assert not any("secret" in cell or "789" in cell or "escort" in cell for cell in cells)
    assert f"resident of {person}" not in cells
    assert f"consent of {person}" not in cells
    assert f"values of person:{person}" not in cells
    assert {f"rules of {person}", f"resident of {other}", f"values of person:{other}"} <= cells
    assert {f"measure of {person}", f"proposal of {person}:reversals"} <= cells, "a like number"
    assert ("answers_p2", "456") in left
    assert not any(name.startswith("answers_p2_") for name, _ in left)


def test_a_refusal_without_a_consent_erases_nothing_else(connection, person, decide):
    connection.exec_driver_sql(
        "INSERT INTO draft VALUES ('a', 'resident', ?, 'typed', '2026-03-02')", (str(person),)
    )
    decide(person, Decision.REFUSED, P3)
    assert connection.exec_driver_sql("SELECT document FROM draft").scalar() == "typed"


def test_evidence_outlives_the_person(connection, context, consents, person, decide):
    decide(person)
    SqlPeople(connection, context).remove(person)
    assert consents.live(person) == {}
    assert [event.decision for event in consents.events(person)] == [Decision.GIVEN]


def test_receipts_count_through_the_day_and_carry_a_check_digit(person, decide):
    numbers = [decide(person).receipt for _ in range(12)]
    assert [number[:-1] for number in numbers] == [f"R20260302{n:05}" for n in range(1, 13)]
    assert len(set(numbers)) == 12
    assert all(running.check_digit(number[1:-1]) == number[-1] for number in numbers)


@pytest.mark.parametrize("place", range(13))
def test_any_one_wrong_digit_of_a_receipt_shows(place):
    right = "2026030200017"
    for digit in set("0123456789") - {right[place]}:
        wrong = right[:place] + digit + right[place + 1 :]
        assert running.check_digit(wrong) != running.check_digit(right)


def test_the_check_digit_is_that_of_the_standard_and_notices_swapped_digits():
    assert running.check_digit("0794") == "5"  # the example of ISO 7064
    right = "2026030200017"
    for place in range(len(right) - 1):
        one, two = right[place], right[place + 1]
        swapped = right[:place] + two + one + right[place + 2 :]
        if one != two:
            assert running.check_digit(swapped) != running.check_digit(right)


def test_nobody_who_is_not_in_the_register_gets_a_consent(decide):
    for decision in Decision:
        with pytest.raises(NotFoundError):
            decide(4711, decision)
