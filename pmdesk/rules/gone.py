"""Stands in for what a stored table asks and the catalogue has no more, so that it opens."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pmdesk.errors import PmdeskError
from pmdesk.i18n import Words
from pmdesk.rules.facts import Fact, FactType, resolved
from pmdesk.rules.parse import parse

_SCALE = 6  # of a number nothing more is known of
_GONE = Words(zh="（已停用）{name}", en="(no longer there) {name}")


def with_gone(text: str, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts, and a stand-in for each that the canonical JSON asks for and that is not there.

    A fact some of whose options are gone has them again, marked. Nothing of the table is lost: it
    can be opened, and the marked columns and options can be taken out.
    """
    by_key = {fact.key: fact for fact in facts}
    for key, cells in _columns(text):
        fact = resolved(key, by_key)
        by_key[key] = _stand_in(key, cells) if fact is None else _with_options(fact, cells)
    return tuple(by_key.values())


def gone(facts: Iterable[Fact], offered: Iterable[Fact]) -> tuple[Fact, ...]:
    """Those of `facts` that are not offered as they are."""
    by_key = {fact.key: fact for fact in offered}
    return tuple(fact for fact in facts if resolved(fact.key, by_key) != fact)


def _columns(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each key that the table asks for, with the cells of its column; a damaged table has none."""
    try:
        content = json.loads(text)
        keys, rules = content["facts"], content["rules"]
        columns = {key: tuple(r["cells"][key] for r in rules if key in r["cells"]) for key in keys}
    except (ValueError, TypeError, KeyError, RecursionError):
        return  # the reader of tables says it better
    yield from columns.items()


def _stand_in(key: str, cells: Sequence[str]) -> Fact:
    label = Words(*(words.format(name=key) for words in _GONE))
    kinds = (
        Fact(key=key, label=label, type=FactType.FLAG),
        Fact(key=key, label=label, type=FactType.DATE),
        Fact(key=key, label=label, type=FactType.NUMBER, scale=_SCALE),
        _choice(key, label, cells),
    )
    return next((fact for fact in kinds if _reads(cells, fact)), kinds[-1])


def _choice(key: str, label: Words, cells: Sequence[str]) -> Fact:
    codes = dict.fromkeys(code for cell in cells for code in _literals(cell))
    options = tuple((code, Words(zh=code, en=code)) for code in codes)
    return Fact(key=key, label=label, type=FactType.CHOICE, options=options)


def _with_options(fact: Fact, cells: Sequence[str]) -> Fact:
    if fact.type is not FactType.CHOICE:
        return fact
    used = dict.fromkeys(code for cell in cells for code in _literals(cell))
    lost = [code for code in used if code not in fact.codes]
    named = tuple((code, Words(*(words.format(name=code) for words in _GONE))) for code in lost)
    return replace(fact, options=(*fact.options, *named)) if lost else fact


def _reads(cells: Sequence[str], fact: Fact) -> bool:
    try:
        return all(parse(cell, fact) for cell in cells)
    except PmdeskError:
        return False


def _literals(cell: str) -> tuple[str, ...]:
    """The texts in quotation marks, as canonical cells have them."""
    try:
        content = json.loads(f"[{cell}]")
    except ValueError:
        return ()
    return tuple(part for part in content if isinstance(part, str))
