"""The kinds of orders and the words they are known by, read from `resources/orders`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from pmdesk.assets import asset
from pmdesk.domain.orders.kinds import Kind, Kinds, Service, Sign, Suggestion, Urgency
from pmdesk.i18n import Words


@cache
def shipped() -> Kinds:
    """All kinds in the order of the file."""
    with asset("orders/kinds.toml").open("rb") as file:
        entry = tomllib.load(file)
    return Kinds(
        kinds=tuple(_kind(one) for one in entry["kind"]),
        signs=tuple(_sign(one) for one in entry["sign"]),
        harmless=tuple(entry["harmless"]),
    )


def suggested(words: str, kind: str = "") -> Suggestion:
    """What the description sounds like, to be said while somebody types; a person decides."""
    return shipped().suggested(words, shipped().of(kind))


def kind_name(code: str) -> Words:
    """What the kind is called; the bare code for one of an import or a newer version."""
    kind = shipped().of(code)
    return kind.name if kind else Words(code, code)


def _kind(entry: Mapping[str, Any]) -> Kind:
    return Kind(
        code=entry["code"],
        service=Service(entry["service"]),
        name=Words(**entry["name"]),
        urgency=_urgency(entry.get("urgency", "normal")),
        public=entry.get("public", False),
    )


def _sign(entry: Mapping[str, Any]) -> Sign:
    told = entry.get("urgency")
    return Sign(
        words=tuple(entry["words"]),
        unless=tuple(entry.get("unless", ())),
        kind=entry.get("kind", ""),
        urgency=None if told is None else _urgency(told),
    )


def _urgency(name: str) -> Urgency:
    return Urgency[name.upper()]
