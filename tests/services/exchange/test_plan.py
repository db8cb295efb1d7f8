"""A dry run lets good rows pass, names every bad one, and reads nothing it may not."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.people import PartyRole
from pmdesk.errors import ExchangeError
from pmdesk.services import starters
from pmdesk.services.exchange.faults import sentence
from pmdesk.services.exchange.headers import Column, Fate, Header, located
from pmdesk.services.exchange.opening import open_book
from pmdesk.services.exchange.plan import plan
from pmdesk.services.exchange.sheet import Sheet
from tests.services.exchange.files import EJYY, HC, INVENTED_ID, PLAIN, written

CATALOGUE = starters.catalogue()
DAY = date(2026, 3, 2)


def _planned(tmp_path, rows, **more):
    sheet, header = located(open_book(written(tmp_path / "a.xlsx", rows, **more)), CATALOGUE)
    return plan(sheet, header, CATALOGUE)


def _faults(planned):
    return [
        (fault.row_number, fault.column, fault.problem.sentence)
        for bad in planned.bad
        for fault in bad.faults
    ]


def test_a_row_of_the_21_column_template_becomes_a_resident(tmp_path):
    row = [3, 2, 501, 5, 18, "有", 110, "三室", 89.5, 80, 0, 2001, "王小明", 0, 13800001234]
    rows = [HC, [*row, INVENTED_ID, 1003, "个人", "租客", "李红", 13900001234]]
    planned = _planned(tmp_path, rows, name="资产信息")
    (resident,) = planned.residents

    assert resident[:7] == (2, "3", "2", "501", "王小明", ("13800001234",), PartyRole.TENANT)
    assert resident.values == {"floor_area": 8950}
    assert [(w.row_number, w.column) for w in planned.warnings] == [(2, "房屋类型")]
    assert {column.header for column in planned.refused} == {"性别", "身份证"}
    assert "13900001234" not in str(planned.residents)
    assert INVENTED_ID not in str(planned.residents)


def test_a_row_of_the_9_column_template_becomes_a_resident(tmp_path):
    row = [
        "住宅",
        "一期",
        "3栋",
        "2单元",
        "501室",
        "89.5㎡",
        "买买提·艾买",
        INVENTED_ID,
        "13800001234",
    ]
    (resident,) = _planned(tmp_path, [EJYY, row], name="固定资产数据").residents

    assert resident[1:5] == ("一期3", "2", "501", "买买提·艾买")
    assert resident.values == {"unit_use": "home", "floor_area": 8950}


def test_a_plain_sheet_with_titles_and_several_phones_passes(tmp_path):
    rows = [
        ("某某小区名单",),
        ("姓名", "手机1", "手机2", "房号", "身份"),
        ("王小明", "138-0000-1234、13900001234", 13800001234.0, "3栋2单元501室", "租客"),
        ("李红", None, None, "A座1202", None),
    ]
    first, second = _planned(tmp_path, rows).residents

    assert first[:7] == (3, "3", "2", "501", "王小明", ("13800001234", "13900001234"), "tenant")
    assert second[:7] == (4, "A", "", "1202", "李红", (), "owner")


def test_merged_buildings_and_text_numbers_pass(tmp_path):
    rows = [
        ("楼栋", "单元", "房号", "姓名"),
        (None, None, "501", "王明"),
        (None, None, "502", "李红"),
    ]
    planned = _planned(tmp_path, rows, merged=[("A2:A3", "3栋"), ("B2:B3", "2")])

    assert [resident[1:4] for resident in planned.residents] == [
        ("3", "2", "501"),
        ("3", "2", "502"),
    ]


def test_every_bad_row_is_named_with_number_column_and_reason_and_good_ones_pass(tmp_path):
    rows = [
        ("标题",),
        ("姓名", "手机号", "房号", "身份"),
        ("王明", "13800001234", "3-2-501", "业主"),
        (None, "13800001234", "3-2-502", None),
        ("李红", "1380000", "3-2-503", None),
        ("赵*", "1.38E+10", DAY, "房东的狗"),
        ("孙丽", None, None, None),
        ("周军", None, "没有房号", None),
    ]
    planned = _planned(tmp_path, rows)

    assert [resident.row_number for resident in planned.residents] == [3]
    assert [(number, column) for number, column, _ in _faults(planned)] == [
        (4, "姓名"),
        (5, "手机号"),
        (6, "手机号"),
        (6, "姓名"),
        (6, "身份"),
        (6, "房号"),
        (7, "房号"),
        (8, "房号"),
    ]


def test_a_formula_error_is_the_problem_of_its_cell(tmp_path):
    rows = [PLAIN, ("王明", None, "3-2-501"), (None, None, "3-2-502")]
    planned = _planned(tmp_path, rows, formulas=[("B2", "#REF!"), ("A3", "#N/A")])

    said = "The formula shows an error instead of a value"
    assert _faults(planned) == [(2, "手机号", said), (3, "姓名", said)]


def test_a_stray_identity_number_blames_the_cell_and_is_not_kept(tmp_path):
    rows = [
        PLAIN,
        *[("王明", None, f"3-2-{n}") for n in range(101, 120)],
        (INVENTED_ID, None, "3-2-1"),
    ]
    planned = _planned(tmp_path, rows)
    (bad,) = planned.bad

    assert bad.row_number == 21
    assert [fault.column for fault in bad.faults] == ["姓名"]
    assert INVENTED_ID not in str(bad)


def test_a_unit_without_anybody_is_no_fault(tmp_path):
    planned = _planned(tmp_path, [PLAIN, ("王明", None, "3-2-501"), (None, None, "3-2-502")])

    assert planned.units == ((3, "3", "2", "502"),)
    assert not planned.bad


def test_a_repeated_header_and_rows_of_left_out_columns_are_nothing(tmp_path):
    rows = [
        (*PLAIN, "备注"),
        ("王明", "13800001234", "3-2-501", "x"),
        PLAIN,
        (None, None, None, "合计"),
    ]
    planned = _planned(tmp_path, rows)

    assert (len(planned.residents), len(planned.units), len(planned.bad)) == (1, 0, 0)


def test_the_same_person_twice_is_entered_once_with_all_numbers(tmp_path):
    rows = [
        PLAIN,
        ("王明", "13800001234", "3-2-501"),
        ("王明", "13900001234", "3栋2单元501"),
        ("王明", "13800001234", "3-2-501"),
        ("王明", "13800001234", "3-2-502"),
    ]
    planned = _planned(tmp_path, rows)

    assert [r.phones for r in planned.residents] == [
        ("13800001234", "13900001234"),
        ("13800001234",),
    ]
    assert planned.duplicates == ((3, 2, True), (4, 2, False))


def test_a_landline_number_passes_with_a_warning(tmp_path):
    planned = _planned(tmp_path, [PLAIN, ("王明", "0571-88886666", "3-2-501")])

    assert planned.residents[0].phones == ("0571-88886666",)
    assert [warning.column for warning in planned.warnings] == ["手机号"]


def test_a_label_column_serves_where_the_room_is_missing(tmp_path):
    rows = [("姓名", "楼栋", "房屋信息"), ("王明", "3", "3-2-501"), ("李红", None, "4-1-102")]
    planned = _planned(tmp_path, rows)

    assert [resident[1:4] for resident in planned.residents] == [
        ("3", "2", "501"),
        ("4", "1", "102"),
    ]


def test_further_columns_become_values_and_odd_ones_are_left_out_with_a_warning(tmp_path):
    rows = [
        (*PLAIN, "交付日期", "使用状态", "电子邮箱", "建筑面积", "上门可约时段"),
        (
            "王明",
            None,
            "3-2-1",
            date(2019, 7, 9),
            "已出租",
            "w@example.cn",
            "1,089.5 ㎡",
            "上午、下午",
        ),
        ("李红", None, "3-2-2", "2019年07月09日", "空置", "不用", "大", "半夜"),
        ("赵刚", None, "3-2-3", 43655, "自住", None, -3, None),
        ("孙丽", None, "3-2-4", "2019-13-40", "let", None, None, None),
        ("周军", None, "3-2-5", "去年", None, None, None, None),
        ("吴英", None, "3-2-6", "去年", None, None, None, None),
    ]
    planned = _planned(tmp_path, rows)
    values = [dict(resident.values) for resident in planned.residents]

    assert values[0] | {"visit_window": None} == {
        "handover_date": date(2019, 7, 9),
        "occupancy": "let",
        "email": "w@example.cn",
        "floor_area": 108950,
        "visit_window": None,
    }
    assert values[1]["handover_date"] == values[2]["handover_date"] == date(2019, 7, 9)
    assert values[3] == {"occupancy": "let"}
    assert {(w.row_number, w.column) for w in planned.warnings} >= {
        (3, "电子邮箱"),
        (3, "建筑面积"),
        (4, "建筑面积"),
        (5, "交付日期"),
        (6, "交付日期"),
        (7, "交付日期"),
    }


def test_refused_columns_are_never_looked_at():
    class Unread:
        """A cell that must not be read."""

        def __str__(self):
            raise AssertionError

    columns = (
        Column(index=0, header="身份证", fate=Fate.REFUSED),
        Column(index=1, header="姓名", fate=Fate.TAKEN, target="person_name"),
        Column(index=2, header="房号", fate=Fate.TAKEN, target="room"),
    )
    rows: list[Any] = [["h", "h", "h"], [Unread(), "王明", "3-2-501"], [Unread(), "", "3-2-502"]]
    sheet = Sheet(
        name="s", width=3, decoded=lambda: iter(rows), spans=(((1, 0), (2, 0)), ((1, 1), (2, 1)))
    )
    planned = plan(sheet, Header(row=1, columns=columns), CATALOGUE)

    assert [resident.name for resident in planned.residents] == ["王明", "王明"]


def test_a_sheet_without_name_or_room_is_refused(tmp_path):
    with pytest.raises(ExchangeError, match="no column for the name"):
        _planned(tmp_path, [("姓名", "手机号"), ("王明", "13800001234")])


def test_progress_is_told_and_can_stop_the_run(tmp_path):
    rows = [PLAIN, *[("王明", None, f"3-2-{n}") for n in range(101, 2300)]]
    sheet, header = located(open_book(written(tmp_path / "a.xlsx", rows)), CATALOGUE)
    heard: list[int] = []
    plan(sheet, header, CATALOGUE, progress=heard.append)
    assert heard == [1000, 2000]

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan(sheet, header, CATALOGUE, progress=stop)


def test_five_thousand_rows_are_planned_each_under_its_own_number(tmp_path):
    rows = [PLAIN]
    for n in range(5000):
        phone = "坏" if n % 50 == 0 else f"138{n:08d}"
        rows.append((f"王{chr(0x4E00 + n % 500)}", phone, f"{n // 500 + 1}-{n % 3 + 1}-{n}"))
    planned = _planned(tmp_path, rows)

    assert len(planned.residents) == 4900
    assert [bad.row_number for bad in planned.bad] == [n + 2 for n in range(0, 5000, 50)]


def test_a_wide_sheet_says_so(tmp_path):
    rows = [(*PLAIN, *[f"列{n}" for n in range(250)]), ("王明", "13800001234", "3-2-501")]
    planned = _planned(tmp_path, rows)

    assert planned.is_wide
    assert len(planned.residents) == 1
    assert len(planned.ignored) == 250
    assert [column.target for column in planned.taken] == ["person_name", "mobile", "room"]


CELL = st.text(alphabet="王明0123456789-栋X*😀#@.E+ ", max_size=20)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=5))
@settings(max_examples=100)
def test_no_reason_holds_a_value_and_every_row_goes_somewhere_once(cells):
    columns = tuple(
        Column(index=at, header=header, fate=Fate.TAKEN, target=target)
        for at, (header, target) in enumerate(
            [("姓名", "person_name"), ("手机号", "mobile"), ("房号", "room")]
        )
    )
    sheet = Sheet(name="s", width=3, decoded=lambda: iter([["h", "", ""], *cells]))
    planned = plan(sheet, Header(row=1, columns=columns), CATALOGUE)

    kinds: tuple[Any, ...] = (planned.residents, planned.units, planned.bad, planned.duplicates)
    numbers = [row.row_number for kind in kinds for row in kind]
    assert sorted(numbers) == [n for n, row in enumerate(cells, 2) if any(c.strip() for c in row)]
    for bad in planned.bad:
        said = sentence(bad.faults)
        assert all(len(run) < 4 or run == "2026" for run in re.findall(r"\d+", said))
        assert not any(
            len(cell.strip()) > 5 and cell.strip() in said for row in cells for cell in row
        )
