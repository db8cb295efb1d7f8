"""The kinds of records, read from `resources/records`: one file for each form, in two languages."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pmdesk.assets import asset
from pmdesk.domain.fields import (
    Field,
    Kind,
    Option,
    record_field,
)
from pmdesk.domain.records import Grid, RecordKind, Section
from pmdesk.errors import NotFoundError
from pmdesk.i18n import N_, Words

Entry = Mapping[str, Any]

_PROSE = 4000  # characters of a longer answer
_NEED = Words("合规留痕", "Proof of compliance")


@cache
def kinds() -> tuple[RecordKind, ...]:
    """All kinds, in the order of their files' `order`."""
    found = []
    for path in sorted(asset("records").glob("*.toml")):
        with path.open("rb") as file:
            found.append(tomllib.load(file))
    return tuple(_kind(entry) for entry in sorted(found, key=lambda entry: entry["order"]))


def kind(code: str) -> RecordKind:
    """The kind of that code."""
    for one in kinds():
        if one.code == code:
            return one
    raise NotFoundError(
        N_("This pmdesk does not know this kind of record."), N_("Install the newest pmdesk.")
    )


def _kind(entry: Entry) -> RecordKind:
    return RecordKind(
        code=entry["code"],
        edition=entry["edition"],
        title=Words(**entry["title"]),
        use=Words(**entry["use"]),
        source=Words(**entry["source"]),
        prefix=entry["prefix"],
        keeps_months=entry["keeps_months"],
        second_person=entry["second_person"],
        headline=entry["headline"],
        subject=entry.get("subject", ""),
        sections=tuple(_section(one) for one in entry["section"]),
    )


def _section(entry: Entry) -> Section:
    return Section(
        key=entry["key"],
        title=Words(**entry["title"]),
        parts=tuple(_grid(part) if "column" in part else _field(part) for part in entry["part"]),
        note=_words(entry, "note"),
    )


def _grid(entry: Entry) -> Grid:
    return Grid(
        key=entry["key"],
        label=Words(**entry["label"]),
        rows=_options(entry["row"] if "row" in entry else _questions(entry["rows"])),
        columns=tuple(_field(column) for column in entry["column"]),
    )


def _questions(name: str) -> Any:
    """The rows of a grid whose list is a data file of its own."""
    return tomllib.loads(asset(name).read_text(encoding="utf-8"))["item"]


def _field(entry: Entry) -> Field:
    kind = Kind(entry["kind"])
    label = Words(**entry["label"])
    return replace(
        record_field(entry["key"], label, kind, retention="R-PIA", necessity=_NEED),
        options=_options(entry.get("option", ())),
        required=entry.get("required", False),
        longest=entry.get("longest", _PROSE if kind is Kind.PROSE else 200),
        low=entry.get("low"),
        high=entry.get("high"),
        unit=_words(entry, "unit"),
        hint=_words(entry, "hint"),
    )


def _options(entries: Any) -> tuple[Option, ...]:
    return tuple(Option(code=one["code"], label=Words(one["zh"], one["en"])) for one in entries)


def _words(entry: Entry, key: str) -> Words | None:
    return Words(**entry[key]) if key in entry else None
