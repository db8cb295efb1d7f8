"""What one click does about a finding: each makes a new table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from pmdesk.i18n import N_
from pmdesk.rules.cells import Cell
from pmdesk.rules.finding import Mend
from pmdesk.rules.table import DecisionTable

Cells = tuple[Cell, ...]


def removing(rule_id: str) -> Mend:
    """Removes the row {row}."""
    return Mend(words=N_("Remove row {row}"), apply=partial(_without, rule_id))


def adding(cells: Cells) -> Mend:
    """Adds a row for a gap: the weakest tier, no reason yet."""
    return Mend(words=N_("Add a row for them"), apply=partial(_with_row, cells))


def narrowing(pieces: Mapping[str, Sequence[Cells]]) -> Mend:
    """Narrows the rows {others} to the people whom the row {row} does not fit.

    What is left of a row may take several rows, or none.
    """
    return Mend(
        words=N_("Narrow {others} to the people whom row {row} does not fit"),
        apply=partial(_narrowed, pieces),
    )


def merging(kept: str, dropped: str, fact_key: str, cell: Cell) -> Mend:
    """Makes one row of two."""
    return Mend(
        words=N_("Make one row of row {row} and row {other}"),
        apply=partial(_merged, kept, dropped, fact_key, cell),
    )


def _without(rule_id: str, table: DecisionTable) -> DecisionTable:
    return table.without_rule(rule_id)


def _with_row(cells: Cells, table: DecisionTable) -> DecisionTable:
    return table.with_rule(replace(table.blank_rule(), cells=cells))


def _narrowed(pieces: Mapping[str, Sequence[Cells]], table: DecisionTable) -> DecisionTable:
    for rule_id, left in pieces.items():
        rule, place = table.rule(rule_id), table.place_of(rule_id)
        table = table.without_rule(rule_id)
        for more, cells in enumerate(left):
            own = table.fresh_id() if more else rule_id
            table = table.with_rule(replace(rule, id=own, cells=cells), place + more)
    return table


def _merged(
    kept: str, dropped: str, fact_key: str, cell: Cell, table: DecisionTable
) -> DecisionTable:
    return table.without_rule(dropped).with_cell(kept, fact_key, cell)
