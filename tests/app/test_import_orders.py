"""`pmdesk import --orders`: what is said, what is entered, and what waits in a file."""

import json

import pytest
import python_calamine

from pmdesk.app import cli
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import OrderState
from tests.offices import passphrase_file, resident
from tests.services.order_import.lists import HEAD as HEAD_OF_LISTS
from tests.services.order_import.lists import csv, orders, row

HEAD = ("工号", "来的日子", "完结", "种", "地")
ROWS = (
    ("A-1", "2026-02-20 09:30", "2026-02-21 10:00", "Sanitation", "3"),
    ("A-2", "2026-02-20", "2026-02-22", "Lawn care", "3"),
    ("A-3", "2026-02-21", "2026-02-20", "Sanitation", "3"),  # closed before it came
    ("A-4", "", "2026-02-20", "Sanitation", "3"),
    ("A-5", "soon", "", "Sanitation", "3"),
    ("A-1", "2026-02-20", "2026-02-23", "Sanitation", "3"),  # a number that is there already
    ("A-6", "2021-02-20", "", "Sanitation", "3"),  # nobody closed it in years
    ("A-7", "2026-02-24", "2026-02-25", "Please choose an issue...", "3"),
    ("A-8", "2026-02-24", "2026-02-26", "Sanitation", "Annexe"),
    ("A-9", "2026-02-24", "2026-02-27", "Sanitation", "3"),
)
COLUMNS = {"工号": "order_number", "来的日子": "received_at", "2": "closed_at", "种": "type"}
MAPPING = {
    "columns": {**COLUMNS, "地": "building"},
    "services": {"lawn  care": "保洁"},
    "buildings": {"Annexe": "estate"},
}
PLAIN = {**COLUMNS, "地": "building"}


@pytest.fixture
def file(tmp_path):
    """The list with everything that goes wrong."""
    return csv(tmp_path / "past.csv", *ROWS, head=HEAD)


@pytest.fixture
def bring(office, tmp_path, capsys):
    """Runs the command in English: exit code, what it says, and what it says went wrong."""
    resident(office.session("manager"), room="3-2-501")
    office.close()

    def bring(file, *more, mapping=None, login="manager", lang="en"):
        office.close()
        secret = str(passphrase_file(tmp_path))
        where = ["--office", str(office.folder), "--login", login, "--passphrase-file", secret]
        if mapping is not None:
            path = tmp_path / "mapping.json"
            path.write_text(json.dumps(mapping, ensure_ascii=False), encoding="utf-8-sig")
            more = (*more, "--mapping", str(path))
        code = cli.main(["--lang", lang, "import", str(file), *where, "--orders", *more])
        return code, *capsys.readouterr()

    return bring


@pytest.fixture
def booked(office):
    """The orders of the office, by their number over there."""
    return lambda: {one.source: one for one in orders(office.session("manager"))}


def test_good_rows_are_entered_and_counted_and_bad_ones_wait_in_a_file(bring, file, booked):
    code, out, err = bring(file, mapping=MAPPING)

    assert (code, err) == (1, "")
    assert "6 good rows, 3 to mend, 1 repeated." in out
    assert "6 orders entered." in out
    assert "3 rows are still to be mended." in out
    assert "Open for more than a year, so overdue: look whether it still is open (1 order)" in out
    assert "1 order is still open and stands on the desk." in out
    assert "Row 4: 完结: Closed before it came" in out
    assert booked().keys() == {"A-1", "A-2", "A-6", "A-7", "A-8", "A-9"}
    mend = python_calamine.load_workbook(f"{file}.errors.xlsx").get_sheet_by_index(0).to_python()
    assert [line[0] for line in mend[1:]] == ["A-3", "A-4", "A-5"]


def test_the_mapping_says_what_types_and_buildings_mean(bring, file, booked):
    bring(file, mapping=MAPPING)

    found = booked()
    assert found["A-2"].service is Service.CLEANING
    assert found["A-7"].service is Service.OTHER
    assert (found["A-8"].spot.building, found["A-9"].spot.building) == ("", "3")
    assert found["A-6"].state is OrderState.NEW


def test_a_list_with_common_headers_needs_no_mapping(bring, tmp_path, booked):
    code, out, err = bring(csv(tmp_path / "a.csv", row(), row(单号="B-2")))

    assert (code, err) == (0, "")
    assert "2 orders entered." in out
    assert booked().keys() == {"B-1", "B-2"}


def test_what_was_imported_before_is_left_as_it_is(bring, file):
    bring(file, mapping=MAPPING)
    code, out, _err = bring(file, mapping=MAPPING)

    assert code == 1
    assert "0 orders entered." in out
    assert "6 orders had been imported before and are unchanged." in out
    assert "6 orders had been imported before" in bring(file, "--dry-run", mapping=MAPPING)[1]


def test_mended_rows_go_in_with_the_same_mapping_and_end_well(bring, file, tmp_path, booked):
    bring(file, mapping=MAPPING)
    mended = csv(
        tmp_path / "mended.csv", ("A-3", "2026-02-21", "2026-02-22", "Sanitation", "3"), head=HEAD
    )

    assert bring(mended, mapping=MAPPING)[0] == 0
    assert "A-3" in booked()


def test_a_dry_run_says_the_same_and_leaves_nothing(bring, file, booked):
    code, out, _err = bring(file, "--dry-run", mapping=MAPPING)

    assert code == 1
    assert "6 good rows, 3 to mend, 1 repeated." in out
    assert "Nothing was entered" in out
    assert "orders entered" not in out
    assert booked() == {}


