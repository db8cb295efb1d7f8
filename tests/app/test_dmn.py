"""The command line for DMN files: JSON lines in and out, places of problems, exit codes."""

import io
import json
import sys

import pytest

from pmdesk.app import cli, dmn
from pmdesk.rules.dmn import tree
from tests.rules.dmn.files import column, data, decision, definitions, one_column, output, table


@pytest.fixture
def run(tmp_path, monkeypatch, capfdbinary):
    """Runs a command on a file and tells the exit code, stdout and stderr."""

    def run(content, act, *options, cases=b"", lang="en"):
        path = tmp_path / "model.dmn"
        if content is not None:
            path.write_bytes(content)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(cases)))
        code = cli.main(["--lang", lang, "dmn", act, str(path), *options])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


@pytest.fixture(params=["reference", "sql"])
def evaluate(run, request):
    """Evaluates the decision “d” by either engine and tells the exit code and the records."""

    def evaluate(content, *cases, name="d"):
        lines = [case if isinstance(case, bytes) else json.dumps(case).encode() for case in cases]
        options = ("--decision", name, "--engine", request.param)
        code, out, err = run(content, "evaluate", *options, cases=b"\n".join(lines))
        assert "Traceback" not in err
        return code, [json.loads(line) for line in out.splitlines()]

    return evaluate


AGES = one_column(["< 18", "[18..65)", ">= 65"], policy="UNIQUE")


def test_a_line_comes_out_for_each_line_that_goes_in(evaluate):
    code, records = evaluate(
        AGES,
        {"id": "王", "inputs": {"x": 17}},
        {"id": 2, "inputs": {"x": 64.99}},
        {"id": None, "inputs": {}},
        {"inputs": {"x": 65, "more": [1]}},
    )
    assert code == 0
    assert records == [
        {"id": "王", "result": 1, "rules": ["1"]},
        {"id": 2, "result": 2, "rules": ["2"]},
        {"id": None, "result": None, "rules": []},
        {"id": None, "result": 3, "rules": ["3"]},
    ]


def test_numbers_are_written_exactly_and_days_as_iso_dates(run):
    rules = [["1", "64.320"], ["2", "-100.00"], ["3", "0.1"]]
    made = table([column("x")], [output()], rules, "COLLECT")
    content = definitions(data("x", "number"), decision("d", made, ["x"]))
    cases = b"\n".join(b'{"id":%d,"inputs":{"x":%d.00}}' % (n, n) for n in (1, 2, 3))
    _code, out, _err = run(content, "evaluate", "--decision", "d", cases=cases)
    assert [line.split('"result": ')[1].split(", ")[0] for line in out.splitlines()] == [
        "[64.32]",
        "[-100]",
        "[0.1]",
    ]
    days = table([], [output("a"), output("b")], [['@"2026-02-28"', "true"]])
    _code, out, _err = run(
        definitions(decision("d", days)), "evaluate", "--decision", "d", cases=b'{"inputs":{}}'
    )
    assert json.loads(out)["result"] == {"a": "2026-02-28", "b": True}


def test_a_bad_line_is_answered_and_the_rest_goes_on(evaluate):
    good = {"id": 9, "inputs": {"x": 1}}
    bad = [
        b"{",
        b"\xff\xfe",
        b'{"id": 1, "inputs": {"x": NaN}}',
        b"[" * 100_000,
        b"[1]",
        b'{"id": 1, "inputs": [1]}',
        b'{"id": 1}',
        b'{"id": [1], "inputs": {}}',
    ]
    code, records = evaluate(AGES, good, *bad, b"  ", good)
    assert code == 1
    assert [record["id"] for record in records] == [9, *[None] * 5, 1, 1, None, 9]
    errors = [record.get("error", "") for record in records]
    assert errors[0] == errors[-1] == ""
    for number, error in enumerate(errors[1:-1], start=2):
        assert f"ine {number} " in error


def test_a_line_that_never_ends_is_an_error(evaluate, monkeypatch):
    monkeypatch.setattr(dmn, "LONGEST_LINE", 1000)
    long = json.dumps({"id": "a" * 200_000, "inputs": {}}).encode()
    code, records = evaluate(AGES, long, {"id": 2, "inputs": {"x": 1}})
    assert (code, [record["id"] for record in records]) == (1, [None, 2])


def test_half_characters_and_endless_numbers_come_back_as_they_were(evaluate):
    code, records = evaluate(
        AGES, rb'{"id":"\ud800","inputs":{"x":1}}', b'{"id":1e999,"inputs":{}}'
    )
    assert code == 0
    assert [record["id"] for record in records] == ["\ud800", float("inf")]


def test_a_violated_policy_is_an_error_with_the_rules_named(evaluate):
    content = one_column(["> 1", "> 2"], policy="UNIQUE")
    code, ((record),) = evaluate(content, {"id": 1, "inputs": {"x": 5}})
    assert code == 1
    assert (record["result"], record["rules"]) == (None, ["1", "2"])
    assert "“d”" in record["error"]


def test_answers_come_before_the_input_ends(tmp_path, monkeypatch):
    path = tmp_path / "model.dmn"
    path.write_bytes(AGES)
    written = io.BytesIO()
    answered = []

    class Slow:
        lines = iter([b'{"id":1,"inputs":{"x":1}}\n', b'{"id":2,"inputs":{"x":2}}\n{"id', b""])

        def read1(self, _size):
            answered.append(written.getvalue().count(b"\n"))
            return next(self.lines)

    class Input:
        buffer = Slow()

    monkeypatch.setattr(sys, "stdin", Input())
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written))
    assert dmn.evaluate(path, "d", "sql") == 1
    assert answered == [0, 1, 2]
    assert written.getvalue().count(b"\n") == 3


