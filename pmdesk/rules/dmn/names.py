"""What facts and rules are called in a DMN file: names and ids that every tool can read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pmdesk.i18n import Words
from pmdesk.rules.facts import Fact

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
OWN = "urn:pmdesk:dmn:1"  # of the attributes that only pmdesk reads
TIER, TAGS = "tier", "tags"  # the two decisions

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*", re.ASCII)
_ODD = re.compile(r"[^A-Za-z0-9_]+", re.ASCII)
_SPOKEN = re.compile(
    "and|between|boolean|context|date|else|every|external|false|for|function|if|in|instance|list|"
    "not|null|number|of|or|return|satisfies|some|string|then|time|true"
)  # words of FEEL, which cannot name anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a column gets its values: the variable, and the expression over it."""

    variable: str
    expression: str
    label: Words


class Ids:
    """Hands out each id once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def take(self, wanted: str) -> str:
        """`wanted` as an id, with a number where it is taken."""
        base = wanted if _ID.fullmatch(wanted) else _plain(wanted)
        number, name = 2, base
        while name in self._taken:
            name, number = f"{base}_{number}", number + 1
        self._taken.add(name)
        return name


def sources(facts: Sequence[Fact]) -> tuple[Source, ...]:
    """Where the columns of these facts get their values; flags about one list share a variable."""
    ids = Ids((TIER, TAGS))
    names: dict[tuple[bool, str], str] = {}
    for fact in facts:
        data = bool(fact.list), fact.list or fact.key
        if data not in names:
            names[data] = ids.take(_spoken(data[1]))
    return tuple(_source(fact, names[bool(fact.list), fact.list or fact.key]) for fact in facts)


def literal(text: str) -> str:
    """The text as a string of FEEL."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _source(fact: Fact, variable: str) -> Source:
    if not fact.list:
        return Source(variable=variable, expression=variable, label=fact.label)
    asked = [f"list contains({variable}, {literal(code)})" for code in fact.any_of]
    return Source(
        variable=variable, expression=" or ".join(asked), label=Words(*map(_head, fact.label))
    )


def _head(label: str) -> str:
    """The name of the list in front of an option."""
    return re.split("[：:]", label)[0].strip()


def _spoken(key: str) -> str:
    plain = _plain(key)
    return f"{plain}_" if _SPOKEN.fullmatch(plain) else plain


def _plain(text: str) -> str:
    plain = _ODD.sub("_", text).strip("_") or "x"
    return plain if plain[0].isalpha() else f"x{plain}"
