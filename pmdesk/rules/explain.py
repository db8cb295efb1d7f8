"""Why a person has a tier, cell by cell, and why not a stronger one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pmdesk.rules.cells import Cell, holds
from pmdesk.rules.evaluate import Outcome, checked_values, evaluate
from pmdesk.rules.facts import Fact, Value
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.table import DecisionTable, Rule
from pmdesk.rules.words import labelled_words, value_words


class Verdict(StrEnum):
    """Whether a cell holds; unknown where only the missing value keeps it from holding."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedCell:
    """One cell beside the person's value."""

    fact: Fact
    cell: Cell
    value: Value
    verdict: Verdict

    @property
    def asked(self) -> str:
        """What the cell asks for, in words that follow the label of its fact."""
        return labelled_words(self.cell, self.fact)

    @property
    def given(self) -> str:
        """The person's value, in words."""
        return value_words(self.value, self.fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedRule:
    """One rule with the verdict on each of its cells."""

    rule: Rule
    cells: tuple[ExplainedCell, ...]

    @property
    def fits(self) -> bool:
        """Whether every cell holds."""
        return not self.failing

    @property
    def failing(self) -> tuple[ExplainedCell, ...]:
        """The cells that do not hold."""
        return tuple(cell for cell in self.cells if cell.verdict is not Verdict.TRUE)

    @property
    def asking(self) -> tuple[ExplainedCell, ...]:
        """The cells that ask for something."""
        return tuple(cell for cell in self.cells if not cell.cell.is_any)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The outcome and every rule that was looked at, in the order of the table."""

    outcome: Outcome
    rules: tuple[ExplainedRule, ...]
    scheme: Scheme

    @property
    def winner(self) -> ExplainedRule | None:
        """The rule that gave the tier, or None where nothing fitted."""
        return next((row for row in self.rules if row.rule.id == self.outcome.rule), None)

    @property
    def tag_givers(self) -> tuple[ExplainedRule, ...]:
        """The rules that gave a tag."""
        return tuple(row for row in self.rules if row.rule.tags and row.fits)

    def why_not(self, tier: str | None = None) -> tuple[ExplainedRule, ...]:
        """The rules for `tier`, or for any stronger one than was given, with least to mend first.

        A rule without failing cells fits too, but a row above it won.
        """
        given = self.scheme.rank(self.outcome.tier)
        stronger = [row for row in self.rules if self.scheme.rank(row.rule.tier) > given]
        asked = [row for row in stronger if tier in {None, row.rule.tier}]
        return tuple(sorted(asked, key=lambda row: len(row.failing)))


def explain(table: DecisionTable, values: Mapping[str, Value]) -> Explanation:
    """Why `table` gives what it gives for `values`."""
    row = checked_values(table, values)
    return Explanation(
        outcome=evaluate(table, values),
        rules=tuple(_explained(rule, table.facts, row) for rule in table.rules),
        scheme=table.scheme,
    )


def _explained(rule: Rule, facts: tuple[Fact, ...], row: tuple[Value, ...]) -> ExplainedRule:
    return ExplainedRule(
        rule=rule,
        cells=tuple(
            ExplainedCell(fact=fact, cell=cell, value=value, verdict=_verdict(cell, value))
            for fact, cell, value in zip(facts, rule.cells, row, strict=True)
        ),
    )


def _verdict(cell: Cell, value: Value) -> Verdict:
    if holds(cell, value):
        return Verdict.TRUE
    return Verdict.UNKNOWN if value is None else Verdict.FALSE
