"""The table used everywhere: quiet lines, pills for states, and a sentence while it is empty."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.ui import theme
from pmdesk.ui.tables.model import BADGE_ROLE, Column, PagedModel, RowsModel
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.pill import Badge, paint_pill, pill_size

Model = RowsModel[Any] | PagedModel[Any]
Index = QModelIndex | QPersistentModelIndex
_SIDE = 12  # from a cell's edge to its pill, as the style sheet has it for text
_Flag = QItemSelectionModel.SelectionFlag
_ONLY = _Flag.ClearAndSelect | _Flag.Rows
_LEAST = 12  # digits of a column without a width of its own


class BadgeDelegate(QStyledItemDelegate):
    """Paints the cells of state columns as pills."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        badge = index.data(BADGE_ROLE)
        if not isinstance(badge, Badge):
            super().paint(painter, option, index)
            return
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, widget)
        side = theme.length(_SIDE)
        rect = option.rect.adjusted(side, 0, -2, 0)
        paint_pill(painter, rect, badge, widget.font())

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        badge = index.data(BADGE_ROLE)
        if not isinstance(badge, Badge):
            return super().sizeHint(option, index)
        size = pill_size(badge, option.font)
        return QSize(size.width() + theme.length(2 * _SIDE), size.height())


class SortHeader(QHeaderView):
    """Only what can be sorted by is clicked; all columns until `allow` says which."""

    def __init__(self, table: Model) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._table = table
        self._keys: frozenset[str] | None = None
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def allow(self, keys: Collection[str]) -> None:
        """The columns of these keys can be sorted by."""
        self._keys = frozenset(keys)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.isSortIndicatorShown():
            self.setSectionsClickable(
                self._may_sort(self.logicalIndexAt(event.position().toPoint()))
            )
        super().mousePressEvent(event)

    def _may_sort(self, section: int) -> bool:
        if self._keys is None:
            return True
        return section >= 0 and self._table.columns[section].key in self._keys


class TableView(QTableView):
    """Whole rows are chosen; Enter or a double click opens one; Ctrl+C copies as TSV.

    One row at a time is copied: several residents leave through the export guard only. A table
    about `nobody` gives as many rows as are chosen.
    """

    opened = Signal(object)  # the row's value
    picked = Signal(object)  # the row's value, or None
    kept_back = Signal(int)  # so many rows were to be copied, and none was

    def __init__(self, model: Model, *, sortable: bool = False, nobody: bool = False) -> None:
        super().__init__()
        self._nobody = nobody
        self._off: set[str] = set()  # columns that a page has taken away
        self.table = model
        self.head = SortHeader(model)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self.setItemDelegate(BadgeDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.head
        head.setHighlightSections(False)
        head.setSortIndicatorShown(sortable)
        head.setSectionsClickable(sortable)
        if sortable:
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            head.sortIndicatorChanged.connect(model.sort)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.table.row_at(index)))
        self.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.picked.emit(self.table.row_at(now))
        )
        self._measure()

    @property
    def chosen(self) -> tuple[Any, ...]:
        """The values of the chosen rows, from top to bottom."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = (self.table.row(number) for number in numbers)
        return tuple(row for row in rows if row is not None)

    def show_sorting(self, key: str, *, descending: bool, keys: Collection[str]) -> None:
        """The arrow says how the rows stand; by `keys` they can be sorted, by nothing else."""
        self.head.allow(keys)
        columns = [column.key for column in self.table.columns]
        down = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        blocked = self.head.blockSignals(True)
        self.head.setSortIndicator(columns.index(key) if key in columns else -1, down)
        self.head.blockSignals(blocked)
        self.head.viewport().update()

    def copy(self) -> None:
        """The chosen row is in the clipboard, tab-separated, as it is shown; many are kept back."""
        chosen = self.chosen
        if len(chosen) > 1 and not self._nobody:
            words = _("One row at a time can be copied. Lists leave through “Print / export”.")
            QToolTip.showText(self.mapToGlobal(self.rect().center()), words, self)
            self.kept_back.emit(len(chosen))
            return
        lines = (
            "\t".join(_flat(column.cell(row)) for column in self.table.columns) for row in chosen
        )
        QGuiApplication.clipboard().setText("\n".join(lines))

    def go_in(self) -> None:
        """The keyboard acts on the table, and its cursor stands on a row."""
        self.setFocus()
        if not self.currentIndex().isValid():
            self.selectRow(0)

    @override
    def selectRow(self, row: int) -> None:
        """That row is chosen, and no other one.

        Qt's own would add it or take it away where somebody holds Ctrl or Shift by chance.
        """
        where = self.table.index(row, max(self.head.logicalIndexAt(0), 0))  # one that is seen
        if where.isValid():
            self.selectionModel().setCurrentIndex(where, _ONLY)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        # after any other reason Qt would choose the first row, though nobody did
        super().focusInEvent(QFocusEvent(event.type(), Qt.FocusReason.MouseFocusReason))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if (row := self.table.row_at(self.currentIndex())) is not None:
                self.opened.emit(row)
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._measure()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def show_column(self, key: str, *, shown: bool) -> None:
        """The column of that key is there or not; the others share the room."""
        (self._off.discard if shown else self._off.add)(key)
        self._share()

    def _measure(self) -> None:
        """Row height and column widths follow the font."""
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 2.1))
        self._share()

    def _share(self) -> None:
        """Columns of a given width get it, the others share the rest."""
        letter = self.fontMetrics().horizontalAdvance("0")
        columns = self.table.columns
        there = [one for one in columns if one.key not in self._off]
        room = self.viewport().width()
        for spare in [one for one in reversed(there) if one.spare]:
            if _open_share(there, room, letter) < letter * _LEAST:
                there.remove(spare)
        share = max(_open_share(there, room, letter), letter * _LEAST)
        for index, column in enumerate(columns):
            self.setColumnHidden(index, column not in there)
            self.setColumnWidth(index, _fixed(column, letter) if column.width else share)


def _fixed(column: Column[Any], letter: int) -> int:
    """The pixels of a column that has a width of its own."""
    return column.width * letter + theme.length(2 * _SIDE)


def _open_share(columns: Sequence[Column[Any]], room: int, letter: int) -> int:
    """The pixels that are left for each column without a width of its own."""
    fixed = sum(_fixed(one, letter) for one in columns if one.width)
    return (room - fixed) // max(sum(not one.width for one in columns), 1)


class Table(QWidget):
    """A `TableView`, or its empty state while the model has no row."""

    def __init__(
        self, model: Model, empty: EmptyState, *, sortable: bool = False, nobody: bool = False
    ) -> None:
        super().__init__()
        self.view = TableView(model, sortable=sortable, nobody=nobody)
        self.empty = empty
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        model.modelReset.connect(self._choose)
        self._choose()

    def on_menu(self, show: Callable[[Any, QPoint], None]) -> None:
        """A right click, or the menu key, calls `show(row, place on the screen)`."""
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

        def ask(at: QPoint) -> None:
            row = self.view.table.row_at(self.view.indexAt(at))
            if row is not None:
                show(row, self.view.viewport().mapToGlobal(at))

        self.view.customContextMenuRequested.connect(ask)

    def _choose(self) -> None:
        self._stack.setCurrentIndex(0 if self.view.table.rowCount() else 1)


def _flat(text: str) -> str:
    return " ".join(text.split())
