"""The self-audit: evidence by the program, judgement by a person, findings until re-checked."""

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from pmdesk.domain.quarantine import Mistake
from pmdesk.domain.self_audits import Result
from pmdesk.errors import RefusedError
from pmdesk.services.audits import book_points, book_starts, evidence, record_points, self_audit
from pmdesk.services.records import record_desk
from pmdesk.services.records.record_kinds import kind
from pmdesk.services.refusal import quarantine
from tests.offices import ASSIST, P2, P5, SPECIAL, consenting
from tests.services.bookkeeping import (
    DISCLOSURE,
    INCIDENT,
    PLAN,
    PROCESSOR,
    assessed,
    filed,
)

QUESTIONS = [one.code for one in self_audit.questions()]


def proposed(session):
    document = book_starts.audit(session, "")
    return {code: document[f"item.{code}.result"] for code in QUESTIONS}, {
        code: document[f"item.{code}.evidence"] for code in QUESTIONS
    }


def judged(session, **wrong):
    """The audit as a person signs it: what the program left open is answered, and these wrong."""
    document = book_starts.audit(session, "")
    for code in QUESTIONS:
        document[f"item.{code}.result"] = "ok"
    for code, due in wrong.items():
        document |= {
            f"item.{code}.result": "not_ok",
            f"item.{code}.words": "没有做",
            f"item.{code}.owner": "李静",
            f"item.{code}.due_on": due,
        }
    return document | {"truth": True}


def points(session):
    return [one.sentence for one in record_points.points(session)]


def test_it_has_24_questions_and_says_whose_words_they_are():
    assert [f"q{number:02}" for number in range(1, 25)] == QUESTIONS
    assert "25号令" in self_audit.source().zh
    texts = "".join(one.words.zh for one in self_audit.questions())
    assert "人脸" in texts  # F-10: no gate that knows faces only
    assert not re.search("认证|审计通过|保证合规", texts)


def test_every_named_evidence_is_collected_and_every_function_is_used():
    named = {one.evidence for one in self_audit.questions() if one.evidence}

    assert named == set(evidence.EVIDENCE)


def test_a_run_says_something_to_each_question_and_leaves_the_rest_to_the_person(manager):
    results, facts = proposed(manager)

    assert all(facts.values())
    by_hand = {code for code, result in results.items() if result is None}
    assert by_hand == {"q09", "q10", "q11", "q19"}
    assert results["q04"] == results["q05"] == results["q07"] == Result.NOT_APPLICABLE
    assert results["q18"] == results["q23"] == Result.NOT_OK  # no rules adopted, no drill yet
    assert results["q15"] == results["q16"] == results["q17"] == results["q03"] == Result.OK


def test_counts_follow_what_happened_in_the_office(office, clerk, manager):
    consenting(clerk, P2, P5)
    office.session("admin")
    before = proposed(manager)[1]["q01"]
    consenting(clerk, P2, name="李伟", mobile="13900005678", room="4-1-101")
    after = proposed(manager)[1]["q01"]

    assert "2 live" in before
    assert "3 live" in after
    with manager.store.reading() as work:
        counts = work.evidence.counts(manager.clock.today())
    assert (counts["live"], counts["not_told"], counts["past_due"]) == (3, 0, 0)
    assert ASSIST


def test_values_kept_past_their_time_are_a_finding(office, clerk, manager):
    consenting(clerk)
    with office.opened["clerk"].engine.begin() as connection:
        connection.exec_driver_sql("UPDATE consent SET valid_until = '2020-01-01'")

    assert proposed(manager)[0]["q15"] == Result.NOT_OK


def test_the_books_speak_for_themselves(manager, reviewer):
    moved = DISCLOSURE | {"occasion": "handover", "told_on": date(2026, 3, 1)}
    filed(manager, "disclosure", moved, by=reviewer)
    document = PROCESSOR | {"assessment": assessed(manager, reviewer)}
    filed(manager, "processor", document, by=reviewer)
    record_desk.put_forward(manager, "disclosure", "", DISCLOSURE)
    record_desk.save(manager, "incident", "", INCIDENT)
    results, facts = proposed(manager)

    assert results["q06"] is None
    assert results["q05"] == Result.NOT_OK  # no notice names the processor yet
    assert "approved: 1; not approved: 1" in facts["q07"]
    assert results["q07"] == results["q24"] == Result.NOT_OK


