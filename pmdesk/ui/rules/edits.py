"""What the cells of the grid say, and what an entry into them means: pure values, no Qt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import IntEnum

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, Words, _, said
from pmdesk.rules.cells import Cell
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import Rule
from pmdesk.rules.scanner import fold
from pmdesk.rules.table import DecisionTable
from pmdesk.rules.words import cell_words, decimal_text, print_cell, value_words

ANYTHING = "–"


class Output(IntEnum):
    """The columns after the facts."""

    TIER = 0
    COUNT = 1
    TAGS = 2
    REASON = 3


TITLES: Mapping[Output, str] = {
    Output.TIER: N_("→ Tier"),
    Output.COUNT: N_("People now"),
    Output.TAGS: N_("→ Tags"),
    Output.REASON: N_("Reason, shown to the person"),
}


def fact_at(table: DecisionTable, column: int) -> Fact | None:
    """The fact of a column; None for an output."""
    return table.facts[column] if 0 <= column < len(table.facts) else None


def output_at(table: DecisionTable, column: int) -> Output | None:
    """The output of a column; None for a fact."""
    place = column - len(table.facts)
    return Output(place) if 0 <= place < len(Output) else None


def column_of(table: DecisionTable, output: Output) -> int:
    """The column of an output."""
    return len(table.facts) + output


def title_of(table: DecisionTable, column: int) -> str:
    """The heading of a column."""
    fact, output = fact_at(table, column), output_at(table, column)
    if fact is not None:
        return said(fact.label)
    return _(TITLES[output]) if output is not None else ""


def shown(table: DecisionTable, row: int, column: int) -> str:
    """The cell in words; a cell that asks for nothing is a dash."""
    rule, fact = table.rules[row], fact_at(table, column)
    if fact is not None:
        return cell_text(rule.cells[column], fact)
    return _OUTPUT_TEXT[Output(column - len(table.facts))](table, rule)


def cell_text(cell: Cell, fact: Fact) -> str:
    """The cell as short as a column allows; one that asks for nothing is a dash."""
    if cell.is_any:
        return ANYTHING
    if cell.ranges:
        return cell_words(cell, fact)
    named = [value_words(value, fact) for value in cell.values]
    return _(" or ").join([*named, _("unknown")] if cell.unknown else named)


def typed(table: DecisionTable, row: int, column: int) -> str:
    """The cell as one types it: entering this text again changes nothing."""
    fact = fact_at(table, column)
    if fact is None:
        return shown(table, row, column)
    cell = table.rules[row].cells[column]
    plain = _plain(cell, fact)
    return plain if _means(plain, fact, cell) else print_cell(cell, fact)


def entered(table: DecisionTable, row: int, column: int, text: str) -> DecisionTable:
    """The table after `text` was typed into a cell; a PmdeskError says why it cannot stand."""
    rule, fact = table.rules[row], fact_at(table, column)
    if fact is not None:
        return table.with_cell(rule.id, fact.key, parse(text, fact))
    output = output_at(table, column)
    if output is Output.TIER:
        return table.with_output(rule.id, tier=_tier(table, text))
    if output is Output.TAGS:
        return table.with_output(rule.id, tags=_tags(table, text))
    if output is Output.REASON:
        return table.with_output(rule.id, reason=" ".join(text.split()))
    raise PmdeskError(N_("People are counted, this cannot be typed."))


def pasted(
    table: DecisionTable, row: int, columns: Sequence[int], lines: Sequence[Sequence[str]]
) -> DecisionTable:
    """The table after a block of texts was put down at `row` over `columns`: all of it or none."""
    for down, line in enumerate(lines[: len(table.rules) - row]):
        for column, text in zip(columns, line, strict=False):
            if output_at(table, column) is not Output.COUNT:
                table = entered(table, row + down, column, "-" if text == ANYTHING else text)
    return table


def filled(table: DecisionTable, rows: Sequence[int], columns: Iterable[int]) -> DecisionTable:
    """Every row of `rows` has in `columns` what the first of them has."""
    for column in columns:
        if output_at(table, column) is Output.COUNT:
            continue
        text = typed(table, rows[0], column)
        for row in rows[1:]:
            table = entered(table, row, column, text)
    return table


def rule_words(table: DecisionTable, rule: Rule) -> str:
    """What a rule asks, as one sentence."""
    asked = [
        _("{label}: {cell}").format(label=said(fact.label), cell=cell_words(cell, fact))
        for fact, cell in zip(table.facts, rule.cells, strict=True)
        if not cell.is_any
    ]
    if asked:
        return _(" and ").join(asked)
    is_last = table.is_complete and rule.id == table.rules[-1].id
    return _("everyone else") if is_last else _("anyone")


def used_columns(table: DecisionTable) -> frozenset[int]:
    """The fact columns in which some rule asks for something."""
    return frozenset(
        column
        for column in range(len(table.facts))
        if any(not rule.cells[column].is_any for rule in table.rules)
    )


def _plain(cell: Cell, fact: Fact) -> str:
    if cell.is_any:
        return "-"
    parts = [value_words(value, fact) for value in cell.values]
    for span in cell.ranges:
        low, high = (_bound(end, fact) for end in span)
        if span.single is not None:
            parts.append(low)
        elif span.low is None:
            parts.append(f"< {high}")
        else:
            parts.append(f">= {low}" if span.high is None else f"[{low}..{high})")
    if cell.unknown:
        parts.append(_("unknown"))
    return ", ".join(parts)


def _bound(end: int | None, fact: Fact) -> str:
    if end is None:
        return ""
    if fact.type is FactType.DATE:
        return date.fromordinal(end).isoformat()
    return decimal_text(end, fact.scale)


def _means(text: str, fact: Fact, cell: Cell) -> bool:
    try:
        return parse(text, fact) == cell
    except PmdeskError:
        return False


def _tier(table: DecisionTable, text: str) -> str:
    found = _named(table.scheme.tiers, text)
    if found is None:
        raise PmdeskError(
            N_("There is no such tier."),
            N_("Choose from: {options}."),
            options=_all(table.scheme.tiers),
        )
    return found


def _tags(table: DecisionTable, text: str) -> frozenset[str]:
    marked = text.translate(str.maketrans("，、；;", ",,,,"))
    names = [part.strip() for part in marked.split(",") if part.strip() not in {"", "-", ANYTHING}]
    found = [_named(table.scheme.tags, name) for name in names]
    if None in found:
        raise PmdeskError(
            N_("There is no such tag."),
            N_("Choose from: {options}."),
            options=_all(table.scheme.tags),
        )
    return frozenset(key for key in found if key)


def _named(pairs: Sequence[tuple[str, Words]], text: str) -> str | None:
    wanted = fold(text.strip())
    for key, words in pairs:
        if wanted in {fold(key), fold(words.zh), fold(words.en)}:
            return key
    return None


def _all(pairs: Sequence[tuple[str, Words]]) -> Words:
    return Words(
        zh="、".join(words.zh for _key, words in pairs),
        en=", ".join(words.en for _key, words in pairs),
    )


def _tag_names(table: DecisionTable, rule: Rule) -> str:
    names = [said(words) for key, words in table.scheme.tags if key in rule.tags]
    return _(", ").join(names)


_OUTPUT_TEXT: Mapping[Output, Callable[[DecisionTable, Rule], str]] = {
    Output.TIER: lambda table, rule: said(table.scheme.tier_label(rule.tier)),
    Output.COUNT: lambda _table, _rule: "",
    Output.TAGS: _tag_names,
    Output.REASON: lambda _table, rule: rule.reason,
}
