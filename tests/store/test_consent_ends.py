"""Consents that end without the person: evidence for each, values held sealed, others untouched."""

import json
from datetime import timedelta

import pytest

from pmdesk.domain.acts import Held
from pmdesk.domain.consents import Decision
from pmdesk.domain.fields import FieldKey
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.consent_ends import BATCH, SqlConsentEnds
from pmdesk.store.consents import SqlConsents
from tests.store.conftest import AT, P2, P3, P5, TODAY, UID, notice

LAST_DAY = TODAY + timedelta(days=10)
NEXT_DAY = LAST_DAY + timedelta(days=1)
KNOWN = {"clean_need": "home", "patrol_need": ("door", "escort"), "quiet": False, "budget": 300}


@pytest.fixture
def ends(connection, context):
    return SqlConsentEnds(connection, context)


@pytest.fixture
def consents(connection, context):
    return SqlConsents(connection, context)


@pytest.fixture
def answers(connection, context):
    return SqlAnswers(connection, context)


@pytest.fixture
def seals():
    """Seals nothing, and remembers for what."""

    class Seals(list[tuple[str | int, ...]]):
        def __call__(self, info, data):
            self.append(tuple(info))
            return b"sealed:" + data

    return Seals()


def opened(held):
    assert held.blob.startswith(b"sealed:")
    return held.blob.removeprefix(b"sealed:")


def values(answers, person, purpose=P2):
    found = answers.get(person, purpose)
    return found and {key: value for key, value in found.values.items() if value is not None}


def test_a_consent_is_live_on_its_last_day_and_gone_the_day_after(
    ends, consents, answers, enter, decide, seals
):
    person = enter()
    decide(person, valid_until=LAST_DAY)
    answers.put(person, P2, {"quiet": True}, source="visit", at=AT)
    assert ends.expire(today=LAST_DAY, at=AT, seal=seals) == 0
    assert answers.get(person, P2) is not None
    assert ends.expire(today=NEXT_DAY, at=AT, seal=seals) == 1
    assert consents.live(person) == {}
    assert answers.get(person, P2) is None
    newest = consents.events(person)[0]
    assert (newest.decision, newest.notice_version, newest.by) == (Decision.EXPIRED, "1.0", UID)
    assert newest.receipt.startswith("A")  # nobody is handed a receipt of it
    assert ends.expire(today=NEXT_DAY, at=AT, seal=seals) == 0


def test_what_hung_on_it_waits_under_one_seal_and_comes_back_with_a_new_consent(
    ends, answers, enter, decide, seals
):
    person = enter()
    decide(person, valid_until=LAST_DAY)
    answers.put(person, P2, KNOWN, source="visit", at=AT)
    ends.expire(today=NEXT_DAY, at=AT, seal=seals)
    assert seals == [("pmdesk-held", 1, person, P2)]
    (held,) = ends.held(person)
    assert (held.purpose, held.decision) == (P2, Decision.EXPIRED)
    assert held.until == LAST_DAY + timedelta(days=30)
    decide(person)
    ends.bring_back(held, opened(held), at=AT)
    assert values(answers, person) == KNOWN
    assert ends.held(person) == ()


def test_nothing_comes_back_without_a_consent(ends, answers, enter, decide, seals):
    person = enter()
    decide(person, valid_until=LAST_DAY)
    answers.put(person, P2, KNOWN, source="visit", at=AT)
    ends.expire(today=NEXT_DAY, at=AT, seal=seals)
    (held,) = ends.held(person)
    with pytest.raises(Exception, match="no live consent"):
        ends.bring_back(held, opened(held), at=AT)


def test_what_was_asked_anew_stays_as_it_is(ends, answers, enter, decide, seals):
    person = enter()
    decide(person, valid_until=LAST_DAY)
    answers.put(person, P2, KNOWN, source="visit", at=AT)
    ends.expire(today=NEXT_DAY, at=AT, seal=seals)
    (held,) = ends.held(person)
    decide(person)
    answers.put(person, P2, {"quiet": True}, source="counter", at=AT)
    ends.bring_back(held, opened(held), at=AT)
    assert values(answers, person) == {"quiet": True}


