"""The classification table: who stands in it, by which rule, and why not by a stronger one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pmdesk.analytics.facts import fact_of
from pmdesk.domain.classification import ResidentQuery, RulesetStatus
from pmdesk.domain.consents import ConsentState
from pmdesk.errors import NotFoundError
from pmdesk.rules.cells import Cell
from pmdesk.rules.explain import Verdict
from pmdesk.services import classification, residents
from tests.offices import (
    P2,
    PAPER,
    SPECIAL,
    answers,
    consenting,
    decide,
    founded_office,
    resident,
    tier,
)

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
YES = Cell(values=(True,))


@pytest.fixture(scope="session")
def undecided(tmp_path_factory):
    """An office whose starter rules nobody has approved yet."""
    return founded_office(tmp_path_factory.mktemp("undecided") / "office", active=False)


@pytest.fixture
def quiet(undecided, tmp_path, clock):
    copy = undecided.copied(tmp_path / "quiet", clock)
    yield copy
    copy.close()


def explained(session, person):
    """The reasons of somebody who has some."""
    return classification.reasons(session, person)


def test_without_an_active_version_nobody_has_a_tier(quiet):
    clerk = quiet.session("clerk")
    person = consenting(clerk, values=SPECIAL)

    assert tier(clerk, person) is None
    assert residents.detail(clerk, person).tier.code == "standard"
    with pytest.raises(NotFoundError):
        classification.classify_all(clerk)
    assert "classify.all" not in {action for action, _, _ in quiet.acts()}


def test_everyone_with_a_consent_is_classified_and_nobody_else(clerk, office):
    agreed = consenting(clerk, values=SPECIAL)
    said_no = resident(clerk, "李伟", room="1-1-101")
    decide(clerk, said_no, {P2: False}, PAPER)
    with clerk.store.writing() as work:
        office_sql = "DELETE FROM classification"
        work._connection.exec_driver_sql(office_sql)
        work.commit()

    with office.logged() as log:
        changes, tiers = classification.classify_all(clerk)

    assert tiers == {"standard": 0, "care": 1, "enhanced": 0, "special": 0}
    assert changes.kinds == {"classification"}
    assert [row[0] for row in office.sql("SELECT person FROM classification")] == [agreed]
    assert [action for action, _, _ in log] == ["classify.all"]


def test_classifying_again_changes_nothing(clerk, office):
    consenting(clerk, values=SPECIAL)
    before = office.sql("SELECT * FROM classification")

    classification.classify_all(clerk)

    assert office.sql("SELECT * FROM classification") == before


def test_the_explanation_goes_cell_by_cell_and_is_logged(clerk, office):
    person = consenting(clerk, values=SPECIAL)

    with office.logged() as log:
        why = explained(clerk, person)

    assert why.classification.rule == why.explanation.winner.rule.id == "r8"
    assert why.classification.tier == why.explanation.winner.rule.tier == "care"
    assert why.ruleset.version == 1
    assert why.explanation.winner.rule in why.table.rules
    assert log == [("classification.explain", f"person:{person}", ())]


def test_an_explanation_agrees_with_the_result_whatever_was_answered(clerk):
    for number, values in enumerate(
        ({}, SPECIAL, answers(pet_kind="dog"), answers(repair_need=("water", "electricity")))
    ):
        person = consenting(clerk, name="王小明", values=values, room=f"1-1-10{number}")
        why = explained(clerk, person)
        assert why.explanation.winner.rule.id == why.classification.rule
        assert residents.detail(clerk, person).reason == why.explanation.winner.rule.reason


def test_a_group_of_options_is_decided_and_explained_by_its_own_value(clerk):
    key = "repair_need.water|electricity"
    with clerk.store.writing() as work:
        active = work.rulesets.active()
        group = fact_of(work.catalogue.live(), key)
        assert group is not None
        table = classification.table_of(work, active.document).with_fact(group)
        row = replace(
            table.blank_rule(), cells=(*table.blank_rule().cells[:-1], YES), tier="special"
        )
        table = table.with_rule(row, 0)
        draft = work.rulesets.add(table.to_json(), table.digest(), author="a" * 32, at=AT)
        for status in (RulesetStatus.SUBMITTED, RulesetStatus.APPROVED, RulesetStatus.ACTIVE):
            work.rulesets.move(draft, status, by="b" * 32, words="好", at=AT)
        work.commit()

    seen = {}
    for number, chosen in enumerate((("electricity",), ("doors_windows",), (), None)):
        person = consenting(clerk, values=answers(repair_need=chosen), room=f"1-1-10{number}")
        why = explained(clerk, person)
        cell = next(c for c in why.explanation.rules[0].cells if c.fact.key == key)
        seen[chosen] = (cell.value, cell.verdict, tier(clerk, person) == "special")

    assert seen == {
        ("electricity",): (True, Verdict.TRUE, True),
        ("doors_windows",): (False, Verdict.FALSE, False),
        (): (False, Verdict.FALSE, False),
        None: (None, Verdict.UNKNOWN, False),
    }


def test_without_a_consent_there_is_nothing_to_explain_and_nothing_logged(clerk, office):
    person = resident(clerk)

    with office.logged() as log:
        assert classification.reasons(clerk, person) is None

    assert log == []


def test_the_table_filters_by_tier_tag_building_and_consent(clerk):
    care = consenting(clerk, values=SPECIAL, room="3-2-501")
    plain = consenting(clerk, name="李伟", room="4-1-101")
    never = resident(clerk, "赵磊", room="4-1-102")

    def shown(**query):
        return list(classification.found(clerk, ResidentQuery(**query)))

    assert shown() == [care, plain, never]
    assert shown(tier="care") == [care]
    assert shown(tag="clean_plan") == [care]
    assert shown(building="4") == [plain, never]
    assert shown(consent=ConsentState.NEVER_ASKED) == [never]
    assert shown(order="tier") == [care, plain, never]


def test_what_stands_around_the_table(clerk, quiet):
    consenting(clerk, values=SPECIAL, room="3-2-501")
    resident(clerk, "李伟", room="10-1-101")

    seen = classification.overview(clerk)

    assert (seen.people, seen.classified, seen.buildings) == (2, 1, ("3", "10"))
    assert seen.active is not None
    assert len(seen.reasons) == 30
    bare = classification.overview(quiet.session("clerk"))
    assert (bare.people, bare.active, bare.reasons) == (0, None, {})


def test_what_only_the_duty_leader_sees_is_withheld_from_a_clerks_explanation(clerk, manager):
    person = consenting(clerk, values=answers(patrol_need=("doorstep",)))

    hidden, shown = explained(clerk, person), explained(manager, person)

    assert "patrol_need.doorstep" in hidden.withheld
    assert shown.withheld == frozenset()
    assert hidden.classification == shown.classification
    values = {
        check.value
        for rule in hidden.explanation.rules
        for check in rule.cells
        if check.fact.key in hidden.withheld
    }
    assert values <= {None}
