"""The impact assessment of rules says what the fairness check found about exactly these rules."""

import pytest

from pmdesk.services import fairness, rules
from pmdesk.services.assessing.assessment_checks import with_reminder
from pmdesk.services.assessing.assessment_form import prefilled
from tests.services.fairly import unequal

REMINDER = "请先说明公平性检查中需复核的项目"


def about(ruleset):
    """The answers of an assessment of this version begin with it."""
    return f"ruleset:{ruleset.digest}"


def answers_of(session, ruleset):
    """The answers that are texts, as they are filled in."""
    filled = prefilled(session, about(ruleset))
    return {key: value for key, value in filled.items() if isinstance(value, str)}


@pytest.mark.usefixtures("people")
def test_what_needs_a_review_is_named_and_has_to_be_explained_first(manager, active, clock):
    before = answers_of(manager, active)
    assert "公平性检查：" in before["review"]
    assert "项需复核" not in before["review"]
    assert REMINDER not in before["groups"] + before["risk.unequal.measure"]

    fairness.report(manager, active.id)
    after = answers_of(manager, active)

    assert f"公平性检查（{clock.now().astimezone().date()}）：" in after["review"]
    assert "项需复核：" in after["review"]
    assert "女·关怀及以上" in after["review"]
    assert after["groups"] == before["groups"] + REMINDER + "。"
    assert REMINDER in after["risk.unequal.measure"]


@pytest.mark.usefixtures("people")
def test_a_copy_of_the_rules_has_the_same_figures(manager, active):
    fairness.report(manager, active.id)
    rules.draft_from(manager, active.id)

    assert "项需复核：" in answers_of(manager, active)["review"]


def test_a_report_about_too_few_people_claims_nothing(manager, clerk, active):
    unequal(clerk, women=(10, 5), men=(10, 5))
    fairness.report(manager, active.id)

    document = answers_of(manager, active)

    assert "需复核：" not in document["review"]
    assert "项样本不足" in document["review"]
    assert REMINDER not in document["groups"]


def test_an_older_reminder_goes_where_nothing_needs_a_review():
    older = {"groups": f"都想过了。{REMINDER}。", "small": "yes"}

    assert with_reminder(older, contradicted=False) == {"groups": "都想过了。", "small": "yes"}
    assert with_reminder(older, contradicted=True) == older
