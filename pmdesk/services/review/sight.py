"""What the automatic items look at: a table, the catalogue, and the words that are refused."""

from collections.abc import Iterator
from dataclasses import dataclass

from pmdesk.analytics.facts import field_of
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.reviews import Spot
from pmdesk.domain.screening import Lexicon
from pmdesk.rules.facts import Fact
from pmdesk.rules.rule import Rule
from pmdesk.rules.table import DecisionTable
from pmdesk.services.refusal import screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A table and what it is judged by; nothing in it changes while it is judged."""

    table: DecisionTable
    catalogue: Catalogue
    lexicon: Lexicon

    @property
    def columns(self) -> Iterator[tuple[int, Fact]]:
        """The columns with their places."""
        return iter(enumerate(self.table.facts))

    @property
    def ruling(self) -> tuple[Rule, ...]:
        """The rules but the last row, which stands for everyone else."""
        table = self.table
        return table.rules[: len(table.rules) - table.is_complete]

    def asking(self, column: int) -> tuple[Spot, ...]:
        """The cells that ask for something in that column, or the column itself where none does."""
        fact = self.table.facts[column].key
        rows = tuple(
            Spot(rule=rule.id, fact=fact)
            for rule in self.table.rules
            if not rule.cells[column].is_any
        )
        return rows or (Spot(fact=fact),)

    def asked(self, rule: Rule) -> Iterator[Fact]:
        """The facts that the rule asks for."""
        for fact, cell in zip(self.table.facts, rule.cells, strict=True):
            if not cell.is_any:
                yield fact

    def fields(self, rule: Rule) -> frozenset[str]:
        """The fields behind what the rule asks for."""
        return frozenset(field_of(fact.key) for fact in self.asked(rule))

    def row(self, rule: Rule) -> int:
        """The number of the row as people count."""
        return self.table.place_of(rule.id) + 1


def sight_of(work: UnitOfWork, table: DecisionTable) -> Sight:
    """The table as the office's catalogue and lists of today see it."""
    return Sight(table=table, catalogue=work.catalogue.live(), lexicon=screen.lexicon(work))
