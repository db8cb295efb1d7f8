"""What can be done to the rows, columns and cells of the grid: each is one named undo step."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QModelIndex

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said
from pmdesk.rules.facts import Fact
from pmdesk.rules.finding import Finding
from pmdesk.rules.rule import HitPolicy
from pmdesk.rules.table import DecisionTable, last_row_stays
from pmdesk.ui.rules import arrange, edits
from pmdesk.ui.rules.edits import Output
from pmdesk.ui.rules.model import RulesModel
from pmdesk.ui.rules.places import Place

Explain = Callable[[PmdeskError], None]
Change = Callable[[DecisionTable], DecisionTable]


class Actions:
    """Acts on the model; each act answers with the cell to go to, or None."""

    def __init__(self, model: RulesModel, explain: Explain) -> None:
        self._model = model
        self._explain = explain

    def add_row(self, row: int) -> Place | None:
        """A new rule stands at row `row`, or above the last one for everyone else."""
        rule = self._model.table.blank_rule()
        if not self._do(lambda table: table.with_rule(rule, row), _("add a row")):
            return None
        first = next(iter(self._model.table.facts), None)
        return rule.id, first.key if first else Output.TIER.name

    def copy_rows(self, rows: Sequence[int], index: QModelIndex) -> Place | None:
        """Copies of the rules stand below them."""
        key = self._model.place(index.row(), index.column())[1]
        fresh = edits.fresh_ids(self._model.table, 1)[0]
        done = self._do(lambda table: arrange.copied_rows(table, rows), _("copy rows"))
        return (fresh, key) if done else None

    def delete_rows(self, rows: Sequence[int], index: QModelIndex) -> Place | None:
        """The rules are gone; the one that took their place is the present one."""
        key = self._model.place(index.row(), index.column())[1]
        if not self._do(lambda table: arrange.without_rows(table, rows), _("delete rows")):
            return None
        rules = self._model.table.rules
        return (rules[min(rows[0], len(rules) - 1)].id, key) if rules else None

    def move_rows(self, rows: Sequence[int], to: int) -> bool:
        """The rules stand side by side above what was row `to`; the last row stays the last."""
        if to < 0 or not rows:
            return False
        return self._do(lambda table: arrange.moved_rows(table, rows, to), _("move rows"))

    def move_columns(self, columns: Sequence[int], to: int) -> bool:
        """The columns of facts stand side by side at the left of what was column `to`."""
        count = len(self._model.table.facts)
        facts = [column for column in columns if column < count]
        if not 0 <= to <= count or not facts:
            return False
        return self._do(lambda table: arrange.moved_columns(table, facts, to), _("move columns"))

    def add_column(self, fact: Fact) -> Place | None:
        """The table can ask about `fact`; no rule does so yet."""
        label = _("add the column {column}").format(column=said(fact.label))
        done = self._do(lambda table: table.with_fact(fact), label)
        rules = self._model.table.rules
        return (rules[0].id, fact.key) if done and rules else None

    def replace_column(self, before: Fact, after: Fact) -> Place | None:
        """The column asks about `after` instead, with the same cells."""
        label = _("change the column {column}").format(column=said(before.label))
        done = self._do(lambda table: arrange.with_fact_for(table, before.key, after), label)
        rules = self._model.table.rules
        return (rules[0].id, after.key) if done and rules else None

    def remove_column(self, fact: Fact) -> None:
        """The table no longer asks about `fact`."""
        label = _("remove the column {column}").format(column=said(fact.label))
        self._do(lambda table: table.without_fact(fact.key), label)

    def set_policy(self, policy: HitPolicy) -> None:
        """The policy says which of several fitting rows gives the tier."""
        self._do(lambda table: arrange.with_policy(table, policy), _("change how rows decide"))

    def sort_by_strength(self) -> None:
        """The strongest tier stands first."""
        self._do(arrange.by_strength, _("put the strongest tier first"))

    def mend(self, finding: Finding) -> None:
        """What the finding says to mend is mended."""
        if finding.mend is not None:
            self._do(finding.mend.apply, finding.mend_words())

    def enter(self, row: int, columns: Sequence[int], text: str) -> None:
        """The chosen cells of a row hold that text; what cannot be read stays, marked."""
        for column in columns:
            index = self._model.index(row, column)
            if self._model.may_edit(index):
                self._model.attempt(row, column, text)
            elif self._model.is_last_row(row):
                self._explain(last_row_stays())

    def fill_down(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """All chosen rows have what the first one has; a single one takes over the row above."""
        chosen = [rows[0] - 1, *rows] if len(rows) == 1 and rows[0] > 0 else rows
        first, *others = chosen
        texts = {column: edits.typed(self._model.table, first, column) for column in columns}
        self._enter(others, columns, lambda column: texts[column], _("fill down"))

    def clear(self, rows: Sequence[int], columns: Sequence[int], words: str = "") -> None:
        """The chosen cells ask for nothing; a tier has to stay."""
        kept = [c for c in columns if edits.output_at(self._model.table, c) is not Output.TIER]
        self._enter(rows, kept, lambda _column: "", words or _("clear cells"))

    def copied(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[tuple[str, ...], ...]:
        """The chosen cells as one types them."""
        return tuple(tuple(self._model.typed(row, column) for column in columns) for row in rows)

    def titles(self, columns: Sequence[int]) -> tuple[str, ...]:
        """The headings of the columns."""
        return tuple(edits.title_of(self._model.table, column) for column in columns)

    def _enter(
        self,
        rows: Sequence[int],
        columns: Sequence[int],
        text: Callable[[int], str],
        words: str,
    ) -> None:
        """The chosen cells hold that text, all of them or none; what refused there is gone."""
        table = self._model.table
        open_columns = [c for c in columns if edits.output_at(table, c) is not Output.COUNT]

        def filled(table: DecisionTable) -> DecisionTable:
            rules = list(table.rules)
            for row, column in _cells(rows, open_columns):
                rules[row] = edits.entered_rule(table, rules[row], column, text(column))
            return edits.with_rules(table, rules)

        places = {self._model.place(*cell) for cell in _cells(rows, open_columns)}
        self._do(filled, words, taken_back=places)

    def _do(self, change: Change, words: str, taken_back: set[Place] | None = None) -> bool:
        if not self._model.editable:
            return False
        try:
            after = change(self._model.table)
        except PmdeskError as error:
            self._explain(error)
            return False
        self._model.edit(after, words, taken_back=taken_back or set())
        return True


def _cells(rows: Sequence[int], columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((row, column) for row in rows for column in columns)
