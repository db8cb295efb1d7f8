"""The values of DMN models: exact numbers, texts, yes and no, days, and null."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from pmdesk.i18n import Words

Value: TypeAlias = Decimal | str | bool | date | None


class Kind(StrEnum):
    """What kind of value stands in a column."""

    NUMBER = "number"
    STRING = "string"
    BOOLEAN = "boolean"
    DATE = "date"


KINDS = {
    Kind.NUMBER: Words(zh="数字", en="numbers"),
    Kind.STRING: Words(zh="文字", en="texts"),
    Kind.BOOLEAN: Words(zh="true 或 false", en="true or false"),
    Kind.DATE: Words(zh="日期", en="days"),
}
_PYTHON: dict[type, Kind] = {
    Decimal: Kind.NUMBER,
    str: Kind.STRING,
    bool: Kind.BOOLEAN,
    date: Kind.DATE,
}


def kind_of(value: object) -> Kind | None:
    """The kind of a value; None for null and for what no column can hold."""
    return _PYTHON.get(type(value))


def conformed(value: object, kind: Kind) -> Value:
    """`value` where it is of this kind, or else null, as DMN has it."""
    if kind_of(value) is not kind:
        return None
    return value  # type: ignore[return-value]  # its kind says that it is a Value


def of_json(value: object, kind: Kind) -> Value:
    """What a JSON value means where this kind is expected; days are ISO dates."""
    if kind is Kind.DATE and isinstance(value, str):
        return _day(value)
    return conformed(value, kind)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None
