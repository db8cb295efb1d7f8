"""A cell means what was written, or is refused at the character where it stops making sense."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.errors import EntryError
from pmdesk.i18n import Words
from pmdesk.rules.cells import ANY, UNKNOWN, holds
from pmdesk.rules.facts import Fact, FactType, Value
from pmdesk.rules.parse import LONGEST, parse
from pmdesk.rules.words import print_cell
from tests.rules import tables
from tests.rules.tables import AGE, ASKED, DAY, FACTS, FEE, NOTE, ZONE

POINTS: dict[Fact, Sequence[Value]] = {
    AGE: [0, 2, 3, 4, 59, 60, 61, 74, 75, 76, 119, 120],
    FEE: [-101, -100, -99, -1, 0, 1, 999, 1000, 1001, 1004, 1005, 1006],
    ZONE: list(ZONE.codes),
    ASKED: [True, False],
    DAY: [date(2024, 2, n) for n in (27, 28, 29)] + [date(2024, 3, 1), date(2024, 12, 31)],
    NOTE: ["x", "X", 'say "hi"', "é"],
}
NEVER_KNOWN_UNKNOWN = Fact(
    key="m", label=Words(zh="必填", en="always known"), type=FactType.FLAG, nullable=False
)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.key)
@pytest.mark.parametrize("text", ["", "  ", "-", "－", "—", "任意", "不限", "any"])
def test_a_cell_may_ask_for_nothing(fact, text):
    assert parse(text, fact) is ANY


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.key)
@pytest.mark.parametrize("text", ["null", "未知", "不详", "unknown", " NULL "])
def test_unknown_is_a_value_of_its_own(fact, text):
    assert parse(text, fact) == UNKNOWN


@pytest.mark.parametrize(
    ("fact", "text", "canonical"),
    [
        (AGE, ">=6", ">= 6"),
        (AGE, "≥６０", ">= 60"),
        (AGE, "=> 6", ">= 6"),
        (AGE, "> 6", ">= 7"),
        (AGE, "<= 6", "< 7"),
        (AGE, "== 6", "6"),
        (AGE, "至少 6 年", ">= 6"),
        (AGE, "不足 6", "< 6"),
        (AGE, "6 years", "6"),
        (AGE, "2..5", "[2..6)"),
        (AGE, "2～5", "[2..6)"),
        (AGE, "2 至 5", "[2..6)"),
        (AGE, "65 到不足 75 年", "[65..75)"),
        (AGE, "[2..5)", "[2..5)"),
        (AGE, "]2..5[", "[3..5)"),
        (AGE, "(2..5]", "[3..6)"),
        (AGE, ">= 3 and < 20", "[3..20)"),
        (AGE, "< 20 且 >= 3", "[3..20)"),
        (AGE, "> 3 and > 5 and < 9 and < 20 and = 7", "7"),
        (AGE, "3, 4, 5", "[3..6)"),
        (AGE, "3，5、 9", "3, 5, 9"),
        (AGE, "5 或 3 或未知", "3, 5, null"),
        (AGE, "非 5", "< 5, >= 6"),
        (AGE, "非(3, 5..7)", "< 3, 4, >= 8"),
        (AGE, "not(3), null", "< 3, >= 4, null"),
        (AGE, "not(null)", "[0..121)"),
        (AGE, "< 5, >= 5", "[0..121)"),
        (AGE, "已知, 未知", "-"),
        (AGE, "not([0..5])", ">= 6"),
        (FEE, "< 10.005", "< 10.01"),
        (FEE, "<= 10.005", "< 10.01"),
        (FEE, ">= 10.005", ">= 10.01"),
        (FEE, "-3.50", "-3.5"),
        (FEE, "+.5", "0.5"),
        (FEE, "-1..1", "[-1..1.01)"),
        (FEE, "已知", "< 0, >= 0"),
        (ZONE, "B", '"B"'),
        (ZONE, "b", '"b"'),
        (ZONE, "东区、西区", '"a", "B"'),
        (ZONE, "= EAST", '"a"'),
        (ZONE, '"up to 100"', '"É"'),
        (ZONE, "“东区”", '"a"'),
        (ZONE, "「东区」", '"a"'),
        (ZONE, "≤100", '"É"'),
        (ZONE, "非住宅", '"b"'),
        (ZONE, "非 非住宅", '"a", "B", "É"'),
        (ZONE, "不是东区", '"B", "b", "É"'),
        (ZONE, 'not("a", "b"), null', '"B", "É", null'),
        (ZONE, "已填写", '"a", "B", "b", "É"'),
        (ZONE, '"b", "a", "b"', '"a", "b"'),
        (ASKED, "是", "true"),
        (ASKED, "否", "false"),
        (ASKED, "YES", "true"),
        (ASKED, "非 是", "false"),
        (ASKED, "√ 或 ×", "false, true"),
        (ASKED, "是, 否, 未知", "-"),
        (DAY, 'date("2024-02-29")', 'date("2024-02-29")'),
        (DAY, '@"2024-02-29"', 'date("2024-02-29")'),
        (DAY, ">= 2024年2月29日", '>= date("2024-02-29")'),
        (DAY, "2024/1/1..2024/12/31", '[date("2024-01-01")..date("2025-01-01"))'),
        (DAY, "<= 9999-12-31", '< date("2000-01-01"), >= date("2000-01-01")'),
        (NOTE, '"x", "X"', '"X", "x"'),
        (NOTE, '"e\u0301 "', '"é"'),
        (NOTE, r'"say \"hi\" \\ \n"', r'"say \"hi\" \\ \\n"'),
    ],
)
def test_what_is_written_has_one_canonical_form(fact, text, canonical):
    assert print_cell(parse(text, fact), fact) == canonical


@pytest.mark.parametrize(
    ("fact", "text", "position"),
    [
        (AGE, ">= 3 and < 2", 0),
        (AGE, "4, >= 3 and < 2", 3),
        (AGE, "[5..5)", 0),
        (AGE, "5..4", 0),
        (AGE, "not(< 5, >= 5)", 0),
        (AGE, ">= 200", 0),
        (AGE, "3, -5", 3),
        (AGE, "60-74", 2),
        (AGE, "5 + 1", 2),
        (AGE, "5 %", 2),
        (AGE, "1,000", 0),
        (AGE, "1e5", 1),
        (AGE, "!= 3", 0),
        (AGE, "<> 3", 0),
        (AGE, "?", 0),
        (AGE, "abs(3)", 0),
        (AGE, '"5"', 0),
        (AGE, "true", 0),
        (AGE, "VIP", 0),
        (AGE, "2..", 3),
        (AGE, "3,", 2),
        (AGE, ">=", 2),
        (AGE, ">= 3 and", 8),
        (AGE, ">= 3 and 5", 9),
        (AGE, "3 4", 2),
        (AGE, "[3, 4]", 2),
        (AGE, "[3..4", 5),
        (AGE, "非(3..4", 6),
        (AGE, "非 3, 4", 0),
        (AGE, "not(not(3))", 4),
        (AGE, "99999999999999999", 0),
        (FEE, "10.005", 0),
        (ZONE, "VIP", 0),
        (ZONE, '"VIP"', 0),
        (ZONE, "东区东区", 0),
        (ZONE, "> a", 0),
        (ZONE, "a b", 2),
        (ZONE, '"a', 0),
        (ZONE, "not(a, B, b, É)", 0),
        (ASKED, "1", 0),
        (ASKED, "maybe", 0),
        (ASKED, "yesterday", 0),
        (DAY, "2024-02-30", 0),
        (DAY, '"2024-02-29"', 0),
        (DAY, 'date("2024-02-29"', 0),
        (DAY, "> 9999-12-31", 0),
        (DAY, "5", 0),
        (NOTE, "garden", 0),
        (NOTE, 'not("x")', 0),
        (NOTE, "已知", 0),
        (NEVER_KNOWN_UNKNOWN, "是, 未知", 3),
        (AGE, " " * (LONGEST + 1), LONGEST),
    ],
)
def test_what_has_no_meaning_is_refused_at_its_place(fact, text, position):
    with pytest.raises(EntryError) as caught:
        parse(text, fact)

    assert caught.value.position == position
    assert caught.value.places["position"] == position + 1
    assert caught.value.sentence.format_map(caught.value.places)
    assert caught.value.remedy.format_map(caught.value.places) is not None


@pytest.mark.parametrize("text", [">= 3 and < 2", "[3..2]"])
def test_a_condition_that_nobody_meets_says_what_to_do(text):
    with pytest.raises(EntryError) as caught:
        parse(text, AGE)

    assert caught.value.remedy == "Write the smaller value first, or clear the cell."


@given(st.randoms(use_true_random=False), st.sampled_from(FACTS))
def test_a_printed_cell_is_read_back_equal(random, fact):
    drawn = tables.cell(random, fact)

    assert parse(print_cell(drawn, fact), fact) == drawn


@given(st.randoms(use_true_random=False), st.sampled_from([f for f in FACTS if f is not NOTE]))
def test_not_is_every_other_known_value_and_never_unknown(random, fact):
    inner = print_cell(tables.cell(random, fact), fact)
    if inner == "-":
        return
    cell = parse(inner, fact)
    rest = [point for point in POINTS[fact] if not holds(cell, point)]
    try:
        negated = parse(f"not({inner})", fact)
    except EntryError:
        assert not rest
        return

    assert [point for point in POINTS[fact] if holds(negated, point)] == rest
    assert not holds(negated, None)


@given(st.text(alphabet="0123456789.,-+<>=[]()非不是未知东区 \"'ab/\\年date@nulot?", max_size=24))
def test_any_text_is_read_or_refused_inside_itself(text):
    for fact in FACTS:
        position = 0
        try:
            cell = parse(text, fact)
        except EntryError as error:
            position = error.position
        else:
            assert parse(print_cell(cell, fact), fact) == cell

        assert 0 <= position <= len(text)
