"""Rows, columns and policy put in another order: each answers with a new table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.facts import group as grouped
from pmdesk.rules.rule import HitPolicy
from pmdesk.rules.table import DecisionTable, last_row_stays
from pmdesk.ui.rules import edits


def moved_rows(table: DecisionTable, rows: Sequence[int], to: int) -> DecisionTable:
    """These rows stand side by side above what is row `to`; the last row stays the last."""
    end = len(table.rules) - table.is_complete
    if any(row >= end for row in rows):
        raise last_row_stays()
    order = _moved(len(table.rules), rows, min(to, end))
    return replace(table, rules=tuple(table.rules[row] for row in order))


def moved_columns(table: DecisionTable, columns: Sequence[int], to: int) -> DecisionTable:
    """These fact columns stand side by side at the left of what is column `to`."""
    order = _moved(len(table.facts), columns, to)
    rules = tuple(
        replace(rule, cells=tuple(rule.cells[column] for column in order)) for rule in table.rules
    )
    return replace(table, facts=tuple(table.facts[column] for column in order), rules=rules)


def copied_rows(table: DecisionTable, rows: Sequence[int]) -> DecisionTable:
    """Copies of these rows stand below them, or above them where they reach the last row."""
    at = min(rows[-1] + 1, len(table.rules) - table.is_complete)
    names = edits.fresh_ids(table, len(rows))
    copies = (replace(table.rules[row], id=name) for row, name in zip(rows, names, strict=True))
    return replace(table, rules=(*table.rules[:at], *copies, *table.rules[at:]))


def without_rows(table: DecisionTable, rows: Sequence[int]) -> DecisionTable:
    """The table without these rows; the last row stays."""
    if table.is_complete and len(table.rules) - 1 in rows:
        raise last_row_stays()
    kept = (rule for row, rule in enumerate(table.rules) if row not in rows)
    return replace(table, rules=tuple(kept))


def with_policy(table: DecisionTable, policy: HitPolicy) -> DecisionTable:
    """The table in which that policy says which of several fitting rows gives the tier."""
    return replace(table, policy=policy)


def by_strength(table: DecisionTable) -> DecisionTable:
    """The strongest tier stands first, so that the first row that fits gives the strongest."""
    rank = {tier: place for place, tier in enumerate(table.scheme.tier_keys)}
    end = len(table.rules) - table.is_complete
    ordered = sorted(table.rules[:end], key=lambda rule: -rank[rule.tier])
    return replace(table, rules=(*ordered, *table.rules[end:]))


def with_fact_for(table: DecisionTable, key: str, fact: Fact) -> DecisionTable:
    """Another fact of the same type in place of a column; its cells stay as they are."""
    column = table.column_of(key)
    facts = (*table.facts[:column], fact, *table.facts[column + 1 :])
    return replace(table, facts=facts)


def lists(facts: Sequence[Fact]) -> Mapping[str, tuple[Fact, ...]]:
    """The flags that ask the same list for one option each, by list; two or more of them."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.type is FactType.FLAG and fact.list and len(fact.any_of) == 1:
            found.setdefault(fact.list, []).append(fact)
    return {name: tuple(flags) for name, flags in found.items() if len(flags) > 1}


def members(fact: Fact, flags: Sequence[Fact]) -> tuple[Fact, ...]:
    """Which of the flags about its list a column asks for."""
    return tuple(flag for flag in flags if set(flag.any_of) <= set(fact.any_of))


def group_of(flags: Sequence[Fact]) -> Fact:
    """What asks for any of these options; the flag itself where there is only one."""
    return grouped(flags) if len(flags) > 1 else flags[0]


def _moved(count: int, chosen: Sequence[int], to: int) -> list[int]:
    rest = [place for place in range(count) if place not in set(chosen)]
    at = sum(place < to for place in rest)
    return [*rest[:at], *sorted(chosen), *rest[at:]]
