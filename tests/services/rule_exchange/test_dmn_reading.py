"""DMN files come in as they were meant, or not at all."""

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.assets import asset
from pmdesk.i18n import install
from pmdesk.rules.cells import ANY, UNKNOWN
from pmdesk.rules.dmn.write import written
from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.parse import parse
from pmdesk.rules.table import HitPolicy
from pmdesk.services.starters import starter_table
from tests.rules.dmn.own_tables import OFFERED, person, table
from tests.services.rule_exchange.dmn_files import TIERS, decision, dmn, understood

LINK = '<informationRequirement id="q{0}"><requiredDecision href="#{0}"/></informationRequirement>'
CLEAN = ("保洁需求", "clean_need", "string")
WATER = ("water", 'list contains(repair_need, "water")', "boolean")
BY_KEY = {fact.key: fact for fact in OFFERED}


@pytest.fixture
def chinese():
    """The program speaks Chinese, as it does by default."""
    install("zh_CN", asset("locale"))


def sentences(incoming):
    return [f"{fault.place}: {fault.words}" for fault in incoming.faults]


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_pmdesk_exported_comes_back_equal(dice):
    drawn = table(dice)
    found = understood(written(drawn, "规则", OFFERED))
    assert found.table == drawn
    assert found.answered(()) == drawn
    assert (found.questions, found.faults, found.remarks) == ((), (), ())


def test_the_language_of_the_export_does_not_matter(chinese):
    drawn = starter_table(OFFERED)
    assert understood(written(drawn, "规则", OFFERED)).table == drawn


def test_another_tool_may_drop_every_mark_and_the_decisions_stay_the_same():
    for seed in range(20):
        drawn = table(random.Random(seed), HitPolicy.PRIORITY)
        if not drawn.is_complete:
            continue
        bare = re.sub(rb' pmdesk:\w+="[^"]*"', b"", written(drawn, "规则", OFFERED))
        found = understood(bare).table
        for number in range(20):
            one = person(random.Random(number), OFFERED)
            before, after = (evaluate(each, one) for each in (drawn, found))
            assert (before.tier, before.tags) == (after.tier, after.tags)


def test_rows_put_elsewhere_in_another_tool_decide_as_they_stand_there():
    data = written(starter_table(OFFERED), "规则", OFFERED).decode()
    rules = re.findall(r"      <rule id=\"r\d+\".*?</rule>\n", data, re.DOTALL)
    swapped = data.replace(rules[0], "").replace(rules[-1], rules[-1] + rules[0])
    found = understood(swapped.encode())
    assert found.table.policy is HitPolicy.FIRST
    assert len(found.remarks) == 2, "the order, and a new last row"
    assert found.table.place_of("r1") == len(found.table.rules) - 2


def test_a_column_is_found_by_its_name_its_label_or_the_list_it_asks():
    by_label = ("绿化需求", "green", "string")
    english = ("EV charging need", "x1", "string")
    group = (
        "g",
        'list contains(repair_need, "electricity") or list contains(repair_need, "water")',
        "boolean",
    )
    months = ("m", "handover_date_months", "number")
    inputs = [CLEAN, by_label, english, group, months]
    found = understood(dmn(decision(inputs, [("-", "-", "-", "-", "-", '"standard"')])))
    assert [column.fact.key for column in found.columns] == [
        "clean_need",
        "green_need",
        "ev_charging_need",
        "repair_need.water|electricity",
        "handover_date.months",
    ]
    assert found.is_usable


def test_tiers_and_tags_are_known_by_their_names_too():
    tier = decision([CLEAN], [('"有入户意向"', '"关怀"'), ("-", '"Standard"')])
    tags = decision([CLEAN], [('"in_home"', '"Add-ons shown first"')], name="t", policy="COLLECT")
    found = understood(dmn(tier, tags)).table
    assert [rule.tier for rule in found.rules] == ["care", "standard"]
    assert found.rules[0].tags == {"addon"}, "the row asks the same, so it gives the tag too"


def test_a_tag_with_a_condition_of_its_own_becomes_a_row_that_adds_nothing_else():
    tier = decision([CLEAN], [('"in_home"', '"care"'), ("-", '"standard"')])
    tags = decision([WATER], [("true", '"need"'), ("true", '"ev"')], name="t", policy="RULE ORDER")
    found = understood(dmn(tier, tags)).table
    assert len(found.rules) == 3
    new = found.rules[1]
    assert (new.tier, new.tags) == ("standard", {"need", "ev"})
    assert [cell.is_any for cell in new.cells] == [True, False]


