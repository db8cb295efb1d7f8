"""What can be done to the rows, columns and cells of the grid: each is one named undo step."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said
from pmdesk.rules.facts import Fact
from pmdesk.rules.table import DecisionTable
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.model import Place, RulesModel

Explain = Callable[[PmdeskError], None]


class Actions:
    """Acts on the model; each act answers with the cell to go to, or None."""

    def __init__(self, model: RulesModel, explain: Explain) -> None:
        self._model = model
        self._explain = explain

    def add_row(self, row: int) -> Place | None:
        """A new rule stands below row `row`."""
        rule = self._model.table.blank_rule()
        if not self._do(lambda table: table.with_rule(rule, row + 1), _("add a row")):
            return None
        first = next(iter(self._model.table.facts), None)
        return rule.id, first.key if first else edits.Output.TIER.name

    def copy_row(self, index: QModelIndex) -> Place | None:
        """A copy of the rule stands below it."""
        rule_id, key = self._model.place(index.row(), index.column())
        fresh = self._model.table.fresh_id()
        done = self._do(lambda table: table.copied(rule_id), _("copy the row"))
        return (fresh, key) if done else None

    def delete_row(self, index: QModelIndex) -> Place | None:
        """The rule is gone; the one that took its place is the present one."""
        rule_id, key = self._model.place(index.row(), index.column())
        if not self._do(lambda table: table.without_rule(rule_id), _("delete the row")):
            return None
        rules = self._model.table.rules
        return (rules[min(index.row(), len(rules) - 1)].id, key) if rules else None

    def move_row(self, index: QModelIndex, by: int) -> Place | None:
        """The rule stands `by` rows further down; the last row stays where it is."""
        place = self._model.place(index.row(), index.column())
        to = index.row() + by
        if to < 0:
            return place
        done = self._do(lambda table: table.moved(place[0], to), _("move the row"))
        return place if done else None

    def add_column(self, fact: Fact) -> Place | None:
        """The table can ask about `fact`; no rule does so yet."""
        label = _("add the column {column}").format(column=said(fact.label))
        done = self._do(lambda table: table.with_fact(fact), label)
        rules = self._model.table.rules
        return (rules[0].id, fact.key) if done and rules else None

    def remove_column(self, fact: Fact) -> None:
        """The table no longer asks about `fact`."""
        label = _("remove the column {column}").format(column=said(fact.label))
        self._do(lambda table: table.without_fact(fact.key), label)

    def paste(self, row: int, columns: Sequence[int], text: str) -> None:
        """The block of texts, as spreadsheets copy it, stands at `row`: all of it or none."""
        lines = [line.split("\t") for line in text.rstrip("\n").splitlines()]
        self._do(lambda table: edits.pasted(table, row, columns, lines), _("paste"))

    def fill_down(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """All chosen rows have what the first one has; a single one takes over the row above."""
        chosen = [rows[0] - 1, *rows] if len(rows) == 1 and rows[0] > 0 else rows
        self._do(lambda table: edits.filled(table, chosen, columns), _("fill down"))

    def clear(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """The chosen cells ask for nothing."""

        def emptied(table: DecisionTable) -> DecisionTable:
            for row in rows:
                for column in columns:
                    output = edits.output_at(table, column)
                    if output in {None, edits.Output.TAGS, edits.Output.REASON}:
                        table = edits.entered(table, row, column, "")
            return table

        self._do(emptied, _("clear cells"))

    def copied(self, rows: Sequence[int], columns: Sequence[int]) -> str:
        """The chosen cells as one types them, tab-separated."""
        table = self._model.table
        return "\n".join(
            "\t".join(edits.typed(table, row, column) for column in columns) for row in rows
        )

    def _do(self, change: Callable[[DecisionTable], DecisionTable], words: str) -> bool:
        if not self._model.editable:
            return False
        try:
            self._model.edit(change(self._model.table), words)
        except PmdeskError as error:
            self._explain(error)
            return False
        return True
