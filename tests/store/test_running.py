"""Running numbers go on where their digits end; what was given out stays as it is."""

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, insert, select

from pmdesk.domain.acts import EraseReason, Erasure, Method, Scope
from pmdesk.domain.people import PersonId
from pmdesk.store import receipts, running, schema
from pmdesk.store import schema_requests as desk
from pmdesk.store.erasures import SqlErasures
from pmdesk.store.requests import SqlRequests
from tests.store.conftest import AT, P2, TODAY, UID

_TEXTS = Table("given", MetaData(), Column("id", Integer, primary_key=True), Column("number", Text))


@pytest.mark.parametrize(
    "given", [(), (1,), range(1, 10), range(1, 11), range(1, 1235), (1, 2, 4, 9), (7, 8, 9, 10, 20)]
)
def test_a_number_is_new_and_the_next_after_one_that_was_given(given):
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        _TEXTS.metadata.create_all(connection)
        for number in given:
            connection.execute(insert(_TEXTS).values(number=f"N{number}"))
        newest = max((f"N{number}" for number in given), default="N0")
        found = running.first_free(connection, _TEXTS.c.number, lambda n: f"N{n}", int(newest[1:]))
    engine.dispose()

    free = int(found[1:])
    assert free not in given
    assert free == 1 or free - 1 in given


def _receipt_given(connection, event, number):
    row = connection.execute(select(schema.consent_event).where(schema.consent_event.c.id == event))
    copied = {**row.one()._mapping, "receipt": number}
    connection.execute(insert(schema.consent_event).values({**copied, "id": None}))


def test_the_receipt_after_99999_is_100000_and_all_of_them_carry_their_check_digit(
    connection, enter, decide
):
    person = enter()
    first = decide(person)
    for count in (99_997, 99_998):
        _receipt_given(connection, first.id, receipts.number(TODAY, count))

    numbers = [decide(person).receipt for _ in range(3)]

    counts = ["99999", "100000", "100001"]
    assert [number[:-1] for number in numbers] == [f"R20260302{count}" for count in counts]
    assert all(running.check_digit(number[1:-1]) == number[-1] for number in numbers)


def test_a_day_of_long_receipts_is_not_taken_for_the_next_day(connection, enter, decide):
    event = decide(enter())
    for count in (99_999, 100_000):
        _receipt_given(connection, event.id, receipts.number(TODAY, count))

    tomorrow = TODAY.replace(day=3)

    assert receipts.next_number(connection, tomorrow) == receipts.number(tomorrow, 1)
    assert receipts.next_number(connection, TODAY) == receipts.number(TODAY, 100_001)


def _erased(certificate):
    return Erasure(
        at=AT,
        by=UID,
        person=PersonId(1),
        scope=Scope(purpose=P2),
        reason=EraseReason.WITHDRAWN,
        method=Method.ERASED,
        certificate=certificate,
    )


def test_certificates_of_erasure_go_on_after_99999(connection, context):
    erasures = SqlErasures(connection, context)
    digits = "2026030299999"
    erasures.write(_erased(f"E{digits}{running.check_digit(digits)}"))

    numbers = []
    for _ in range(2):
        numbers.append(erasures.next_certificate(TODAY))
        erasures.write(_erased(numbers[-1]))

    assert [number[:-1] for number in numbers] == ["E20260302100000", "E20260302100001"]
    assert all(running.check_digit(number[1:-1]) == number[-1] for number in numbers)


def test_requests_go_on_after_9999(connection, context):
    requests = SqlRequests(connection, context)
    for number in ("D20260302-9999", "D20260302-10000"):
        connection.execute(
            insert(desk.rights_request).values(
                number=number, code="D1", channel="oral", state="received", received_at=AT,
                received_by=UID, requester="self", warn=TODAY, due=TODAY, stop=TODAY,
            )
        )  # fmt: skip

    assert requests.next_number(TODAY) == "D20260302-10001"
