"""What the legality review is made of, read from `resources/starters/review.toml`."""

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmdesk.assets import asset
from pmdesk.domain.reviews import ItemKind, ReviewItem
from pmdesk.i18n import Words

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People whom a reviewer thinks of."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Fields that a row may ask for only to give these tags, and no tier beside the lowest."""

    item: str
    fields: frozenset[str]
    tags: frozenset[str]
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Parts that no row asks for together; each part is met by any of its fields."""

    parts: tuple[frozenset[str], ...]  # of fields
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """Words that are out of place in what rules say, and the item that minds them."""

    item: str
    why: Words
    listed: tuple[str, ...]
    harmless: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A way of speaking about people that stands for what is not to decide, and why."""

    item: str
    words: tuple[str, ...]
    why: Words
    instead: Words
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two things that no row combines, as people say them."""

    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Better:
    """What serves in place of a refused criterion, where the sentence is about this."""

    keys: tuple[str, ...]  # of refused items
    words: tuple[str, ...]
    about: tuple[str, ...]  # none: whatever it is about
    instead: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Words that people use for a field of the catalogue."""

    field: str
    words: tuple[str, ...]


@functools.cache
def items() -> tuple[ReviewItem, ...]:
    """The 26 items in order."""
    return tuple(
        ReviewItem(
            code=entry["code"],
            title=Words(**entry["title"]),
            question=Words(**entry["question"]),
            kind=ItemKind(entry["kind"]),
            law=entry["law"],
            remedy=Words(**entry["remedy"]),
        )
        for entry in _read()["item"]
    )


def item(code: str) -> ReviewItem:
    """The item of that code."""
    return next(one for one in items() if one.code == code)


@functools.cache
def groups() -> tuple[Group, ...]:
    """Whom the reviewer thinks of, one by one."""
    return tuple(Group(code=e["code"], name=Words(**e["name"])) for e in _read()["group"])


@functools.cache
def limits() -> tuple[Limit, ...]:
    """What fields may decide that are open to rules for one thing only."""
    return tuple(
        Limit(
            item=e["item"],
            fields=frozenset(e["fields"]),
            tags=frozenset(e["tags"]),
            why=Words(**e["why"]),
        )
        for e in _read()["limit"]
    )


@functools.cache
def retaliation() -> frozenset[str]:
    """Fields about arrears, complaints, refusals and rights."""
    return frozenset(_read()["retaliation"]["fields"])


@functools.cache
def combinations() -> tuple[Combination, ...]:
    """What no row asks for together."""
    return tuple(
        Combination(parts=tuple(frozenset(part) for part in e["parts"]), why=Words(**e["why"]))
        for e in _read()["combination"]
    )


@functools.cache
def word_lists() -> tuple[WordList, ...]:
    """What names, reasons and notes do not say."""
    return tuple(
        WordList(
            item=e["item"],
            why=Words(**e["why"]),
            listed=tuple(e["listed"]),
            harmless=tuple(e["harmless"]),
        )
        for e in _read()["words"]
    )


@functools.cache
def denials() -> tuple[str, ...]:
    """A clause with one of these only says that nothing depends on it."""
    return _strings(_read()["denial"]["listed"])


@functools.cache
def proxies() -> tuple[Proxy, ...]:
    """Ways of speaking about people that stand for what is not to decide."""
    return tuple(
        Proxy(
            item=e["item"],
            words=_strings(e["words"]),
            why=Words(**e["why"]),
            instead=Words(**e["instead"]),
            law=e["law"],
        )
        for e in _read()["proxy"]
    )


@functools.cache
def pairs() -> tuple[Pair, ...]:
    """Two things in one sentence that no row combines."""
    return tuple(
        Pair(first=_strings(e["first"]), second=_strings(e["second"])) for e in _read()["pair"]
    )


@functools.cache
def betters() -> tuple[Better, ...]:
    """What to offer for a wish rather than what is said of the word in general."""
    return tuple(
        Better(
            keys=_strings(e["keys"]),
            words=_strings(e["words"]),
            about=_strings(e["about"]),
            instead=Words(**e["instead"]),
        )
        for e in _read()["better"]
    )


@functools.cache
def services() -> tuple[Service, ...]:
    """What people call the fields that rules may read."""
    return tuple(Service(field=e["field"], words=_strings(e["words"])) for e in _read()["serves"])


def _strings(entries: Sequence[str]) -> tuple[str, ...]:
    return tuple(entries)


@functools.cache
def _read() -> Entry:
    with asset("starters/review.toml").open("rb") as file:
        return tomllib.load(file)