def test_not_over_what_may_be_unknown_is_asked_about():
    rows = [('not("none")', '"care"'), ("-", '"standard"')]
    found = understood(dmn(decision([CLEAN], rows)))
    (question,) = found.questions
    assert question.fact.key == "clean_need"
    assert question.rows == ("tier_r1",)
    assert "clean_need" not in question.words
    assert "1" in question.words
    known = parse('"common_only", "in_home"', BY_KEY["clean_need"])
    assert found.answered(()).rules[0].cells == (known,)
    assert found.answered({"clean_need"}).rules[0].cells[0].unknown


def test_not_over_every_value_and_unknown_becomes_any():
    rows = [("not(true)", '"care"'), ("not(false)", '"enhanced"'), ("-", '"standard"')]
    found = understood(dmn(decision([WATER], rows)))
    assert found.answered({"repair_need.water"}).rules[0].cells[0].unknown


def test_not_of_a_comparison_is_no_question_because_unknown_never_fits_it():
    months = ("m", "handover_date_months", "number")
    found = understood(dmn(decision([months], [("not(< 24)", '"care"'), ("-", '"standard"')])))
    assert found.questions == ()
    assert found.table.rules[0].cells == (parse(">= 24", BY_KEY["handover_date.months"]),)


def test_unknown_stays_unknown_and_an_empty_cell_asks_nothing():
    found = understood(dmn(decision([CLEAN], [("null", '"care"'), ("", '"standard"')]))).table
    assert [rule.cells for rule in found.rules] == [(UNKNOWN,), (ANY,)]


@pytest.mark.parametrize(
    ("label", "expected"),
    [("姓名", "姓名会让人猜到民族"), ("户籍", "户籍"), ("信用分", "信用分"), ("Zufall", "Zufall")],
)
def test_a_column_that_no_rule_may_ask_for_is_refused_with_its_reason(chinese, label, expected):
    found = understood(dmn(decision([(label, "x1", "string")], [('"a"', '"care"')])))
    assert not found.is_usable
    assert found.table is None
    (fault,) = found.faults
    assert fault.column == label
    assert fault.error.code == "E_FIELD_PROXY_LOCKED"
    assert expected in fault.words


def test_every_unknown_column_is_named_at_once():
    inputs = [("姓名", "x1", "string"), CLEAN, ("欠费", "x2", "number")]
    found = understood(dmn(decision(inputs, [("-", "-", "-", '"care"')])))
    assert [fault.column for fault in found.faults] == ["姓名", "欠费"]


@pytest.mark.parametrize("policy", ["ANY", "COLLECT", "RULE ORDER"])
def test_a_policy_without_one_winner_is_refused_for_the_tier(policy):
    found = understood(dmn(decision([CLEAN], [("-", '"care"')], policy=policy)))
    assert any(policy in sentence for sentence in sentences(found))


@pytest.mark.parametrize("policy", ["UNIQUE", "FIRST"])
def test_a_policy_with_one_winner_is_refused_for_the_tags(policy):
    tier = decision([CLEAN], [("-", '"standard"')])
    tags = decision([CLEAN], [("-", '"need"')], name="t", policy=policy)
    assert any(policy in sentence for sentence in sentences(understood(dmn(tier, tags))))


def test_counting_the_tags_is_refused():
    tier = decision([CLEAN], [("-", '"standard"')])
    tags = decision(
        [CLEAN], [("-", '"need"')], name="t", policy="COLLECT", further='aggregation="COUNT"'
    )
    assert any("COUNT" in sentence for sentence in sentences(understood(dmn(tier, tags))))


def test_priority_by_the_tiers_of_this_office_stays_priority():
    rows = [("-", '"standard"'), ('"in_home"', '"care"'), ("-", '"standard"')]
    found = understood(dmn(decision([CLEAN], rows, policy="PRIORITY", output=TIERS)))
    assert found.table.policy is HitPolicy.PRIORITY
    assert [rule.tier for rule in found.table.rules] == ["standard", "care", "standard"]


def test_priority_by_another_ranking_becomes_an_order_of_rows():
    rows = [('"in_home"', '"special"'), ("-", '"care"')]
    file = decision([CLEAN], rows, policy="PRIORITY", output='"care","special","standard"')
    found = understood(dmn(file))
    assert found.table.policy is HitPolicy.FIRST
    assert [rule.tier for rule in found.table.rules] == ["care", "special", "standard"]
    assert len(found.remarks) == 2


