"""What words of other programs mean here."""

import pytest

from pmdesk.domain.orders.kinds import Service
from pmdesk.services.order_import.meanings import (
    Outcome,
    guessed,
    is_placeholder,
    kind_of,
    outcome,
    stars,
)


@pytest.mark.parametrize(
    ("type_", "service"),
    [
        ("维修", Service.REPAIR),
        ("水电报修", Service.REPAIR),
        ("公共电梯", Service.REPAIR),
        ("保洁", Service.CLEANING),
        ("卫生投诉", Service.COMPLAINT),
        ("噪音扰民", Service.COMPLAINT),
        ("秩序维护", Service.SECURITY),
        ("咨询", Service.ENQUIRY),
        ("代收快递", Service.OTHER),
        ("Sanitation", Service.CLEANING),
        ("Housing and Buildings", Service.REPAIR),
        ("Utilities", Service.REPAIR),
        ("Public Safety", Service.SECURITY),
        ("Quality of Life", Service.COMPLAINT),
        ("Environment", Service.COMPLAINT),
        ("Transportation", Service.OTHER),
        ("Complaint", Service.COMPLAINT),
    ],
)
def test_a_type_sounds_like_a_service(type_, service):
    assert guessed(type_) is service


@pytest.mark.parametrize(
    "text",
    ["", "-", "--", "请选择", "请选择类型", "Please choose an issue...", "N/A", "无", "Select one"],
)
def test_a_placeholder_is_nothing(text):
    assert is_placeholder(text)
    assert not is_placeholder("无人值守")


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("已完成", Outcome.DONE),
        ("已结", Outcome.DONE),
        ("未结", Outcome.OPEN),
        ("办理完成", Outcome.DONE),
        ("未完成", Outcome.OPEN),
        ("处理中", Outcome.WORKING),
        ("正在维修", Outcome.WORKING),
        ("未在处理中", Outcome.OPEN),
        ("In progress", Outcome.WORKING),
        ("待派单", Outcome.OPEN),
        ("已取消", Outcome.CANCELLED),
        ("作废", Outcome.CANCELLED),
        ("已修好", Outcome.DONE),
        ("未修复", Outcome.OPEN),
        ("√", Outcome.DONE),
        ("×", Outcome.OPEN),
        ("Closed", Outcome.DONE),
        ("甲", None),
    ],
)
def test_a_state_says_how_it_ended(state, found):
    assert outcome(state) is found


@pytest.mark.parametrize(
    ("text", "count"),
    [("5", 5), ("4.0", 4), ("3星", 3), ("满意", 4), ("非常不满意", 1), ("6", None), ("", None)],
)
def test_a_rating_has_one_to_five_stars(text, count):
    assert stars(text) == count


def test_a_kind_goes_by_its_name_within_its_service():
    kind = kind_of(" 水暖 ", Service.REPAIR)
    assert kind is not None
    assert kind.code == "plumbing"
    assert kind_of("水暖", Service.CLEANING) is None
    assert kind_of("什么都不是", Service.REPAIR) is None
