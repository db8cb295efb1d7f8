"""What a model gives: hit policies, defaults, requirements, and values that do not conform."""

from decimal import Decimal

import pytest

from pmdesk.app.dmn_sql import SqlEngine
from pmdesk.rules.dmn.evaluate import (
    OutsideProfileError,
    Plan,
    ReferenceEngine,
    evaluated,
    plan_for,
)
from pmdesk.rules.dmn.model import Decision
from pmdesk.rules.dmn.read import read_model
from tests.rules.dmn.files import (
    column,
    data,
    decision,
    definitions,
    one_column,
    output,
    table,
    tag,
)

STEPS = [[">= 1", '"low"'], [">= 2", '"high"'], [">= 3", '"mid"'], [">= 3", '"mid"']]
ORDER = '"high", "mid", "low"'


def num(value):
    return Decimal(str(value))


def outcomes(content, cases, name="d"):
    """What both engines give, which is the same."""
    plan = plan_for(read_model(content), name)
    assert plan is not None
    given = evaluated(plan, cases, ReferenceEngine())
    assert evaluated(plan, cases, SqlEngine()) == given
    return given


def results(content, cases, name="d"):
    return [one.result for one in outcomes(content, cases, name)]


def steps(policy, aggregation=None, values=ORDER, rules=None, default=None):
    """A table in which more rules fit the larger “x” is."""
    made = table(
        [column("x")], [output(None, None, values, default)], rules or STEPS, policy, aggregation
    )
    return definitions(data("x", "number"), decision("d", made, ["x"]))


X = [{"x": num(value)} for value in (0, 1, 2, 3)]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("UNIQUE", [None, "low", None, None]),
        ("ANY", [None, "low", None, None]),
        ("FIRST", [None, "low", "low", "low"]),
        ("PRIORITY", [None, "low", "high", "high"]),
        ("RULE ORDER", [None, ["low"], ["low", "high"], ["low", "high", "mid", "mid"]]),
        ("COLLECT", [None, ["low"], ["low", "high"], ["low", "high", "mid", "mid"]]),
        ("OUTPUT ORDER", [None, ["low"], ["high", "low"], ["high", "mid", "mid", "low"]]),
    ],
)
def test_hit_policies(policy, expected):
    assert results(steps(policy), X) == expected


@pytest.mark.parametrize(
    ("policy", "rules"),
    [
        ("UNIQUE", ("1", "2", "3", "4")),
        ("ANY", ("1", "2", "3", "4")),
        ("FIRST", ("1",)),
        ("PRIORITY", ("2",)),
        ("COLLECT", ("1", "2", "3", "4")),
        ("OUTPUT ORDER", ("2", "3", "4", "1")),
    ],
)
def test_the_rules_that_gave_the_result_are_named(policy, rules):
    (found,) = outcomes(steps(policy), X[3:])
    assert found.rules == rules
    assert bool(found.violations) is (policy in {"UNIQUE", "ANY"})
    for violation in found.violations:
        assert "“d”" in violation.words()
        assert "1, 2, 3, 4" in violation.words()


def test_any_accepts_rules_that_agree():
    rules = [[">= 1", '"low"'], [">= 2", '"low"']]
    (found,) = outcomes(steps("ANY", rules=rules), [{"x": num(2)}])
    assert (found.result, found.rules, found.violations) == ("low", ("1", "2"), ())


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        ("SUM", [None, num("0.1"), num("0.3"), num("-0.05")]),
        ("MIN", [None, num("0.1"), num("0.1"), num("-0.35")]),
        ("MAX", [None, num("0.1"), num("0.2"), num("0.2")]),
        ("COUNT", [None, num(1), num(2), num(3)]),
    ],
)
def test_collected_numbers_are_exact(aggregation, expected):
    rules = [[">= 1", "0.1"], [">= 2", "0.20"], [">= 3", "-0.35"]]
    assert results(steps("COLLECT", aggregation, None, rules), X) == expected


def test_a_null_among_what_is_collected_makes_the_sum_null():
    rules = [[">= 1", "1"], [">= 2", ""]]
    for aggregation in ("SUM", "MIN", "MAX"):
        assert results(steps("COLLECT", aggregation, None, rules), X[:3]) == [None, num(1), None]
    assert results(steps("COLLECT", "COUNT", None, rules), X[2:3]) == [num(2)]


@pytest.mark.parametrize(
    ("policy", "aggregation", "expected"),
    [
        ("FIRST", None, "none"),
        ("COLLECT", None, ["none"]),
        ("COLLECT", "COUNT", "none"),
    ],
)
def test_defaults(policy, aggregation, expected):
    content = steps(policy, aggregation, None, default='"none"')
    (found,) = outcomes(content, X[:1])
    assert (found.result, found.rules) == (expected, ())


