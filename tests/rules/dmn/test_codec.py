"""Columns as facts: what cannot be told apart is one value, and examples can be read."""

from datetime import date
from decimal import Decimal

import pytest

from pmdesk.i18n import Words
from pmdesk.rules.cells import ANY
from pmdesk.rules.dmn.codec import codecs_of
from pmdesk.rules.dmn.read import read_model
from tests.rules.dmn.files import column, data, decision, definitions, one_column, output, table


def codec(cells, type_="number", values=None):
    """The codec of a column with these cells."""
    read = read_model(one_column(cells, type_, values=values)).decisions[0]
    assert read.table is not None, read.problems
    return codecs_of(read.table)[0], [row.cells[0] for row in read.table.rows]


def spoken(made):
    """An example of each code, in their order."""
    fact = made.fact
    codes = fact.codes or range((fact.high or 0) + 1)
    return [shown.en if isinstance(shown := made.example(code), Words) else shown for code in codes]


@pytest.mark.parametrize(
    ("cells", "type_", "values", "shown"),
    [
        (["< 18", ">= 65"], "number", None, ["17", "18", "19", "65", "66"]),
        (["0.1", "0.2"], "number", None, ["-0.9", "0.1", "0.15", "0.2", "1"]),
        (["0.1"], "number", "[0..1]", ["0", "0.05", "0.1", "0.55", "1"]),
        (["-"], "number", None, ["(any value)"]),
        (["5"], "number", "4, 5, 6", ["4", "5", "6"]),
        (['"a"', 'not("b")'], "string", None, ['"a"', '"b"', "(any other text)"]),
        ([r'"\u0000"'], "string", None, [r'"\u0000"', "(any other text)"]),
        (['"a"'], "string", '"c", "a"', ['"c"', '"a"']),
        (['"a"', '"c"'], "string", 'not("c")', ['"a"', "(any other text)"]),
        (['< "b"'], "string", None, ['""', '"b"', '"ba"']),
        (['["a".."a "]'], "string", None, ['""', '"a"', '"a\\u0000"', '"a "', '"a a"']),
        (["true"], "boolean", None, ["false", "true"]),
        (["null"], None, None, ["(any value)"]),
        (
            ['@"2026-02-28"', '> @"2026-03-01"'],
            "date",
            None,
            [f'date("{day}")' for day in ("2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02")],
        ),
    ],
)
def test_each_code_has_an_example_that_stands_for_all_alike(cells, type_, values, shown):
    made, tests = codec(cells, type_, values)
    assert spoken(made) == shown
    assert made.example(None) == "null"
    assert made.code(None) is None
    assert [made.cell(one) for one in tests]


def test_days_next_to_each_other_leave_no_gap_and_the_calendar_ends():
    made, tests = codec(['<= @"0001-01-01"', '>= @"9999-12-31"', '"x"'][:2], "date")
    assert spoken(made)[0] == 'date("0001-01-01")'
    assert spoken(made)[-1] == 'date("9999-12-31")'
    assert made.code(date.max) == made.fact.high
    assert made.cell(tests[0]) is not None


def test_a_cell_that_nothing_fits_has_no_codes():
    made, tests = codec(["[5..1]", "not(null, < 5, >= 5)", "not(null)"])
    assert [made.cell(one) for one in tests[:2]] == [None, None]
    assert made.cell(tests[2]) is not None
    flags, tests = codec(
        ["not(true, false)", "not(true, false, null)", "true, false, null"], "boolean"
    )
    cells = [flags.cell(one) for one in tests]
    assert cells[0] is not None
    assert cells[0].unknown
    assert cells[1:] == [None, ANY]


def test_a_domain_without_values_leaves_only_null():
    made, tests = codec(["5", "null"], values="[9..1]")
    assert made.cell(tests[0]) is None
    assert made.example(0) == "null"
    assert made.code(Decimal(5)) == 0


def test_columns_about_one_list_are_flags_of_it():
    asks = ['list contains(needs, "a")', 'list contains(needs, "b") or list contains(needs, "a")']
    made = table(
        [column(text, "boolean") for text in asks],
        [output()],
        [
            ["true", "not(true)", "1"],
            ["null", "not(true,false,null)", "2"],
            ["-", "true,false,null", "3"],
        ],
        "RULE ORDER",
    )
    read = read_model(definitions(data("needs"), decision("d", made, ["needs"]))).decisions[0]
    assert read.table is not None, read.problems
    one, other = codecs_of(read.table)
    assert (one.fact.list, one.fact.any_of) == ("needs", ('"a"',))
    assert (other.fact.list, other.fact.any_of) == ("needs", ('"b"', '"a"'))
    assert (one.code(value=True), one.code(None)) == (True, None)
    assert (one.example(code=True), one.example(None)) == ("true", "null")
    assert other.cell(read.table.rows[1].cells[1]) is None
    assert other.cell(read.table.rows[2].cells[1]) == ANY
