"""What `check` proves of a table, with an example in the words of the file."""

import pytest

from pmdesk.rules.dmn import check
from pmdesk.rules.dmn.read import read_model
from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.proofs.proof import Extent, Proof
from tests.rules.dmn.files import column, data, decision, definitions, output, table

AGE_RISK = [("age", "number"), ("risk", "string")]


def found(rules, policy="UNIQUE", columns=None, needs=AGE_RISK, default=None, values=None):
    """The findings as (row, text) of a table over age and risk."""
    asked = columns or [column("age"), column("risk", values='"low", "high"')]
    made = table(asked, [output(None, None, values, default)], rules, policy)
    content = definitions(
        *(data(*one) for one in needs), decision("d", made, [name for name, _type in needs])
    )
    read = read_model(content).decisions[0]
    assert read.table is not None, read.problems
    return [(one.row, one.words()) for one in check.findings("d", read.table)]


def test_a_complete_table_of_disjoint_rows_has_no_findings():
    rules = [["< 18", "-", "1"], [">= 18", '"low"', "2"], [">= 18", '"high"', "3"]]
    assert found(rules) == []


def test_overlaps_under_unique():
    rules = [["<= 18", "-", "1"], [">= 18", '"low"', "1"], ["> 18", '"high"', "1"]]
    ((row, words),) = found(rules)
    assert row == 0
    assert "1" in words
    assert "2" in words
    assert "age = 18" in words
    assert 'risk = "low"' in words


def test_under_any_only_rows_that_differ_are_overlaps():
    rules = [["<= 18", "-", "1"], [">= 18", "-", "1"]]
    assert found(rules, "ANY") == []
    rules[1][-1] = "2"
    assert len(found(rules, "ANY")) == 1


def test_gaps_lie_between_rows_and_have_an_example():
    rules = [["< 18", "-", "1"], ["> 18", "-", "1"]]
    for policy in ("UNIQUE", "FIRST"):
        ((row, words),) = found(rules, policy)
        assert (row, "age = 18" in words) == (0, True)
    assert found(rules, default="9") == []
    assert found(rules, "RULE ORDER") == []


def test_null_counts_where_a_column_speaks_of_it():
    rules = [["< 18", "-", "1"], [">= 18", "-", "1"]]
    assert found(rules) == []
    ((_row, words),) = found([*rules, ["null", '"low"', "1"]])
    assert "age = null" in words


@pytest.mark.parametrize(("policy", "expected"), [("FIRST", [3]), ("PRIORITY", [1, 3])])
def test_rows_that_never_decide(policy, expected):
    rules = [["> 30", '"low"', "1"], ["> 10", "-", "3"], ["> 20", "-", "2"], ["<= 10", "-", "2"]]
    problems = found(rules, policy, values="3, 2, 1")
    assert [row for row, _words in problems] == expected
    assert all(": 2." in words for _row, words in problems)


def test_a_row_that_can_never_fit():
    rules = [["[5..1]", "-", "1"], ["-", "-", "2"]]
    for policy in ("UNIQUE", "FIRST", "COLLECT"):
        assert [row for row, _words in found(rules, policy)] == [1]


def test_columns_that_depend_on_each_other_are_not_judged():
    for name in ("age", "5"):
        twice = [column("age"), column(name)]
        rules = [["1", "2", "1"], ["-", "3", "1"]]
        ((_row, words),) = found(rules, columns=twice, needs=AGE_RISK[:1])
        assert words


def test_columns_about_one_list_are_judged_together():
    asks = ['list contains(needs, "a")', 'list contains(needs, "a") or list contains(needs, "b")']
    columns = [column(text) for text in asks]
    rules = [["true", "-", "1"], ["false", "true", "2"], ["false", "false", "3"]]
    assert found(rules, columns=columns, needs=[("needs", None)]) == []
    rules[0] = ["true", "false", "1"]
    assert found(rules, columns=columns, needs=[("needs", None)])


def test_what_could_not_be_proved_in_time_is_said(monkeypatch):
    monkeypatch.setattr(check, "Budget", lambda _seconds: Budget(0, clock=lambda: 1))
    rules = [["> 5", '"low"', "1"], ["< 8", '"high"', "2"], ["-", "-", "3"]]
    assert any(row == 0 and "proved" in words for row, words in found(rules))
    undecided: Proof[object] = Proof(found=(), extent=Extent.NOT_PROVED, undecided=(2,))
    monkeypatch.setattr(check, "unreachable", lambda *_: undecided)
    ((row, words),) = found(rules, "FIRST", default="9")
    assert (row, "proved" in words) == (0, True)
