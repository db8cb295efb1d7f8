"""What somebody types into a cell of the service plans: how often, how soon, by which ways."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from pmdesk.domain.orders.names import WAYS

Value = int | frozenset[str]  # a number, or ways by their codes


class Aspect(StrEnum):
    """What is promised of a service, and how soon an order is done."""

    VISITS = "visits"  # a year, of one's own accord
    RESPOND = "respond"  # hours until somebody takes care
    WAYS = "ways"
    DONE = "done"  # hours until an order is done: for everybody the same


_PERIODS: Mapping[str, int] = {
    "年": 1,
    "季": 4,
    "季度": 4,
    "月": 12,
    "周": 52,
    "星期": 52,
    "天": 365,
    "日": 365,
    "year": 1,
    "quarter": 4,
    "month": 12,
    "week": 52,
    "day": 365,
}
_EACH = {
    "按需": 0,
    "whenasked": 0,
    "yearly": 1,
    "quarterly": 4,
    "monthly": 12,
    "weekly": 52,
    "daily": 365,
}
_NAMES = "|".join(sorted(_PERIODS, key=len, reverse=True))
_COUNT = r"(?P<count>\d{1,4})(?:次|times?|visits?)?"
_OFTEN = (
    re.compile(rf"{_COUNT}(?:(?:/|每|a|per)(?P<period>{_NAMES}))?"),
    re.compile(rf"每?(?P<period>{_NAMES})(?:{_COUNT})?"),
)
_HOURS = re.compile(
    r"(?P<count>\d{1,4})(?:个)?(?P<unit>小时|时|钟头|hours?|h|天|日|days?|d)?(?:内)?"
)
_DAYS = {"天", "日", "day", "days", "d"}
_BETWEEN = re.compile(r"[、,，;；/+和]|\s+|\band\b")
_OF_DAY = 24


def read(text: str, aspect: Aspect) -> Value | None:
    """What the text means there; None when it cannot be read."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if aspect is Aspect.WAYS:
        return _ways(plain)
    tight = "".join(plain.split())
    return _visits(tight) if aspect is Aspect.VISITS else _hours(tight)


def _visits(text: str) -> int | None:
    if text in _EACH:
        return _EACH[text]
    for form in _OFTEN:
        if found := form.fullmatch(text):
            period = _PERIODS[found["period"]] if found["period"] else 1
            return int(found["count"] or 1) * period
    return None


def _hours(text: str) -> int | None:
    found = _HOURS.fullmatch(text)
    if found is None:
        return None
    return int(found["count"]) * (_OF_DAY if found["unit"] in _DAYS else 1)


def _ways(text: str) -> frozenset[str] | None:
    named = {name.lower(): code for code, words in WAYS.items() for name in (code, *words)}
    wanted, left = set(), text
    for name in sorted(named, key=len, reverse=True):
        if name in left:  # names of several words go first
            left = left.replace(name, ",")
            wanted.add(named[name])
    rest = [one for one in _BETWEEN.split(left) if one]
    return None if rest else frozenset(wanted)
