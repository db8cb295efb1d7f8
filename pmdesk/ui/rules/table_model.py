"""What the grid shows: cells in words, marks of findings, counts; nothing is changed here."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from pmdesk.domain.tiers import Tier
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _
from pmdesk.rules.cells import Cell
from pmdesk.rules.facts import Fact
from pmdesk.rules.finding import Finding, Severity
from pmdesk.rules.rule import Rule
from pmdesk.rules.table import DecisionTable, last_row_stays
from pmdesk.rules.words import print_cell
from pmdesk.ui.badges import tier_badge
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.edits import Output
from pmdesk.ui.rules.places import Mark, Marks, Place, place_at, place_of
from pmdesk.ui.tables.model import BADGE_ROLE
from pmdesk.ui.widgets.pill import Badge

Index = QModelIndex | QPersistentModelIndex

FINDING_ROLE = int(Qt.ItemDataRole.UserRole) + 11
PALE_ROLE = int(Qt.ItemDataRole.UserRole) + 12
REFUSED_ROLE = int(Qt.ItemDataRole.UserRole) + 13

_Role = Qt.ItemDataRole
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_END = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_START = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_TEXTS = {Output.TIER, Output.TAGS, *edits.PROSE}
_SHOWN = int(_Role.DisplayRole)


class TableModel(QAbstractTableModel):
    """Rows are rules, columns are facts and outputs; an entry that cannot be read is marked."""

    def __init__(self, table: DecisionTable) -> None:
        super().__init__()
        self._table = table
        self._findings: Mapping[Place, tuple[Finding, ...]] = {}
        self._errors = False
        self._counts: Mapping[str, str] = {}
        self._refused: dict[Place, Mark] = {}
        self._texts: dict[tuple[Cell, str], str] = {}
        self._is_expert = False
        self.editable = True

    @property
    def table(self) -> DecisionTable:
        """The table as it stands."""
        return self._table

    @property
    def refusals(self) -> Marks:
        """The entries that cannot be read, each with the sentence why."""
        return self._refused

    @property
    def is_expert(self) -> bool:
        """Whether cells are shown and typed in S-FEEL."""
        return self._is_expert

    def show_expert(self, expert: bool) -> None:
        """Cells are shown and typed in S-FEEL, or in words."""
        self._is_expert = expert
        self._texts.clear()
        self._repaint()

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Marks the cells that the check found something about."""
        self._errors = any(finding.severity is Severity.ERROR for finding in findings)
        found: dict[Place, tuple[Finding, ...]] = {}
        for finding in findings:
            if (place := place_of(finding)) and finding.severity is not Severity.INFO:
                worse = finding.severity is Severity.ERROR
                others = found.get(place, ())
                found[place] = (finding, *others) if worse else (*others, finding)
        self._findings = found
        self._repaint()

    def set_counts(self, counts: Mapping[str, str]) -> None:
        """Shows how many people each row decides about now, in words that hide small groups."""
        self._counts = counts
        self._repaint()

    def place(self, row: int, column: int) -> Place:
        """The cell by rule and column, whatever moves."""
        return place_at(self._table, row, column)

    def typed(self, row: int, column: int) -> str:
        """The cell as one types it, in words or in S-FEEL."""
        ask = edits.expert if self._is_expert else edits.typed
        return ask(self._table, row, column)

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

    def key_of(self, column: int) -> str:
        """A fact's key or an output's name."""
        fact = self.fact_at(column)
        return fact.key if fact else Output(column - len(self._table.facts)).name

    def rule_at(self, row: int) -> Rule:
        """The rule of a row."""
        return self._table.rules[row]

    @property
    def last_place(self) -> int:
        """Above which row the last movable one stands: the last row stays the last."""
        return len(self._table.rules) - self._table.is_complete

    def is_filled(self, row: int, column: int) -> bool:
        """Whether the cell asks or gives something."""
        rule, fact = self._table.rules[row], self.fact_at(column)
        return not rule.cells[column].is_any if fact else bool(self._text(row, column, _SHOWN))

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

    def why_locked(self, index: Index) -> PmdeskError | None:
        """Why nothing can be entered there; None where something can."""
        if not index.isValid() or self.may_edit(index):
            return None
        if not self.editable:
            return PmdeskError(
                N_("This version cannot be edited here."), N_("Copy it as a draft to edit.")
            )
        if self.output_at(index.column()) is Output.COUNT:
            return PmdeskError(N_("People are counted, this cannot be typed."))
        return last_row_stays()

    @override
    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        refused = self._refused.get(self.place(row, column)) if self._refused else None
        if role in {_Role.DisplayRole, _Role.EditRole}:
            return refused[0] if refused else self._text(row, column, role)
        if role in {_Role.ToolTipRole, _Role.AccessibleDescriptionRole}:
            return refused[1] if refused else self._tip(row, column)
        if role == _Role.AccessibleTextRole:
            return edits.heard(self._table, row, column, self._text(row, column, _SHOWN))
        if role == REFUSED_ROLE:
            return refused is not None
        return self._look(row, column, role)

    def badge(self, tier: str) -> Badge:
        """The look of a tier."""
        words = self._table.scheme.tier_label(tier)
        return tier_badge(Tier(code=tier, name=words, meaning=words))

    def has_errors(self) -> bool:
        """Whether a finding keeps the table from being submitted."""
        return self._errors

    def _text(self, row: int, column: int, role: int) -> str:
        rule = self._table.rules[row]
        if self.output_at(column) is Output.COUNT:
            return self._counts.get(rule.id, "")
        if role == _Role.EditRole:
            return self.typed(row, column)
        fact = self.fact_at(column)
        if fact is None:
            return edits.shown(self._table, row, column)
        known = (rule.cells[column], fact.key)
        if known not in self._texts:
            ask = print_cell if self._is_expert else edits.cell_text
            self._texts[known] = ask(rule.cells[column], fact)
        return self._texts[known]

    def _tip(self, row: int, column: int) -> str:
        found = self._findings.get(self.place(row, column))
        if found:
            return "\n".join(finding.words() for finding in found)
        text = self._text(row, column, _Role.DisplayRole)
        if text in {edits.ANYTHING, "-"}:
            return _("{column}: any").format(column=edits.title_of(self._table, column))
        return text

    def _look(self, row: int, column: int, role: int) -> object:
        output = self.output_at(column)
        if role == FINDING_ROLE:
            if not self._findings:
                return None
            return next(iter(self._findings.get(self.place(row, column), ())), None)
        if role == PALE_ROLE:
            return output is None and self._table.rules[row].cells[column].is_any
        if role == BADGE_ROLE and output is Output.TIER:
            return self.badge(self._table.rules[row].tier)
        if role == _Role.TextAlignmentRole:
            return _END if output is Output.COUNT else _MIDDLE if output is None else _START
        return None

    def _repaint_cell(self, row: int, column: int) -> None:
        index = self.index(row, column)
        self.dataChanged.emit(index, index)

    def _repaint(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1)
            )
