"""Cells of the profile, and the plain refusal with its character of everything else."""

from datetime import date
from decimal import Decimal

import pytest

from pmdesk.errors import EntryError
from pmdesk.rules.dmn.entries import read_tests, read_value
from pmdesk.rules.dmn.scan import LONGEST
from pmdesk.rules.dmn.unary import Point
from pmdesk.rules.dmn.values import Kind

N, S, B, D = Kind.NUMBER, Kind.STRING, Kind.BOOLEAN, Kind.DATE


def num(text):
    return Decimal(text)


@pytest.mark.parametrize("text", ["", "-", "  -\n", " // nothing asked\n", "/* a\nb */ -"])
def test_an_empty_cell_and_a_dash_fit_everything_null_too(text):
    tests = read_tests(text, N)
    assert tests.is_any
    assert tests.holds(None)
    assert tests.holds(num("5"))


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("5", "5", "5.0001"),
        ("0.010", "0.01", "0.1"),
        (".5", "0.5", "5"),
        ("-3", "-3", "3"),
        ("- 3", "-3", "3"),
        ("< 5", "4.99", "5"),
        ("<=5", "5", "5.01"),
        ("> -1", "0", "-1"),
        (">=\t5", "5", "4"),
        ("[1..3]", "3", "3.1"),
        ("[1..3)", "1", "3"),
        ("]1..3]", "3", "1"),
        ("(1..3[", "2", "1"),
        ("[1.5..2.5]", "1.5", "1.4"),
        ("[ -2 .. -1 ]", "-1", "0"),
        ("1, 3 , [7..9]", "8", "2"),
        ("not(1, 3)", "2", "3"),
        ("not ( < 5 )", "5", "4"),
        ("1 // one\n, 2 /* two */", "2", "3"),
    ],
)
def test_numbers_are_exact(text, inside, outside):
    tests = read_tests(text, N)
    assert tests.holds(num(inside))
    assert not tests.holds(num(outside))


def test_a_range_the_wrong_way_round_fits_nothing():
    assert not read_tests("[5..1]", N).holds(num("3"))


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("5", False),
        ("< 5", False),
        ("null", True),
        ("5, null", True),
        ("not(5)", True),
        ("not(< 5)", False),
        ("not(5, < 3)", False),
        ("not(null)", False),
        ("not(5, null)", False),
    ],
)
def test_null_follows_three_valued_logic(text, fits):
    assert read_tests(text, N).holds(None) is fits


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"a"', "a"),
        ('"全年"', "全年"),
        (r'"a\"b\\c"', 'a"b\\c'),
        (r'"\u4e2d\n"', "中\n"),
        (r'"\U01F600"', "\U0001f600"),
        (r'"\uD83D\uDE00"', "\U0001f600"),
        ('"// no comment"', "// no comment"),
        ('""', ""),
    ],
)
def test_texts_and_their_escapes(text, value):
    assert read_tests(text, S).tests == (Point(value),)


def test_texts_compare_by_their_characters():
    assert read_tests('["b".."d")', S).holds("c")
    assert not read_tests('< "b"', S).holds("b")
    assert not read_tests('"A"', S).holds("a")


@pytest.mark.parametrize(
    "text", ['date("2026-02-28")', 'date ( "2026-02-28" )', '@"2026-02-28"', '<= @"2026-02-28"']
)
def test_days(text):
    tests = read_tests(text, D)
    assert tests.holds(date(2026, 2, 28))
    assert not tests.holds(date(2026, 3, 1))


def test_yes_and_no():
    assert read_tests("true", B).holds(value=True)
    assert not read_tests("true", B).holds(value=False)
    assert read_tests("not(true)", B).holds(value=False)


