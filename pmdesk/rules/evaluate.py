"""The reference evaluator: what the table gives to one person's values."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.cells import holds
from pmdesk.rules.facts import Value
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The rule that won (none: ""), its tier, and the tags of all rules that fit."""

    rule: str
    tier: str
    tags: frozenset[str]


def evaluate(table: DecisionTable, values: Mapping[str, Value]) -> Outcome:
    """What `table` gives for `values` by fact key; a missing value is unknown."""
    row = checked_values(table, values)
    fitting = [rule for rule in table.rules if fits(rule, row)]
    tags = frozenset[str]().union(*(rule.tags for rule in fitting))
    if not fitting:
        return Outcome(rule="", tier=table.scheme.weakest, tags=tags)
    winner = fitting[0]
    if table.policy is HitPolicy.PRIORITY:
        winner = max(fitting, key=lambda rule: table.scheme.rank(rule.tier))  # the first of equals
    return Outcome(rule=winner.id, tier=winner.tier, tags=tags)


def fits(rule: Rule, row: tuple[Value, ...]) -> bool:
    """Whether every cell of the rule holds for its value."""
    return all(holds(cell, value) for cell, value in zip(rule.cells, row, strict=True))


def checked_values(table: DecisionTable, values: Mapping[str, Value]) -> tuple[Value, ...]:
    """The values in the order of the columns, each of its fact's type."""
    row = tuple(values.get(fact.key) for fact in table.facts)
    for fact, value in zip(table.facts, row, strict=True):
        if not fact.accepts(value):
            raise PmdeskError(
                N_("The value of “{label}” has the wrong type."),
                N_("Correct the value of this field."),
                label=fact.label,
            )
    return row
