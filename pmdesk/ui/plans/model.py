"""The model of the plan grid: one frozen draft; every edit is one undo step."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from typing_extensions import override

from pmdesk.domain.orders.floor import ServicePlan
from pmdesk.domain.orders.plan_draft import (
    CONTRACT,
    LINES,
    Fault,
    Line,
    PlanCell,
    PlanDraft,
    drafted,
    may_type,
)
from pmdesk.domain.orders.plan_ladder import Behind, behind
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.domain.tiers import Tier
from pmdesk.i18n import N_, _
from pmdesk.services.plans import wording

Index = QModelIndex | QPersistentModelIndex
Row = Aspect | Line


def _rows() -> Iterator[Row]:
    """Each aspect as a heading, and below it its lines."""
    for aspect in Aspect:
        yield aspect
        yield from (line for line in LINES if line.aspect is aspect)


ROWS: tuple[Row, ...] = tuple(_rows())
FAULT_ROLE = int(Qt.ItemDataRole.UserRole) + 31
PALE_ROLE = int(Qt.ItemDataRole.UserRole) + 32
LOCK_ROLE = int(Qt.ItemDataRole.UserRole) + 33
BEHIND_ROLE = int(Qt.ItemDataRole.UserRole) + 34
UNDO_STEPS = 100
_Role = Qt.ItemDataRole


class PlanModel(QAbstractTableModel):
    """Rows are headings and lines, the first column names the line, the others are values."""

    changed = Signal(object)  # the PlanDraft

    def __init__(self, plan: ServicePlan, parent: Any = None) -> None:
        super().__init__(parent)
        self.undo = QUndoStack(self)
        self.undo.setUndoLimit(UNDO_STEPS)
        self.tiers: tuple[Tier, ...] = ()
        self.columns: tuple[str, ...] = (CONTRACT,)
        self.may_edit = False
        self.is_open = False  # the contract may be changed
        self._draft = drafted(plan)
        self._faults: Mapping[PlanCell, Fault] = {}
        self._behind: Mapping[PlanCell, Behind] = {}

    @property
    def draft(self) -> PlanDraft:
        """The plans as they stand."""
        return self._draft

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Why they cannot be published."""
        return tuple(self._faults.values())

    @property
    def behind(self) -> tuple[Behind, ...]:
        """Where a higher tier is promised less than a lower one; those cells can stand."""
        return tuple(self._behind.values())

    def start(self, draft: PlanDraft, tiers: Sequence[Tier], columns: Sequence[str]) -> None:
        """Another version is shown; there is nothing to undo."""
        self.beginResetModel()
        self.undo.clear()
        self.tiers, self.columns = tuple(tiers), tuple(columns)
        self._put(draft)
        self.endResetModel()
        self.changed.emit(draft)

    def show(self, draft: PlanDraft) -> None:
        """The cells show this draft; undo is never wrong because it restores a value."""
        self._put(draft)
        last = self.index(len(ROWS) - 1, len(self.columns))
        self.dataChanged.emit(self.index(0, 0), last)
        self.changed.emit(draft)

    def edit(self, after: PlanDraft, words: str) -> None:
        """`after` stands, as one undo step that is called `words`."""
        if after != self._draft:
            self.undo.push(_Step(self.show, (self._draft, after), words))

    def open_contract(self, *, on: bool) -> None:
        """The contract's own cells can be typed into, or not."""
        self.is_open = on
        self.dataChanged.emit(self.index(0, 1), self.index(len(ROWS) - 1, 1))

    def allow(self, *, may_edit: bool) -> None:
        """Whether anything can be typed at all."""
        self.may_edit = may_edit
        self.dataChanged.emit(self.index(0, 0), self.index(len(ROWS) - 1, len(self.columns)))

    def cell(self, index: Index) -> PlanCell | None:
        """The cell of an index; None for headings and names."""
        row = ROWS[index.row()] if index.isValid() else None
        if not isinstance(row, Line) or not 0 < index.column() <= len(self.columns):
            return None
        return PlanCell(self.columns[index.column() - 1], row)

    def index_of(self, cell: PlanCell) -> QModelIndex:
        """Where a cell is."""
        if cell.tier not in self.columns:
            return QModelIndex()
        return self.index(ROWS.index(cell.line), self.columns.index(cell.tier) + 1)

    def fault(self, cell: PlanCell) -> Fault | None:
        """Why the cell cannot stand."""
        return self._faults.get(cell)

    def why_look(self, cell: PlanCell) -> str:
        """What is wrong with the cell, or odd about it; empty where nothing is."""
        if cell in self._faults:
            return wording.fault_words(self._faults[cell])
        return wording.behind_words(self._behind[cell], self.tiers) if cell in self._behind else ""

    def may_type(self, cell: PlanCell) -> bool:
        """Whether something can be entered there now."""
        return self.may_edit and may_type(cell) and (cell.tier != CONTRACT or self.is_open)

    def typeable(self, cells: Iterable[PlanCell]) -> tuple[PlanCell, ...]:
        """Those of them into which something can be entered."""
        return tuple(cell for cell in cells if self.may_type(cell))

    def typed(self, cell: PlanCell) -> str:
        """The cell as one types it again."""
        unread = self._draft.unread.get(cell)
        return wording.typed_words(self._draft.value(cell)) if unread is None else unread

    def why_locked(self, cell: PlanCell) -> str:
        """Why nothing can be entered there and what would help; empty where it can."""
        if self.may_type(cell):
            return ""
        if not may_type(cell):
            return _(_SAME_FOR_ALL[cell.line.aspect])
        if not self.may_edit:
            return _("Service plans are made by managers and administrators.")
        return _("The contract is locked. Press “Change the contract” first.")

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(ROWS)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.columns) + 1

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != _Role.DisplayRole:
            return None
        if not 0 < section <= len(self.columns):
            return _("Service")
        return wording.column_words(self.columns[section - 1], self.tiers)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        cell = self.cell(index)
        flags = Qt.ItemFlag.ItemIsEnabled
        if cell is not None:
            flags |= Qt.ItemFlag.ItemIsSelectable
            if self.may_type(cell):
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        cell = self.cell(index)
        if cell is None:
            return self._name(index) if role in _TEXTS else None
        answers: Mapping[int, Callable[[PlanCell], Any]] = {
            _Role.DisplayRole: self.shown,
            _Role.EditRole: self.typed,
            _Role.ToolTipRole: self._tip,
            _Role.AccessibleTextRole: self._heard,
            FAULT_ROLE: self.fault,
            BEHIND_ROLE: self._behind.get,
            PALE_ROLE: self._is_pale,
            LOCK_ROLE: lambda one: not may_type(one),
        }
        return answers[role](cell) if role in answers else None

    @override
    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:
        cell = self.cell(index)
        if role != _Role.EditRole or cell is None or not self.may_type(cell):
            return False
        words = _("change {cell}").format(cell=wording.cell_words(cell, self.tiers))
        self.edit(self._draft.entered(cell, str(value)), words)
        return True

    def shown(self, cell: PlanCell) -> str:
        """The cell in words."""
        unread = self._draft.unread.get(cell)
        if unread is not None:
            return unread
        return wording.value_words(self._draft.value(cell), cell.line.aspect)

    def _put(self, draft: PlanDraft) -> None:
        self._draft = draft
        self._faults = {fault.cell: fault for fault in reversed(draft.faults())}
        found = behind(draft, self.columns)
        self._behind = {one.cell: one for one in found if one.cell not in self._faults}

    def _name(self, index: Index) -> str:
        row = ROWS[index.row()]
        if isinstance(row, Line):
            return wording.line_words(row)
        return _(wording.ASPECTS[row]) if index.column() == 0 else ""

    def _is_pale(self, cell: PlanCell) -> bool:
        """A tier's cell that follows the contract."""
        return cell.tier != CONTRACT and not self._draft.differs(cell)

    def _tip(self, cell: PlanCell) -> str:
        if why := self.why_look(cell):
            return why
        return self.shown(cell) if may_type(cell) else self.why_locked(cell)

    def _heard(self, cell: PlanCell) -> str:
        """The cell with what it is, for a screen reader."""
        why = self.why_look(cell)
        words = _("{cell}: {value}").format(
            cell=wording.cell_words(cell, self.tiers), value=self.shown(cell)
        )
        pale = [_("as the contract")] if self._is_pale(cell) else []
        return _("; ").join((words, *pale, *([why] if why else [])))


_SAME_FOR_ALL: Mapping[Aspect, str] = {
    Aspect.DONE: N_(
        "Orders are done in the same time for everybody: urgency decides, never a tier."
    ),
    Aspect.VISITS: N_(
        "These rounds are of common areas, which are the same for everybody: change the contract,"
        " not a tier."
    ),
}
_TEXTS = {_Role.DisplayRole, _Role.AccessibleTextRole}


class _Step(QUndoCommand):
    """Puts one draft in place of another."""

    def __init__(
        self, show: Callable[[PlanDraft], None], drafts: tuple[PlanDraft, PlanDraft], words: str
    ) -> None:
        super().__init__(words)
        self._show = show
        self._before, self._after = drafts

    @override
    def redo(self) -> None:
        self._show(self._after)

    @override
    def undo(self) -> None:
        self._show(self._before)
