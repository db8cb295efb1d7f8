"""The values of a purpose group as text: what a draft keeps while they are not saved."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from pmdesk.domain.fields import Field, FieldKey, Kind, Value

Values = Mapping[FieldKey, Value]


def with_value(values: Values, key: str, value: Value) -> Values:
    """The same values but one; nothing entered is the same as not there."""
    kept = {known: old for known, old in values.items() if known != key}
    return kept if value in (None, "", ()) else {**kept, FieldKey(key): value}


def document(values: Values) -> str:
    """The values as JSON."""
    return json.dumps({key: _plain(value) for key, value in values.items()}, ensure_ascii=False)


def from_document(text: str, fields: Sequence[Field]) -> Values:
    """The values of a draft; fields that the catalogue no longer has are left out."""
    kept = json.loads(text)
    return {field.key: _typed(field.kind, kept[field.key]) for field in fields if field.key in kept}


def _plain(value: Value) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _typed(kind: Kind, plain: object) -> Value:
    if kind is Kind.PERIOD and isinstance(plain, list):
        first, last = (date.fromisoformat(part) if part else None for part in plain)
        return (first, last)
    if kind is Kind.CHOICES and isinstance(plain, list):
        return tuple(str(part) for part in plain)
    if kind is Kind.DATE and isinstance(plain, str):
        return _day(plain)
    return plain if isinstance(plain, str | bool | int) else None


def _day(text: str) -> date | str:
    """The day; what was typed there is not always one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