def test_what_is_outside_the_profile_is_refused_with_its_place(run):
    content = one_column(["5", "1, old"])
    for engine in ("reference", "sql"):
        code, out, err = run(content, "evaluate", "--decision", "d", "--engine", engine)
        assert (code, out) == (3, "")
        for word in ("“d”", "row 2", "“x”", "character 4"):
            assert word in err
    code, out, err = run(content, "check")
    assert (code, err) == (1, "")
    for word in ("model.dmn", "“d”", "row 2", "“x”", "character 4"):
        assert word in out


def test_check_names_the_findings_of_each_table(run):
    code, out, _err = run(one_column(["> 5", "> 6"], policy="UNIQUE"), "check")
    assert code == 1
    assert len(out.splitlines()) == 2
    code, out, _err = run(one_column(["> 5", "<= 5"], policy="UNIQUE"), "check")
    assert code == 0
    assert "nothing found" in out


def test_the_same_in_chinese(run):
    code, out, _err = run(one_column(["old"]), "check", lang="zh_CN")
    assert code == 1
    assert "第 1 行" in out
    assert "引号" in out


def test_an_unknown_decision_or_file_is_a_usage_error(run, tmp_path):
    code, _out, err = run(AGES, "evaluate", "--decision", "gone")
    assert code == 2
    assert "“d”" in err
    assert cli.main(["--lang", "en", "dmn", "check", str(tmp_path / "none.dmn")]) == 2
    for wrong in (["dmn"], ["dmn", "evaluate", "x"], ["dmn", "check"]):
        with pytest.raises(SystemExit) as left:
            cli.main(wrong)
        assert left.value.code == 2


def test_a_file_that_is_no_dmn_file_is_refused(run):
    for content in (b"", b"hello", b"<a/>", b"<!DOCTYPE a><a/>"):
        for act in (("check",), ("evaluate", "--decision", "d")):
            code, out, err = run(content, *act)
            assert (code, out) == (3, "")
            assert len(err.splitlines()) == 1


def test_a_file_that_is_too_large_is_not_even_read(run, tmp_path, monkeypatch):
    path = tmp_path / "model.dmn"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(type(path), "read_bytes", None)
    monkeypatch.setattr(tree, "opened", None)
    code, _out, err = run(None, "check")
    assert code == 3
    assert "MB" in err


def test_a_file_without_decisions_is_a_finding(run):
    assert run(definitions(data("x")), "check")[0] == 1


ASKING = definitions(
    data("repair_need", "string"),
    decision(
        "d",
        table([column("repair_need", "string", '"water", "none"')], [output()], [["-", "1"]]),
        ["repair_need"],
    ),
)


def test_a_name_that_is_not_asked_for_is_told_once_and_changes_no_result(run):
    case = b'{"id":1,"inputs":{"repair_ned":"water"}}'
    code, out, err = run(
        ASKING, "evaluate", "--decision", "d", cases=b"\n".join([case] * 3), lang="zh_CN"
    )

    assert code == dmn.DONE
    assert [json.loads(line)["result"] for line in out.splitlines()] == [1, 1, 1]
    assert err.splitlines() == ["输入里的“repair_ned”不是这个决策的输入；它要的是：repair_need。"]


def test_a_value_outside_what_the_column_allows_is_told_by_its_name_only(run):
    cases = b'{"inputs":{"repair_need":"wter"}}\n{"inputs":{"repair_need":"water"}}'
    code, _out, err = run(ASKING, "evaluate", "--decision", "d", cases=cases)

    assert code == dmn.DONE
    assert len(err.splitlines()) == 1
    assert "“repair_need”" in err
    assert "wter" not in err


def test_what_is_asked_for_gives_no_warning(run):
    cases = b'{"inputs":{"repair_need":"water"}}\n{"inputs":{"repair_need":null}}\n{"inputs":{}}'
    _code, _out, err = run(ASKING, "evaluate", "--decision", "d", cases=cases)

    assert not err


def test_names_are_written_on_one_line_and_after_a_hundred_no_more(run):
    inputs = {f"{'x' * 90}\n{number}": 1 for number in range(5)} | {
        f"n{number}": 1 for number in range(300)
    }
    cases = json.dumps({"inputs": inputs}).encode()
    _code, _out, err = run(ASKING, "evaluate", "--decision", "d", cases=cases)

    assert len(err.splitlines()) == 101
    assert max(len(line) for line in err.splitlines()) < 200
    assert "left out" in err.splitlines()[-1]


@pytest.mark.parametrize("begins", [b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")])
@pytest.mark.parametrize("act", ["check", "evaluate"])
def test_a_workbook_is_sent_to_the_window(run, begins, act):
    options = ("--decision", "d") if act == "evaluate" else ()
    code, out, err = run(begins + b"rest", act, *options, lang="zh_CN")

    assert code == dmn.FINDING
    assert not out
    assert "只读 DMN 文件" in err
    assert "导入" in err


def test_the_help_shows_a_line_of_input(capsys):
    with pytest.raises(SystemExit):
        cli.main(["dmn", "evaluate", "--help"])

    shown = capsys.readouterr().out
    line = next(line for line in shown.splitlines() if line.strip().startswith("{"))
    assert set(json.loads(line)) == {"id", "inputs"}
