"""Cells and outputs as people type them, and back: in the grid and in a spreadsheet alike."""

from collections.abc import Sequence
from datetime import date

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, Words, _, said
from pmdesk.rules.cells import Cell, Range
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.parse import parse
from pmdesk.rules.scanner import fold
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.words import decimal_text, print_cell, value_words

DASHES = frozenset({"", "-", "–"})  # what stands where nothing is asked or given


def typed_cell(cell: Cell, fact: Fact) -> str:
    """The cell as one types it: reading this text again gives an equal cell."""
    if cell.is_any:
        return "-"
    plain = _plain(cell, fact)
    return plain if means(plain, fact, cell) else print_cell(cell, fact)


def means(text: str, fact: Fact, cell: Cell) -> bool:
    """Whether reading `text` gives this cell."""
    try:
        return parse(text, fact) == cell
    except PmdeskError:
        return False


def typed_tags(tags: frozenset[str], scheme: Scheme) -> str:
    """The names of the tags, in the order of the scheme."""
    return _(", ").join(said(words) for key, words in scheme.tags if key in tags)


def read_tier(text: str, scheme: Scheme) -> str:
    """The tier of this key or name; a PmdeskError where there is none."""
    found = _key(scheme.tiers, text)
    if found is None:
        raise PmdeskError(
            N_("There is no such tier."),
            N_("Choose from: {options}."),
            options=_all(scheme.tiers),
        )
    return found


def read_tags(text: str, scheme: Scheme) -> frozenset[str]:
    """The tags of these keys or names; a PmdeskError where one is unknown."""
    marked = text.translate(str.maketrans("，、；;\n", ",,,,,"))
    names = [name for part in marked.split(",") if (name := part.strip()) not in DASHES]
    found = [_key(scheme.tags, name) for name in names]
    if None in found:
        raise PmdeskError(
            N_("There is no such tag."),
            N_("Choose from: {options}."),
            options=_all(scheme.tags),
        )
    return frozenset(key for key in found if key)


def _plain(cell: Cell, fact: Fact) -> str:
    parts = [value_words(value, fact) for value in cell.values]
    parts += [_span(span, fact) for span in cell.ranges]
    if cell.unknown:
        parts.append(_("unknown"))
    return ", ".join(parts)


def _span(span: Range, fact: Fact) -> str:
    """All values are whole steps, so the last one inside ends a range without brackets."""
    low, high = span
    if low is None or high is None:
        return f"< {_bound(high, fact)}" if low is None else f">= {_bound(low, fact)}"
    if span.single is not None:
        return _bound(low, fact)
    return f"{_bound(low, fact)}..{_bound(high - 1, fact)}"


def _bound(end: int | None, fact: Fact) -> str:
    if end is None:
        return ""
    if fact.type is FactType.DATE:
        return date.fromordinal(end).isoformat()
    return decimal_text(end, fact.scale)


def _key(pairs: Sequence[tuple[str, Words]], text: str) -> str | None:
    wanted = fold(text.strip())
    exact = (key for key, words in pairs if text.strip() in {key, *words})
    alike = (key for key, words in pairs if wanted in {fold(key), fold(words.zh), fold(words.en)})
    return next(exact, next(alike, None))


def _all(pairs: Sequence[tuple[str, Words]]) -> Words:
    return Words(
        zh="、".join(words.zh for _key, words in pairs),
        en=", ".join(words.en for _key, words in pairs),
    )
