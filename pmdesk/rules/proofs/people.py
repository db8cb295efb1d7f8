"""Example people for one rule of a table: whom it decides about, and who just misses it."""

from pmdesk.rules.proofs.proof import Person
from pmdesk.rules.proofs.space import Box, space_of
from pmdesk.rules.proofs.witness import witness
from pmdesk.rules.table import DecisionTable


def firing_example(table: DecisionTable, rule_id: str) -> Person | None:
    """Somebody about whom this rule decides, or whom it fits at least; None where nobody can be."""
    order = table.deciding_order
    turn = order.index(table.place_of(rule_id))
    rows = [table.rules[place].cells for place in order]
    for earlier in (range(turn), ()):
        found = witness(table.facts, rows, [turn], earlier).found
        if found:
            return found[0]
    return None


def near_miss(table: DecisionTable, rule_id: str) -> Person | None:
    """Somebody for whom exactly one cell of this rule does not hold; None where nobody can be.

    This one value is known, if it can be.
    """
    space = space_of(table.facts, [rule.cells for rule in table.rules])
    box = space.rows[table.place_of(rule_id)]
    outside = [column.everything & ~bits for column, bits in zip(space.columns, box, strict=True)]
    known = [bits & ~column.unknown for column, bits in zip(space.columns, outside, strict=True)]
    for sides in (known, outside):
        for place, bits in enumerate(sides):
            missing: Box = (*box[:place], bits, *box[place + 1 :])
            if space.is_possible(missing):
                return space.somebody(missing)
    return None
