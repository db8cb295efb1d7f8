"""Items that need no office: a table, the shipped catalogue and the shipped lists."""

from dataclasses import replace

import pytest

from pmdesk.analytics.facts import facts
from pmdesk.domain.reviews import State
from pmdesk.i18n import Words
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import HitPolicy
from pmdesk.rules.table import DecisionTable
from pmdesk.services import starters
from pmdesk.services.review import additive, criteria, inputs, telling, wording
from pmdesk.services.review.examples import unproved
from pmdesk.services.review.sight import Sight
from pmdesk.services.review.trials import Loss, Trial
from tests.rules.tables import made_up

CATALOGUE = starters.catalogue()
TABLE = starters.starter_table(facts(CATALOGUE))


def seen(table=TABLE):
    return Sight(table=table, catalogue=CATALOGUE, lexicon=starters.refused())


def asked(**cells):
    """The starter table with one more row that asks for this; dots are written as __."""
    table = TABLE.with_rule(TABLE.blank_rule())
    rule = table.rules[-2].id
    for name, text in cells.items():
        key = name.replace("__", ".")
        table = table.with_cell(rule, key, parse(text, table.facts[table.column_of(key)]))
    return table


def test_a_table_without_its_last_row_leaves_somebody_without_the_standard():
    headless = DecisionTable(facts=TABLE.facts, rules=TABLE.rules[:-1], scheme=TABLE.scheme)

    assert additive.adds_only(seen(headless), None).state is State.FAIL


def test_other_tiers_than_those_of_the_catalogue_are_refused_as_floor_and_as_price():
    fewer = replace(
        TABLE, scheme=replace(TABLE.scheme, tags=(*TABLE.scheme.tags, ("x", Words("", ""))))
    )

    assert additive.adds_only(seen(fewer), None).state is State.FAIL
    assert additive.changes_no_price(seen(fewer), ()).state is State.FAIL


@pytest.mark.parametrize(
    ("trial", "state"),
    [
        (None, State.PASS),
        (Trial(cases=10), State.PASS),
        (Trial(cases=10, taken=Loss(row=2)), State.FAIL),
        (Trial(cases=10, agrees=False), State.FAIL),
    ],
)
def test_what_random_people_show_counts_beside_the_proof(trial, state):
    assert additive.adds_only(seen(), trial).state is state


def test_a_blank_that_costs_somebody_something_is_named_with_its_row():
    found = additive.blanks_cost_nothing(seen(), Trial(cases=1, blanked=Loss(row=3, fact="x")))

    assert (found.state, found.places[0].rule) == (State.FAIL, "r4")


def test_a_row_that_asks_for_unknown_may_add_where_the_strongest_wins():
    table = asked(clean_need="null")
    first = replace(table, policy=HitPolicy.FIRST)

    assert additive.blanks_cost_nothing(seen(table), None).state is State.PASS
    assert additive.blanks_cost_nothing(seen(first), None).state is State.PASS  # it comes last


def test_a_row_that_fits_nobody_can_be_explained_to_nobody():
    keys = {fact.key: fact for fact in facts(CATALOGUE)}
    table = asked(repair_need__water="true", repair_need__electricity="null")
    rule = table.rules[-2].id
    table = table.with_output(rule, reason="关注用水。")

    found = telling.readable(seen(table))

    assert keys
    assert (found.state, found.places[0].rule) == (State.FAIL, rule)
    assert telling.tried_out(seen(table), ()).state is State.FAIL


def test_a_row_whose_only_neighbours_are_blank_misses_a_blank():
    """A text has no other known value that could be written; a blank is always one."""
    note = Fact(key="note", label=Words("备注", "note"), type=FactType.FLAG)
    table = TABLE.with_fact(note)
    rule = table.rules[0].id
    table = table.with_cell(rule, "note", parse("true, false", note))

    assert unproved(table, made_up(table)) == ()
    both = asked(repair_need__water="true, false")
    assert unproved(both, made_up(both)) == ()


def test_numbers_of_people_in_a_reason_are_found_by_their_shape():
    table = TABLE.with_output("r8", reason="联系 13800001234 约时间。")

    found = wording.fair(seen(table))

    assert found.state is State.FAIL
    assert "13800001234" not in found.words()


def test_a_day_in_a_reason_is_no_birthday():
    table = TABLE.with_output("r8", reason="2019-05-01 以前交付的房屋安排检查。")

    assert wording.fair(seen(table)).state is State.PASS


def test_a_column_whose_label_only_looks_like_a_number_is_not_refused_as_sensitive():
    odd = Fact(key="x", label=Words("13800001234", "13800001234"), type=FactType.FLAG)

    assert inputs.not_sensitive(seen(TABLE.with_fact(odd))).state is State.PASS
    assert inputs.catalogued(seen(TABLE.with_fact(odd))).state is State.FAIL


def test_what_is_not_understood_is_neither_allowed_nor_refused():
    judged = criteria.judged(CATALOGUE, "月亮圆的时候")

    assert (judged.allowed, judged.understood) == (False, False)
    assert (judged.field, judged.item, judged.near) == (None, None, ())


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("关注用水的", ["水"]),
        ("关心水电的", ["水", "电"]),
        ("whatever may break, with parts", []),
        ("常用配件要备好的", []),
    ],
)
def test_the_field_that_may_have_been_meant_is_offered_with_its_options(text, options):
    judged = criteria.judged(CATALOGUE, text)

    assert (judged.allowed, judged.understood) == (False, False)
    assert judged.near[0].field.key == "repair_need"
    assert [option.zh for option in judged.near[0].options] == options


def test_a_refused_word_stays_refused_however_much_else_is_named():
    judged = criteria.judged(CATALOGUE, "民族不同的人用水用电")

    assert (judged.allowed, judged.understood) == (False, True)
    assert judged.item


@pytest.mark.parametrize(
    "text", ["别墅区的多巡逻", "有钱的多巡逻", "大户型多安排安保", "女性多巡逻"]
)
def test_for_patrols_the_security_need_is_offered_and_no_budget(text):
    judged = criteria.judged(CATALOGUE, text)

    assert not judged.allowed
    assert "安保需求" in judged.instead.zh
    assert "预算" not in judged.instead.zh


@pytest.mark.parametrize("text", ["老人优先", "女性优先"])
def test_what_people_ask_for_is_offered_and_nothing_that_rules_cannot_read(text):
    judged = criteria.judged(CATALOGUE, text)

    assert not judged.allowed
    assert "特殊协助" in judged.instead.zh
    assert "公平性" not in judged.instead.zh


def test_wealth_without_patrols_still_leads_to_the_declared_budget():
    assert "预算" in criteria.judged(CATALOGUE, "别墅区的优先").instead.zh


def test_the_office_s_own_lists_are_asked(manager):
    judged = criteria.asked(manager, "  想要入户保洁的  ")

    assert judged.allowed
    assert judged.text == "想要入户保洁的"
