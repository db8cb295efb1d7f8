"""The grid's model: one frozen decision table; every edit is one undo step."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from typing_extensions import override

from pmdesk.domain.tiers import Tier
from pmdesk.errors import EntryError, PmdeskError
from pmdesk.i18n import _, told
from pmdesk.rules.check import Finding, Severity
from pmdesk.rules.facts import Fact
from pmdesk.rules.rule import Rule
from pmdesk.rules.table import DecisionTable
from pmdesk.ui.badges import tier_badge
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.edits import Output
from pmdesk.ui.tables.model import BADGE_ROLE
from pmdesk.ui.widgets.pill import Badge

Index = QModelIndex | QPersistentModelIndex
Place = tuple[str, str]  # a rule's id, and a fact's key or an output's name

FINDING_ROLE = int(Qt.ItemDataRole.UserRole) + 11
PALE_ROLE = int(Qt.ItemDataRole.UserRole) + 12
REFUSED_ROLE = int(Qt.ItemDataRole.UserRole) + 13

_Role = Qt.ItemDataRole
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_END = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_START = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_TEXTS = {Output.TIER, Output.TAGS, Output.REASON}


class _Edit(QUndoCommand):
    """Puts one table in place of another; undo is never wrong because it restores a value."""

    def __init__(
        self, model: "RulesModel", before: DecisionTable, after: DecisionTable, words: str
    ) -> None:
        super().__init__(words)
        self._model, self._before, self._after = model, before, after

    @override
    def redo(self) -> None:
        self._model.show(self._after)

    @override
    def undo(self) -> None:
        self._model.show(self._before)


class RulesModel(QAbstractTableModel):
    """Rows are rules, columns are facts and outputs; edits go through the undo stack.

    An entry that cannot be read stays in its cell, marked, until it is mended or taken back; the
    table itself keeps its last good value there.
    """

    changed = Signal(object)  # the DecisionTable
    refused = Signal(str)  # the sentence: what was typed cannot stand

    def __init__(self, table: DecisionTable, undo: QUndoStack) -> None:
        super().__init__()
        self._table = table
        self._undo = undo
        self._findings: Mapping[Place, Finding] = {}
        self._counts: Mapping[str, str] = {}
        self._refused: dict[Place, tuple[str, str]] = {}
        self.editable = True

    @property
    def table(self) -> DecisionTable:
        """The table as it stands."""
        return self._table

    @property
    def refusals(self) -> Mapping[Place, tuple[str, str]]:
        """The entries that cannot be read, each with the sentence why."""
        return self._refused

    def start(self, table: DecisionTable, *, editable: bool) -> None:
        """Another version is shown; there is nothing to undo and nothing is marked."""
        self.editable = editable
        self._refused.clear()
        self._findings, self._counts = {}, {}
        self._undo.clear()
        self._reset(table)

    def show(self, table: DecisionTable) -> None:
        """Shows `table`, keeping the view where it is when only cells changed."""
        if len(table.rules) == len(self._table.rules) and table.facts == self._table.facts:
            self._table = table
            self._repaint()
            self.changed.emit(table)
        else:
            self._reset(table)

    def edit(self, after: DecisionTable, words: str) -> None:
        """`after` stands, as one undo step that the menu calls `words`."""
        if after != self._table:
            self._undo.push(_Edit(self, self._table, after, words))

    def attempt(self, row: int, column: int, text: str) -> bool:
        """What was typed stands in the cell, or stays there marked as refused."""
        place = self.place(row, column)
        try:
            after = edits.entered(self._table, row, column, text)
        except PmdeskError as error:
            sentence = self._sentence(row, column, error)
            self._refused[place] = (text, sentence)
            self.refused.emit(sentence)
            self._repaint()
            return False
        if self._refused.pop(place, None) is not None:
            self._repaint()
        self.edit(after, _("change {column}").format(column=edits.title_of(self._table, column)))
        return True

    def problem(self, row: int, column: int, text: str) -> EntryError | PmdeskError | None:
        """Why `text` cannot stand in the cell; None when it can."""
        try:
            edits.entered(self._table, row, column, text)
        except PmdeskError as error:
            return error
        return None

    def take_back(self, row: int, column: int) -> None:
        """The cell shows its last good value again."""
        if self._refused.pop(self.place(row, column), None) is not None:
            self._repaint()

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Marks the cells that the check found something about."""
        self._findings = {
            (rule, finding.fact or Output.REASON.name): finding
            for finding in findings
            for rule in finding.rules[:1]
        }
        self._repaint()

    def set_counts(self, counts: Mapping[str, str]) -> None:
        """Shows how many people each row decides about now, in words that hide small groups."""
        self._counts = counts
        self._repaint()

    def place(self, row: int, column: int) -> Place:
        """The cell by rule and column, whatever moves."""
        fact = self.fact_at(column)
        key = fact.key if fact else Output(column - len(self._table.facts)).name
        return self._table.rules[row].id, key

    def index_of(self, place: Place) -> QModelIndex:
        """The cell's present index; an invalid one when the row or column is gone."""
        rule_id, key = place
        rows = [row for row, rule in enumerate(self._table.rules) if rule.id == rule_id]
        keys = [fact.key for fact in self._table.facts] + [output.name for output in Output]
        if not rows or key not in keys:
            return QModelIndex()
        return self.index(rows[0], keys.index(key))

    def fact_at(self, column: int) -> Fact | None:
        """The fact of a column; None for an output."""
        return edits.fact_at(self._table, column)

    def output_at(self, column: int) -> Output | None:
        """The output of a column; None for a fact."""
        return edits.output_at(self._table, column)

    def rule_at(self, row: int) -> Rule:
        """The rule of a row."""
        return self._table.rules[row]

    def is_last_row(self, row: int) -> bool:
        """Whether it is the mandatory row for everyone else."""
        return self._table.is_complete and row == len(self._table.rules) - 1

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._table.rules)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # see rowCount
        return 0 if parent.isValid() else len(self._table.facts) + len(Output)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == _Role.DisplayRole else None
        if role in {_Role.DisplayRole, _Role.ToolTipRole}:
            return edits.title_of(self._table, section)
        if role == _Role.TextAlignmentRole and self.output_at(section) in _TEXTS:
            return _START | int(Qt.TextFlag.TextWordWrap)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsEditable if self.may_edit(index) else base

    def may_edit(self, index: Index) -> bool:
        """Whether something can be entered there; of the last row only tags and reason."""
        output = self.output_at(index.column())
        if not self.editable or not index.isValid() or output is Output.COUNT:
            return False
        return not (self.is_last_row(index.row()) and output in {None, Output.TIER})

    @override
    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        refused = self._refused.get(self.place(row, column))
        if role in {_Role.DisplayRole, _Role.EditRole}:
            return refused[0] if refused else self._text(row, column, role)
        if role in {_Role.ToolTipRole, _Role.AccessibleDescriptionRole}:
            return refused[1] if refused else self._tip(row, column)
        if role == REFUSED_ROLE:
            return refused is not None
        return self._look(row, column, role)

    @override
    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:
        if role != _Role.EditRole or not self.may_edit(index):
            return False
        return self.attempt(index.row(), index.column(), str(value))

    def badge(self, tier: str) -> Badge:
        """The look of a tier."""
        words = self._table.scheme.tier_label(tier)
        return tier_badge(Tier(code=tier, name=words, meaning=words))

    def has_errors(self) -> bool:
        """Whether a finding keeps the table from being submitted."""
        return any(f.severity is Severity.ERROR for f in self._findings.values())

    def _text(self, row: int, column: int, role: int) -> str:
        if self.output_at(column) is Output.COUNT:
            return self._counts.get(self._table.rules[row].id, "")
        ask = edits.typed if role == _Role.EditRole else edits.shown
        return ask(self._table, row, column)

    def _tip(self, row: int, column: int) -> str:
        finding = self._findings.get(self.place(row, column))
        if finding is not None:
            return finding.words()
        text = self._text(row, column, _Role.DisplayRole)
        if text == edits.ANYTHING:
            return _("{column}: any").format(column=edits.title_of(self._table, column))
        return text

    def _look(self, row: int, column: int, role: int) -> object:
        output = self.output_at(column)
        if role == FINDING_ROLE:
            return self._findings.get(self.place(row, column))
        if role == PALE_ROLE:
            return output is None and self._table.rules[row].cells[column].is_any
        if role == BADGE_ROLE and output is Output.TIER:
            return self.badge(self._table.rules[row].tier)
        if role == _Role.TextAlignmentRole:
            return _END if output is Output.COUNT else _MIDDLE if output is None else _START
        return None

    def _sentence(self, row: int, column: int, error: PmdeskError) -> str:
        return _("Row {row}, {column}: {problem}").format(
            row=row + 1, column=edits.title_of(self._table, column), problem=told(error)
        )

    def _reset(self, table: DecisionTable) -> None:
        self.beginResetModel()
        self._table = table
        ids = {rule.id for rule in table.rules}
        self._refused = {p: told_ for p, told_ in self._refused.items() if p[0] in ids}
        self.endResetModel()
        self.changed.emit(table)

    def _repaint(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1)
            )