def test_a_dry_run_that_would_stop_tells_all_the_same_what_becomes_of_the_rows(
    bring, tmp_path, booked
):
    rows = (
        row(报修时间="2021-03-01", 状态="", 办结时间="", 内容="楼上太吵 13800138000"),
        row(单号="B-2", 楼栋="99"),
    )
    listed = csv(tmp_path / "a.csv", *rows)
    code, out, err = bring(listed, "--dry-run")

    assert code == 1
    assert "Open for more than a year, so overdue: look whether it still is open (1 order)" in out
    assert "add --cancel-old" in out
    assert "A phone number or the name of who asked was taken out of the words (1 order)" in out
    assert "entered as new" not in out
    assert "Nothing was entered: this was only a look." in out
    assert err.startswith("The import itself would stop here: buildings are not in the register")
    assert booked() == {}

    _code, out, err = bring(listed, "--dry-run", "--create-buildings", "--cancel-old")
    assert err == ""
    assert "--cancel-old" not in out
    assert "1 building is entered as new: Building 99" in out


def test_columns_that_are_not_read_are_named(bring, tmp_path):
    listed = csv(
        tmp_path / "a.csv", (*row(), "x", "y"), head=(*HEAD_OF_LISTS, "account", "borough")
    )
    _code, out, _err = bring(listed, "--dry-run")

    assert "Columns that are not read: account, borough\n" in out


def test_types_that_nobody_knows_are_named(bring, file):
    _code, out, _err = bring(file, "--dry-run", "--create-buildings", mapping=PLAIN)

    assert "1 type is not known here; its orders count as “Other”: Lawn care" in out


def test_a_building_that_is_not_known_is_refused_until_somebody_says_what_it_is(
    bring, file, booked
):
    code, out, err = bring(file, mapping=PLAIN)
    assert code == 1
    assert "Buildings that are not in the register: ANNEXE\n" in out
    assert err.startswith("Nothing was entered: buildings of the list are not in the register (1).")
    assert "--create-buildings" in err
    assert "entered as new" not in out
    assert booked() == {}

    _code, out, err = bring(file, "--create-buildings", mapping=PLAIN)
    assert err == ""
    assert "1 building is entered as new: ANNEXE" in out
    assert booked()["A-8"].spot.building == "ANNEXE"


@pytest.mark.parametrize(
    ("to", "building"), [("new", "ANNEXE"), ("3栋", "3"), ("estate", ""), ("out", None)]
)
def test_a_building_goes_where_the_mapping_says(bring, file, booked, to, building):
    bring(file, mapping={**MAPPING, "buildings": {"Annexe": to}})

    order = booked().get("A-8")
    assert (order and order.spot.building) == building


def test_very_old_open_orders_can_be_entered_as_cancelled(bring, file, booked):
    bring(file, "--cancel-old", mapping=MAPPING)

    assert booked()["A-6"].state is OrderState.CANCELLED


def test_a_column_of_the_mapping_is_read_instead_of_the_guessed_one(bring, tmp_path, booked):
    head = ("单号", "报修时间", "楼栋", "真楼栋")
    listed = csv(tmp_path / "a.csv", ("1", "2026-02-20", "99", "3"), head=head)

    assert bring(listed, mapping={"真楼栋": "building"})[0] == 0
    assert booked()["1"].spot.building == "3"


def test_words_of_the_mapping_that_are_not_in_the_list_are_told(bring, file):
    mapping = {
        **MAPPING,
        "services": {"Lawm": "cleaning"},
        "buildings": {"Annexe": "new", "x": "3"},
    }
    _code, out, _err = bring(file, "--dry-run", mapping=mapping)

    assert "In the mapping file, but not in the list: lawm, X\n" in out


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ([], "The mapping file cannot be read."),
        ({"columns": []}, "The mapping file cannot be read."),
        ({"columns": {"工号": 1}}, "The mapping file cannot be read."),
        ({"typo": {"a": "b"}}, "The mapping file cannot be read."),
        ({**PLAIN, "没有": "words"}, "The list has no column “没有”"),
        ({**PLAIN, "9": "words"}, "The list has no column “9”"),
        ({**PLAIN, "工号": "income"}, "“income” is no part of a work order."),
        ({**MAPPING, "services": {"a": "gardening"}}, "“gardening” is no service."),
        ({**MAPPING, "buildings": {"Annexe": "77"}}, "The mapping file leads to the building “77”"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_one_sentence(bring, file, booked, mapping, sentence):
    code, _out, err = bring(file, mapping=mapping)

    assert (code, len(err.splitlines())) == (1, 1)
    assert err.startswith(sentence)
    assert booked() == {}


def test_no_personal_data_of_bad_rows_or_names_are_printed(bring, tmp_path):
    rows = (row(报修时间="王小明"), row(单号="2", 楼栋="13812345678"), row(单号="3", 类型="5" * 50))
    _code, out, err = bring(csv(tmp_path / "a.csv", *rows), lang="zh_CN")

    assert not [one for one in ("王小明", "13812345678", "5" * 50) if one in out + err]
    assert "没有录入" in err


def test_who_may_not_import_is_exit_code_3(bring, file, booked):
    code, _out, err = bring(file, mapping=MAPPING, login="clerk")

    assert code == 3
    assert "Your role does not cover this" in err
    assert booked() == {}


@pytest.mark.parametrize("option", ["--create-buildings", "--cancel-old"])
def test_what_is_for_orders_only_is_wrong_usage_without_them(option, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["import", "a.csv", "--office", "x", "--login", "y", option])

    assert caught.value.code == 2
    assert f"只能与 --orders 一起用：{option}" in capsys.readouterr().err
