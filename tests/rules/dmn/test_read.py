"""What is read of a file, and the place of each problem: decision, row, column and character."""

from decimal import Decimal

import pytest

from pmdesk.rules.dmn.model import Policy
from pmdesk.rules.dmn.read import read_model
from pmdesk.rules.dmn.values import Kind
from tests.rules.dmn.files import (
    column,
    data,
    decision,
    definitions,
    one_column,
    output,
    rule,
    table,
    tag,
)

LITERAL = tag("literalExpression", text="1 + 1")


def problems(content):
    """The problems of every decision."""
    model = read_model(content)
    return [problem for one in model.decisions for problem in one.problems]


def only(content):
    """The one problem of the file, which keeps its decision from having a table."""
    (problem,) = problems(content)
    assert [one.table for one in read_model(content).decisions if one.problems] == [None]
    return problem


def of_table(*columns, outputs=(), rules=(), needs=(("x", "number"),), **attributes):
    """A file with one table."""
    made = table(columns, outputs or [output()], rules, **attributes)
    names = [name for name, _type in needs]
    return definitions(*(data(*one) for one in needs), decision("d", made, names))


def types(*items):
    """Item definitions before a table that asks about “x.a” of the type “t”."""
    made = table([column("x.a")], [output()], [["5", "1"]])
    return definitions(*items, data("x", "t"), decision("d", made, ["x"]))


def item(name, *parts, base=None, allowed=None, kind="itemDefinition", **attributes):
    """An item definition, or a component of one."""
    type_ = "" if base is None else f"<typeRef>{base}</typeRef>"
    values = "" if allowed is None else tag("allowedValues", text=allowed)
    return tag(kind, type_, values, *parts, name=name, **attributes)


def part(name, base, **kinds):
    return item(name, base=base, kind="itemComponent", **kinds)


def test_a_table_is_read_with_its_ids_and_notes():
    rules = [rule(["5"], ['"a"'], "first"), rule(["6"], ['"b"'])]
    rules[0] = rule(["5"], ['"a"'], "first").replace(
        "</rule>", "<description>why\n so</description></rule>"
    )
    made = read_model(of_table(column("x", "number", label="X"), rules=rules)).decisions[0].table
    assert made is not None
    assert [row.id for row in made.rows] == ["first", "2"]
    assert [row.note for row in made.rows] == ["why so", ""]
    assert [row.outputs for row in made.rows] == [("a",), ("b",)]
    assert made.inputs[0].label == "X"
    assert made.inputs[0].type.kind is Kind.NUMBER
    assert made.policy is Policy.UNIQUE


def test_a_problem_names_decision_row_column_and_character():
    problem = only(one_column(["> 5", "1, old"]))
    assert (problem.decision, problem.row, problem.column, problem.position) == ("d", 2, "x", 4)
    assert "without quotation marks" in problem.words()


def test_all_problems_are_named_and_other_decisions_stay():
    bad = table([column("x")], [output()], [["old", "1"], ["5", "new"], ["1 + 1", "2"]])
    good = table([column("x")], [output()], [["5", "1"]])
    content = definitions(
        data("x", "number"),
        decision("bad", bad, ["x"]),
        decision("literal", LITERAL),
        decision("good", good, ["x"]),
        tag("businessKnowledgeModel", name="b", id="b"),
    )
    assert [(p.decision, p.row, p.column) for p in problems(content)] == [
        ("bad", 1, "x"),
        ("bad", 2, ""),
        ("bad", 3, "x"),
        ("literal", 0, ""),
    ]
    assert [one.table is None for one in read_model(content).decisions] == [True, True, False]


@pytest.mark.parametrize(
    "kind", ["literalExpression", "context", "invocation", "relation", "list", "conditional"]
)
def test_other_logic_than_a_table_is_refused_by_its_name(kind):
    problem = only(definitions(decision("d", tag(kind))))
    assert problem.places == {"kind": kind}


def test_a_decision_without_logic_is_refused():
    assert "nowhere" in only(definitions(decision("d", ""))).sentence


def test_a_thousand_rows_are_read_and_one_more_is_refused():
    assert not problems(one_column(["1"] * 1000))
    problem = only(one_column(["1"] * 1001))
    assert (problem.places["most"], problem.places["count"]) == (1000, 1001)


