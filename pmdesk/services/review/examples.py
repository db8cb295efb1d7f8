"""People made up for a table: somebody each rule fits, somebody it does not (LR-11, LR-13)."""

from collections.abc import Sequence

from pmdesk.rules.cells import Cell, holds
from pmdesk.rules.classes import cut
from pmdesk.rules.examples import Example, Verdict, lacking, verdict
from pmdesk.rules.facts import Fact, Value
from pmdesk.rules.rule import Rule
from pmdesk.rules.table import DecisionTable


def unproved(table: DecisionTable, known: Sequence[Example]) -> tuple[str, ...]:
    """The rules without an example for or against them, and those whose example fails."""
    wrong = [one.rule for one in known if verdict(table, one) is Verdict.FAILS]
    return tuple(dict.fromkeys((*wrong, *(rule for rule, _fires in lacking(table, known)))))


def witness(table: DecisionTable, rule: Rule) -> dict[str, Value] | None:
    """Somebody the rule fits, who left open what it does not ask for; None: there can be none."""
    chosen: dict[str, Value] = {}
    for fact, cell in zip(table.facts, rule.cells, strict=True):
        if not cell.is_any and not fact.list:
            chosen[fact.key] = _held(fact, cell)
    for name in dict.fromkeys(fact.list for fact in table.facts if fact.list):
        found = _choices(table, rule, name)
        if found is None:
            return None
        chosen |= found
    return chosen


def _held(fact: Fact, cell: Cell) -> Value:
    """A value for which the cell holds, a known one where it can be."""
    column = cut([cell], fact)
    places = [place for place in range(len(column.classes)) if column.held[0] >> place & 1]
    return column.sample(places[0])


def _choices(table: DecisionTable, rule: Rule, name: str) -> dict[str, Value] | None:
    """The flags about one list, such that one list can have them all; None where none can."""
    asked = [
        (fact, cell)
        for fact, cell in zip(table.facts, rule.cells, strict=True)
        if fact.list == name and not cell.is_any
    ]
    if all(cell.unknown for _fact, cell in asked):
        return {}
    wrong = {c for fact, cell in asked if not holds(cell, value=True) for c in fact.any_of}
    chosen = {
        code
        for fact, cell in asked
        if not holds(cell, value=False)
        for code in [one for one in fact.any_of if one not in wrong][:1]
    }
    flags = flags_of(table, name, chosen)
    return flags if all(holds(cell, flags[fact.key]) for fact, cell in asked) else None


def flags_of(table: DecisionTable, name: str, chosen: set[str] | None) -> dict[str, Value]:
    """What the flags about a list say of these options; None: the list is unknown."""
    return {
        fact.key: None if chosen is None else bool(chosen & set(fact.any_of))
        for fact in table.facts
        if fact.list == name
    }
