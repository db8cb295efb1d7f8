"""Samples from outside: every encoding that offices meet, and nothing personal in any message."""

import csv

import pytest

from pmdesk.analytics.fairness import Group
from pmdesk.errors import RefusedError
from pmdesk.i18n import install, told
from pmdesk.services.fairness.sample_file import Columns, SampleError, read

BY = Columns(group="性别", outcome="结果")
ROWS = [("女", "是"), ("女", "否"), ("男", "是"), ("男", "是")]


@pytest.fixture(autouse=True)
def english(chinese, tmp_path):
    install("en", tmp_path)


@pytest.fixture
def written(tmp_path):
    def _written(rows, head=("性别", "结果"), *, encoding="utf-8", delimiter=",", name="s.csv"):
        path = tmp_path / name
        with path.open("w", newline="", encoding=encoding) as file:
            csv.writer(file, delimiter=delimiter).writerows([head, *rows])
        return path

    return _written


def groups(sample):
    return {one.name: (one.having, one.people) for one in sample.groups}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_sample_is_read_in_every_customary_form(written, encoding, delimiter):
    sample = read(written(ROWS, encoding=encoding, delimiter=delimiter), BY, "是")

    assert groups(sample) == {"女": (1, 2), "男": (2, 2)}
    assert (sample.rows, sample.people, sample.left_out) == (4, 4, 0)


def test_a_workbook_is_read_like_a_text(tmp_path):
    import xlsxwriter

    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([("g", "o", "n"), ("a", 1, 30), ("b", 0, 40), ("b", 1, 5)]):
            sheet.write_row(at, 0, row)
    sample = read(path, Columns(group="g", outcome="o", count="n"), "1")

    assert groups(sample) == {"a": (30, 30), "b": (5, 45)}


def test_a_count_column_stands_for_people(written):
    path = written(
        [("女", "是", "30"), ("女", "否", "0"), ("男", "是", "12"), ("男", "否", "８")],
        ("性别", "结果", "人数"),
    )
    sample = read(path, Columns(group="性别", outcome="结果", count="人数"), "是")

    assert groups(sample) == {"女": (30, 30), "男": (12, 20)}
    assert sample.people == 50


@pytest.mark.parametrize("count", ["-1", "three", "1.5", "", "1e3", "2000000000", "NaN"])
def test_what_is_no_count_is_refused_by_its_row_without_its_content(written, count):
    path = written([("女", "是", "30"), ("男", "否", count)], ("性别", "结果", "人数"))

    with pytest.raises(SampleError) as caught:
        read(path, Columns(group="性别", outcome="结果", count="人数"), "是")
    assert told(caught.value).startswith("Row 3: the count is not a whole number")
    assert caught.value.exit_code == 2
    assert count not in {str(place) for place in caught.value.places.values()} or not count


def test_rows_without_a_group_or_an_outcome_are_left_out_and_counted(written):
    sample = read(written([*ROWS, ("", "是"), ("女", " ")]), BY, "是")

    assert (sample.people, sample.left_out) == (4, 2)


def test_letters_are_the_same_however_they_were_composed(written):
    rows = [("Ze\u0301a", "是"), ("Z\u00e9a", "否"), ("other", "是")]
    sample = read(
        written(rows, ("se\u0301xe", "结果")), Columns(group="s\u00e9xe", outcome="结果"), "是"
    )

    assert groups(sample) == {"Z\u00e9a": (1, 2), "other": (1, 1)}


@pytest.mark.parametrize(
    ("columns", "word"),
    [
        (Columns(group="sex", outcome="结果"), "sex"),
        (Columns(group="性别", outcome="result"), "result"),
        (Columns(group="性别", outcome="结果", stratum="need"), "need"),
        (Columns(group="性别", outcome="结果", count="n"), "“n”"),
        (Columns(group="性别", outcome="结果", proxies=("area",)), "area"),
    ],
)
def test_a_column_that_is_missing_is_named_as_it_was_typed(written, columns, word):
    with pytest.raises(SampleError) as caught:
        read(written(ROWS), columns, "是")
    assert word in told(caught.value)
    assert "性别" not in told(caught.value)  # a first row of data would show people


def test_a_column_that_stands_there_twice_is_refused(written):
    with pytest.raises(SampleError, match="exactly once"):
        read(written([("女", "男", "是")], ("性别", "性别", "结果")), BY, "是")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\n\n", "The file is empty."),
        ("性别,结果\n".encode(), "no row with a group and an outcome"),
        ("性别,结果\n,\n".encode(), "no row with a group and an outcome"),
        ("性别,结果\n女,是\n女,否\n".encode(), "one group only"),
        ("性别,结果\n女,否\n男,否\n".encode(), "not in the column “结果”"),
        (b"\x00\x01\x02\x03", "cannot be read"),
    ],
)
def test_a_file_that_says_nothing_is_a_mistake_of_use(tmp_path, content, words):
    path = tmp_path / "s.csv"
    path.write_bytes(content)

    with pytest.raises(SampleError) as caught:
        read(path, BY, "是")
    assert words in told(caught.value)
    assert caught.value.exit_code == 2


def test_a_file_that_is_not_there_is_a_mistake_of_use(tmp_path):
    with pytest.raises(SampleError):
        read(tmp_path / "none.csv", BY, "是")


@pytest.mark.parametrize("column", ["group", "outcome", "stratum", "proxy"])
def test_a_column_of_names_or_numbers_is_refused_without_a_word_of_them(written, column):
    secret = [f"1380000{number:04}" for number in range(60)]
    rows = [
        (
            number if column == "group" else "ab"[at % 2],
            number if column == "outcome" else "01"[at % 2],
            number if column == "stratum" else "x",
            number if column == "proxy" else "y",
        )
        for at, number in enumerate(secret)
    ]
    path = written(rows, ("g", "o", "s", "p"))
    columns = Columns(group="g", outcome="o", stratum="s", proxies=("p",))

    with pytest.raises(RefusedError) as caught:
        read(path, columns, "1")
    assert caught.value.exit_code == 3
    assert "60" in told(caught.value)
    assert not any(number in told(caught.value) for number in secret)


def test_twenty_names_are_names_although_they_are_few(written):
    rows = [(f"王{number}", "01"[number % 2]) for number in range(20)]

    with pytest.raises(RefusedError) as caught:
        read(written(rows), BY, "1")
    assert "王" not in told(caught.value)


def test_a_few_groups_of_one_person_are_groups(written):
    sample = read(written([("女", "是"), ("男", "否")]), BY, "是")

    assert groups(sample) == {"女": (1, 1), "男": (0, 1)}


def test_strata_and_inputs_are_counted_beside(written):
    rows = [("女", "是", "A", "u"), ("女", "否", "B", ""), ("男", "是", "A", "v")]
    path = written(rows, ("性别", "结果", "部门", "小区"))
    columns = Columns(group="性别", outcome="结果", stratum="部门", proxies=("小区",))
    sample = read(path, columns, "是")

    assert sample.strata == {
        "A": (Group(name="女", people=1, having=1), Group(name="男", people=1, having=1)),
        "B": (Group(name="女", people=1, having=0),),
    }
    assert sample.tables["小区"] == ((1, 0), (1, 0), (0, 1))  # unknown is a value
    assert sample.tables["结果"] == ((1, 0), (1, 1))


def test_two_hundred_thousand_rows_are_a_sample_too(written):
    rows = [("abc"[at % 3], "01"[at % 2]) for at in range(200_000)]
    sample = read(written(rows), BY, "1")

    assert sample.people == 200_000
    assert [one.people for one in sample.groups] == [66_667, 66_667, 66_666]
