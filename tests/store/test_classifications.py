"""Tiers follow the rules, the consent and the notice; nothing else can give one."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from pmdesk.analytics.facts import fact_values, facts, groups_of
from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.consents import Decision
from pmdesk.domain.fields import FieldKey
from pmdesk.rules.evaluate import evaluate
from pmdesk.store import schema
from pmdesk.store.answers import SqlAnswers
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.classifications import SqlClassifications
from pmdesk.store.rulesets import SqlRulesets
from tests.rules import large
from tests.store.conftest import AT, P1, P2, P3, TODAY, UID, notice, small_catalogue
from tests.store.deciders import COVERING, answers_of, table

OTHER = "0" * 31 + "2"
GROUPED: tuple[tuple[str, dict[str, str]], ...] = (
    ("care", {"patrol_need.door|escort": "true"}),
    ("enhanced", {"patrol_need.door|escort": "null"}),
    ("standard", {}),
)


@pytest.fixture
def results(connection, context):
    SqlCatalogue(connection, context).add_notice(COVERING, at=AT)
    return SqlClassifications(connection, context)


@pytest.fixture
def answers(connection, context):
    return SqlAnswers(connection, context)


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
def active(activate):
    return activate(table())


@pytest.fixture
def consented(results, enter, decide):
    """Enters a person with a consent whose notice lists everything."""

    def consented(**other):
        person = enter()
        decide(person, **({"notice": COVERING} | other))
        return person

    return consented


def test_sql_decides_as_the_reference_evaluator_does(results, active, answers, consented):
    random = Random(11)
    known = {}
    for _ in range(80):
        person = consented()
        contract, needs = answers_of(random, TODAY)
        answers.put(person, P1, contract, source="counter", at=AT)
        answers.put(person, P2, needs, source="counter", at=AT)
        known[person] = contract | needs
    assert results.classify(active, today=TODAY) == 80
    for person, values in known.items():
        wanted = evaluate(table(), fact_values(small_catalogue(), values, TODAY))
        found = results.of(person)
        assert (found.rule, found.tier) == (wanted.rule, wanted.tier)
        assert frozenset(found.tags) == wanted.tags
        assert (found.ruleset, found.decided_on) == (active.id, TODAY)


def test_a_group_of_options_decides_in_sql_as_in_the_reference(
    results, activate, answers, consented
):
    wanted = table(GROUPED)
    ruleset = activate(wanted)
    groups = groups_of(small_catalogue(), (fact.key for fact in wanted.facts))
    known = {}
    for chosen in (None, (), ("vacant",), ("door",), ("escort", "vacant"), ("door", "escort")):
        person = consented()
        answers.put(person, P2, {"patrol_need": chosen}, source="counter", at=AT)
        known[person] = {FieldKey("patrol_need"): chosen}
    results.classify(ruleset, today=TODAY)
    tiers = []
    for person, values in known.items():
        facts = fact_values(small_catalogue(), values, TODAY, groups)
        assert results.of(person).tier == evaluate(wanted, facts).tier
        asked = [fact.key for fact in groups]
        seen = results.facts(person, today=TODAY, asked=asked)
        assert {key: seen[key] for key in asked} == {key: facts[key] for key in asked}
        tiers.append(results.of(person).tier)
    assert tiers == ["enhanced", "standard", "standard", "care", "care", "care"]


def test_a_group_is_unknown_where_the_own_notice_does_not_list_its_field(
    results, activate, answers, consented
):
    ruleset = activate(table(GROUPED))
    person = consented(notice=notice())
    answers.put(person, P2, {"patrol_need": ("door",)}, source="counter", at=AT)
    results.classify(ruleset, today=TODAY)
    assert results.of(person).tier == "enhanced"
    key = "patrol_need.door|escort"
    assert results.facts(person, today=TODAY, asked=[key])[key] is None
    assert key not in results.facts(person, today=TODAY)


@pytest.mark.parametrize("kind", [large.partition, large.ladder])
def test_a_large_table_decides_in_sql_as_in_the_reference(
    results, activate, answers, consented, kind
):
    """Choices become numbers and the disjoint table a tree: nobody is decided otherwise."""
    random = Random(5)
    groups = groups_of(small_catalogue(), ["patrol_need.door|escort"])
    wanted = kind(random, (*facts(small_catalogue())[:10], *groups), table().scheme, 150)
    ruleset = activate(wanted)
    known = {}
    for _ in range(60):
        person = consented()
        contract, needs = answers_of(random, TODAY)
        answers.put(person, P1, contract, source="counter", at=AT)
        answers.put(person, P2, needs, source="counter", at=AT)
        known[person] = contract | needs
    results.classify(ruleset, today=TODAY)
    fired = set()
    for person, values in known.items():
        right = evaluate(wanted, fact_values(small_catalogue(), values, TODAY, groups))
        found = results.of(person)
        assert (found.rule, found.tier, frozenset(found.tags)) == (
            right.rule,
            right.tier,
            right.tags,
        )
        fired.add(right.rule)
    assert len(fired) > 5


def test_a_second_run_changes_nothing(results, active, answers, consented):
    answers.put(consented(), P2, {"clean_need": "home"}, source="counter", at=AT)
    assert results.classify(active, today=TODAY) == 1
    assert results.classify(active, today=TODAY + timedelta(days=1)) == 0


def test_one_person_is_decided_alone(results, active, answers, consented):
    one, other = consented(), consented()
    answers.put(one, P2, {"clean_need": "home"}, source="counter", at=AT)
    assert results.classify(active, today=TODAY, person=one) == 1
    assert results.of(one).tier == "care"
    assert results.of(other) is None


def test_without_consent_there_is_no_tier(results, active, enter, answers, connection):
    person = enter()
    answers.put(person, P1, {"unit_use": "home"}, source="counter", at=AT)
    assert results.classify(active, today=TODAY) == 0
    assert results.of(person) is None
    assert results.facts(person, today=TODAY) == {}
    with pytest.raises(IntegrityError):
        connection.exec_driver_sql(
            "INSERT INTO classification (person, ruleset, rule, tier, tags, decided_on) "
            f"VALUES ({person}, {active.id}, 0, 3, 0, '2026-03-02')"
        )


def test_withdrawing_takes_the_tier_away(results, active, consented, decide):
    person = consented()
    results.classify(active, today=TODAY)
    decide(person, Decision.WITHDRAWN, notice=COVERING)
    assert results.of(person) is None


def test_a_consent_past_its_last_day_gives_no_tier(results, active, consented):
    last = TODAY + timedelta(days=1)
    person = consented(valid_until=last)
    assert results.classify(active, today=last + timedelta(days=1)) == 0
    assert results.of(person) is None
    assert results.classify(active, today=last) == 1


def test_a_field_that_the_own_notice_does_not_list_reads_as_unknown(
    results, active, consented, answers
):
    told, untold = consented(), consented(notice=notice())
    for person in (told, untold):
        answers.put(person, P2, {"clean_need": "home"}, source="counter", at=AT)
    results.classify(active, today=TODAY)
    assert results.of(told).tier == "care"
    assert results.of(untold).tier == "standard"
    assert results.facts(told, today=TODAY)["clean_need"] == "home"
    assert results.facts(untold, today=TODAY)["clean_need"] is None


def test_what_nobody_confirmed_for_two_years_reads_as_unknown(results, active, consented, answers):
    person = consented()
    answers.put(person, P2, {"clean_need": "home"}, source="counter", at=AT)
    last_fresh = date(2028, 3, 2)
    results.classify(active, today=last_fresh, person=person)
    assert results.of(person).tier == "care"
    results.classify(active, today=last_fresh + timedelta(days=1), person=person)
    assert results.of(person).tier == "standard"


def test_answers_of_another_purpose_count_only_while_that_consent_runs(
    results, activate, consented, answers, decide
):
    ruleset = activate(table((("care", {"hobby_tags.chess": "true"}), ("standard", {}))))
    person = consented()
    decide(person, purpose=P3, valid_until=TODAY)
    answers.put(person, P3, {"hobby_tags": ("chess",)}, source="counter", at=AT)
    results.classify(ruleset, today=TODAY)
    assert results.of(person).tier == "care"
    results.classify(ruleset, today=TODAY + timedelta(days=1))
    assert results.of(person).tier == "standard"


def test_whoever_objected_stays_on_the_floor(results, active, consented, answers, connection):
    person = consented()
    results.classify(active, today=TODAY)
    connection.execute(update(schema.classification).values(objected=True))
    answers.put(person, P2, {"clean_need": "home"}, source="counter", at=AT)
    results.classify(active, today=TODAY)
    found = results.of(person)
    assert (found.tier, found.rule, found.tags, found.objected) == ("standard", "", (), True)
    assert results.preview(table().to_json(), today=TODAY).tiers["standard"] == 1
    assert results.classify(active, today=TODAY) == 0


def test_the_preview_counts_what_classifying_would_do(
    results, active, activate, consented, answers, connection
):
    random = Random(3)
    for _ in range(40):
        person = consented()
        answers.put(person, P2, answers_of(random, TODAY)[1], source="counter", at=AT)
    results.classify(active, today=TODAY)
    before = tiers(connection)
    changed = table(
        (("special", {"clean_need": '"home"'}), ("care", {"quiet": "true"}), ("standard", {}))
    )
    counts = results.preview(changed.to_json(), today=TODAY)
    assert tiers(connection) == before
    results.classify(activate(changed), today=TODAY)
    after = tiers(connection)
    names = changed.scheme.tier_keys
    assert counts.tiers == {n: list(after.values()).count(i) for i, n in enumerate(names)}
    assert counts.moved == sum(after[person] != tier for person, tier in before.items())
    assert sum(counts.rules.values()) == 40
    assert counts.rules["r3"] == counts.tiers["standard"]
    assert counts.tags["need"] == counts.tiers["special"] + counts.tiers["care"]


def test_without_rules_in_force_the_preview_compares_with_the_floor(results, consented, answers):
    answers.put(consented(), P2, {"clean_need": "home"}, source="counter", at=AT)
    counts = results.preview(table().to_json(), today=TODAY)
    assert (counts.tiers["care"], counts.moved) == (1, 1)


def test_the_preview_knows_a_tier_by_its_code_when_the_tiers_were_changed(
    results, active, consented, answers
):
    answers.put(consented(), P2, {"budget": 900}, source="counter", at=AT)
    results.classify(active, today=TODAY)
    wider = table(tiers=("standard", "care", "between", "enhanced", "special"))
    counts = results.preview(wider.to_json(), today=TODAY)
    assert (counts.tiers["enhanced"], counts.moved) == (1, 0)
    fresh = table((("new", {"budget": "> 500"}), ("start", {})), tiers=("start", "new"))
    assert results.preview(fresh.to_json(), today=TODAY).moved == 1


def tiers(connection):
    """The rank of each person's tier."""
    found = select(schema.classification.c.person, schema.classification.c.tier)
    return {row.person: row.tier for row in connection.execute(found)}