def test_a_unique_table_stays_unique_and_gets_its_last_row():
    rows = [('"in_home"', '"care"'), ('"none", "common_only"', '"standard"')]
    found = understood(dmn(decision([CLEAN], rows, policy="UNIQUE")))
    assert found.table.policy is HitPolicy.UNIQUE
    assert found.table.is_complete
    assert len(found.remarks) == 1


def test_a_note_becomes_the_reason_and_the_legal_ground():
    rows = [('"in_home"', ('"care"', "约定时间。\n§ 民法典第942条")), ("-", '"standard"')]
    rule = understood(dmn(decision([CLEAN], rows))).table.rules[0]
    assert (rule.reason, rule.legal) == ("约定时间。", "民法典第942条")


def test_a_note_that_was_rewritten_in_another_tool_goes_before_pmdesks_own_mark():
    data = written(starter_table(OFFERED), "规则", OFFERED).decode()
    text = "<description>您有入户保洁意向，联系您约定时间。"
    assert text in data
    found = understood(data.replace(text, "<description>改过的理由。").encode()).table
    assert found.rule("r8").reason == "改过的理由。"
    assert found.rule("r8").legal == "按本人填写的需要安排，不影响价格。"


def test_a_note_too_long_for_the_person_is_refused_with_its_row():
    rows = [("-", ('"care"', "长" * 121))]
    (fault,) = understood(dmn(decision([CLEAN], rows))).faults
    assert fault.row == "1"


def test_an_expression_changed_in_another_tool_counts_more_than_pmdesks_own_mark():
    data = written(starter_table(OFFERED), "规则", OFFERED).decode()
    changed = data.replace('"water")', '"appliances")')
    found = understood(changed.encode())
    assert not found.is_usable, "two columns ask the same now"
    assert len({fault.column for fault in found.faults}) == 1


@pytest.mark.parametrize(
    "cell", ["in_home", '!= "none"', '"none" or "x"', "5", '"nowhere"', "[1..", "?"]
)
def test_a_cell_that_cannot_be_read_is_told_with_its_place(cell):
    rows = [('"none"', '"care"'), (cell, '"care"'), ("-", '"standard"')]
    found = understood(dmn(decision([CLEAN], rows)))
    assert found.table is None
    (fault,) = found.faults
    assert (fault.sheet, fault.row, fault.column) == ("tier", "2", "保洁需求")


def test_several_things_at_once_cannot_come_from_one_table():
    two = decision([CLEAN], []).replace("</output>", '</output><output name="price"/>')
    assert len(understood(dmn(two)).faults) == 1


def test_a_file_without_a_tier_and_one_with_two_are_refused():
    assert understood(dmn()).faults
    twice = understood(dmn(*(decision([CLEAN], [("-", '"care"')], name=n) for n in ("a", "b"))))
    assert "a, b" in sentences(twice)[0]


def test_what_is_neither_tier_nor_tag_is_refused():
    found = understood(dmn(decision([CLEAN], [("-", '"discount"')])))
    assert "discount" in sentences(found)[0]


def test_a_result_of_another_decision_is_no_fact():
    tags = decision([CLEAN], [("-", '"need"')], name="t", policy="COLLECT")
    tier = decision([("t", "t", "string")], [("-", '"standard"')])
    found = understood(
        dmn(tags, tier.replace("<decisionTable", LINK.format("t") + "<decisionTable"))
    )
    assert any(fault.column == "t" for fault in found.faults)


def test_decisions_that_require_each_other_are_refused():
    one, two = (
        decision([(other, other, "string")], [("-", '"care"')], name=name).replace(
            "<decisionTable", LINK.format(other) + "<decisionTable"
        )
        for name, other in (("a", "b"), ("b", "a"))
    )
    assert len(understood(dmn(one, two)).faults) == 2


def test_a_default_other_than_the_standard_tier_is_refused():
    given_default = "<defaultOutputEntry><text>&quot;care&quot;</text></defaultOutputEntry>"
    file = decision([CLEAN], [('"none"', '"standard"')]).replace(
        "</output>", given_default + "</output>"
    )
    assert len(understood(dmn(file)).faults) == 1


def test_a_thousand_and_one_rows_are_refused():
    rows = [("-", '"standard"')] * 1001
    (fault,) = understood(dmn(decision([CLEAN], rows))).faults
    assert "1001" in fault.words


def test_a_table_of_a_thousand_rows_with_many_tags_comes_back():
    starter = starter_table(OFFERED)
    for fact in starter.facts[5:]:
        starter = starter.without_fact(fact.key)
    tags = frozenset(starter.scheme.tag_keys[:3])
    rules = tuple(
        replace(starter.rules[at % 20], id=f"x{at}", tags=tags if at < 400 else frozenset())
        for at in range(999)
    )
    drawn = replace(starter, rules=(*rules, starter.rules[-1]))
    assert understood(written(drawn, "规则", OFFERED)).table == drawn