def test_a_row_with_a_cell_too_few_or_too_many_is_refused():
    rows = [rule(["5", "6"], ["1"]), rule([], ["1"]), rule(["5"], ["1", "2"]), rule(["5"], ["1"])]
    assert [p.row for p in problems(of_table(column("x"), rules=rows))] == [1, 2, 3]


@pytest.mark.parametrize(
    ("attributes", "sentence"),
    [
        ({"policy": "BEST"}, "not known"),
        ({"policy": "COLLECT", "aggregation": "AVG"}, "not known"),
        ({"policy": "PRIORITY"}, "list of output values"),
        ({"policy": "OUTPUT ORDER"}, "list of output values"),
    ],
)
def test_a_policy_that_cannot_be_kept_is_refused(attributes, sentence):
    problem = only(of_table(column("x"), rules=[["5", "1"]], **attributes))
    assert sentence in problem.sentence


def test_sums_need_numbers_and_one_output():
    text = of_table(column("x"), rules=[["5", '"a"']], policy="COLLECT", aggregation="SUM")
    assert "Only numbers" in only(text).sentence
    flags = of_table(column("x"), rules=[["5", "true"]], policy="COLLECT", aggregation="MIN")
    assert "no smallest" in only(flags).sentence
    two = of_table(
        column("x"),
        outputs=[output("a"), output("b")],
        rules=[["5", "1", "2"]],
        policy="COLLECT",
        aggregation="COUNT",
    )
    assert "Several outputs" in only(two).sentence


def test_outputs_need_names_where_there_are_several():
    assert "no output" in only(definitions(decision("d", tag("decisionTable")))).sentence
    for names in ((None, "b"), ("a", "a")):
        outputs = [output(name) for name in names]
        assert "need names" in only(of_table(column("x"), outputs=outputs)).sentence


def test_mixed_types_in_a_column_are_refused():
    problem = only(of_table(column("x"), rules=[["5", '"a"'], ["6", "7"]], needs=[("x", None)]))
    assert (problem.row, problem.column, problem.position) == (2, "", 1)
    problem = only(of_table(column("x"), rules=[["5", "1"], ['"a"', "1"]], needs=[("x", None)]))
    assert (problem.row, problem.column) == (2, "x")


def test_the_type_of_an_untyped_column_is_that_of_its_first_readable_cell():
    made = read_model(
        of_table(column("x"), rules=[["-", "1"], ["null", "1"], ['"a"', "1"]], needs=[("x", None)])
    )
    assert made.decisions[0].table is not None
    assert made.decisions[0].table.inputs[0].type.kind is Kind.STRING


def test_a_cell_that_cannot_be_read_does_not_hide_the_type_of_the_others():
    content = of_table(column("x"), rules=[["old", "1"], ['"a"', "1"]], needs=[("x", None)])
    assert [one.row for one in problems(content)] == [1]


def test_a_column_must_hold_what_it_asks_about():
    problem = only(of_table(column("x", "string"), rules=[['"a"', "1"]]))
    assert "is said to hold" in problem.sentence


@pytest.mark.parametrize(
    ("expression", "at"),
    [
        ("y", 1),
        ("x + 1", 3),
        ("x.y", 1),
        ("xy", 1),
        ("if x then 1 else 2", 1),
        ("", 1),
        ('list contains(y, "a")', 15),
        ('list contains(x, "a") or y', 26),
        ('list contains(x, "a"', 21),
        ('list contains(x, "a") and x', 23),
    ],
)
def test_a_column_that_asks_anything_else_is_refused_at_its_character(expression, at):
    problem = only(of_table(column(expression, label="here"), rules=[["-", "1"]]))
    assert (problem.column, problem.row, problem.position) == ("here", 0, at)


@pytest.mark.parametrize("name", ["x", "Applicant age", "a.b c", "老人 数量"])
def test_a_decision_that_names_no_requirement_asks_about_any_variable(name):
    content = definitions(decision("d", table([column(name)], [output()], [["5", "1"]])))
    assert not problems(content)


@pytest.mark.parametrize("name", ["if x", "f(x)", "a.", "x + 1", "not(x)"])
def test_but_about_nothing_else(name):
    content = definitions(decision("d", table([column(name)], [output()], [["5", "1"]])))
    assert "this expression is not read" in only(content).sentence


def test_constants_can_stand_where_a_column_asks():
    for text in ("5", '"a"', "true", "null", 'date("2026-01-01")', "-5"):
        content = definitions(decision("d", table([column(text)], [output()], [["-", "1"]])))
        assert not problems(content)


