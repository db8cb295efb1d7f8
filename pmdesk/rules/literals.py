"""Reads the numbers and dates of a cell, and turns them into bounds of whole steps."""

import math
import re
from datetime import date
from fractions import Fraction

from pmdesk.errors import EntryError
from pmdesk.i18n import N_
from pmdesk.rules.facts import Fact

Bound = Fraction
LARGEST = 10**15  # far below what an SQL integer holds, so a bound can still be moved by one

_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)", re.ASCII)
_DATE = re.compile(
    r"""(?P<call>date\s*\(\s*"|@")?
    (?P<year>\d{4})(?P<mark>[-/年])(?P<month>\d{1,2})[-/月](?P<day>\d{1,2})日?
    (?(call)"(?P<end>\s*\))?)""",
    re.ASCII | re.VERBOSE,
)


def closest_low(bound: Bound, *, closed: bool = True) -> int:
    """The first whole step at or above `bound`, or above it when it does not belong."""
    return math.ceil(bound) if closed else math.floor(bound) + 1


def closest_high(bound: Bound, *, closed: bool = True) -> int:
    """The first whole step that lies beyond `bound`, or at it when it does not belong."""
    return math.floor(bound) + 1 if closed else math.ceil(bound)


def read_number(text: str, at: int, fact: Fact) -> tuple[Bound, int] | None:
    """The number at `at` in steps of the fact's scale, and where it ends."""
    if _THOUSANDS.match(text, at):
        raise EntryError(
            N_("From character {position}: is this one number or several?"),
            N_("Write 1000 without a comma, or a space after the comma."),
            position=at,
        )
    found = _NUMBER.match(text, at)
    if found is None:
        return None
    number = Fraction(found.group()) * 10**fact.scale
    if abs(number) > LARGEST:
        raise EntryError(N_("From character {position}: this number is too large."), position=at)
    return number, found.end()


def read_date(text: str, at: int, _fact: Fact) -> tuple[Bound, int] | None:
    """The date at `at` as a count of days, and where it ends."""
    found = _DATE.match(text, at)
    if found is None or bool(found["end"]) != (found["call"] or "").startswith("date"):
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise EntryError(
            N_("From character {position}: there is no such date."), position=at
        ) from None
    return Fraction(day.toordinal()), found.end()