def test_a_drill_and_contacts_make_the_plan_good(manager, reviewer):
    filed(manager, "plan", PLAN)
    filed(manager, "incident", INCIDENT | {"drill": True}, by=reviewer)

    assert proposed(manager)[0]["q23"] == Result.OK


def test_without_rules_in_force_and_without_a_contact_it_says_so(manager):
    with manager.store.reading() as work:
        on = evidence.ground(manager, work)
        ruleset = work.rulesets.active()
        nameless = replace(work.office.get(), responsible="")

        bare = replace(on, work=SimpleNamespace(
            rulesets=SimpleNamespace(active=lambda: None),
            office=SimpleNamespace(get=lambda: nameless),
        ))  # fmt: skip
        assert evidence.look("automated_decisions", bare).facts[0] == "No rules are in force."
        assert evidence.look("responsible", bare).result is Result.NOT_OK
    assert ruleset is not None


def test_what_is_wrong_stays_on_the_list_until_it_is_rechecked(manager, clock):
    due = clock.today()
    record = filed(manager, "audit", judged(manager, q09=due))
    record_desk.save(manager, "audit", "", {"period": "草稿"})  # a newer one, not signed

    with manager.store.reading() as work:
        last = self_audit.last(work)
    assert last is not None
    (finding,) = last.open
    assert (finding.item, finding.owner, finding.due_on) == ("q09", "李静", due)
    assert any("To be mended by" in one for one in points(manager))
    record_desk.close(manager, record, "归档")
    assert any("To be mended by" in one for one in points(manager))


def test_a_recheck_takes_it_off_the_list(manager, clock):
    record = filed(manager, "audit", judged(manager, q09=clock.today()))
    document = record_desk.opened(manager, record).document
    document["item.q09.rechecked_on"] = clock.today()
    record_desk.put_forward(manager, "audit", "", document, record=record)

    assert not any("To be mended by" in one for one in points(manager))


def test_an_untrue_or_unfinished_table_is_not_signed(manager):
    for document in (judged(manager) | {"truth": False}, judged(manager, q09=None)):
        with pytest.raises(RefusedError):
            record_desk.put_forward(manager, "audit", "", document)
        assert record_desk.problems(manager, kind("audit"), document)


def test_it_is_due_once_a_year_and_after_a_serious_incident(manager, reviewer, clock):
    due = "The self-audit is due: once a year, and after a serious incident"
    assert due in points(manager)
    filed(manager, "audit", judged(manager))
    assert due not in points(manager)
    record_desk.save(manager, "incident", "", INCIDENT | {"severity": "larger", "drill": True})
    assert due not in points(manager)
    record_desk.save(manager, "incident", "", INCIDENT | {"severity": "larger"})
    assert due in points(manager)
    clock.advance(days=1)
    filed(manager, "audit", judged(manager))
    assert due not in points(manager)
    clock.advance(days=365)
    assert due in points(manager)
    assert book_points.SOURCES


def test_what_was_taken_by_mistake_and_lies_past_its_days_is_a_finding(clerk, manager):
    person = consenting(clerk, values=SPECIAL)
    key = next(key for key in SPECIAL)
    quarantine.take(clerk, person, P2, key, Mistake.REFUSED)
    results, facts = proposed(manager)
    assert results["q13"] == Result.OK
    assert "mistake: 1, past their days: 0" in facts["q13"]
    with manager.store.reading() as work:
        late = work.evidence.counts(date(2030, 1, 1))
    assert late["quarantine_late"] == 1


def test_a_consent_that_was_shown_after_it_was_given_is_a_finding(office, clerk, manager):
    consenting(clerk)
    assert proposed(manager)[0]["q03"] == Result.OK
    with manager.store.writing() as work:
        raw = work._connection.exec_driver_sql
        found = (
            raw(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' "
                "AND tbl_name = 'consent_event'"
            )
            .scalars()
            .all()
        )
        for name in found:
            raw(f"DROP TRIGGER {name}")
        raw("UPDATE consent_event SET shown_at = '2031-01-01T00:00:00.000000+00:00'")
        work.commit()
    assert proposed(manager)[0]["q03"] == Result.NOT_OK
    with manager.store.writing() as work:
        work._connection.exec_driver_sql("UPDATE consent_event SET shown_at = NULL")
        work.commit()
    results, facts = proposed(manager)
    assert results["q03"] == Result.OK
    assert "without a recorded moment of showing: 1" in facts["q03"]
