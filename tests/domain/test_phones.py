"""Telephone numbers are read as people write them, and never guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.phones import parsed_phones

MOBILE = "13800001234"


@pytest.mark.parametrize(
    "typed",
    [
        "13800001234",
        " 138 0000 1234 ",
        "138-0000-1234",
        "+86 138 0000 1234",
        "+86-13800001234",
        "008613800001234",
        "8613800001234",
        "１３８００００１２３４",
        "13800001234.0",
        "1.3800001234E+10",
        "'13800001234",
        "(+86)13800001234",
    ],
)
def test_one_mobile_number_is_recognised(typed):
    assert parsed_phones(typed) == ((MOBILE,), ())


@pytest.mark.parametrize("between", ["、", ",", "，", "/", ";", "；", " ", "\n", " / ", "|"])
def test_several_numbers_in_one_cell_are_parted(between):
    found = parsed_phones(f"13800001234{between}13900001234")

    assert found == (("13800001234", "13900001234"), ())


def test_spaced_numbers_beside_each_other_are_parted():
    assert parsed_phones("138 0000 1234 139 0000 1234").numbers == ("13800001234", "13900001234")


def test_a_repeated_number_is_kept_once():
    assert parsed_phones("13800001234、138-0000-1234").numbers == (MOBILE,)


def test_an_empty_cell_is_no_problem():
    assert parsed_phones("  ") == ((), ())
    assert parsed_phones("").is_usable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0571-88886666", "0571-88886666"),
        ("057188886666", "0571-88886666"),
        ("(0571)88886666", "0571-88886666"),
        ("010-66668888-801", "010-66668888-801"),
        ("021 6666 8888", "021-66668888"),
    ],
)
def test_a_landline_number_is_kept_with_a_warning(typed, kept):
    found = parsed_phones(typed)

    assert found.numbers == (kept,)
    assert found.is_usable
    assert [problem.warning for problem in found.problems] == [True]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1.38E+10", "last digits are lost"),
        ("1.3800E+10", "last digits are lost"),
        ("1E+10", "last digits are lost"),
        ("1380000123", "11 digits"),
        ("12345678901", "11 digits"),
        ("88886666", "area code"),
        ("王13800001234", "only digits"),
        ("无", "only digits"),
        ("-", "only digits"),
        ("99", "no telephone number"),
        ("2026-03-02", "area code"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(typed, words):
    found = parsed_phones(typed)

    assert found.numbers == ()
    assert not found.is_usable
    assert words in found.problems[0].sentence


def test_a_good_number_beside_a_bad_one_is_kept_and_the_bad_one_named():
    found = parsed_phones("13800001234 1390000")

    assert found.numbers == (MOBILE,)
    assert found.problems[0].places == {"count": 7}


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from([" ", "-", ""]))
@settings(max_examples=100)
def test_every_mobile_number_survives_its_spellings(number, gap):
    spelt = gap.join((number[:3], number[3:7], number[7:]))

    assert parsed_phones("+86" + gap + spelt).numbers == (number,)


@given(st.text(alphabet="0123456789-+ ()E./、王", max_size=30))
@settings(max_examples=300)
def test_kept_numbers_read_again_are_the_same_and_reasons_hold_counts_only(text):
    found = parsed_phones(text)

    assert parsed_phones("、".join(found.numbers)).numbers == found.numbers
    for problem in found.problems:
        assert set(problem.places) <= {"count"}
        assert all(isinstance(value, int) and value < 100 for value in problem.places.values())