def test_several_outputs_are_objects_and_compared_from_left_to_right():
    outputs = [output("a", None, '"s", "t"'), output("b"), output("c", "number", "3, 2, 1", "9")]
    rules = [
        ["-", '"t"', '"x"', "3"],
        ["> 1", '"s"', '"y"', "1"],
        ["> 2", '"s"', '"z"', "3"],
        ["> 9", '"u"', '"z"', "3"],
    ]
    made = table([column("x")], outputs, rules, "PRIORITY")
    content = definitions(data("x", "number"), decision("d", made, ["x"]))
    assert results(content, X[1:]) == [
        {"a": "t", "b": "x", "c": num(3)},
        {"a": "s", "b": "y", "c": num(1)},
        {"a": "s", "b": "z", "c": num(3)},
    ]
    empty = table([column("x")], outputs, rules[3:], "FIRST")
    content = definitions(data("x", "number"), decision("d", empty, ["x"]))
    assert results(content, [{"x": num(10)}, {}]) == [
        {"a": None, "b": "z", "c": num(3)},
        {"a": None, "b": None, "c": num(9)},
    ]


def test_values_that_do_not_conform_are_null():
    content = one_column(["null", "5", "-"], "number", "FIRST", "[0..10]")
    given = [None, num(5), "5", True, num(11), [num(5)], [num(5), num(6)], {"x": num(5)}]
    expected = [1, 2, 1, 1, 1, 2, 1, 1]
    assert results(content, [{"x": value} for value in given]) == [num(n) for n in expected]
    assert results(content, [{}]) == [num(1)]


def test_days_are_iso_dates_and_nothing_else():
    content = one_column(['@"2026-02-28"', "null", "-"], "date")
    given = ["2026-02-28", "2026-2-28", "20260228", "2026-02-29", "2026-02-27", num(5)]
    assert results(content, [{"x": value} for value in given]) == [
        num(n) for n in (1, 2, 2, 2, 3, 2)
    ]
    untyped = content.replace(b'typeRef="date"', b"", 1)
    assert results(untyped, [{"x": "2026-02-28"}]) == [num(1)]


def test_a_column_that_only_speaks_of_null_takes_any_value():
    content = one_column(["null", "not(null)"], None)
    assert results(content, [{}, {"x": "a"}, {"x": [num(1), num(2)]}]) == [num(1), num(2), num(2)]


def test_a_table_without_inputs_gives_its_rule():
    assert results(definitions(decision("d", table([], [output()], [["5"]]))), [{}]) == [num(5)]
    assert results(definitions(decision("d", table([], [output()], []))), [{}]) == [None]


@pytest.mark.parametrize(
    ("asked", "values", "cell"),
    [
        ("123", "123, 456", "123"),
        ("123", "[1..1000]", "123"),
        ("123", "-", "123"),
        ("123", "not(456, 789)", "123"),
        ("123", "not(123)", "null"),
        ("123", "", "123"),
        ("false", None, "false"),
        ('"a"', None, "not(null)"),
        ("null", None, "-"),
    ],
)
def test_a_column_may_ask_about_a_constant_within_its_values(asked, values, cell):
    made = table([column(asked, values=values)], [output()], [[cell, '"yes"']])
    assert results(definitions(decision("d", made)), [{}]) == ["yes"]


@pytest.mark.parametrize("values", ['"a", "b"', "", "-", 'not("c")'])
def test_an_output_outside_its_values_is_null(values):
    made = table([column("x")], [output(None, None, values)], [["1", '"a"'], ["2", '"c"']])
    content = definitions(data("x", "number"), decision("d", made, ["x"]))
    allowed = "c" if values in {"", "-"} else None
    assert results(content, [{"x": num(1)}, {"x": num(2)}]) == ["a", allowed]


NESTED = tag(
    "itemDefinition",
    tag("itemComponent", "<typeRef>number</typeRef>", name="Age of person"),
    tag("itemComponent", "<typeRef>string</typeRef>", name="Needs", isCollection="true"),
    name="tApplicant",
)


def test_components_of_structures():
    made = table([column("Applicant.Age of person")], [output()], [["< 18", '"young"']], "FIRST")
    content = definitions(
        NESTED, data("Applicant", "tApplicant"), decision("d", made, ["Applicant"])
    )
    ages = [{"Age of person": num(5)}, {"Age of person": "5"}, {}, num(5), None]
    assert results(content, [{"Applicant": one} for one in ages]) == ["young", *[None] * 4]


