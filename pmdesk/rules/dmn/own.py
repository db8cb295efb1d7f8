"""What pmdesk wrote beside a table for itself, so that its own files come back as they were."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.rules.dmn.names import OWN
from pmdesk.rules.dmn.tree import Element, first, named, opened

_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The marks of one decision table, by the place of its inputs and rows."""

    policy: str = ""
    facts: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()

    def row(self, place: int) -> Mapping[str, str]:
        """What is marked at the row in that place."""
        return self.rows[place] if place < len(self.rows) else _NOTHING


def marks(data: bytes) -> Mapping[str, Marks]:
    """The marks of each decision, by its id as the reader of models gives it."""
    decisions = enumerate(named(opened(data), "decision"), start=1)
    return {one.get("id") or f"#{number}": _marks(one) for number, one in decisions}


def _marks(decision: Element) -> Marks:
    table = first(decision, "decisionTable")
    if table is None:
        return Marks()
    return Marks(
        policy=_own(table).get("policy", ""),
        facts=tuple(_own(column).get("fact", "") for column in named(table, "input")),
        rows=tuple(_own(rule) for rule in named(table, "rule")),
    )


def _own(element: Element) -> Mapping[str, str]:
    """The attributes of pmdesk's namespace, by their plain names."""
    prefix = f"{{{OWN}}}"
    return {
        key.removeprefix(prefix): value
        for key, value in element.attrib.items()
        if key.startswith(prefix)
    }
