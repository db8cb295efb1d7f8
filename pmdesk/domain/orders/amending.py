"""What a correction changed of an order, as its history keeps it: codes and moments, no words."""

import json
from collections.abc import Mapping
from datetime import datetime

from pmdesk.domain.orders.order import Order

KIND, URGENCY, WORDS, APPOINTMENT, DUE = PARTS = (
    "kind",
    "urgency",
    "words",
    "appointment",
    "due_at",
)
Change = tuple[str, str]  # before and after; both empty for words, which are told nowhere else


def changed(before: Order, after: Order) -> tuple[str, ...]:
    """The parts of it that are not as they were."""
    return tuple(name for name in PARTS if getattr(before, name) != getattr(after, name))


def noted(before: Order, after: Order) -> str:
    """What changed, for the history; `read` reads it again."""
    found = {name: (_code(before, name), _code(after, name)) for name in changed(before, after)}
    return json.dumps(found, separators=(",", ":")) if found else ""


def read(words: str) -> Mapping[str, Change]:
    """What such words tell; nothing for those of an earlier version, which said nothing."""
    if not words.startswith("{"):
        return {}
    return {name: (before, after) for name, (before, after) in json.loads(words).items()}


def _code(order: Order, name: str) -> str:
    value = getattr(order, name)
    if name == WORDS or value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)
