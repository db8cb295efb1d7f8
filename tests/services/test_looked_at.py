"""Facts about one list are told together, and nobody reads a bare “yes”."""

from pmdesk.i18n import Words
from pmdesk.rules.cells import Cell
from pmdesk.rules.explain import ExplainedCell, Verdict
from pmdesk.rules.facts import Fact, FactType, group
from pmdesk.services.rights import looked_at


def option(code, label):
    return Fact(
        key=f"repair.{code}",
        label=Words(zh=f"维修关注：{label}", en=f"Repair: {label}"),
        type=FactType.FLAG,
        list="repair",
        any_of=(code,),
    )


PIPES, WATER, POWER = option("pipes", "管道"), option("water", "防水"), option("power", "电")
JOINED = group((PIPES, WATER))


def cell(fact, value, wanted=True):
    return ExplainedCell(
        fact=fact, cell=Cell(values=(wanted,)), value=value, verdict=Verdict.UNKNOWN
    )


def told(*pairs):
    return tuple(looked_at.lines([cell(fact, value) for fact, value in pairs], frozenset()))


def test_options_that_rules_join_are_named_only_where_none_of_them_has_a_line():
    assert told((JOINED, True), (WATER, True), (POWER, False)) == ("维修关注: 防水",)
    assert told((JOINED, True), (POWER, False)) == ("维修关注: 管道/防水任一",)


def test_a_list_without_any_of_the_options_asked_for_claims_no_more():
    assert told((WATER, False)) == ("维修关注: nothing that the rules ask about",)
    assert told((WATER, None)) == ("Not filled in: 维修关注",)


def test_an_option_is_asked_for_by_its_name():
    assert looked_at.asked(cell(WATER, False)) == "维修关注：防水"
    assert looked_at.asked(cell(WATER, True, wanted=False)) == "维修关注：防水: no"
