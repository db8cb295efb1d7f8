"""The shipped rules only ever add, read nothing that stands for a person, and reach each tier."""

import re

import pytest

from pmdesk import i18n
from pmdesk.analytics.facts import facts
from pmdesk.domain.fields import Dimension
from pmdesk.rules.check import Severity, check
from pmdesk.rules.evaluate import evaluate, fits
from pmdesk.rules.table import DecisionTable
from pmdesk.services import starters

PROXIES = {  # law.md 2.4: what stands in for origin, wealth, age or retaliation
    "person_name",
    "mobile",
    "unit_ref",
    "party_role",
    "floor_area",
    "fee_status",
    "complaints",
    "notice_format",
    "comm_language",
    "income_band",
}
CATALOGUE = starters.catalogue()
RULES = starters.starter_rules()
ROWS = [pytest.param(row, id=row["id"]) for row in RULES]
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _chinese(monkeypatch):
    monkeypatch.setattr(i18n._State, "language", "zh_CN")


@pytest.fixture(scope="module")
def table():
    return starters.starter_table(facts(CATALOGUE))


def consented(key):
    return key.partition(".")[0]


def test_the_starter_table_passes_the_static_checks(table):
    assert table.is_complete
    assert [f for f in check(table, facts(CATALOGUE)) if f.severity is Severity.ERROR] == []


def test_rules_read_only_consented_usable_fields_and_no_proxy(table):
    sheet = next(one for one in starters.notices("zh_CN") if one.purpose == "P2")
    used = {consented(fact.key) for fact in table.facts}
    assert used <= {field.key for field in CATALOGUE.rule_fields}
    assert used <= set(sheet.fields)
    assert not used & PROXIES
    assert {CATALOGUE.field(key).dimension.value for key in used} >= {"economic", "habit", "need"}


@pytest.mark.parametrize("row", ROWS)
def test_no_row_combines_an_empty_house_with_times_or_security(row):
    used = {consented(key) for key in row["cells"]}
    beside = {"patrol_need", "quiet_window", "visit_window", "contact_window"}
    assert not ("occupancy" in used and used & beside)


@pytest.mark.parametrize("row", ROWS)
def test_every_row_gives_a_short_reason_and_a_legal_ground(row):
    assert row["reason"]["zh"]
    assert all(len(text) <= 120 for text in row["reason"].values())
    assert row["legal"]["zh"]
    assert set(row["tags"]) <= {tag.code for tag in CATALOGUE.tags}


def test_the_budget_only_orders_what_is_shown():
    rows = [row for row in RULES if "addon_budget_band" in row["cells"]]
    assert [(row["tier"], row["tags"]) for row in rows] == [("standard", ["addon"])]


def test_habits_and_an_empty_house_only_shape_the_standard_service():
    """Law.md 2.2: times of day are for scheduling only, an empty house only for an offer."""
    for row in RULES:
        for key in map(consented, row["cells"]):
            if key == "occupancy" or CATALOGUE.field(key).dimension is Dimension.HABIT:
                assert row["tier"] == "standard", row["id"]


@pytest.mark.parametrize("row", ROWS)
def test_every_row_fits_its_example_and_not_its_counterexample(row, table):
    rule = table.rule(row["id"])

    def fitting(values):
        return fits(rule, tuple(values.get(fact.key) for fact in table.facts))

    assert fitting(row["fits"])
    if not rule.fits_everyone:
        assert not fitting(row["misses"])
        assert not fitting({}), "who answers nothing gets nothing added"


@pytest.mark.parametrize(
    ("tier", "tags", "person"),
    [
        ("standard", set(), {}),
        ("standard", {"addon"}, {"addon_budget_band": "101_to_300", "clean_need": "none"}),
        ("standard", {"advance_notice"}, {"pet_kind": "dog"}),
        ("standard", {"need", "quiet"}, {"quiet_window.noon": True, "handover_date.months": 90}),
        ("care", {"need", "house_check"}, {"patrol_need.vacancy": True}),
        ("care", {"need", "clean_plan"}, {"clean_need": "in_home", "addon_budget_band": "none"}),
        (
            "enhanced",
            {"need", "clean_plan", "repair_check"},
            {"clean_need": "in_home", "repair_need.water": True},
        ),
        (
            "special",
            {"need", "repair_check", "advance_notice", "house_check"},
            {"renovation.now": True, "repair_need.waterproofing": True},
        ),
    ],
)
def test_each_tier_is_reached_by_declared_needs(tier, tags, person, table):
    outcome = evaluate(table, person)
    assert (outcome.tier, outcome.tags) == (tier, tags)


def test_one_more_answer_never_lowers_the_tier_or_takes_a_tag(table):
    for row in RULES:
        for other in RULES:
            before = evaluate(table, row["fits"])
            after = evaluate(table, {**other["fits"], **row["fits"]})
            assert table.scheme.rank(after.tier) >= table.scheme.rank(before.tier)
            assert after.tags >= before.tags


def test_the_table_survives_being_stored(table):
    assert DecisionTable.from_json(table.to_json(), facts(CATALOGUE)) == table


def test_reasons_follow_the_language(monkeypatch):
    monkeypatch.setattr(i18n._State, "language", "en")
    english = starters.starter_table(facts(CATALOGUE))
    assert all(not HAN.search(rule.reason + rule.legal) for rule in english.rules)
