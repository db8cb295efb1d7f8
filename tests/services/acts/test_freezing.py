"""Frozen purposes and disputed values stay, and nothing uses them meanwhile."""

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.services import acts, classification, export, residents
from tests.offices import (
    ASSIST,
    ERRAND,
    NOBODY,
    P1,
    P2,
    P5,
    SPECIAL,
    answers,
    consenting,
    resident,
    tier,
)

CLEAN, REPAIR = FieldKey("clean_need"), FieldKey("repair_need")


def group(session, person, purpose=P2):
    page = residents.detail(session, person)
    return next(one for one in page.groups if one.purpose.code == purpose)


def shown(session, **query):
    return list(residents.found(session, ResidentQuery(**query)))


def test_a_frozen_purpose_is_kept_and_not_used(office, manager, act):
    person = consenting(manager, values=SPECIAL)
    before = tier(manager, person)
    with office.logged() as log, act(manager) as work:
        acts.restrict(manager, work, person, P2, request=3)
    assert log == [("purpose.restricted", f"person:{person}", (P2,))]
    assert before != "standard"
    assert tier(manager, person) is None
    classification.classify_all(manager)
    assert tier(manager, person) is None
    assert shown(manager, consent=ConsentState.RESTRICTED) == [person]
    assert shown(manager, consent=ConsentState.LIVE) == shown(manager, tier=before) == []
    page = group(manager, person)
    assert (page.state, page.answers) == (ConsentState.RESTRICTED, None)
    assert page.lock is not None
    assert page.restriction.request == 3
    assert office.sql("SELECT count(*) FROM answers_p2 WHERE person = :person", person=person) == [
        (1,)
    ]
    rows = export.listing(manager, ResidentQuery(), ERRAND).rows
    assert [row for row in rows if before in row[4]] == []


def test_lifting_it_brings_everything_back(office, manager, act):
    person = consenting(manager, values=SPECIAL)
    before = tier(manager, person)
    with act(manager) as work:
        acts.restrict(manager, work, person, P2)
        acts.restrict(manager, work, person, P2)  # twice is once
    with act(manager) as work:
        acts.lift(manager, work, person, P2)
    assert tier(manager, person) == before
    assert group(manager, person).answers is not None
    with act(manager) as work, pytest.raises(NotFoundError):
        acts.lift(manager, work, person, P2)


def test_nothing_is_written_or_opened_for_a_frozen_purpose(manager, act):
    person = consenting(manager, P2, values=SPECIAL)
    with act(manager) as work:
        acts.restrict(manager, work, person, P2)
        acts.restrict(manager, work, person, P1)
    for purpose in (P1, P2):
        with pytest.raises(RefusedError):
            residents.save_answers(manager, person, purpose, {})
    assert group(manager, person, P1).lock is not None


def test_a_frozen_contract_purpose_feeds_no_rule(office, manager, act):
    person = consenting(manager, values=SPECIAL)
    residents.save_answers(manager, person, P1, answers(unit_use="home"))
    with act(manager) as work:
        known = work.classifications.facts(person, today=manager.clock.today())
    with act(manager) as work:
        acts.restrict(manager, work, person, P1)
    with act(manager) as work:
        frozen = work.classifications.facts(person, today=manager.clock.today())
    assert known["unit_use"] == "home"
    assert frozen["unit_use"] is None
    assert frozen["clean_need"] == known["clean_need"]


def test_only_purposes_and_people_that_exist_can_be_frozen(manager, act):
    person = consenting(manager)
    with act(manager) as work, pytest.raises(NotFoundError):
        acts.restrict(manager, work, person, PurposeCode("P99"))
    with act(manager) as work, pytest.raises(NotFoundError):
        acts.restrict(manager, work, NOBODY, P2)


def test_a_consent_that_is_not_there_cannot_be_frozen(manager, act):
    person = resident(manager)
    with act(manager) as work, pytest.raises(RefusedError):
        acts.restrict(manager, work, person, P5)


def test_rules_read_a_disputed_value_as_unknown(manager, act):
    person, other = (consenting(manager, values=SPECIAL, name=name) for name in ("甲", "乙"))
    before = tier(manager, person)
    with act(manager) as work:
        acts.dispute(manager, work, person, P2, CLEAN, request=5)
        acts.dispute(manager, work, person, P2, REPAIR)
    assert tier(manager, person) == "standard" != before
    assert tier(manager, other) == before
    assert group(manager, person).disputes[CLEAN].is_open
    assert group(manager, person).answers.values[CLEAN] == "in_home"  # the page shows it, marked
    classification.classify_all(manager)
    assert (tier(manager, person), tier(manager, other)) == ("standard", before)


def test_a_settled_value_counts_again(manager, act):
    person = consenting(manager, values=SPECIAL)
    before = tier(manager, person)
    for field in (CLEAN, REPAIR):
        with act(manager) as work:
            acts.dispute(manager, work, person, P2, field)
    with act(manager) as work:
        acts.settle(manager, work, person, CLEAN)
        acts.keep_with_statement(manager, work, person, REPAIR, " 我家没有漏水。 ")
    assert tier(manager, person) == before
    page = group(manager, person)
    assert CLEAN not in page.disputes
    assert not page.disputes[REPAIR].is_open
    assert "漏水".encode() not in page.disputes[REPAIR].statement
    with act(manager) as work, pytest.raises(NotFoundError):
        acts.settle(manager, work, person, CLEAN)
    with act(manager) as work, pytest.raises(RefusedError):
        acts.keep_with_statement(manager, work, person, REPAIR, " ")


def test_only_fields_of_the_purpose_can_be_disputed(manager, act):
    person = consenting(manager)
    for purpose, field in ((P1, CLEAN), (P2, ASSIST), (P2, "religion")):
        with act(manager) as work, pytest.raises(NotFoundError):
            acts.dispute(manager, work, person, purpose, FieldKey(field))


def test_a_clerk_takes_objections_in_and_settles_none(clerk, manager, act):
    person = consenting(manager, values=SPECIAL)
    with act(clerk) as work:
        acts.restrict(clerk, work, person, P1)
        acts.dispute(clerk, work, person, P2, CLEAN)
    with act(clerk) as work, pytest.raises(RefusedError):
        acts.settle(clerk, work, person, CLEAN)


def test_a_withdrawal_ends_the_restriction_and_the_dispute_with_it(office, manager, act):
    from pmdesk.services.consent import consents

    person = consenting(manager, values=SPECIAL)
    with act(manager) as work:
        acts.restrict(manager, work, person, P2)
        acts.dispute(manager, work, person, P2, CLEAN)
    consents.withdraw(manager, person, P2)
    assert office.sql("SELECT * FROM restriction") == office.sql("SELECT * FROM dispute") == []
