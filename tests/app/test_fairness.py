"""`pmdesk fairness` as a script calls it: figures on stdout, and what the exit code says."""

import csv
import json

import pytest

from pmdesk.app import cli
from pmdesk.assets import asset
from pmdesk.i18n import install

ASK = ("--group", "race", "--outcome", "callback", "--favourable", "1")


@pytest.fixture(autouse=True)
def in_chinese_again():
    yield
    install("zh_CN", asset("locale"))


@pytest.fixture
def resume(tmp_path):
    """The callbacks of the resume study, a row for each number."""
    rows = [("black", 1, 157), ("black", 0, 2278), ("white", 1, 235), ("white", 0, 2200)]
    return written(tmp_path, rows)


def written(folder, rows, head=("race", "callback", "n")):
    path = folder / "sample.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def test_a_difference_ends_with_one_and_its_figures(resume, capsys):
    code = cli.main(["fairness", str(resume), *ASK, "--count", "n", "--json"])
    found = json.loads(capsys.readouterr().out)

    assert code == 1
    assert found["groups"][0]["verdict"] == "需复核"
    assert round(found["groups"][0]["ratio"], 4) == 0.6681


def test_no_clear_difference_ends_with_nought(tmp_path, capsys):
    rows = [("m", 1, 83), ("m", 0, 1041), ("f", 1, 309), ("f", 0, 3437)]
    code = cli.main(["fairness", str(written(tmp_path, rows)), *ASK, "--count", "n", "--json"])
    found = json.loads(capsys.readouterr().out)

    assert code == 0
    assert (found["verdict"], found["reference"]) == ("未见明显差异", "f")
    line = next(one for one in found["groups"] if one["group"] == "m")
    assert (round(line["ratio"], 3), round(line["p"], 4)) == (0.895, 0.3816)


def test_a_row_for_each_person_says_the_same(tmp_path, capsys):
    rows = [("a", 1)] * 20 + [("a", 0)] * 80 + [("b", 1)] * 50 + [("b", 0)] * 50
    path = written(tmp_path, rows, ("race", "callback"))

    assert cli.main(["fairness", str(path), *ASK, "--lang", "en"]) == 1
    assert "Needs review · a: 20 of 100" in capsys.readouterr().out


def test_strata_inputs_and_burdens_are_options(tmp_path, capsys):
    rows = [
        (group, outcome, count, stratum)
        for stratum in ("x", "y")
        for group, outcome, count in [("a", 1, 30), ("a", 0, 70), ("b", 1, 32), ("b", 0, 68)]
    ]
    path = written(tmp_path, rows, ("race", "callback", "n", "need"))
    options = ["--group", "race", "--outcome", "callback", "--burden", "1", "--count", "n"]
    more = ["--stratum", "need", "--proxy", "need", "--json"]

    assert cli.main(["fairness", str(path), *options, *more]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["direction"] == "burden"
    assert set(found["strata"]) == {"x", "y"}
    assert found["associations"]["need"]["cramers_v"] == 0


@pytest.mark.parametrize(
    "options",
    [
        ("--group", "sex", "--outcome", "callback", "--favourable", "1"),
        ("--group", "race", "--outcome", "callback", "--favourable", "maybe"),
        (*ASK, "--count", "race"),
    ],
)
def test_a_mistake_of_use_ends_with_two(resume, capsys, options):
    assert cli.main(["fairness", str(resume), *options, "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "black" not in told.err


@pytest.mark.parametrize("missing", [ASK[2:], ASK[:4], (*ASK, "--burden", "0")])
def test_options_that_do_not_go_together_end_with_two(resume, capsys, missing):
    with pytest.raises(SystemExit) as caught:
        cli.main(["fairness", str(resume), *missing])
    assert caught.value.code == 2
    capsys.readouterr()


def test_a_column_of_names_ends_with_three_and_names_nobody(tmp_path, capsys):
    rows = [(f"Name{number}", number % 2, 1) for number in range(60)]

    assert cli.main(["fairness", str(written(tmp_path, rows)), *ASK, "--lang", "en"]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert "Name" not in told.err
    assert "60 different values" in told.err


def test_a_file_that_is_not_there_ends_with_two(tmp_path, capsys):
    assert cli.main(["fairness", str(tmp_path / "none.csv"), *ASK]) == 2
    capsys.readouterr()
