"""One spelling for each JSON value, so that every byte of a header is under its signature."""

import json
from collections.abc import Sequence
from typing import NoReturn

LONGEST = 1 << 20


class NotCanonicalError(ValueError):
    """The bytes are not the one accepted spelling of a JSON object."""


def canon(value: object) -> bytes:
    """The one spelling of `value`: sorted keys, no blanks, UTF-8."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def parse(raw: bytes) -> dict[str, object]:
    """The object that `raw` spells; NotCanonicalError unless it is its only spelling."""
    if len(raw) > LONGEST:
        raise NotCanonicalError("too long")
    try:
        value = json.loads(
            raw.decode(),
            object_pairs_hook=_distinct,
            parse_float=_refused,
            parse_constant=_refused,
        )
        same = canon(value) == raw
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError("unreadable") from error
    if not isinstance(value, dict) or not same:
        raise NotCanonicalError("another spelling")
    return value


def _distinct(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonicalError("a key twice")
    return found


def _refused(_text: str) -> NoReturn:
    raise NotCanonicalError("only whole numbers")
