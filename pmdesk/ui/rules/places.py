"""Cells named by rule and column, so that a mark stays with its cell whatever moves."""

from collections.abc import Mapping

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.rules.finding import Finding, FindingKind
from pmdesk.rules.table import DecisionTable
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.edits import Output
from pmdesk.ui.rules.pasting import Pasted

Place = tuple[str, str]  # a rule's id, and a fact's key or an output's name
Mark = tuple[str, str]  # what was typed, and the sentence why it cannot stand
Marks = Mapping[Place, Mark]

_ABOUT_REASON = {FindingKind.NO_REASON, FindingKind.STALE_REASON}


def place_of(finding: Finding) -> Place | None:
    """The cell that a finding is about; a whole row is marked at what it gives."""
    if not finding.rules:
        return None
    output = Output.REASON if finding.kind in _ABOUT_REASON else Output.TIER
    return finding.rules[0], finding.fact or output.name


def place_at(table: DecisionTable, row: int, column: int) -> Place:
    """The cell by rule and column, whatever moves."""
    fact = edits.fact_at(table, column)
    key = fact.key if fact else Output(column - len(table.facts)).name
    return table.rules[row].id, key


def parts_of(table: DecisionTable) -> tuple[list[str], list[str]]:
    """Which rows and which columns there are, in whatever order."""
    return sorted(rule.id for rule in table.rules), sorted(fact.key for fact in table.facts)


def sentence_for(table: DecisionTable, row: int, column: int, error: PmdeskError) -> str:
    """Why an entry cannot stand, with the cell it was made in."""
    return _("Row {row}, {column}: {problem}").format(
        row=row + 1, column=edits.title_of(table, column), problem=told(error)
    )


def marks_of(done: Pasted) -> Marks:
    """The pasted entries that cannot be read, each with its sentence."""
    table, rows = done.table, {rule.id: row for row, rule in enumerate(done.table.rules)}
    return {
        place_at(table, rows[rule], column): (
            text,
            sentence_for(table, rows[rule], column, error),
        )
        for (rule, column), (text, error) in done.refused.items()
    }
