"""What rules may ask about follows from the catalogue, and unknown stays unknown."""

from datetime import date

import pytest

from pmdesk.analytics.facts import complete_months, fact_of, fact_values, facts, field_of, groups_of
from pmdesk.domain.fields import FieldKey, RuleUse
from pmdesk.i18n import Words
from pmdesk.rules.facts import FactType
from pmdesk.services import starters

CATALOGUE = starters.catalogue()
TODAY = date(2026, 3, 2)


def by_key():
    return {fact.key: fact for fact in facts(CATALOGUE)}


def values_of(**answers):
    return fact_values(CATALOGUE, {FieldKey(key): value for key, value in answers.items()}, TODAY)


def test_each_kind_of_field_offers_its_own_facts():
    found = by_key()
    assert found["clean_need"].type is FactType.CHOICE
    assert found["clean_need"].codes == ("common_only", "in_home", "none")
    assert found["repair_need.water"].type is FactType.FLAG
    assert found["repair_need.water"].label == Words(
        zh="维修关注：水", en=f"{CATALOGUE.field('repair_need').label.en}: water"
    )
    assert found["handover_date.months"].type is FactType.NUMBER
    assert found["handover_date.months"].unit == Words("个月", "months")
    assert found["renovation.now"].type is FactType.FLAG


def test_a_field_that_rules_may_not_read_offers_no_fact():
    closed = {f.key for f in CATALOGUE.fields if f.rule_use is not RuleUse.YES or not f.enabled}
    assert closed
    assert not closed & {field_of(key) for key in by_key()}


def test_every_value_has_the_type_of_its_fact():
    found = values_of(
        clean_need="in_home",
        repair_need=("water",),
        handover_date=date(2020, 1, 31),
        renovation=(date(2026, 1, 1), None),
    )
    assert found.keys() == by_key().keys()
    assert all(fact.accepts(found[key]) for key, fact in by_key().items())
    assert found["repair_need.water"] is True
    assert found["repair_need.electricity"] is False
    assert found["handover_date.months"] == 73
    assert found["renovation.now"] is True


def test_an_empty_list_is_an_answer_and_an_unknown_one_is_none():
    empty = values_of(repair_need=())
    unknown = values_of()
    assert empty["repair_need.water"] is False
    assert unknown["repair_need.water"] is None


def test_a_group_holds_when_any_of_its_options_was_chosen():
    key = "repair_need.water|electricity"
    groups = groups_of(CATALOGUE, [key, key, "clean_need", "repair_need.water", "gone.a|b"])
    assert [fact.key for fact in groups] == [key]
    assert fact_of(CATALOGUE, key) == groups[0]
    assert field_of(key) == "repair_need"

    def value(chosen):
        answers = {FieldKey("repair_need"): chosen}
        return fact_values(CATALOGUE, answers, TODAY, groups)[key]

    assert value(("doors_windows", "electricity")) is True
    assert value(("doors_windows",)) is False
    assert value(()) is False
    assert value(None) is None


@pytest.mark.parametrize(
    ("since", "as_of", "months"),
    [
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),  # no 31st: the month's last day (Civil Code 202)
        (date(2023, 1, 31), date(2023, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 2, 29), date(2024, 3, 28), 0),
        (date(2024, 2, 29), date(2024, 3, 29), 1),
        (date(2023, 12, 15), date(2024, 1, 14), 0),
        (date(2023, 12, 15), date(2024, 1, 15), 1),
        (date(2024, 5, 5), date(2024, 5, 5), 0),
        (date(2024, 5, 6), date(2024, 5, 5), None),  # still to come
    ],
)
def test_months_are_complete_on_the_day_of_the_same_number(since, as_of, months):
    assert complete_months(since, as_of) == months


@pytest.mark.parametrize(
    ("period", "inside"),
    [
        (None, None),
        ((None, None), None),
        ((date(2026, 3, 2), None), True),
        ((date(2026, 3, 3), None), False),
        ((None, date(2026, 3, 2)), True),
        ((None, date(2026, 3, 1)), False),
        ((date(2026, 3, 1), date(2026, 3, 3)), True),
        ((date(2026, 2, 1), date(2026, 3, 1)), False),
    ],
)
def test_a_period_holds_between_its_days_and_an_open_end_has_no_limit(period, inside):
    assert values_of(renovation=period)["renovation.now"] is inside
