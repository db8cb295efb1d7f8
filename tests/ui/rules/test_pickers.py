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
