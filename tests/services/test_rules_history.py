"""The tiers a person had: kept while the consent lives, gone with it."""

import pytest
from sqlalchemy.exc import DBAPIError

from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.classification import Cause
from pmdesk.services import acts, classification, person_acts, residents, rules, rules_history
from pmdesk.services.consent import consents
from pmdesk.services.rights import dossier, dossier_text
from tests.offices import P2, SPECIAL, answers, assessed, consenting, reviewed, table_of, tried

REASON = "上门看过，按现在的需要安排。"


@pytest.fixture
def person(clerk):
    """Somebody with a consent and a tier of the rules."""
    return consenting(clerk, values=SPECIAL)


def steps(session, person):
    return [(one.tier, one.cause) for one in rules_history.history(session, person)]


def stored(office, person):
    return office.sql("SELECT count(*) FROM tier_history WHERE person = :p", p=person)[0][0]


def test_the_first_result_is_the_only_step_and_is_stored_once(office, clerk, person):
    (only,) = rules_history.history(clerk, person)
    assert (only.tier, only.until, only.version) == ("care", None, 1)
    assert only.reason
    assert stored(office, person) == 0


def test_each_change_of_values_is_a_step_with_its_days(office, clerk, clock, person):
    started = clock.today()
    clock.advance(days=3)
    residents.save_answers(clerk, person, P2, answers(clean_need="none"))
    newest, first = rules_history.history(clerk, person)
    assert (newest.tier, newest.cause, newest.since) == ("standard", Cause.EDIT, clock.today())
    assert (first.tier, first.since, first.until) == ("care", started, clock.today())


def test_what_stays_as_it_is_leaves_no_step(office, clerk, manager, clock, person):
    clock.advance(days=3)
    classification.classify_all(manager)
    residents.save_answers(clerk, person, P2, SPECIAL)
    assert len(steps(clerk, person)) == 1


def activated(manager, manager2, change):
    """A changed version that two people put into force."""
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    rules.save_draft(manager, draft, change(table_of(manager, draft)))
    tried(manager, draft)
    rules.submit(manager, draft)
    reviewed(manager2, draft)
    rules.approve(manager2, draft, "与合同一致。")
    assessed(manager, manager2, draft)
    rules.activate(manager2, draft)
    return draft


def test_a_new_version_is_a_step_only_for_whom_it_changes(clerk, manager, manager2, person):
    other = consenting(clerk, name="李伟", room="1-1-101")
    activated(manager, manager2, lambda table: table.with_output("r8", tier="special"))
    assert steps(clerk, person)[0] == ("special", Cause.ACTIVATION)
    assert rules_history.history(clerk, person)[0].version == 2
    assert len(steps(clerk, other)) == 1
    assert rules_history.history(clerk, other)[0].version == 2


def test_a_row_that_only_moved_is_the_same_rule(clerk, manager, manager2, person):
    """The stored place of the rule is another in the new version; the person's step is not."""
    activated(manager, manager2, lambda table: table.moved("r8", 0))
    (only,) = rules_history.history(clerk, person)
    assert (only.version, only.cause) == (2, Cause.EDIT)


def test_objection_and_human_decision_are_steps_and_the_engine_comes_back(
    clerk, manager, clock, person
):
    person_acts.object_to_tier(clerk, person)
    person_acts.decide_tier(manager, person, "enhanced", [], REASON)
    clock.advance(days=1)
    person_acts.decide_tier(manager, person, None, [], REASON)
    assert steps(clerk, person) == [
        ("care", Cause.RULES),
        ("enhanced", Cause.HUMAN),
        ("standard", Cause.OBJECTION),
        ("care", Cause.EDIT),
    ]
    by_hand = rules_history.history(clerk, person)[1]
    assert (by_hand.version, by_hand.reason) == (None, "")


def test_a_deleted_tag_is_a_step(clerk, person):
    tag, *others = residents.detail(clerk, person).tags
    person_acts.delete_tag(clerk, person, tag.code)
    newest, first = rules_history.history(clerk, person)
    assert (newest.cause, newest.tags) == (Cause.TAG, tuple(one.name for one in others))
    assert tag.name in first.tags


def test_a_freeze_is_shown_as_served_by_the_standard(clerk, clock, person):
    person_acts.restrict(clerk, person, P2)
    frozen, before = rules_history.history(clerk, person)
    assert (frozen.tier, frozen.version, frozen.until) == ("standard", None, None)
    assert before.until == clock.today()
    clock.advance(days=5)
    person_acts.lift(clerk, person, P2)
    resumed, frozen, _before = rules_history.history(clerk, person)
    assert (resumed.tier, resumed.cause, resumed.since) == ("care", Cause.USE, clock.today())
    assert frozen.until == resumed.since


def test_with_the_consent_the_whole_history_goes(office, clerk, clock, person):
    clock.advance(days=1)
    residents.save_answers(clerk, person, P2, answers(clean_need="none"))
    assert stored(office, person)
    consents.withdraw(clerk, person, P2)
    assert stored(office, person) == 0
    assert rules_history.history(clerk, person) == ()


def test_who_leaves_takes_the_history_along(office, manager, clock, person):
    clock.advance(days=1)
    residents.save_answers(manager, person, P2, answers(clean_need="none"))
    with manager.store.writing() as work:
        acts.archive(manager, work, person, ArchiveReason.MOVED_OUT)
        work.commit()
    assert stored(office, person) == 0


def test_looking_is_logged_and_the_page_has_the_steps(office, clerk, person):
    with office.logged() as log:
        rules_history.history(clerk, person)
    assert ("classification.history", f"person:{person}", ()) in log
    assert [one.tier for one in residents.detail(clerk, person).tiers] == ["care"]
    reasons = classification.reasons(clerk, person)
    assert reasons is not None
    assert reasons.tiers == residents.detail(clerk, person).tiers


def test_answers_written_down_in_one_sitting_are_one_step(office, clerk, person):
    for need in ("none", "in_home", "none"):
        residents.save_answers(clerk, person, P2, answers(clean_need=need))
    assert len(steps(clerk, person)) == 1
    assert stored(office, person) == 0


def test_the_history_is_in_the_dossier_in_words(clerk, clock, person):
    clock.advance(days=1)
    residents.save_answers(clerk, person, P2, answers(clean_need="none"))
    with clerk.store.writing() as work:
        made = dossier.gathered(clerk, work, person, "D1")
        dossier.require_whole(made)
        told = dossier_text.sections(work, made)
    (section,) = (one for one in told if one.title == "Changes of tier")
    assert len(section.rows) == 3
    assert len(made.tables["tier_history"]) == 1


def test_steps_are_append_only(office, clerk, clock, person):
    clock.advance(days=1)
    residents.save_answers(clerk, person, P2, answers(clean_need="none"))
    office.session("admin")
    engine = office.opened["admin"].engine
    with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.exec_driver_sql("UPDATE tier_history SET tier = 0")