def test_an_untyped_variable_can_have_components():
    made = table([column("a.b.c", "number")], [output()], [["5", '"yes"']])
    content = definitions(data("a"), decision("d", made, ["a"]))
    cases = [{"a": {"b": {"c": num(5)}}}, {"a": {"b": num(5)}}, {"a": None}]
    assert results(content, cases) == ["yes", None, None]


def test_lists_that_contain():
    asked = 'list contains(Applicant.Needs, "a") or list contains(Applicant.Needs, "b")'
    rules = [["true", '"yes"'], ["false", '"no"'], ["null", '"unknown"']]
    made = table([column(asked)], [output()], rules)
    content = definitions(
        NESTED, data("Applicant", "tApplicant"), decision("d", made, ["Applicant"])
    )
    lists = [["b", "x"], ["x"], [], None, "a", [num(1)], [None]]
    cases = [{"Applicant": {"Needs": one}} for one in lists]
    assert results(content, cases) == ["yes", "no", "no", "unknown", "yes", "no", "no"]


def chained(policy="UNIQUE"):
    """“last” reads what “group” gives, which may violate its policy from 50 on."""
    first = table(
        [column("age", "number")],
        [output()],
        [["< 18", '"minor"'], [">= 18", '"adult"'], [">= 50", '"senior"']],
        policy,
    )
    last = table(
        [column("group"), column("age")],
        [output(None, "number")],
        [['"minor"', "-", "1"], ['"adult"', "-", "2"], ["null", "> 40", "3"]],
    )
    return definitions(
        data("age", "number"),
        decision("group", first, ["age"], type_="string"),
        decision("last", last, ["age"], ["group"]),
    )


def test_a_decision_that_two_others_require_is_made_once():
    base = table([column("x")], [output()], [["> 5", "1"], ["<= 5", "0"]])
    left = table([column("base")], [output()], [["1", "10"], ["0", "20"]])
    top = table([column("left"), column("base")], [output()], [["10", "1", "100"]])
    content = definitions(
        data("x", "number"),
        decision("base", base, ["x"], type_="number"),
        decision("left", left, decisions=["base"], type_="number"),
        decision("d", top, decisions=["base", "left"]),
    )
    assert results(content, [{"x": num(6)}, {"x": num(5)}]) == [num(100), None]


def test_required_decisions_come_first():
    cases = [{"age": num(5)}, {"age": num(20)}, {}]
    assert results(chained(), cases, "last") == [num(1), num(2), None]
    assert results(chained(), cases, "d_group") == ["minor", "adult", None]


def test_a_list_of_one_stands_for_its_item_and_a_longer_one_for_nothing():
    many = table([column("x")], [output()], [["> 1", "7"], ["> 2", "8"]], "COLLECT")
    last = table([column("many", "number")], [output()], [["7", "1"], ["null", "2"]])
    content = definitions(
        data("x", "number"), decision("many", many, ["x"]), decision("d", last, decisions=["many"])
    )
    assert results(content, [{"x": num(2)}, {"x": num(3)}]) == [num(1), num(2)]


def test_a_violation_in_a_required_decision_is_told_and_its_result_is_null():
    (found,) = outcomes(chained(), [{"age": num(60)}], "last")
    assert found.result == num(3)
    assert [one.decision for one in found.violations] == ["group"]


def test_results_are_no_json_so_a_text_is_never_taken_for_a_day():
    first = table([], [output()], [['"2026-02-28"']])
    last = table([column("a", "date")], [output()], [['@"2026-02-28"', "1"], ["null", "2"]])
    content = definitions(decision("a", first), decision("d", last, decisions=["a"]))
    assert results(content, [{}]) == [num(2)]


def test_a_decision_is_refused_with_everything_outside_that_it_requires():
    bad = table([column("x")], [output()], [["old", "1"], ["new", "1"]])
    good = table([column("bad")], [output()], [["5", "1"]])
    alone = table([column("x")], [output()], [["5", "1"]])
    model = read_model(
        definitions(
            data("x", "number"),
            decision("bad", bad, ["x"]),
            decision("good", good, decisions=["bad"]),
            decision("alone", alone, ["x"]),
        )
    )
    with pytest.raises(OutsideProfileError) as refused:
        plan_for(model, "good")
    assert [(one.decision, one.row) for one in refused.value.problems] == [("bad", 1), ("bad", 2)]
    assert plan_for(model, "alone") is not None
    assert plan_for(model, "gone") is None


def test_a_decision_without_a_table_is_never_evaluated():
    with pytest.raises(OutsideProfileError):
        evaluated(Plan(decisions=(Decision(id="d", name="d"),)), [{}], ReferenceEngine())
