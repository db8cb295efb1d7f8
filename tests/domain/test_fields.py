"""Each kind of field takes its own values, says what is wrong with others, and repeats none."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.fields import (
    Dimension,
    Field,
    FieldKey,
    Home,
    Kind,
    Option,
    RuleUse,
    Sensitivity,
)
from pmdesk.i18n import Words

DAY = date(2026, 3, 2)
WORDS = Words("需", "need")


def field(kind, **rest):
    return Field(
        key=FieldKey("key"),
        label=WORDS,
        kind=kind,
        dimension=Dimension.NEED,
        sensitivity=Sensitivity.GENERAL,
        purposes=("P2",),
        purpose="P2",
        home=Home.ANSWERS,
        retention="R-P2",
        rule_use=RuleUse.YES,
        necessity=WORDS,
        options=tuple(Option(code=code, label=Words(code * 2, code)) for code in ("a", "b")),
        **rest,
    )


GOOD: dict[Kind, list[Any]] = {
    Kind.TEXT: ["x", "x" * 60, "王小明 1-2"],
    Kind.PROSE: ["x", "第一行\n第二行"],
    Kind.PHONE: ["13800001234", "0571-8888666", "1234567"],
    Kind.EMAIL: ["a@b.cn", "a.b+c@d-e.example.cn"],
    Kind.FLAG: [True, False],
    Kind.CHOICE: ["a", "b"],
    Kind.CHOICES: [("a",), ("b", "a")],
    Kind.NUMBER: [0, 5, 10],
    Kind.DATE: [DAY],
    Kind.PERIOD: [(DAY, None), (None, DAY), (DAY, DAY), (DAY, date(2026, 3, 3))],
    Kind.REFERENCE: [],
    Kind.RECORDS: [],
}
BAD: dict[Kind, list[Any]] = {
    Kind.TEXT: [7, "x" * 61, "a\nb", "a\tb", "a\0b", "a\ud83d"],
    Kind.PROSE: [7, "x" * 61, "a\0b", "a\ud83d"],
    Kind.PHONE: ["123456", "1" * 16, "138 0000", "１２３４５６７", 13800001234],
    Kind.EMAIL: ["a", "a@b", "a b@c.cn", "@c.cn", "a@@c.cn", "x" * 60 + "@b.cn", 7],
    Kind.FLAG: [1, 0, "true"],
    Kind.CHOICE: ["c", "A", 1],
    Kind.CHOICES: [("c",), ("a", "c"), ("a", "a"), "a"],
    Kind.NUMBER: [-1, 11, "5", True],
    Kind.DATE: ["2026-03-02", 46083, True],
    Kind.PERIOD: [
        DAY,
        (DAY,),
        (DAY, DAY, DAY),
        (DAY, date(2026, 3, 1)),
        ("2026", None),
        ("a", "b"),
    ],
    Kind.REFERENCE: ["3-2-501"],
    Kind.RECORDS: ["x"],
}


def made(kind):
    return field(kind, low=0, high=10)


@pytest.mark.parametrize("kind", Kind)
def test_a_field_takes_its_values(kind):
    for value in GOOD[kind]:
        assert made(kind).problems(value) == (), value


@pytest.mark.parametrize("kind", Kind)
def test_a_field_refuses_other_values_with_one_sentence(kind):
    for value in BAD[kind]:
        (found,) = made(kind).problems(value)
        assert found.key == "key"
        assert found.sentence.format(**found.places)
        assert not found.warning


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("blank", [None, "", (), (None, None)])
def test_nothing_is_wrong_with_nothing_unless_it_is_required(kind, blank):
    assert made(kind).problems(blank) == ()

    (found,) = replace(made(kind), required=True).problems(blank)
    assert "fill" in found.sentence


def test_no_and_zero_are_answers():
    assert replace(made(Kind.FLAG), required=True).problems(False) == ()
    assert replace(made(Kind.NUMBER), required=True).problems(0) == ()


def test_a_number_has_limits_only_where_the_field_sets_them():
    assert field(Kind.NUMBER).problems(-(10**9)) == ()
    low, high = (made(Kind.NUMBER).problems(value)[0] for value in (-1, 11))
    assert (low.places, high.places) == ({"low": 0.0}, {"high": 10.0})


def test_limits_are_said_in_the_unit_of_the_field():
    area = field(Kind.NUMBER, low=100, scale=2)

    assert area.problems(99)[0].places == {"low": 1.0}


def test_an_option_has_its_label_and_one_that_left_its_code():
    assert field(Kind.CHOICE).codes == {"a", "b"}
    assert field(Kind.CHOICE).option("a") == Words("aa", "a")
    assert field(Kind.CHOICE).option("gone") == Words("gone", "gone")


VALUES = st.one_of(
    st.text(max_size=70),
    st.booleans(),
    st.integers(),
    st.dates(),
    st.lists(st.sampled_from("abc"), max_size=3).map(tuple),
    st.tuples(st.none() | st.dates(), st.none() | st.dates()),
)


@given(st.sampled_from(Kind), VALUES)
def test_a_problem_never_repeats_what_was_typed(kind, value):
    for problem in made(kind).problems(value):
        assert set(problem.places) <= {"count", "low", "high"}
        assert str(value) not in problem.sentence or len(str(value)) < 3
