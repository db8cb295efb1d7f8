"""Objection: the standard at once, then a named person decides with a reason."""

import pytest

from pmdesk.domain.acts import HUMAN
from pmdesk.domain.classification import ResidentQuery
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.services import acts, classification, export, residents
from pmdesk.services.consent import consents
from tests.offices import ERRAND, P2, SPECIAL, answers, consenting, resident, tier

REASON = "上门看过，按需要安排。"


def objecting(session, act, **rest):
    person = consenting(session, values=SPECIAL, **rest)
    with act(session) as work:
        acts.object_to_tier(session, work, person, request=9)
    return person


def tags_of(session, person):
    """The tags of the present result."""
    result = residents.detail(session, person).classification
    assert result is not None
    return result.tags


def decide(session, act, person, tier, tags=(), reason=REASON):
    with act(session) as work:
        acts.decide_tier(session, work, person, tier, tags, reason)


def test_the_standard_holds_at_once_and_the_engine_decides_no_more(office, clerk, manager, act):
    with office.logged() as log:
        person = objecting(clerk, act)
    assert ("classification.objected", f"person:{person}", ()) in log
    assert tier(manager, person) == "standard"
    classification.classify_all(manager)
    residents.save_answers(clerk, person, P2, answers(clean_need="in_home"))
    assert tier(manager, person) == "standard"
    page = residents.detail(manager, person)
    assert page.route is not None
    assert (page.tier.code, page.tags, page.route.request) == ("standard", (), 9)
    assert page.classification is not None
    assert page.classification.objected


def test_who_objects_before_the_first_result_gets_none_from_the_engine(manager, act):
    person = consenting(manager)
    with act(manager) as work:
        work.acts.back_to_engine(person)
        acts.object_to_tier(manager, work, person)
    residents.save_answers(manager, person, P2, SPECIAL)
    classification.classify_all(manager)
    assert tier(manager, person) in {None, "standard"}


def test_a_named_person_decides_with_a_reason(office, manager, act):
    person = objecting(manager, act)
    decide(manager, act, person, "enhanced", ["need"])
    page = residents.detail(manager, person)
    assert (page.tier.code, [tag.code for tag in page.tags]) == ("enhanced", ["need"])
    assert page.classification is not None
    assert (page.classification.rule, page.reason) == (HUMAN, REASON)
    assert page.decided_by == manager.staff.name
    classification.classify_all(manager)
    assert tier(manager, person) == "enhanced"
    (row,) = residents.rows(manager, [person])
    assert (row.tier, row.rule) == ("enhanced", HUMAN)
    (line,) = (one for one in export.listing(manager, ResidentQuery(), ERRAND).rows)
    assert line[-1] == "Decided by a person"
    reasons = classification.reasons(manager, person)
    assert reasons is not None
    assert reasons.classification.rule == HUMAN
    assert reasons.human == REASON


def test_the_person_may_go_back_to_the_engine(manager, act):
    person = objecting(manager, act)
    decide(manager, act, person, None)
    assert tier(manager, person) == "care"
    assert residents.detail(manager, person).route is None


def test_a_decision_needs_words_and_a_tier_that_is_not_below_the_floor(office, manager, act):
    person = objecting(manager, act)
    with pytest.raises(RefusedError):
        decide(manager, act, person, "care", reason="  好的   ")
    with pytest.raises(RefusedError) as below:
        decide(manager, act, person, "less")
    assert below.value.code == "E_RULE_BASELINE"
    with pytest.raises(RefusedError):
        decide(manager, act, person, "care", ["vip"])
    assert tier(manager, person) == "standard"
    with pytest.raises(NotFoundError):
        decide(manager, act, consenting(manager), "care")


def test_a_clerk_takes_the_objection_and_does_not_decide(clerk, act):
    person = objecting(clerk, act)
    with pytest.raises(RefusedError):
        decide(clerk, act, person, "care")


def test_without_a_consent_there_is_nothing_to_object_to(manager, act):
    person = resident(manager)
    with act(manager) as work, pytest.raises(RefusedError):
        acts.object_to_tier(manager, work, person)
    with act(manager) as work, pytest.raises(RefusedError):
        acts.delete_tag(manager, work, person, "need")


def test_a_withdrawal_ends_the_human_route(office, manager, act):
    person = objecting(manager, act)
    decide(manager, act, person, "care")
    consents.withdraw(manager, person, P2)
    assert office.sql("SELECT * FROM human_route") == []
    assert tier(manager, person) is None


def test_a_human_decision_is_no_news_for_a_preview(manager, act):
    person = objecting(manager, act)
    decide(manager, act, person, "special")
    with act(manager) as work:
        active = work.rulesets.active()
        counts = work.classifications.preview(active.document, today=manager.clock.today())
    assert (counts.tiers["special"], counts.moved) == (1, 0)


def test_a_deleted_tag_comes_back_with_new_answers_only(manager, act):
    person = consenting(manager, values=SPECIAL)
    other = consenting(manager, values=SPECIAL, name="李四")
    tags = tags_of(manager, person)
    gone = tags[0]
    with act(manager) as work:
        acts.delete_tag(manager, work, person, gone)
    assert tags_of(manager, person) == tags[1:]
    classification.classify_all(manager)
    assert tags_of(manager, person) == tags[1:]
    assert tags_of(manager, other) == tags
    residents.save_answers(manager, person, P2, answers(clean_need="in_home"))
    residents.save_answers(manager, person, P2, SPECIAL)
    assert gone in tags_of(manager, person)


def test_nobody_decides_while_no_rules_say_which_tiers_there_are(manager, act, monkeypatch):
    person = objecting(manager, act)
    monkeypatch.setattr("pmdesk.store.rulesets.SqlRulesets.active", lambda _self: None)
    with pytest.raises(NotFoundError):
        decide(manager, act, person, "care")
    assert tier(manager, person) == "standard"