@pytest.mark.parametrize("expression", ['list contains(repair_need, "roof")', '"in_home"'])
def test_an_expression_over_nothing_that_is_offered_is_refused(expression):
    found = understood(dmn(decision([("x1", expression, "boolean")], [("-", '"standard"')])))
    (fault,) = found.faults
    assert fault.column == "x1"


def test_a_cell_that_asks_what_a_list_contains_is_told_where_to_ask(chinese):
    row = ('list contains(?, "water")', '"care"')
    found = understood(dmn(decision([CLEAN], [row, ("-", '"standard"')])))
    assert found.table is None
    (fault,) = found.faults
    assert fault.column == "保洁需求"
    assert "单元格里不能用函数" in fault.words
    assert "list contains(变量" in fault.words


def test_lists_of_two_fields_are_no_group():
    both = 'list contains(repair_need, "water") or list contains(visit_window, "weekend")'
    found = understood(dmn(decision([("x1", both, "boolean")], [("-", '"standard"')])))
    assert [fault.column for fault in found.faults] == ["x1"]


def test_a_column_that_is_nearly_called_right_is_told_what_it_may_mean(chinese):
    found = understood(dmn(decision([("宠物", "x1", "string")], [("-", '"standard"')])))
    assert "饲养宠物" in found.faults[0].words


def test_a_decision_without_a_table_is_refused():
    literal = '<literalExpression id="l"><text>"care"</text></literalExpression>'
    plain = f'<decision id="p" name="p">{literal}</decision>'
    tier = decision([CLEAN], [("-", '"standard"')])
    assert [fault.sheet for fault in understood(dmn(tier, plain)).faults] == ["p"]


def test_a_row_that_gives_what_its_column_does_not_allow_is_refused():
    rows = [('"none"', '"special"'), ("-", '"standard"')]
    found = understood(dmn(decision([CLEAN], rows, output='"care","standard"')))
    assert [fault.row for fault in found.faults] == ["1"]
    tier = decision([CLEAN], [("-", '"standard"')])
    tags = decision(
        [CLEAN], [("-", '"need"'), ("-", '"ev"')], name="t", policy="COLLECT", output='"need"'
    )
    assert understood(dmn(tier, tags)).table.rules[0].tags == {"need"}


def test_a_default_of_the_standard_tier_is_the_last_row():
    standard = "<defaultOutputEntry><text>&quot;standard&quot;</text></defaultOutputEntry>"
    file = decision([CLEAN], [('"none"', '"care"')]).replace("</output>", standard + "</output>")
    assert understood(dmn(file)).table.is_complete


def test_a_full_table_without_a_last_row_is_refused_rather_than_cut():
    rows = [('"none"', '"care"')] * 1000
    assert understood(dmn(decision([CLEAN], rows))).faults


def test_the_first_row_stays_first_where_a_table_was_made_so():
    drawn = replace(starter_table(OFFERED), policy=HitPolicy.FIRST)
    assert understood(written(drawn, "规则", OFFERED)).table == drawn


def test_a_row_added_in_another_tool_keeps_the_file_s_order():
    data = written(starter_table(OFFERED), "规则", OFFERED).decode()
    found = re.search(r"      <rule id=\"r1\".*?</rule>\n", data, re.DOTALL)
    assert found is not None
    rule = found[0]
    added = re.sub(r' pmdesk:\w+="[^"]*"', "", rule).replace('"r1', '"added')
    found = understood(data.replace(rule, rule + added).encode()).table
    assert found.policy is HitPolicy.PRIORITY
    assert [one.id for one in found.rules[:2]] == ["r1", "added"]


def test_rows_without_ids_get_some():
    tier = decision([CLEAN], [('"none"', '"care"'), ("-", '"standard"')])
    tags = decision([WATER], [("true", '"need"')], name="t", policy="COLLECT")
    bare = re.sub(rb'<rule id="\w+">', b"<rule>", dmn(tier, tags))
    assert [rule.id for rule in understood(bare).table.rules] == ["1", "r1", "2"]


def test_a_mark_beside_an_expression_that_asks_nothing_does_not_count():
    data = written(starter_table(OFFERED), "规则", OFFERED)
    changed = data.replace(b"<text>pet_kind</text>", b'<text>"dog"</text>')
    assert {fault.column for fault in understood(changed).faults} <= {"Pets", "饲养宠物"}
