"""Cells of further columns as values of the catalogue's fields."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from pmdesk.domain.fields import Field, Kind, Problem, Value
from pmdesk.domain.people import PartyRole
from pmdesk.i18n import N_

# 1001 to 1005 are the codes of a widespread property system's export.
_ROLES: Mapping[str, PartyRole] = {
    **dict.fromkeys(("业主", "户主", "产权人", "业主本人", "owner", "1001"), PartyRole.OWNER),
    **dict.fromkeys(
        ("承租人", "租客", "租户", "承租户", "租赁", "租住", "tenant", "1003"), PartyRole.TENANT
    ),
    **dict.fromkeys(
        (
            *("其他使用人", "使用人", "家庭成员", "家人", "亲属", "住户", "员工", "临时人员"),
            *("其他", "occupant", "1002", "1004", "1005"),
        ),
        PartyRole.OCCUPANT,
    ),
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "unit_use": {
        "住房": "home",
        "公寓": "home",
        "别墅": "home",
        "商业": "shop",
        "店铺": "shop",
        "门面": "shop",
        "写字楼": "office",
        "办公室": "office",
        "车位": "garage",
    },
    "occupancy": {
        "已入住": "self",
        "入住": "self",
        "已出租": "let",
        "租用": "let",
        "空闲": "vacant",
        "空房": "vacant",
        "未入住": "vacant",
    },
}
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")
_AREA_UNIT = re.compile(r"(?:平方米|平米|平|㎡|m2|m²)$", re.IGNORECASE)
_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_SERIAL = re.compile(r"[2-6][0-9]{4}")  # days since 1900, as a date column without its format
_EPOCH = date(1899, 12, 30)


def role(text: str) -> PartyRole | None:
    """Who somebody is in a unit; None when the word or code is not a known one."""
    return _ROLES.get(text.casefold())


def entry(field: Field, text: str) -> Value | Problem:
    """The cell as a value of `field`, or why it is none."""
    value = _READERS.get(field.kind, _as_text)(field, unicodedata.normalize("NFKC", text).strip())
    if value is None:
        return Problem(key=field.key, sentence=N_("Not understood, so it was left out"))
    problems = field.problems(value)
    return problems[0] if problems else value


def _as_text(field: Field, text: str) -> Value:
    del field
    return " ".join(text.split())


def _number(field: Field, text: str) -> Value:
    bare = _AREA_UNIT.sub("", text.replace(",", "").replace(" ", ""))
    if not _NUMBER.fullmatch(bare):
        return None
    return int((Decimal(bare) * 10**field.scale).to_integral_value())


def _date(field: Field, text: str) -> Value:
    del field
    if _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(text))
    found = _DATE.match(text)
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def _choice(field: Field, text: str) -> Value:
    plain = text.casefold()
    for option in field.options:
        if plain in {option.code, option.label.zh.casefold(), option.label.en.casefold()}:
            return option.code
    return _WORDS.get(field.key, {}).get(plain)


def _choices(field: Field, text: str) -> Value:
    codes = [_choice(field, part.strip()) for part in re.split(r"[、,;┋|/]", text) if part.strip()]
    known = tuple(dict.fromkeys(code for code in codes if isinstance(code, str)))
    return known if known and None not in codes else None


def _flag(field: Field, text: str) -> Value:
    del field
    return {"是": True, "有": True, "yes": True, "否": False, "无": False, "no": False}.get(
        text.casefold()
    )


_READERS: Mapping[Kind, Callable[[Field, str], Value]] = {
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.FLAG: _flag,
}
