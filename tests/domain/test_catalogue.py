"""The closed catalogue: what may be recorded, and where each value may live."""

from dataclasses import replace

import pytest

from pmdesk.domain.fields import FieldKey, Home, RuleUse, Sensitivity
from pmdesk.services import starters

CATALOGUE = starters.catalogue()


def test_each_field_in_use_is_under_one_purpose_and_in_one_place():
    for field in CATALOGUE.fields:
        places = [
            purpose.code
            for purpose in CATALOGUE.purposes
            for found in (CATALOGUE.answers, CATALOGUE.sealed, CATALOGUE.items)
            if field in found(purpose.code)
        ]
        stored = field.enabled and field.home in {Home.ANSWERS, Home.SEALED, Home.ITEMS}
        assert places == ([field.purpose] if stored else [])


def test_what_is_sensitive_is_sealed_and_never_a_rules_business():
    for field in CATALOGUE.fields:
        if field.sensitivity is Sensitivity.SENSITIVE:
            assert field.home in {Home.SEALED, Home.ITEMS}
            assert field.rule_use is not RuleUse.YES
        if field in CATALOGUE.rule_fields:
            assert field.home is Home.ANSWERS
            assert field.purpose in {"P1", "P2"}


def test_a_disabled_field_is_nowhere():
    pet = CATALOGUE.field("pet_kind")
    fields = tuple(replace(pet, enabled=False) if f is pet else f for f in CATALOGUE.fields)
    without = replace(CATALOGUE, fields=fields)

    assert CATALOGUE.has("pet_kind")
    assert not without.has("pet_kind")
    assert "pet_kind" not in {field.key for field in without.answers("P2")}
    assert "pet_kind" not in {field.key for field in without.rule_fields}


def test_what_is_refused_is_no_field():
    for refused in CATALOGUE.refused:
        assert not [key for key in refused.keys if CATALOGUE.has(key)]  # its name
        assert all((*refused.why, *refused.instead))


def test_answers_tables_follow_the_order_of_the_purposes():
    assert CATALOGUE.answering == ("P1", "P2", "P3", "P4", "P7", "P8")
    assert [purpose.code for purpose in CATALOGUE.consenting][:2] == ["P1-plate", "P2"]


def test_every_purpose_says_how_long_its_values_are_kept():
    for purpose in CATALOGUE.purposes:
        kept = CATALOGUE.kept(purpose)
        assert all((*kept.period, *kept.reason, *kept.at_end))


def test_things_are_found_by_their_code():
    assert CATALOGUE.tier("care").name.zh == "关怀"
    assert CATALOGUE.purpose("P2").may_classify
    with pytest.raises(StopIteration):
        CATALOGUE.field("religion")


def test_all_answers_of_a_purpose_are_checked_together():
    found = CATALOGUE.problems(
        "P2",
        {
            FieldKey("clean_need"): "palace",
            FieldKey("pet_kind"): "dragon",
            FieldKey("unit_use"): 7,
        },
    )

    assert {problem.key for problem in found} == {"clean_need", "pet_kind"}
    assert CATALOGUE.problems("P2", {}) == ()
