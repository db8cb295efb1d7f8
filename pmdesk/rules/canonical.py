"""A table as canonical JSON, and back; what does not fit exactly is refused."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

from pmdesk.errors import EntryError, PmdeskError
from pmdesk.i18n import N_, Words
from pmdesk.rules.cells import ANY, Cell
from pmdesk.rules.facts import Fact, resolved
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import HitPolicy, Rule
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.words import print_cell

FORMAT = 1
_TABLE = frozenset({"format", "facts", "policy", "rules", "scheme"})
_RULE = frozenset({"id", "cells", "tier", "tags", "reason", "legal"})
_NAMED = frozenset({"key", "zh", "en"})
_WHOLE = Words(zh="整张表", en="the table")
_COLUMNS = Words(zh="列", en="the columns")
_TIERS = Words(zh="等级和标签", en="the tiers")
_ROW = Words(zh="某一行", en="a row")
_POLICY = Words(zh="命中方式", en="the hit policy")

Json = Mapping[str, object]
Parts = tuple[tuple[Fact, ...], tuple[Rule, ...], Scheme, HitPolicy]


def written(facts: Sequence[Fact], rules: Sequence[Rule], scheme: Scheme, policy: HitPolicy) -> str:
    """The parts of a table as canonical JSON: equal parts give equal text."""
    content = {
        "format": FORMAT,
        "facts": [fact.key for fact in facts],
        "policy": policy.value,
        "rules": [_written(rule, facts) for rule in rules],
        "scheme": {
            "tiers": [_named(*pair) for pair in scheme.tiers],
            "tags": [_named(*pair) for pair in scheme.tags],
        },
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str, facts: Iterable[Fact]) -> Parts:
    """The parts of the table that `text` describes, its facts being among `facts`."""
    content = _object(_loaded(text), _TABLE, _WHOLE)
    if content["format"] != FORMAT:
        raise PmdeskError(
            N_("This table was written by a newer pmdesk."), N_("Update pmdesk and try again.")
        )
    by_key = {fact.key: fact for fact in facts}
    columns = tuple(_fact(key, by_key) for key in _strings(content["facts"], _COLUMNS))
    scheme = _object(content["scheme"], frozenset({"tiers", "tags"}), _TIERS)
    policy = _string(content["policy"], _POLICY)
    if policy not in set(HitPolicy):
        _refuse(_POLICY)
    return (
        columns,
        tuple(_rule(item, columns) for item in _list(content["rules"], _ROW)),
        Scheme(tiers=_names(scheme["tiers"]), tags=_names(scheme["tags"])),
        HitPolicy(policy),
    )


def _written(rule: Rule, facts: Sequence[Fact]) -> Json:
    cells = zip(facts, rule.cells, strict=True)
    return {
        "id": rule.id,
        "cells": {fact.key: print_cell(cell, fact) for fact, cell in cells if not cell.is_any},
        "tier": rule.tier,
        "tags": sorted(rule.tags),
        "reason": rule.reason,
        "legal": rule.legal,
    }


def _named(key: str, words: Words) -> Json:
    return {"key": key, "zh": words.zh, "en": words.en}


def _loaded(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        _refuse(_WHOLE)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError
    return content


def _fact(key: str, by_key: Mapping[str, Fact]) -> Fact:
    fact = resolved(key, by_key)
    if fact is None:
        raise PmdeskError(
            N_("The table asks for “{name}”, a field that is no longer in the catalogue."),
            N_("Remove this column, or bring the field back."),
            name=key,
        )
    return fact


def _rule(item: object, facts: Sequence[Fact]) -> Rule:
    content = _object(item, _RULE, _ROW)
    rule_id, tier, reason, legal = (
        _string(content[key], _ROW) for key in ("id", "tier", "reason", "legal")
    )
    cells = content["cells"]
    if not isinstance(cells, dict) or not cells.keys() <= {fact.key for fact in facts}:
        _refuse(_ROW)
    return Rule(
        id=rule_id,
        cells=tuple(_cell(cells.get(fact.key), fact, rule_id) for fact in facts),
        tier=tier,
        tags=frozenset(_strings(content["tags"], _ROW)),
        reason=reason,
        legal=legal,
    )


def _cell(text: object, fact: Fact, rule_id: str) -> Cell:
    if text is None:
        return ANY
    try:
        return parse(_string(text, _ROW), fact)
    except EntryError as error:
        places = {**error.places, "row": rule_id, "column": fact.label}
        places.pop("position")
        raise EntryError(
            N_("Row “{row}”, column “{column}”: the cell cannot be read."),
            error.sentence,
            position=error.position,
            **places,
        ) from None


def _names(items: object) -> tuple[tuple[str, Words], ...]:
    named = [_object(item, _NAMED, _TIERS) for item in _list(items, _TIERS)]
    return tuple(
        (
            _string(item["key"], _TIERS),
            Words(zh=_string(item["zh"], _TIERS), en=_string(item["en"], _TIERS)),
        )
        for item in named
    )


def _object(item: object, keys: frozenset[str], where: Words) -> Json:
    if not isinstance(item, dict) or item.keys() != keys:
        _refuse(where)
    return item


def _list(item: object, where: Words) -> list[object]:
    return item if isinstance(item, list) else _refuse(where)


def _strings(item: object, where: Words) -> tuple[str, ...]:
    return tuple(_string(part, where) for part in _list(item, where))


def _string(item: object, where: Words) -> str:
    return item if isinstance(item, str) else _refuse(where)


def _refuse(where: Words) -> NoReturn:
    raise PmdeskError(
        N_("This table cannot be read: something is wrong with {where}."),
        N_("Take an earlier version of the table."),
        where=where,
    )
