"""The pickers on facts that the starter rules do not use: days, texts, what is always known."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QDate

from pmdesk.i18n import Words
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import Rule
from pmdesk.rules.table import DecisionTable, Scheme
from pmdesk.rules.words import print_cell
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.pickers import ChoicePicker, FlagPicker, RangePicker, picker

DAY = Fact(key="day", label=Words("日期", "Day"), type=FactType.DATE)
TEXT = Fact(key="text", label=Words("文字", "Text"), type=FactType.TEXT)
SURE = Fact(key="sure", label=Words("确定", "Sure"), type=FactType.FLAG, nullable=False)
KIND = Fact(
    key="kind",
    label=Words("种类", "Kind"),
    type=FactType.CHOICE,
    options=(("a", Words("甲", "A")),),
    nullable=False,
)
COUNT = Fact(key="n", label=Words("数", "n"), type=FactType.NUMBER, scale=1, nullable=False)
SCHEME = Scheme(tiers=(("standard", Words("标准", "Standard")),))


def one_row(fact, text):
    rule = Rule(id="r1", cells=(parse(text, fact),), tier="standard")
    return DecisionTable(facts=(fact,), rules=(rule,), scheme=SCHEME)


@pytest.mark.parametrize("text", ["2026-01-31", ">= 2026-01-31", "2026-01-01..2026-12-31", "-"])
def test_days_are_picked_and_typed_as_days(qapp, chinese, text):
    table = one_row(DAY, text)
    shown: Any = picker(table, 0, 0)
    picked: list[str] = []
    shown.picked.connect(picked.append)

    shown.how.activated.emit(shown.how.currentIndex())

    assert parse(picked[0], DAY) == table.rules[0].cells[0]
    assert edits.entered(table, 0, 0, edits.typed(table, 0, 0)) == table


def test_another_day_makes_another_cell(qapp, chinese):
    shown: Any = RangePicker(DAY, parse(">= 2026-01-31", DAY))
    picked: list[str] = []
    shown.picked.connect(picked.append)

    shown.low.setDate(QDate(2026, 3, 2))
    shown.low.editingFinished.emit()

    assert parse(picked[0], DAY).ranges[0].low == date(2026, 3, 2).toordinal()


def test_decimal_places_are_kept(qapp, chinese):
    shown: Any = RangePicker(COUNT, parse(">= 2.5", COUNT))

    assert shown.low.value() == 2.5


def test_what_is_always_known_offers_no_unknown(qapp, chinese):
    flag = FlagPicker(SURE, parse("是", SURE))
    choice = ChoicePicker(KIND, parse("甲", KIND))
    ranged = RangePicker(COUNT, parse("-", COUNT))

    assert [len(made.choice.buttons()) for made in (flag, choice)] == [3, 1]
    assert ranged.how.findData("unknown") < 0


def test_free_text_has_no_picker(qapp, chinese):
    assert picker(one_row(TEXT, '"园艺"'), 0, 0) is None


def test_several_ranges_are_left_to_the_text(qapp, chinese):
    shown: Any = RangePicker(COUNT, parse("< 1, >= 5", COUNT))
    picked: list[str] = []
    shown.picked.connect(picked.append)

    shown.how.activated.emit(shown.how.currentIndex())

    assert shown.how.currentData() == "text"
    assert not picked


@pytest.mark.parametrize("text", ["是, 未知", "否, 未知"])
def test_a_flag_shows_two_answers_at_once(qapp, chinese, text):
    asked = Fact(key="asked", label=Words("申请", "Asked"), type=FactType.FLAG)
    shown = FlagPicker(asked, parse(text, asked))

    assert shown.choice.value == print_cell(parse(text, asked), asked)
    assert shown.choice.buttons()[-1].isChecked()


def test_unknown_can_go_with_a_range(qapp, chinese):
    age = Fact(key="age", label=Words("楼龄", "Age"), type=FactType.NUMBER, low=0)
    shown: Any = RangePicker(age, parse(">= 3", age))
    picked: list[str] = []
    shown.picked.connect(picked.append)

    shown.unknown.click()

    assert parse(picked[0], age) == parse(">= 3, 未知", age)
    again: Any = RangePicker(age, parse(">= 3, 未知", age))
    assert (again.how.currentData(), again.unknown.isChecked()) == ("least", True)
    assert RangePicker(COUNT, parse(">= 3", COUNT)).unknown.isHidden()


def test_days_are_compared_in_words_for_days(qapp, chinese):
    shown = RangePicker(DAY, parse("-", DAY))

    assert [shown.how.itemText(at) for at in range(1, 5)] == [
        "当天及以后",
        "早于",
        "从…起、早于…",
        "正好是",
    ]