def test_names_with_spaces_and_signs_are_those_that_are_declared():
    needs = [("Approved/Declined", "number"), ("Approved/Declined by", "number")]
    content = of_table(column("Approved/Declined   by"), rules=[["5", "1"]], needs=needs)
    assert not problems(content)


def test_what_is_required_must_be_in_the_file():
    made = table([column("x")], [output()], [["5", "1"]])
    content = definitions(decision("d", made, ["x"]))
    assert any("not in this file" in one.sentence for one in problems(content))


def test_a_reference_may_name_the_files_own_namespace():
    content = one_column(["5"]).replace(b'href="#i_x"', b'href="urn:test#i_x"')
    assert not problems(content)
    assert problems(content.replace(b"urn:test#", b"urn:other#"))


def test_decisions_that_require_each_other_are_refused_by_name():
    made = table([column("b")], [output()], [["5", "1"]])
    other = table([column("a")], [output()], [["5", "1"]])
    itself = table([column("c")], [output()], [["5", "1"]])
    content = definitions(
        decision("a", made, decisions=["b"]),
        decision("b", other, decisions=["a"]),
        decision("c", itself, decisions=["c"]),
        decision("fine", table([], [output()], [["1"]])),
    )
    found = problems(content)
    assert {one.decision for one in found} == {"a", "b", "c"}
    assert any(one.places["names"] in {"a → b → a", "b → a → b"} for one in found)


def test_two_decisions_of_one_name_are_refused():
    made = table([], [output()], [["1"]])
    content = definitions(decision("d", made), decision("d", made).replace("d_d", "d_e"))
    assert ["has this name" in one.sentence for one in problems(content)] == [True, True]


def test_another_language_than_feel_is_refused():
    content = one_column(["5"])
    assert not problems(
        content.replace(b"<decisionTable", b'<decisionTable expressionLanguage="feel"')
    )
    for place in (b"<decisionTable", b"<inputExpression", b"<definitions"):
        spoken = content.replace(place, place + b' expressionLanguage="urn:javascript"')
        assert only(spoken).places == {"name": "urn:javascript"}


def test_structures_aliases_and_allowed_values_are_followed():
    made = read_model(
        types(
            item("tAge", base="feel:number", allowed="[0..120]", id="t1"),
            item("t", part("a", "tns:tAge"), part("b", "time")),
        )
    ).decisions[0]
    assert made.table is not None
    type_ = made.table.inputs[0].type
    assert type_.kind is Kind.NUMBER
    assert type_.read(Decimal(130)) is None
    assert type_.read(Decimal(30)) == Decimal(30)


@pytest.mark.parametrize(
    ("items", "name"),
    [
        ([item("t", part("a", "time"))], "time"),
        ([item("t", part("a", "tGone"))], "tGone"),
        ([item("t", part("a", "u")), item("u", base="u")], "u"),
        (
            [
                item("t", part("a", "l")),
                item("l", base="m", isCollection="true"),
                item("m", base="number", isCollection="true"),
            ],
            "l",
        ),
    ],
)
def test_a_type_outside_the_profile_refuses_what_uses_it(items, name):
    assert only(types(*items)).places == {"name": name}


def test_allowed_values_outside_the_profile_refuse_what_uses_them():
    assert "function" in only(types(item("t", part("a", "number", allowed="f(?)")))).sentence


def test_lists_and_structures_are_no_single_values():
    structure = item("t", part("a", "u")), item("u", part("v", "number"))
    assert "single values" in only(types(*structure)).sentence
    many = item("t", part("a", "number", isCollection="true"))
    assert "single values" in only(types(many)).sentence


def test_output_values_come_from_the_column_or_the_decisions_type():
    items = [
        item("tOne", base="string", allowed='"b", "a"'),
        item("tTwo", part("p", "tOne"), part("q", "number")),
    ]
    single = table([], [output()], [['"a"'], ['"b"'], ['"c"']], "PRIORITY")
    several = table([], [output("p"), output("q")], [['"a"', "1"]], "PRIORITY")
    content = definitions(
        *items, decision("s", single, type_="tOne"), decision("t", several, type_="tTwo")
    )
    one, two = (made.table for made in read_model(content).decisions)
    assert one is not None
    assert two is not None
    assert one.outputs[0].order == two.outputs[0].order == ("b", "a")
    assert [row.outputs for row in one.rows] == [("a",), ("b",), (None,)]
    assert one.deciding_order == (1, 0, 2)
