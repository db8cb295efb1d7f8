"""Examples of a rule set in the office: kept with the draft, fixed with the version."""

import pytest

from pmdesk.domain.classification import RulesetId
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.rules import examples
from pmdesk.rules.examples import MOST_EXAMPLES, Example, Verdict
from pmdesk.services import rule_examples, rules
from tests.offices import table_of

STARTER = RulesetId(1)


@pytest.fixture
def draft(manager):
    return rules.draft_from(manager, STARTER)


def test_the_program_proposes_somebody_for_both_sides_of_each_row(manager, draft):
    table = table_of(manager, draft)
    made = examples.proposed(table, ())

    assert {(one.rule, one.fires) for one in made} == set(rule_examples.weighed(table, ()).lacking)
    assert all(one.tier == "" for one in made)
    found = rule_examples.weighed(table, examples.accepted(table, made))
    assert found.is_whole


def test_a_proposal_keeps_what_was_answered_and_drops_what_is_gone(manager, draft):
    table = table_of(manager, draft)
    kept, *_rest = examples.accepted(table, examples.proposed(table, ()))
    gone = Example(rule="gone", fires=True, values={}, tier="care")
    assert examples.proposed(table, (gone, kept)).count(kept) == 1
    assert gone not in examples.proposed(table, (gone, kept))


def test_examples_stay_with_the_draft_and_go_with_its_copies(manager, draft, office):
    table = table_of(manager, draft)
    known = examples.accepted(table, examples.proposed(table, ()))
    with office.logged() as log:
        changes = rule_examples.keep(manager, draft, known)

    assert changes.kinds == {"rules"}
    assert log == [("rules.examples", f"ruleset:{draft}", ())]
    assert rule_examples.of(manager, draft).examples == known
    copy = rules.draft_from(manager, draft)
    assert rule_examples.of(manager, copy).is_whole


def test_an_edit_that_the_examples_contradict_is_seen(manager, draft):
    table = table_of(manager, draft)
    known = examples.accepted(table, examples.proposed(table, ()))
    edited = table.with_output("r8", tier="special")
    assert Verdict.FAILS in rule_examples.weighed(edited, known).verdicts


def test_a_submitted_version_keeps_its_examples(manager, draft):
    rules.submit(manager, draft)
    with pytest.raises(ConflictError):
        rule_examples.keep(manager, draft, ())


def test_only_the_author_changes_them(manager2, draft):
    with pytest.raises(RefusedError):
        rule_examples.keep(manager2, draft, ())


def test_there_is_an_end_to_them(manager, draft):
    many = [Example(rule="r1", fires=True, values={})] * (MOST_EXAMPLES + 1)
    with pytest.raises(RefusedError):
        rule_examples.keep(manager, draft, many)