@pytest.mark.parametrize(
    ("text", "kind", "at", "sentence"),
    [
        ("VIP", S, 1, "without quotation marks"),
        ('"a", VIP', S, 6, "without quotation marks"),
        ("> dateE", D, 3, "without quotation marks"),
        ("truely", B, 1, "without quotation marks"),
        ("老人", S, 1, "without quotation marks"),
        ("“a”", S, 1, "sign is not known"),
        ("1 + 2", N, 3, "cannot calculate"),
        ("a - 1", N, 1, "without quotation marks"),
        ("--5", N, 1, "cannot calculate"),
        ("?", N, 1, "question mark"),
        ("5 ?", N, 3, "question mark"),
        ("!= 5", N, 1, "sign is not known"),
        ("= 5", N, 1, "sign is not known"),
        ("5 = 5", N, 3, "sign is not known"),
        ("abs(5)", N, 1, "call a function"),
        ("date(2026,1,31)", D, 1, "call a function"),
        ('list contains(?, "a")', S, 1, "call a function"),
        ('time("10:00:00")', D, 1, "times and durations"),
        ('date and time("2026-01-01T10:00:00")', D, 1, "times and durations"),
        ('duration("P1D")', D, 1, "times and durations"),
        ('@"10:00:00"', D, 1, "times and durations"),
        ('@"P1D"', D, 1, "times and durations"),
        ('@"2026-01-01T10:00:00"', D, 1, "times and durations"),
        ('date("2026-02-30")', D, 1, "no such date"),
        ('date("26-02-03")', D, 1, "no such date"),
        ('date("2026-02-03"', D, 18, "closing bracket"),
        ("@5", D, 1, "sign is not known"),
        ("2..5", N, 2, "does not belong"),
        ("[2,5]", N, 3, "two dots"),
        ("[2..5", N, 6, "closing bracket"),
        ("(2..5 7", N, 7, "closing bracket"),
        ("not(5", N, 6, "closing bracket"),
        ("not(not(5))", N, 5, "inside “not”"),
        ("5, not(3)", N, 4, "beside other values"),
        ("not(5), 3", N, 1, "beside other values"),
        ("not(5) 3", N, 8, "does not belong"),
        ("5,", N, 3, "something is missing"),
        ("<", N, 2, "something is missing"),
        ("12px", N, 1, "sign is not known"),
        ("1.5.2", N, 1, "sign is not known"),
        ("5 6", N, 3, "does not belong"),
        ('"a" "b"', S, 5, "does not belong"),
        ('"a', S, 1, "closing quotation mark"),
        ('"a\nb"', S, 1, "closing quotation mark"),
        (r'"a\x"', S, 3, "backslash"),
        (r'"\UFFFFFF"', S, 9, "backslash"),
        (r'"\uD83D"', S, 1, "half a character"),
        ('"5"', N, 1, "only numbers"),
        ("5", S, 1, "only texts"),
        ('5, "a"', None, 4, "only numbers"),
        ("< true", B, 3, "less and more"),
        ("< null", N, 3, "less and more"),
        ("/* open", N, 1, "cannot calculate"),
        ("9" * 35, N, 1, "more than 34 digits"),
        ("5" + " " * LONGEST, N, LONGEST + 1, "too long"),
    ],
)
def test_what_is_outside_is_refused_at_its_character(text, kind, at, sentence):
    with pytest.raises(EntryError) as refused:
        read_tests(text, kind)
    assert refused.value.position == at - 1
    assert sentence in refused.value.sentence.format_map(
        {"position": at, "most": 34, "kind": getattr(refused.value.places.get("kind"), "en", "")}
    )


@pytest.mark.parametrize(
    ("text", "value"), [('"a"', "a"), (" -1.50 ", num("-1.5")), ("null", None), ("", None)]
)
def test_an_output_is_one_value_and_nothing_where_it_is_empty(text, value):
    assert read_value(text, None) == value


@pytest.mark.parametrize("text", ["1, 2", "-", "x", "1 2"])
def test_an_output_is_no_more_than_one_value(text):
    with pytest.raises(EntryError):
        read_value(text, None)
