"""Reading untrusted JSON objects field by field, each within its limits."""

import re
from datetime import UTC, datetime

Doc = dict[str, object]


class ShapeError(ValueError):
    """A field is missing, unknown or out of its limits."""


class NewerShapeError(ValueError):
    """A newer pmdesk wrote this."""


def require(holds: bool) -> None:
    """ShapeError unless it holds."""
    if not holds:
        raise ShapeError


def exactly(value: object, keys: set[str]) -> Doc:
    """The object with these keys and no other."""
    if not isinstance(value, dict) or value.keys() != keys:
        raise ShapeError
    return value


def hexed(value: object, size: int) -> str:
    """So many bytes in hex."""
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", value):
        raise ShapeError
    return value


def number(value: object, least: int, most: int) -> int:
    """A whole number between the two."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ShapeError
    return value


def word(value: object, longest: int = 64) -> str:
    """A short text on one line."""
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise ShapeError
    return value


def moment(value: object) -> datetime:
    """A moment in UTC, in the one spelling."""
    try:
        found = datetime.fromisoformat(word(value))
    except ValueError as error:
        raise ShapeError from error
    require(found.tzinfo is not None and spelled(found) == value)
    return found


def spelled(at: datetime) -> str:
    """How a moment is written."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