def test_what_the_catalogue_no_longer_offers_does_not_come_back(
    ends, answers, enter, decide, seals
):
    person = enter()
    decide(person)
    content = {"row": {"clean_need": "palace", "budget": 300, "dropped": 1}}
    held = Held(person=person, purpose=P2, decision=Decision.STALE, until=TODAY, blob=b"")
    ends.bring_back(held, json.dumps(content).encode(), at=AT)
    assert values(answers, person) == {"budget": 300}


def test_sealed_values_wait_as_they_were_sealed(ends, answers, enter, decide, seals):
    person = enter()
    decide(person, purpose=P5, valid_until=LAST_DAY)
    answers.seal(person, P5, FieldKey("assist_need"), b"\x00blob")
    ends.expire(today=NEXT_DAY, at=AT, seal=seals)
    assert answers.sealed(person) == {}
    (held,) = ends.held(person)
    decide(person, purpose=P5)
    ends.bring_back(held, opened(held), at=AT)
    assert answers.sealed(person) == {"assist_need": b"\x00blob"}


def test_what_would_be_gone_by_now_is_never_sealed(ends, consents, answers, enter, decide, seals):
    person = enter()
    decide(person, valid_until=LAST_DAY)
    answers.put(person, P2, KNOWN, source="visit", at=AT)
    late = LAST_DAY + timedelta(days=400)
    assert ends.expire(today=late, at=AT, seal=seals) == 1
    assert (seals, ends.held(person), answers.get(person, P2)) == ([], (), None)


@pytest.mark.parametrize("no", [Decision.REFUSED, Decision.WITHDRAWN])
def test_a_no_takes_what_waited_with_it(ends, answers, enter, decide, seals, no):
    person, other = enter(), enter("李四", "", "")
    for one in (person, other):
        decide(one, valid_until=LAST_DAY)
        answers.put(one, P2, KNOWN, source="visit", at=AT)
    ends.expire(today=NEXT_DAY, at=AT, seal=seals)
    decide(person, no)
    assert (ends.held(person), len(ends.held(other))) == ((), 1)


def test_a_new_major_version_ends_the_consents_to_older_ones_only(
    connection, context, ends, consents, answers, enter, decide, seals
):
    register = SqlCatalogue(connection, context)
    for version in ("1.4", "2.0", "10.0"):
        register.add_notice(notice(P2, version), at=AT)
    old, minor, new, tenth = (enter(name, "", "") for name in "甲乙丙丁")
    for person, version in ((old, "1.0"), (minor, "1.4"), (new, "2.0"), (tenth, "10.0")):
        decide(person, notice=notice(P2, version))
        answers.put(person, P2, KNOWN, source="visit", at=AT)
    decide(old, purpose=P3)
    assert ends.end_stale(P2, "1.7", at=AT, today=TODAY, seal=seals) == 2
    assert [P2 in consents.live(one) for one in (old, minor, new, tenth)] == [
        True,
        True,
        False,
        False,
    ]
    assert set(consents.live(old)) == {P2, P3}
    assert consents.events(new)[0].decision is Decision.STALE
    assert ends.held(new)[0].until == TODAY + timedelta(days=30)
    assert values(answers, old) == KNOWN


def test_an_end_that_the_person_wants_leaves_nothing_behind(ends, consents, answers, enter, decide):
    person = enter()
    decide(person)
    answers.put(person, P2, KNOWN, source="visit", at=AT)
    assert ends.end(person, P2, Decision.WITHDRAWN, at=AT, today=TODAY)
    assert not ends.end(person, P2, Decision.WITHDRAWN, at=AT, today=TODAY)
    assert (answers.get(person, P2), ends.held(person)) == (None, ())
    assert [event.decision for event in consents.events(person)] == ["withdrawn", "given"]


def test_ends_of_one_day_are_numbered_through_batches(
    ends, consents, enter, decide, monkeypatch, seals
):
    monkeypatch.setattr("pmdesk.store.consent_ends.BATCH", 2)
    people = [enter(f"人{number}", "", "") for number in range(5)]
    for person in people:
        decide(person, valid_until=LAST_DAY)
    assert ends.expire(today=NEXT_DAY, at=AT, seal=seals) == 5
    numbers = {consents.events(person)[0].receipt for person in people}
    assert numbers == {f"A{NEXT_DAY:%Y%m%d}{number:07}" for number in range(1, 6)}
    assert BATCH > 1000
