"""A result becomes history when tier, tags or rule are others, whatever their stored numbers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain.classification import Cause, RulesetStatus
from pmdesk.domain.fields import FieldKey
from pmdesk.rules.table import Scheme
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.classifications import SqlClassifications
from pmdesk.store.rulesets import SqlRulesets
from tests.store.conftest import AT, P2, TODAY, UID
from tests.store.deciders import COVERING, table

OTHER = "0" * 31 + "2"
CLEANS = {FieldKey("clean_need"): "home"}
LATER = TODAY + timedelta(days=7)


@pytest.fixture
def results(connection, context):
    SqlCatalogue(connection, context).add_notice(COVERING, at=AT)
    return SqlClassifications(connection, context)


@pytest.fixture
def activate(connection, context):
    """The table is the active version."""

    def activate(wanted):
        rulesets = SqlRulesets(connection, context)
        draft = rulesets.add(wanted.to_json(), wanted.digest(), author=UID, at=AT)
        for status in (RulesetStatus.SUBMITTED, RulesetStatus.APPROVED, RulesetStatus.ACTIVE):
            rulesets.move(draft, status, by=OTHER, words="好", at=AT)
        return rulesets.get(draft)

    return activate


@pytest.fixture
def person(results, activate, connection, context, enter, decide):
    """Somebody whom the first version raises, on the first day."""
    made = enter()
    decide(made, notice=COVERING)
    SqlAnswers(connection, context).put(made, P2, CLEANS, source="counter", at=AT)
    results.classify(activate(table()), today=TODAY, cause=Cause.CONSENT)
    return made


def told(results, person):
    return [(one.tier, one.rule, one.cause) for one in results.history(person)]


def test_a_version_with_the_same_rows_in_another_order_is_no_step(results, activate, person):
    before = told(results, person)
    shuffled = replace(table(), rules=(*reversed(table().rules[:-1]), table().rules[-1]))
    results.classify(activate(shuffled), today=LATER, cause=Cause.ACTIVATION)
    (only,) = results.history(person)
    assert told(results, person) == before
    assert only.since == TODAY
    found = results.of(person)
    assert found is not None
    assert found.decided_on == LATER


def test_a_version_that_names_its_tiers_and_tags_in_another_order_is_no_step(
    results, activate, person
):
    """The stored ranks and bits are others then; what they stand for is the same."""
    before = results.history(person)
    assert before[0].tags
    plain = table()
    scheme = Scheme(
        tiers=(plain.scheme.tiers[0], *reversed(plain.scheme.tiers[1:])),
        tags=tuple(reversed(plain.scheme.tags)),
    )
    turned = replace(plain, scheme=scheme, policy=plain.policy)
    winner = turned.rule(before[0].rule)
    only = replace(turned, rules=(winner, turned.rules[-1]))
    results.classify(activate(only), today=LATER, cause=Cause.ACTIVATION)
    (after,) = results.history(person)
    assert (after.tier, after.tags, after.rule) == (
        before[0].tier,
        before[0].tags,
        before[0].rule,
    )
    assert (after.since, after.cause) == (TODAY, Cause.CONSENT)


@pytest.mark.parametrize("change", ["tier", "tags", "rule"])
def test_another_tier_other_tags_or_another_rule_is_a_step(results, activate, person, change):
    before = results.history(person)[0]
    winner = before.rule
    edited = {
        "tier": lambda: table().with_output(winner, tier="special"),
        "tags": lambda: replace(
            table(), rules=tuple(replace(rule, tags=frozenset()) for rule in table().rules)
        ),
        "rule": lambda: (
            table().without_rule(winner).with_rule(replace(table().rule(winner), id="r99"), 0)
        ),
    }[change]()
    results.classify(activate(edited), today=LATER, cause=Cause.ACTIVATION)
    now, then = results.history(person)
    assert (now.since, now.cause, now.until) == (LATER, Cause.ACTIVATION, None)
    assert (then.since, then.cause, then.until) == (TODAY, Cause.CONSENT, LATER)
    assert then.tier == before.tier
    assert then.rule == winner


def test_parts_decide_as_one_statement_does(results, activate, person, monkeypatch, connection):
    monkeypatch.setattr("pmdesk.store.classifications._PART", 1)
    edited = activate(table().with_output(results.history(person)[0].rule, tier="special"))
    seen = []
    moved = results.classify(
        edited, today=LATER, progress=lambda done, total: seen.append((done, total))
    )
    assert moved == 1
    assert seen[-1][0] == seen[-1][1] == person
    assert told(results, person)[0][0] == "special"


def test_what_a_table_would_do_is_told_by_present_tier_and_by_person(results, activate, person):
    document = table().with_output(results.history(person)[0].rule, tier="special").to_json()
    counts = results.preview(document, today=TODAY)
    present = results.history(person)[0].tier
    assert counts.matrix[present]["special"] == counts.moved == 1
    assert sum(sum(row.values()) for row in counts.matrix.values()) == 1
    (fate,) = results.fates(document, today=TODAY)
    assert (fate.present, fate.tier, fate.people) == (present, "special", (str(person),))


def test_who_has_no_result_has_no_history(results, activate, enter):
    assert results.history(enter()) == ()
