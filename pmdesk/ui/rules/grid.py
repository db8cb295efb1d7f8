"""The grid: what rules ask at the left, what they give pinned at the right, one selection."""

from typing import cast

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableView,
    QWidget,
)
from typing_extensions import override

from pmdesk.rules.facts import FactType
from pmdesk.ui import theme
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.delegate import CellDelegate
from pmdesk.ui.rules.edits import Output
from pmdesk.ui.rules.model import Place, RulesModel
from pmdesk.ui.widgets.pill import pill_size

_WIDE = {
    FactType.FLAG: 6.2,
    FactType.CHOICE: 7.6,
    FactType.NUMBER: 7.6,
    FactType.DATE: 10.0,
    FactType.TEXT: 9.0,
}
_OUTPUT_WIDE = {Output.TIER: 6.6, Output.COUNT: 5.4, Output.TAGS: 9.0}
_MOST_LINES = 5
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Tab: (1, 0),
    Qt.Key.Key_Backtab: (-1, 0),
    Qt.Key.Key_Return: (0, 1),
    Qt.Key.Key_Enter: (0, 1),
}


class _Heading(QHeaderView):
    """Headings of several lines."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setDefaultAlignment(
            Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap)
        )
        self.setHighlightSections(False)
        self.setSectionsClickable(True)

    @override
    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        width = self.sectionSize(logicalIndex)
        metrics = QFontMetrics(self.font())
        room = max(width - theme.length(26), theme.length(20))
        flags = int(Qt.TextFlag.TextWordWrap)
        high = metrics.boundingRect(0, 0, room, 10_000, flags, text).height()
        most = metrics.lineSpacing() * _MOST_LINES
        return QSize(width, min(high, most) + theme.length(18))


class GridPart(QTableView):
    """One half of the grid."""

    stepped = Signal(int, int)  # columns, rows
    wanted = Signal(str)  # copy, paste or clear

    def __init__(self, model: RulesModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setHorizontalHeader(_Heading())
        self.setItemDelegate(CellDelegate(model, self))
        self.cells.moved.connect(self.stepped)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(True)  # else Tab never arrives at keyPressEvent
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)

    @property
    def cells(self) -> CellDelegate:
        """What paints the cells."""
        return cast("CellDelegate", self.itemDelegate())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = QKeySequence.StandardKey
        for standard, word in ((keys.Copy, "copy"), (keys.Paste, "paste"), (keys.Delete, "clear")):
            if event.matches(standard):
                self.wanted.emit(word)
                return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_back = event.key() == Qt.Key.Key_Backtab
        if event.key() in _STEPS and (plain or is_back):
            self.stepped.emit(*_STEPS[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)


class RulesGrid(QWidget):
    """Both halves: they scroll, select and mark the current cell together."""

    current_changed = Signal(object)  # QModelIndex
    menu_wanted = Signal(int, object)  # fact column, place on the screen

    def __init__(self, model: RulesModel) -> None:
        super().__init__()
        self._model = model
        self._only_used = True
        self._kept: set[str] = set()
        self._place: Place | None = None
        self.asked, self.given = GridPart(model), GridPart(model)
        self._join()
        self._lay_out()
        model.modelReset.connect(self._restore)
        self._arrange()

    @property
    def current(self) -> QModelIndex:
        """The current cell."""
        return self.asked.currentIndex()

    @property
    def rows(self) -> tuple[int, ...]:
        """The chosen rows, or the current one."""
        chosen = {index.row() for index in self.asked.selectedIndexes()}
        return tuple(sorted(chosen or {self.current.row()} - {-1}))

    @property
    def columns(self) -> tuple[int, ...]:
        """The chosen columns that are seen, or the current one."""
        chosen = {index.column() for index in self.asked.selectionModel().selectedIndexes()}
        order = self.visible_columns
        return tuple(c for c in order if c in (chosen or {self.current.column()}))

    @property
    def visible_columns(self) -> tuple[int, ...]:
        """The columns that are seen, from left to right."""
        count = self._model.columnCount()
        return tuple(c for c in range(count) if not self._part(c).isColumnHidden(c))

    def columns_from(self, column: int) -> tuple[int, ...]:
        """The columns that are seen from `column` on, where a pasted block goes."""
        return tuple(c for c in self.visible_columns if c >= column)

    def go(self, place: Place | None) -> None:
        """That cell is the current one and is seen."""
        index = self._model.index_of(place) if place else QModelIndex()
        if index.isValid():
            fact = self._model.fact_at(index.column())
            if fact is not None and self.asked.isColumnHidden(index.column()):
                self._kept.add(fact.key)
                self._arrange()
            self._set_current(index)

    def show_only_used(self, only: bool) -> None:
        """Columns in which no rule asks for anything are hidden, or shown."""
        self._only_used = only
        self._kept.clear()
        self._arrange()

    def step(self, columns: int, rows: int) -> None:
        """The current cell is that many columns and rows further on, across both halves."""
        order = self.visible_columns
        now = self.current
        if not now.isValid() or not order:
            return
        at = order.index(now.column()) if now.column() in order else 0
        to = max(0, min(at + columns, len(order) - 1))
        row = max(0, min(now.row() + rows, self._model.rowCount() - 1))
        self._set_current(self._model.index(row, order[to]))

    def measure(self) -> None:
        """Heights and widths follow the font."""
        high = round(self.fontMetrics().height() * 2.1)
        letter = self.fontMetrics().horizontalAdvance("国")
        for part in (self.asked, self.given):
            part.verticalHeader().setDefaultSectionSize(high)
        self.asked.verticalHeader().setFixedWidth(letter * 3)
        for column in range(self._model.columnCount()):
            fact, output = self._model.fact_at(column), self._model.output_at(column)
            if output is not Output.REASON:  # it takes what is left
                wide = _WIDE[fact.type] if fact else _OUTPUT_WIDE[output or Output.TIER]
                least = self._least_width(column)
                self._part(column).setColumnWidth(column, max(round(wide * letter), least))
        self._level_headings()

    def _least_width(self, column: int) -> int:
        """No word of a heading and no tier is cut."""
        metrics = self._part(column).horizontalHeader().fontMetrics()
        words = edits.title_of(self._model.table, column).split()
        widths = [metrics.horizontalAdvance(word) for word in words if word.isascii()]
        if self._model.output_at(column) is Output.TIER:
            badges = (self._model.badge(tier) for tier in self._model.table.scheme.tier_keys)
            widths += [pill_size(badge, self.font()).width() for badge in badges]
        return max(widths, default=0) + theme.length(28)

    def _join(self) -> None:
        self.given.setSelectionModel(self.asked.selectionModel())
        self.given.verticalHeader().hide()
        self.given.horizontalHeader().setStretchLastSection(True)
        self.asked.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        always = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        for part, other in ((self.asked, self.given), (self.given, self.asked)):
            part.setHorizontalScrollBarPolicy(always)  # both halves stay equally high
            part.verticalScrollBar().valueChanged.connect(other.verticalScrollBar().setValue)
            part.stepped.connect(self.step)
        self.asked.selectionModel().currentChanged.connect(self._on_current)
        head = self.asked.horizontalHeader()
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._ask_menu)

    def _lay_out(self) -> None:
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.asked)
        self._split.addWidget(self.given)
        self._split.setStretchFactor(0, 5)
        self._split.setStretchFactor(1, 4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._split)

    def _arrange(self) -> None:
        table = self._model.table
        used = edits.used_columns(table)
        for column in range(self._model.columnCount()):
            fact = self._model.fact_at(column)
            idle = fact is not None and column not in used and fact.key not in self._kept
            self.asked.setColumnHidden(column, fact is None or (idle and self._only_used))
            self.given.setColumnHidden(column, fact is not None)
        first = next((c for c in self.visible_columns), 0)
        self.asked.cells.first_column = first
        self.measure()

    def _restore(self) -> None:
        place = self._place
        self._arrange()
        index = self._model.index_of(place) if place else QModelIndex()
        if not index.isValid() and self._model.rowCount():
            order = self.visible_columns
            index = self._model.index(0, order[0] if order else 0)
        if index.isValid():
            self._set_current(index)

    def _set_current(self, index: QModelIndex) -> None:
        part = self._part(index.column())
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        had_focus = self.asked.hasFocus() or self.given.hasFocus()
        self.asked.selectionModel().setCurrentIndex(index, flag)
        part.scrollTo(index)
        if had_focus:
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        for part in (self.asked, self.given):
            part.cells.current_row = now.row()
            part.viewport().update()
        if now.isValid():
            self._place = self._model.place(now.row(), now.column())
            if now.row() != before.row() and self._model.fact_at(now.column()) is None:
                self._show_what_it_asks(now.row())
        self.current_changed.emit(now)

    def _show_what_it_asks(self, row: int) -> None:
        """A rule chosen by what it gives shows what it asks."""
        cells = self._model.rule_at(row).cells
        asked = [column for column, cell in enumerate(cells) if not cell.is_any]
        for column in reversed(asked):
            self.asked.scrollTo(self._model.index(row, column))

    def _part(self, column: int) -> GridPart:
        return self.asked if self._model.fact_at(column) is not None else self.given

    def _level_headings(self) -> None:
        heads = [self.asked.horizontalHeader(), self.given.horizontalHeader()]
        high = max(
            head.sectionSizeFromContents(column).height()
            for column in range(self._model.columnCount())
            for head in (self._part(column).horizontalHeader(),)
            if not self._part(column).isColumnHidden(column)
        )
        for head in heads:
            head.setFixedHeight(high)

    def _ask_menu(self, at: QPoint) -> None:
        head = self.asked.horizontalHeader()
        column = head.logicalIndexAt(at)
        if column >= 0:
            self.menu_wanted.emit(column, head.viewport().mapToGlobal(at))
