"""Rules as a workbook: out, edited by people, and back; what is wrong is told with its place."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.assets import asset
from pmdesk.errors import ExchangeError
from pmdesk.i18n import install
from pmdesk.rules.parse import parse
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule
from pmdesk.services.exchange.workbook import book
from pmdesk.services.rule_exchange.sheet_writing import workbook
from pmdesk.services.starters import starter_table
from tests.rules import tables
from tests.rules.dmn.own_tables import OFFERED, SCHEME, table
from tests.services.rule_exchange.sheets import saved, understood

BY_KEY = {fact.key: fact for fact in OFFERED}
HEAD = ("编号", "保洁需求", "交付日期至今", "等级", "标签", "理由")
LAST = (None, None, None, "标准")


@pytest.fixture(autouse=True)
def chinese():
    """The program speaks Chinese, as it does by default."""
    install("zh_CN", asset("locale"))


def places(incoming):
    return [(fault.row, fault.column) for fault in incoming.faults]


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(("zh_CN", "en")))
def test_what_was_exported_comes_back_equal_in_either_language(dice, language):
    install(language, asset("locale"))
    for drawn, facts, scheme in (
        (_plain(table(dice)), OFFERED, SCHEME),
        (tables.table(dice), tables.FACTS, tables.SCHEME),
    ):
        found = understood(workbook(drawn), facts, scheme)
        assert found.faults == ()
        assert found.table == drawn
        assert found.remarks == ()


def _plain(drawn):
    """Prose in one line, as it is typed."""
    rules = [(rule, " ".join(rule.reason.split())) for rule in drawn.rules]
    for rule, reason in rules:
        drawn = drawn.with_output(rule.id, reason=reason)
    return drawn


@pytest.mark.parametrize("policy", list(HitPolicy))
def test_a_file_written_in_chinese_is_read_in_english(policy):
    drawn = replace(starter_table(OFFERED), policy=policy)
    data = workbook(drawn)
    install("en", asset("locale"))
    assert understood(data).table == drawn


def test_a_text_that_looks_like_a_formula_stays_a_text():
    rules = (Rule(id="=1+1", cells=(), tier="standard", reason='=HYPERLINK("x")', legal="@SUM(1)"),)
    drawn = DecisionTable(facts=(), rules=rules, scheme=SCHEME)
    data = workbook(drawn)
    assert understood(data).table == drawn
    assert b"<f>" not in b"".join(_parts(data))


def _parts(data):
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [package.read(name) for name in package.namelist() if "sheet" in name]


def test_cells_are_read_as_people_type_them():
    rows = (
        ("r1", "有入户意向", "3..5", "关怀", "需求安排，增值优先展示", "约定  时间。"),
        (None, "非无", "≥ 24", "加强", None, None),
        LAST,
    )
    found = understood(saved(HEAD, *rows)).table
    clean, months = BY_KEY["clean_need"], BY_KEY["handover_date.months"]
    assert found.rules[0].cells == (parse('"in_home"', clean), parse("[3..6)", months))
    assert found.rules[0].tags == {"need", "addon"}
    assert found.rules[0].reason == "约定 时间。"
    assert found.rules[1].id == "r2"
    assert found.rules[1].cells[1] == parse(">= 24", months)
    assert found.is_complete


def test_numbers_and_truths_and_days_are_read_as_the_spreadsheet_holds_them():
    head = ("编号", "楼龄", "费用", "本人申请", "交付日期", "等级")
    rows = (
        ("r1", 3, 10.05, True, date(2024, 2, 29), "care"),
        ("r2", 3.0, 0.1 + 0.2, False, datetime.combine(date(2024, 2, 28), time.min), "care"),
    )
    found = understood(saved(head, *rows), tables.FACTS, tables.SCHEME).table
    first, second = found.rules
    texts = zip((tables.AGE, tables.FEE, tables.ASKED, tables.DAY), first.cells, strict=True)
    assert [cell for _fact, cell in texts] == [
        parse("3", tables.AGE),
        parse("10.05", tables.FEE),
        parse("true", tables.ASKED),
        parse('date("2024-02-29")', tables.DAY),
    ]
    assert second.cells[1] == parse("0.3", tables.FEE)


def test_what_the_spreadsheet_made_a_day_of_is_told():
    rows = (("r1", None, date(2026, 3, 5), "关怀"), ("r2", None, time(3, 5), "关怀"), LAST)
    found = understood(saved(HEAD, *rows))
    assert places(found) == [("2", "C 交付日期至今"), ("3", "C 交付日期至今")]
    assert "日期" in found.faults[0].words
    assert "时间" in found.faults[1].words


def test_every_cell_that_cannot_be_read_is_listed_and_nothing_is_taken():
    rows = (
        ("r1", "入户", "3岁", "关怀", "打折", None),
        ("r2", None, None, "高级", None, "长" * 121),
        ("r3", None, None, None, None, None),
    )
    found = understood(saved(HEAD, *rows))
    assert found.table is None
    assert places(found) == [
        ("2", "B 保洁需求"),
        ("2", "C 交付日期至今"),
        ("2", "E 标签"),
        ("3", "D 等级"),
        ("3", "F 理由"),
        ("4", "D 等级"),
    ]
    assert all(fault.sheet == "规则" for fault in found.faults)
    assert found.faults[0].place == "规则 · 第 2 行 · B 保洁需求"


def test_the_row_of_keys_may_be_gone_and_a_title_above_is_no_harm():
    drawn = starter_table(OFFERED)
    rows = _rows(workbook(drawn))
    del rows[1]
    found = understood(saved(("晴川花园分类规则",), (None,), *rows))
    assert found.faults == ()
    assert found.table == drawn


def test_a_title_changed_by_hand_does_no_harm_while_the_keys_are_there():
    rows = _rows(workbook(starter_table(OFFERED)))
    rows[0] = [f"{title}？" for title in rows[0]]
    assert understood(saved(*rows)).faults == ()


def _rows(data):
    sheet = book(data).sheet("规则")
    return [list(row.cells) for row in sheet.rows()]


def test_a_named_group_is_known_by_its_name():
    head = ("维修关注：水/电任一", "Repair focus: water / doors and windows (any of these)", "等级")
    found = understood(saved(head, ("是", None, "关怀"), (None, None, "标准")))
    assert [column.fact.key for column in found.columns if column.fact] == [
        "repair_need.water|electricity",
        "repair_need.water|doors_windows",
    ]


def test_a_file_that_does_not_say_what_applies_when_several_rows_fit_says_so():
    bare = understood(saved(HEAD, LAST))
    assert bare.table.policy is HitPolicy.PRIORITY
    assert len(bare.remarks) == 1


@pytest.mark.parametrize(
    ("words", "policy"),
    [
        ("最先符合的一行生效 (FIRST)", HitPolicy.FIRST),
        ("按最先符合的一行", HitPolicy.FIRST),
        ("按最上面一行", HitPolicy.FIRST),
        ("按最高的等级", HitPolicy.PRIORITY),
        ("exactly one row may fit", HitPolicy.UNIQUE),
        ("随便", None),
    ],
)
def test_what_applies_when_several_rows_fit_is_read_in_words_or_by_name(words, policy):
    found = understood(saved(("几条规则同时符合时", words), (None,), HEAD, LAST))
    assert (found.table and found.table.policy) is policy
    assert bool(found.faults) is (policy is None)


def test_a_row_copied_in_the_spreadsheet_gets_a_number_of_its_own():
    row = ("r1", "无", None, "关怀")
    found = understood(saved(HEAD, row, row, (None, "有入户意向", None, "关怀"), ("r2", *LAST[1:])))
    assert [rule.id for rule in found.table.rules] == ["r1", "r3", "r4", "r2"]
    assert any("r3" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("title", "why"), [("姓名", "民族"), ("欠费", "欠费"), ("颜色", "没有这一列")]
)
def test_an_unknown_column_is_refused_with_its_reason(title, why):
    found = understood(saved((*HEAD, title), (*LAST, None, None, "x")))
    (fault,) = found.faults
    assert fault.column == f"G {title}"
    assert why in fault.words
    assert fault.error.code == "E_FIELD_PROXY_LOCKED"


def test_a_column_with_content_and_no_title_is_told_and_an_empty_one_is_not():
    assert understood(saved((*HEAD, None, None), (*LAST, None, None, " "))).faults == ()
    found = understood(saved(HEAD, (*LAST, None, None, "x")))
    assert found.faults[0].column == "G"


def test_the_same_column_twice_is_told():
    found = understood(saved((*HEAD, "保洁需求"), LAST))
    assert [fault.column for fault in found.faults] == ["G 保洁需求"]


def test_how_many_people_a_row_has_today_is_not_read():
    assert understood(saved((*HEAD, "现有人数"), (*LAST, None, None, 12))).faults == ()


def test_cells_merged_downwards_count_for_each_row_and_across_are_refused():
    rows = [HEAD, (None, "无", None, "关怀"), (None, None, "3", "关怀"), LAST]
    down = understood(saved(*rows, merged=[(1, 1, 2, 1, "无")]))
    assert down.table.rules[1].cells[0] == parse('"none"', BY_KEY["clean_need"])
    across = understood(saved(*rows, merged=[(1, 1, 1, 2, "无")]))
    assert places(across) == [("2", "B")]


def test_a_thousand_and_one_rows_are_refused_and_empty_ones_do_not_count():
    many = [(None, "无", None, "关怀")] * 1000
    assert len(understood(saved(HEAD, *many, *[(None,)] * 500)).table.rules) == 1000
    found = understood(saved(HEAD, *many, LAST))
    assert "1000" in found.faults[0].words


def test_mixed_kinds_in_one_column_are_each_told():
    rows = [(None, None, value, "关怀") for value in (5, "x", True, 5.5, ">= 3")]
    found = understood(saved(HEAD, *rows))
    assert [fault.row for fault in found.faults] == ["3", "4", "5"]


def test_a_workbook_without_rules_is_refused_plainly():
    with pytest.raises(ExchangeError):
        understood(saved(("姓名", "手机"), ("张三", "1")))


def test_a_sheet_with_a_tier_column_alone_gives_everyone_a_tier():
    found = understood(saved(("等级",), ("标准",))).table
    assert found.is_complete
    assert found.facts == ()


def test_a_column_with_a_broken_key_is_found_by_its_title():
    drawn = starter_table(OFFERED)
    rows = _rows(workbook(drawn))
    rows[1] = ["", *("?" for _key in rows[1][1:-1]), rows[1][-1]]
    assert understood(saved(*rows)).table == drawn


def test_a_file_without_the_tier_column_is_refused():
    rows = [row[:-4] + row[-3:] for row in _rows(workbook(starter_table(OFFERED)))]
    assert "等级" in understood(saved(*rows)).faults[0].words


def test_the_titles_of_the_grid_are_known():
    head = ("保洁需求", "→ 等级", "目前人数", "→ 标签", "理由（会给本人看）", "法律依据")
    found = understood(saved(head, ("无", "关怀", 3, "需求安排", "约定时间。", "民法典"))).table
    assert (found.rules[0].reason, found.rules[0].legal) == ("约定时间。", "民法典")


def test_a_group_of_an_option_that_is_not_there_is_refused():
    found = understood(saved(("维修关注：水/屋顶任一", "等级"), ("是", "关怀")))
    assert [fault.column for fault in found.faults] == ["A 维修关注：水/屋顶任一"]


def test_a_text_too_long_for_a_cell_is_refused_plainly():
    rules = (Rule(id="r1", cells=(), tier="standard", legal="长" * 40_000),)
    with pytest.raises(ExchangeError):
        workbook(DecisionTable(facts=(), rules=rules, scheme=SCHEME))
