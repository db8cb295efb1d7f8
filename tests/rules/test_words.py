"""Cells and values are said plainly, in Chinese and in English."""

from datetime import date

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from pmdesk import i18n
from pmdesk.rules.cells import EVERYTHING, of_ranges
from pmdesk.rules.facts import Fact
from pmdesk.rules.parse import parse
from pmdesk.rules.words import cell_words, decimal_text, labelled_words, print_cell, value_words
from tests.checkout import ROOT
from tests.rules.tables import AGE, ASKED, DAY, FEE, NOTE, ZONE


@pytest.fixture
def speaking(tmp_path, monkeypatch):
    """Lets texts appear in a language, from the catalogue as it is written now."""
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = ROOT / "resources" / "locale" / "zh_CN" / "LC_MESSAGES" / "pmdesk.po"
    with source.open("rb") as po, (folder / "pmdesk.mo").open("wb") as mo:
        write_mo(mo, read_po(po, locale="zh_CN"))
    monkeypatch.setattr(i18n._State, "language", i18n.language())
    monkeypatch.setattr(i18n._State, "catalogue", i18n._State.catalogue)
    return lambda language: i18n.install(language, tmp_path)


@pytest.mark.parametrize(
    ("fact", "text", "chinese", "english"),
    [
        (AGE, "-", "不限", "any"),
        (AGE, "[65..75)", "65 到不足 75 年", "65 to under 75 years"),
        (AGE, ">= 65", "至少 65 年", "at least 65 years"),
        (AGE, "< 65, null", "不足 65 年 或 未知", "under 65 years or unknown"),
        (AGE, "7", "正好 7 年", "exactly 7 years"),
        (AGE, "已知", "已知", "known"),
        (FEE, ">= 10.50", "至少 10.5", "at least 10.5"),
        (ZONE, '"a", "B"', "是 东区 或 西区", "is east or west"),
        (ZONE, '"a", null', "是 东区 或 未知", "is east or unknown"),
        (ASKED, "true", "是", "yes"),
        (ASKED, "false, null", "否 或 未知", "no or unknown"),
        (DAY, "2024-02-29", "2024-02-29 当天", "on 2024-02-29"),
        (DAY, "< 2024-02-29", "早于 2024-02-29", "before 2024-02-29"),
        (DAY, ">= 2024-02-29", "2024-02-29 及以后", "on or after 2024-02-29"),
        (
            DAY,
            "2024-01-01..2024-12-31",
            "2024-01-01 起、早于 2025-01-01",
            "from 2024-01-01 and before 2025-01-01",
        ),
        (NOTE, '"x"', "是 “x”", "is “x”"),
    ],
)
def test_a_cell_is_a_plain_sentence(speaking, fact, text, chinese, english):
    cell = parse(text, fact)

    speaking("zh_CN")
    assert cell_words(cell, fact) == chinese
    speaking("en")
    assert cell_words(cell, fact) == english


@pytest.mark.parametrize(
    ("fact", "value", "shown"),
    [
        (AGE, 65, "65 年"),
        (FEE, -1050, "-10.5"),
        (ZONE, "a", "东区"),
        (ASKED, False, "否"),
        (DAY, date(2024, 2, 29), "2024-02-29"),
        (NOTE, "x", "“x”"),
        (NOTE, None, "未知"),
    ],
)
def test_a_value_is_shown_as_it_is_read(speaking, fact, value, shown):
    speaking("zh_CN")

    assert value_words(value, fact) == shown


@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
def test_a_number_keeps_its_value_as_text(number, scale):
    fact = Fact(key="n", label=FEE.label, type=FEE.type, scale=scale)

    assert parse(decimal_text(number, scale), fact).ranges[0].low == number


def test_every_number_is_written_positively():
    assert print_cell(of_ranges([EVERYTHING]), FEE) == "< 0, >= 0"
    assert print_cell(of_ranges([EVERYTHING]), AGE) == "[0..121)"


def test_behind_its_label_a_cell_does_not_say_again_what_it_is(speaking):
    speaking("zh_CN")
    assert labelled_words(parse('"a", null', ZONE), ZONE) == "东区 或 未知"
    assert labelled_words(parse("true", ASKED), ASKED) == "是"
    assert labelled_words(parse("-", ZONE), ZONE) == "不限"
