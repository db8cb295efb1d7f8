"""The grid of service plans: its keys are those of a spreadsheet."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollArea, QTableView
from typing_extensions import override

from pmdesk.domain.orders.plan_draft import Line, PlanCell
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.i18n import _
from pmdesk.ui import theme
from pmdesk.ui.plans.delegate import PlanDelegate
from pmdesk.ui.plans.model import ROWS, PlanModel
from pmdesk.ui.rules.blocks import read_block, write_block

_Key = Qt.Key
_Keys = QKeySequence.StandardKey
_WORDS: Mapping[QKeySequence.StandardKey, str] = {
    _Keys.Copy: "copy",
    _Keys.Cut: "cut",
    _Keys.Paste: "paste",
    _Keys.Delete: "clear",
}
_PLAIN: Mapping[int, str] = {_Key.Key_Backspace: "clear"}
_NARROW = 90  # pixels of a column, growing with the text
_HIGH, _AIR = 1.7, 10  # a row: lines of text; pixels around several lines
_LINES = tuple(row for row, what in enumerate(ROWS) if isinstance(what, Line))


class PlanGrid(QTableView):
    """One cell is current; copies, pastes, clears and fills are one undo step each."""

    current_changed = Signal(object)  # PlanCell or None
    locked = Signal(object)  # PlanCell: somebody types where nothing can be entered

    def __init__(self, model: PlanModel) -> None:
        super().__init__()
        self.plans = model
        self.setModel(model)
        self._delegate = PlanDelegate(self)
        self.setItemDelegate(self._delegate)
        self._delegate.moved.connect(self.step)
        self._delegate.tabbed.connect(self.tab)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(True)  # else Tab never arrives at keyPressEvent
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(_("Service plans"))
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(theme.length(_NARROW))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double_click)
        model.modelReset.connect(self._lay)
        model.dataChanged.connect(self._fit)
        self._lay()

    @property
    def current(self) -> PlanCell | None:
        """The cell on which the keyboard acts."""
        return self.plans.cell(self.currentIndex())

    @property
    def chosen(self) -> tuple[PlanCell, ...]:
        """The chosen cells, or the current one."""
        indexes = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        order = sorted(indexes, key=lambda index: (index.row(), index.column()))
        return tuple(cell for index in order if (cell := self.plans.cell(index)) is not None)

    def go(self, cell: PlanCell) -> None:
        """That cell is current and is seen."""
        index = self.plans.index_of(cell)
        if index.isValid():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setCurrentIndex(index)
            self._bring(index)

    def settle(self) -> None:
        """An entry that is being typed stands."""
        if self.state() is QAbstractItemView.State.EditingState:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # leaving it commits it

    def step(self, rows: int) -> None:
        """The current cell is that many rows further on; headings are passed over."""
        index = self.currentIndex()
        if index.row() in _LINES:
            at = max(0, min(_LINES.index(index.row()) + rows, len(_LINES) - 1))
            self.setCurrentIndex(self.plans.index(_LINES[at], max(index.column(), 1)))

    def tab(self, by: int) -> None:
        """The next or previous cell is current; beyond the last one the keys go elsewhere."""
        index, wide = self.currentIndex(), len(self.plans.columns)
        if index.row() not in _LINES:
            self._leave(by)
            return
        at = _LINES.index(index.row()) * wide + index.column() - 1 + by
        if 0 <= at < len(_LINES) * wide:
            row, column = divmod(at, wide)
            self.setCurrentIndex(self.plans.index(_LINES[row], column + 1))
        else:
            self._leave(by)

    def copy(self) -> None:
        """The chosen cells are in the clipboard, as one types them."""
        rows: dict[Line, list[str]] = {}
        for cell in self.chosen:
            rows.setdefault(cell.line, []).append(self.plans.typed(cell))
        if rows:
            QGuiApplication.clipboard().setText(write_block(tuple(rows.values())))

    def cut(self) -> None:
        """The chosen cells are in the clipboard and say what the contract says."""
        self.copy()
        self.clear_cells()

    def paste(self) -> None:
        """The block stands where the cursor is; one value fills all that is chosen."""
        block = read_block(QGuiApplication.clipboard().text())
        draft = self.plans.draft
        for cell, text in self._aimed(block):
            draft = draft.entered(cell, text)
        self.plans.edit(draft, _("paste"))

    def clear_cells(self) -> None:
        """The chosen cells of tiers say what the contract says."""
        cells = self.plans.typeable(self.chosen)
        self.plans.edit(self.plans.draft.cleared(cells), _("clear"))

    def fill_down(self) -> None:
        """The first of the chosen rows stands in the others; from above, if one is chosen."""
        draft = self.plans.draft
        chosen = self.chosen
        lines = tuple(dict.fromkeys(cell.line for cell in chosen))
        source = self._above(lines[0]) if len(lines) == 1 else next(iter(lines), None)
        if source is None:
            return
        for cell in self.plans.typeable(chosen):
            if cell.line.aspect is source.aspect and cell.line != source:
                draft = draft.filled(cell, draft.value(PlanCell(cell.tier, source)))
        self.plans.edit(draft, _("fill down"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        for standard, word in _WORDS.items():
            if event.matches(standard):
                self._do(word)
                return
        key, held = _Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = held == Qt.KeyboardModifier.ShiftModifier
        if key in {_Key.Key_Tab, _Key.Key_Backtab}:
            self.tab(-1 if key == _Key.Key_Backtab or shift else 1)
        elif key in {_Key.Key_Return, _Key.Key_Enter} and (not held or shift):
            self._enter(-1 if shift else 1)
        elif not held and key in {_Key.Key_Up, _Key.Key_Down}:
            self.step(-1 if key == _Key.Key_Up else 1)
        elif not held and key in _PLAIN:
            self._do(_PLAIN[key])
        elif not self._is_locked(event):
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)  # the columns share the new width
        self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _leave(self, by: int) -> None:
        """The keys go to what stands before or after the grid."""
        self.setTabKeyNavigation(False)  # with it Qt would send the key back
        self.focusNextPrevChild(by > 0)
        self.setTabKeyNavigation(True)

    def _do(self, word: str) -> None:
        acts = {
            "copy": self.copy,
            "cut": self.cut,
            "paste": self.paste,
            "clear": self.clear_cells,
        }
        acts[word]()

    def _aimed(self, block: tuple[tuple[str, ...], ...]) -> list[tuple[PlanCell, str]]:
        """Which cell each text of the block is for; headings are passed over."""
        if not any(any(line) for line in block):
            return []
        if len(block) == len(block[0]) == 1:
            return [(cell, block[0][0]) for cell in self.plans.typeable(self.chosen)]
        first = self.chosen[0] if self.chosen else None
        if first is None:
            return []
        start = self.plans.index_of(first)
        rows = _LINES[_LINES.index(start.row()) :]
        aimed = (
            (self.plans.cell(self.plans.index(row, start.column() + at)), text)
            for row, line in zip(rows, block, strict=False)
            for at, text in enumerate(line)
        )
        return [(cell, text) for cell, text in aimed if cell and self.plans.may_type(cell)]

    def _above(self, line: Line) -> Line | None:
        row = ROWS[ROWS.index(line) - 1]
        return row if isinstance(row, Line) else None

    def _enter(self, down: int) -> None:
        """Enter opens the cell; with Shift, or where nothing can be entered, it goes on."""
        index = self.currentIndex()
        if down > 0 and bool(index.flags() & Qt.ItemFlag.ItemIsEditable):
            self.edit(index)
        else:
            self.step(down)

    def _is_locked(self, event: QKeyEvent) -> bool:
        """Whether something is typed where nothing can be entered, which then is told."""
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        types = bool(event.text()) and event.text().isprintable() and not held
        cell = self.current
        if cell is None or self.plans.may_type(cell) or not (types or event.key() == _Key.Key_F2):
            return False
        self.locked.emit(cell)
        return True

    def _on_double_click(self, index: QModelIndex) -> None:
        cell = self.plans.cell(index)
        if cell is not None and not self.plans.may_type(cell):
            self.locked.emit(cell)

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(self.plans.cell(now))
        self.viewport().update()
        if now.isValid() and self.hasFocus():
            self._bring(now)

    def _bring(self, index: QModelIndex) -> None:
        """What scrolls around the grid shows the cell: at large text the grid is higher than it."""
        self.scrollTo(index)
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        inner = around.widget() if isinstance(around, QScrollArea) else None
        if isinstance(around, QScrollArea) and inner is not None:
            rect = self.visualRect(index)
            at = self.viewport().mapTo(inner, rect.center())
            around.ensureVisible(at.x(), at.y(), 0, rect.height())

    def _lay(self) -> None:
        """Headings go across; a cell is current."""
        self.clearSpans()
        for row, what in enumerate(ROWS):
            if isinstance(what, Aspect):
                self.setSpan(row, 0, 1, self.plans.columnCount())
        if self.plans.rowCount():
            first = min(2, self.plans.columnCount() - 1)
            self.setCurrentIndex(self.plans.index(_LINES[0], first))
        self._fit()

    def _fit(self) -> None:
        """Rows are as high as their words need, as soon as the grid is to be seen."""
        if not self.isVisible():
            return
        high = round(self.fontMetrics().height() * _HIGH)
        self.verticalHeader().setMinimumSectionSize(high)
        for row in range(len(ROWS)):
            self.setRowHeight(row, max(high, self.sizeHintForRow(row) + theme.length(_AIR)))
