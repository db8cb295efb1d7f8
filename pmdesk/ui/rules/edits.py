"""What the cells of the grid say, and what an entry into them means: pure values, no Qt."""

import itertools
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _, said
from pmdesk.rules.cells import Cell
from pmdesk.rules.facts import Fact
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import Rule
from pmdesk.rules.table import LONGEST_REASON, DecisionTable, last_row_stays
from pmdesk.rules.typed import means, read_tags, read_tier, typed_cell, typed_tags
from pmdesk.rules.words import cell_words, labelled_words, print_cell, value_words

ANYTHING = "–"


class Output(IntEnum):
    """The columns after the facts."""

    TIER = 0
    COUNT = 1
    TAGS = 2
    REASON = 3
    LEGAL = 4


TITLES: Mapping[Output, str] = {
    Output.TIER: N_("→ Tier"),
    Output.COUNT: N_("People now"),
    Output.TAGS: N_("→ Tags"),
    Output.REASON: N_("Reason, shown to the person"),
    Output.LEGAL: N_("Legal ground"),
}
PROSE = frozenset({Output.REASON, Output.LEGAL})  # whole sentences


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


def titles(output: Output) -> frozenset[str]:
    """What the heading of an output may be called."""
    return frozenset({TITLES[output], _(TITLES[output]), output.name})


def with_rules(table: DecisionTable, rules: Sequence[Rule]) -> DecisionTable:
    """The table with these rows, and as it was where none is another."""
    if len(rules) == len(table.rules) and all(map(operator.is_, rules, table.rules)):
        return table
    return replace(table, rules=tuple(rules))


def fresh_ids(table: DecisionTable, count: int) -> tuple[str, ...]:
    """As many ids that no rule has yet."""
    taken = {rule.id for rule in table.rules}
    free = (name for n in itertools.count(1) if (name := f"r{n}") not in taken)
    return tuple(itertools.islice(free, count))


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
    return cell_typed(table.rules[row].cells[column], fact)


def cell_typed(cell: Cell, fact: Fact) -> str:
    """The cell in words where they can be read again, else with signs; in S-FEEL if need be."""
    words = cell_text(cell, fact)
    return words if not cell.is_any and means(words, fact, cell) else typed_cell(cell, fact)


def expert(table: DecisionTable, row: int, column: int) -> str:
    """The cell in S-FEEL, as files have it; what a rule gives stays in words."""
    fact = fact_at(table, column)
    return print_cell(table.rules[row].cells[column], fact) if fact else shown(table, row, column)


def entered(table: DecisionTable, row: int, column: int, text: str) -> DecisionTable:
    """The table after `text` was typed into a cell; a PmdeskError says why it cannot stand."""
    rules = list(table.rules)
    rules[row] = entered_rule(table, rules[row], column, text)
    return replace(table, rules=tuple(rules))


def entered_rule(table: DecisionTable, rule: Rule, column: int, text: str) -> Rule:
    """The rule after `text` was typed into its cell of that column."""
    fact = fact_at(table, column)
    if fact is not None:
        cell = parse(text, fact)
        after = replace(rule, cells=(*rule.cells[:column], cell, *rule.cells[column + 1 :]))
    else:
        after = _ENTERED[Output(column - len(table.facts))](table, rule, text)
    if table.is_complete and rule.id == table.rules[-1].id:
        require_last(table, after)
    return after


def require_last(table: DecisionTable, rule: Rule) -> None:
    """Raises PmdeskError unless the rule can stand for everyone else."""
    if not rule.fits_everyone or rule.tier != table.scheme.weakest:
        raise last_row_stays()


def rule_words(table: DecisionTable, rule: Rule) -> str:
    """What a rule asks, as one sentence."""
    asked = [
        _("{label}: {cell}").format(label=said(fact.label), cell=labelled_words(cell, fact))
        for fact, cell in zip(table.facts, rule.cells, strict=True)
        if not cell.is_any
    ]
    if asked:
        return _(" and ").join(asked)
    is_last = table.is_complete and rule.id == table.rules[-1].id
    return _("everyone else") if is_last else _("anyone")


def heard(table: DecisionTable, row: int, column: int, text: str) -> str:
    """The cell with its heading, for a screen reader; in the first column the whole rule too."""
    words = _("{column}: any") if text in {ANYTHING, "-"} else _("{column}: {text}")
    cell = words.format(column=title_of(table, column), text=text)
    if column:
        return cell
    rule = _("Row {row}: {conditions}; then {tier}").format(
        row=row + 1,
        conditions=rule_words(table, table.rules[row]),
        tier=shown(table, row, column_of(table, Output.TIER)),
    )
    return f"{rule}. {cell}"


def used_columns(table: DecisionTable) -> frozenset[int]:
    """The fact columns in which some rule asks for something."""
    return frozenset(
        column
        for column in range(len(table.facts))
        if any(not rule.cells[column].is_any for rule in table.rules)
    )


def _with_tier(table: DecisionTable, rule: Rule, text: str) -> Rule:
    return replace(rule, tier=read_tier(text, table.scheme))


def _with_tags(table: DecisionTable, rule: Rule, text: str) -> Rule:
    return replace(rule, tags=read_tags(text, table.scheme))


def _with_reason(_table: DecisionTable, rule: Rule, text: str) -> Rule:
    reason = " ".join(text.split())
    if len(reason) > LONGEST_REASON:
        raise PmdeskError(
            N_("The reason has {count} characters; at most {most} are allowed."),
            N_("It is shown to the person: say it shorter."),
            count=len(reason),
            most=LONGEST_REASON,
        )
    return replace(rule, reason=reason)


def _with_legal(_table: DecisionTable, rule: Rule, text: str) -> Rule:
    return replace(rule, legal=" ".join(text.split()))


def _not_typed(_table: DecisionTable, _rule: Rule, _text: str) -> Rule:
    raise PmdeskError(N_("People are counted, this cannot be typed."))


_ENTERED: Mapping[Output, Callable[[DecisionTable, Rule, str], Rule]] = {
    Output.TIER: _with_tier,
    Output.COUNT: _not_typed,
    Output.TAGS: _with_tags,
    Output.REASON: _with_reason,
    Output.LEGAL: _with_legal,
}
_OUTPUT_TEXT: Mapping[Output, Callable[[DecisionTable, Rule], str]] = {
    Output.TIER: lambda table, rule: said(table.scheme.tier_label(rule.tier)),
    Output.COUNT: lambda _table, _rule: "",
    Output.TAGS: lambda table, rule: typed_tags(rule.tags, table.scheme),
    Output.REASON: lambda _table, rule: rule.reason,
    Output.LEGAL: lambda _table, rule: rule.legal,
}
