"""The linter of posters and dunning letters: no names, phones, amounts, and no threats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.letter_check import Use, flaws


def passages(text, use=Use.NOTICE_BOARD):
    return [flaw.passage for flaw in flaws(text, use)]


@pytest.mark.parametrize(
    "text",
    [
        "请 {姓名} 到服务中心",
        "王小明先生请尽快联系",
        "户主：王小明",
        "联系电话 13800001234",
        "138****1234",
        "{电话}",
        "尚欠 1,230.50 元",
        "￥300",
        "{欠费金额}",
        "Dear {name}, call {phone}",
    ],
)
def test_a_notice_board_shows_no_name_phone_or_amount(text):
    assert passages(text)


@pytest.mark.parametrize(
    "text",
    [
        "3号楼2单元3—6层：3月9日上午停水检修，请提前储水。",
        "物业费缴费时间为3月，地点在服务中心，客服电话 0000-12345678。",
        "编号 A-17 的住户请到前台领取通知。",
    ],
)
def test_ranges_codes_and_the_office_phone_may_hang_there(text):
    assert passages(text) == []


@pytest.mark.parametrize(
    "threat",
    [
        "将断水断电",
        "停止供暖",
        "切断燃气供气",
        "禁止进入小区",
        "停用门禁卡",
        "We will cut off water",
    ],
)
def test_a_dunning_letter_does_not_threaten(threat):
    assert passages(f"您好，逾期不缴的，{threat}。", Use.DUNNING)


def test_a_dunning_letter_may_name_the_debt_and_say_what_will_not_happen():
    text = "王小明先生：您尚欠物业费 1230 元，请于月底前缴纳或与我们协商。我们不会断水断电。"

    assert passages(text, Use.DUNNING) == []


def test_flaws_come_in_the_order_of_the_text():
    assert passages("{姓名} 欠 300 元，将停水") == [
        "{姓名}",
        "300 元",
        "停水",
    ]


@given(st.text(alphabet="断停水电0123456789元姓名{}先生 ，", max_size=40))
def test_every_flaw_quotes_the_text(text):
    for use in Use:
        assert all(flaw.passage in text for flaw in flaws(text, use))
