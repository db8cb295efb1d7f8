"""Columns are recognised in the templates that offices have, and refused ones say why."""

import pytest

from pmdesk.domain.catalogue import Refused
from pmdesk.errors import ExchangeError
from pmdesk.i18n import Words
from pmdesk.services import starters
from pmdesk.services.exchange import headers
from pmdesk.services.exchange.headers import Fate, Target, lexicon, located, refusal
from pmdesk.services.exchange.opening import open_book
from tests.services.exchange.files import EJYY, HC, INVENTED_ID, PLAIN, written

CATALOGUE = starters.catalogue()


def _header(tmp_path, rows, **more):
    return located(open_book(written(tmp_path / "a.xlsx", rows, **more)), CATALOGUE)[1]


def _targets(header):
    return {column.header: column.target for column in header.of(Fate.TAKEN)}


def _refused(header):
    return {column.header for column in header.of(Fate.REFUSED)}


def test_the_template_of_21_columns_is_recognised(tmp_path):
    header = _header(tmp_path, [HC], name="资产信息")

    assert _targets(header) == {
        "楼号": "building",
        "单元": "entrance",
        "房屋": "room",
        "房屋类型": "unit_use",
        "建筑面积": "floor_area",
        "业主名称": "person_name",
        "手机号": "mobile",
        "业主类型": "party_role",
    }
    assert _refused(header) == {"性别", "身份证"}
    reasons = {column.header: column.reason for column in header.of(Fate.IGNORED)}
    assert reasons["联系电话"] == reasons["联系人"] == headers.THIRD_PARTY
    assert reasons["人员角色"] == headers.SECOND
    assert reasons["租金"] == headers.UNKNOWN
    assert header.is_usable


def test_the_template_of_9_columns_is_recognised(tmp_path):
    header = _header(tmp_path, [EJYY], name="固定资产数据")

    assert _targets(header) == {
        "类型": "unit_use",
        "期/园区": "phase",
        "栋": "building",
        "单元/区域": "entrance",
        "门牌号": "room",
        "建筑面积": "floor_area",
        "姓名": "person_name",
        "手机号": "mobile",
    }
    assert _refused(header) == {"身份证"}


def test_a_plain_sheet_with_several_telephone_columns_is_recognised(tmp_path):
    header = _header(tmp_path, [("序号", "户主姓名", "手机1", "手机 2", "phone3", "房屋信息")])

    assert header.indices(Target.MOBILE) == (2, 3, 4)
    assert header.indices(Target.LABEL) == (5,)
    assert header.is_usable


def test_a_telephone_is_the_residents_own_when_no_contact_person_is_named(tmp_path):
    assert _targets(_header(tmp_path, [("姓名", "联系电话", "房号")]))["联系电话"] == "mobile"


def test_the_header_is_found_below_titles_and_empty_rows(tmp_path):
    rows = [("某某小区业主信息表",), (), ("制表：物业 2026 年",), PLAIN, ("王明", "1", "3-2-501")]

    assert _header(tmp_path, rows).row == 4


def test_of_a_header_in_two_rows_the_lower_one_counts(tmp_path):
    rows = [(None, "联系方式", None, None), (None, "手机号", "手机号2", None)]
    header = _header(tmp_path, rows, merged=[("A1:A2", "姓名"), ("D1:D2", "房号")])

    assert header.row == 2
    assert _targets(header) == {
        "姓名": "person_name",
        "手机号": "mobile",
        "手机号2": "mobile",
        "房号": "room",
    }


def test_the_worksheet_with_the_list_is_chosen(tmp_path):
    book = open_book(written(tmp_path / "a.xlsx", [PLAIN], name="名单", others=["说明"]))

    assert located(book, CATALOGUE)[0].name == "名单"
    assert located(book, CATALOGUE, "名单")[0].name == "名单"
    with pytest.raises(ExchangeError):
        located(book, CATALOGUE, "说明")


@pytest.mark.parametrize(
    "rows", [[], [("王明", "13800001234")], [("姓名", "x")], [()] * 40 + [PLAIN]]
)
def test_a_sheet_without_a_header_is_refused(tmp_path, rows):
    filler = [("x",)] * 40 if len(rows) > 10 else []
    with pytest.raises(ExchangeError, match="No header row"):
        _header(tmp_path, [*filler, *rows])


@pytest.mark.parametrize(
    "name",
    [
        "民族",
        "业主性别",
        "身份证号码",
        "月收入（元）",
        "门禁刷卡记录",
        "ownerAge",
        "id_card",
        "ID Card No.",
        "Sex",
        "QQ号",
        "家庭成员",
        "IC卡号",
    ],
)
def test_a_header_of_what_is_not_collected_is_refused_with_a_reason(name):
    why = refusal(name, lexicon(CATALOGUE))

    assert isinstance(why, Words)
    assert "本系统不收集" in why.zh


@pytest.mark.parametrize(
    "name", ["姓名", "手机号", "房屋信息", "usage", "Essex", "单元", "备注", "面积"]
)
def test_a_harmless_header_is_let_through(name):
    assert refusal(name, lexicon(CATALOGUE)) is None


def test_a_known_header_beats_a_word_inside_it_but_not_the_word_itself():
    why = Words("不", "no")
    refusals = (Refused(keys=("odd",), label=why, words=("手机", "姓名"), why=why, instead=why),)

    assert refusal("手机号", refusals) is None
    assert refusal("姓名", refusals) == Words("不", "no")


def test_identity_numbers_under_a_harmless_header_are_refused_by_name_only(tmp_path):
    rows = [(*PLAIN, "编号"), *[("王明", "13800001234", f"3-2-{n}", INVENTED_ID) for n in range(9)]]
    header = _header(tmp_path, rows)
    (column,) = header.of(Fate.REFUSED)

    assert column.header == "编号"
    assert "身份证号" in column.reason.zh
    assert INVENTED_ID not in str(header)


def test_one_stray_number_does_not_refuse_a_whole_column(tmp_path):
    rows = [
        PLAIN,
        *[("王明", "1", f"3-2-{n}") for n in range(9)],
        (INVENTED_ID, "1", "3-2-9"),
        ("李",),
    ]

    assert _targets(_header(tmp_path, rows))["姓名"] == "person_name"


def test_what_needs_consent_is_left_for_the_consent_step(tmp_path):
    header = _header(
        tmp_path, [(*PLAIN, "保洁需求", "车牌号", "紧急联系人", "收房情况", "租期", "电子邮箱")]
    )
    reasons = {column.header: column.reason for column in header.of(Fate.IGNORED)}

    assert reasons["保洁需求"] == headers.NEEDS_CONSENT
    assert reasons["车牌号"] == headers.NEEDS_CONSENT
    assert reasons["紧急联系人"] == headers.THIRD_PARTY
    assert reasons["收房情况"] == headers.UNKNOWN
    assert reasons["租期"] == headers.UNKNOWN
    assert _targets(header)["电子邮箱"] == "email"


def test_a_better_known_header_wins_the_target(tmp_path):
    header = _header(tmp_path, [("人员类型", "业主类型", "姓名", "房号")])

    assert header.indices(Target.ROLE) == (1,)


def test_a_clerk_may_lead_a_column_elsewhere_but_never_a_refused_one(tmp_path):
    header = _header(tmp_path, [(*PLAIN, "身份证", "备用")])

    assert header.redirected(4, "mobile").indices("mobile") == (1, 4)
    dropped = header.redirected(2, "")
    assert not dropped.is_usable
    assert dropped.of(Fate.IGNORED)[0].reason == headers.CHOSEN
    assert header.redirected(3, "person_name") == header
