"""Exported files: valid by the schema of the standard, the same every time, decided alike."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pmdesk.errors import ExchangeError
from pmdesk.rules.dmn.evaluate import ReferenceEngine, evaluated, plan_for
from pmdesk.rules.dmn.names import MODEL, sources
from pmdesk.rules.dmn.read import read_model
from pmdesk.rules.dmn.write import written
from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.facts import Fact, FactType, group
from pmdesk.rules.parse import parse
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule
from pmdesk.services.starters import starter_table
from tests.rules import tables
from tests.rules.dmn.own_tables import OFFERED, SCHEME, flags, person, table

SPACE = {"d": MODEL}
RANDOMS = st.randoms(use_true_random=False)


@cache
def schema():
    return etree.XMLSchema(etree.parse(Path(__file__).parent / "xsd" / "DMN13.xsd"))


def root_of(data):
    return etree.fromstring(data)


def texts(root, path):
    return root.xpath(path, namespaces=SPACE)


@settings(max_examples=60, deadline=None)
@given(RANDOMS)
def test_every_exported_file_is_valid_by_the_schema_of_dmn_1_3(random):
    schema().assertValid(root_of(written(table(random), "规则", OFFERED)))
    drawn = tables.table(random)
    schema().assertValid(root_of(written(drawn, "规则", drawn.facts)))


@settings(max_examples=40, deadline=None)
@given(RANDOMS)
def test_other_engines_decide_by_the_file_as_pmdesk_does(random):
    drawn = table(random)
    model = read_model(written(drawn, "规则", OFFERED))
    names = {f.key: s.variable for f, s in zip(drawn.facts, sources(drawn.facts), strict=True)}
    people = [person(random, drawn.facts) for _ in range(10)]
    cases = [_case(drawn, names, one) for one in people]
    plan = plan_for(model, "tier")
    assert plan is not None
    tiers = evaluated(plan, cases, ReferenceEngine())
    tags = _tags(model, cases)
    for one, tier, given_tags in zip(people, tiers, tags, strict=True):
        known = {fact.key: one[fact.key] for fact in drawn.facts}
        expected = evaluate(drawn, known)
        assert tier.result == expected.tier
        assert given_tags == expected.tags


def _case(drawn, names, one):
    case = {}
    for fact in drawn.facts:
        value = one[fact.list] if fact.list else one[fact.key]
        if isinstance(value, set):
            value = sorted(value)
        elif fact.type is FactType.NUMBER and value is not None:
            value = Decimal(value).scaleb(-fact.scale)
        case[names[fact.key]] = value
    return case


def _tags(model, cases):
    plan = plan_for(model, "tags")
    if plan is None:
        return [frozenset() for _case in cases]
    found = [one.result for one in evaluated(plan, cases, ReferenceEngine())]
    return [frozenset(result if isinstance(result, tuple | list) else ()) for result in found]


def test_the_same_table_gives_the_same_bytes():
    made = starter_table(OFFERED)
    assert written(made, "规则", OFFERED) == written(made, "规则", OFFERED)


def test_every_element_that_may_have_an_id_has_one_of_its_own():
    root = root_of(written(starter_table(OFFERED), "规则", OFFERED))
    bare = {"typeRef", "text", "description", "requiredInput", "Bounds", "waypoint", "DMNDI"}
    ids = []
    for element in root.iter():
        if etree.QName(element).localname not in bare:
            assert element.get("id"), element.tag
            ids.append(element.get("id"))
    assert len(set(ids)) == len(ids)


def test_no_cell_says_not_and_unknown_is_an_explicit_null():
    fact = next(one for one in OFFERED if one.key == "clean_need")
    rules = (Rule(id="r1", cells=(parse('not("none"), null', fact),), tier="care"),)
    drawn = DecisionTable(facts=(fact,), rules=rules, scheme=SCHEME)
    root = root_of(written(drawn, "规则", OFFERED))
    (cell,) = texts(root, "//d:decision[@id='tier']//d:inputEntry/d:text/text()")
    assert cell == '"common_only", "in_home", null'


def test_the_strongest_tier_stands_first_because_few_engines_know_priority():
    drawn = starter_table(OFFERED)
    root = root_of(written(drawn, "规则", OFFERED))
    (policy,) = texts(root, "//d:decision[@id='tier']/d:decisionTable/@hitPolicy")
    given_tiers = texts(root, "//d:decision[@id='tier']//d:rule/d:outputEntry/d:text/text()")
    ranks = [drawn.scheme.rank(text.strip('"')) for text in given_tiers]
    assert policy == "FIRST"
    assert ranks == sorted(ranks, reverse=True)


def test_a_named_group_asks_the_list_for_any_of_its_options():
    drawn = DecisionTable(facts=(group(flags("repair_need")[:2]),), rules=(), scheme=SCHEME)
    root = root_of(written(drawn, "规则", OFFERED))
    (expression,) = texts(root, "//d:inputExpression/d:text/text()")
    assert expression == (
        'list contains(repair_need, "water") or list contains(repair_need, "electricity")'
    )
    (allowed,) = texts(root, "//d:itemDefinition[@isCollection]/d:allowedValues/d:text/text()")
    assert '"appliances"' in allowed, "a strict engine must not refuse the other options"


def test_names_that_mean_something_in_feel_are_not_used_as_names():
    odd = [Fact(key=key, label=tables.words(key), type=FactType.FLAG) for key in ODD]
    names = [source.variable for source in sources(odd)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) for name in names)
    assert not {"not", "tier", "tags"} & set(names)


ODD = ("a.b", "a_b", "a|b", "not", "tier", "tags", "1st", "楼龄", "-")


def test_odd_rule_ids_become_ids_of_the_file_and_stay_known():
    ids = ("1", "a b", "tier", "tier_1", "楼")
    rules = tuple(Rule(id=one, cells=(), tier="care") for one in ids)
    root = root_of(written(DecisionTable(facts=(), rules=rules, scheme=SCHEME), "规则"))
    schema().assertValid(root)
    made = texts(root, "//d:decision[@id='tier_2']//d:rule")
    known = [rule.get("{urn:pmdesk:dmn:1}rule") or rule.get("id") for rule in made]
    assert known == list(ids)


def test_a_character_that_no_file_can_carry_is_refused_plainly():
    rules = (Rule(id="r1", cells=(), tier="care", reason="a\x07b"),)
    with pytest.raises(ExchangeError):
        written(DecisionTable(facts=(), rules=rules, scheme=SCHEME), "规则")


def test_the_drawing_shows_every_part_and_every_arrow():
    root = root_of(written(starter_table(OFFERED), "规则", OFFERED))
    drawn = {one.get("dmnElementRef") for one in root.iter() if one.get("dmnElementRef")}
    parts = texts(root, "//d:decision/@id | //d:inputData/@id | //d:informationRequirement/@id")
    assert drawn == set(parts)


def test_a_table_without_tags_has_one_decision_only():
    rules = (Rule(id="r1", cells=(), tier="care"),)
    root = root_of(written(DecisionTable(facts=(), rules=rules, scheme=SCHEME), "规则"))
    assert texts(root, "//d:decision/@id") == ["tier"]


@pytest.mark.parametrize("policy", list(HitPolicy))
def test_the_policy_of_the_table_stands_beside_the_one_that_engines_run(policy):
    drawn = DecisionTable(facts=(), rules=(), scheme=SCHEME, policy=policy)
    root = root_of(written(drawn, "规则"))
    (one,) = texts(root, "//d:decisionTable")
    assert one.get("hitPolicy") == "FIRST"
    assert one.get("{urn:pmdesk:dmn:1}policy") == policy.value
