"""Values as they are written in DMN and in JSON, numbers in full and without needless zeros."""

import json
import re
from datetime import date
from decimal import Decimal

from pmdesk.rules.dmn.values import Value

_HALF = re.compile("[\ud800-\udfff]")
_WIDEST = 400  # digits that a number of a model can need; longer ones keep their exponent


def spelled(value: Value) -> str:
    """The value as a literal of FEEL."""
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    return json_text(value)


def json_text(value: object) -> str:
    """The value as JSON: exact decimals, days as ISO dates, nothing but what JSON knows."""
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if isinstance(value, dict):
        pairs = (f"{_quoted(str(key))}: {json_text(value[key])}" for key in value)
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(json_text(item) for item in value) + "]"
    return _quoted(value) if isinstance(value, str) else json.dumps(value)


def number_text(number: Decimal) -> str:
    """The number in full, without trailing zeros behind the point."""
    if not number:
        return "0"
    if abs(number.adjusted()) > _WIDEST or len(number.as_tuple().digits) > _WIDEST:
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _quoted(text: str) -> str:
    """The text as JSON; half characters, which no encoding knows, as their codes."""
    return json.dumps(text, ensure_ascii=_HALF.search(text) is not None)
