"""One half of the grid: a table view whose keys are those of a spreadsheet."""

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView
from typing_extensions import override

from pmdesk.ui.rules.delegate import CellDelegate
from pmdesk.ui.rules.headings import ColumnHeading, RowHeading
from pmdesk.ui.rules.model import RulesModel
from pmdesk.ui.rules.motion import ARROWS

_Key = Qt.Key
_KEYS = QKeySequence.StandardKey
_WORDS: tuple[tuple[QKeySequence.StandardKey, str], ...] = (
    (_KEYS.Copy, "copy"),
    (_KEYS.Cut, "cut"),
    (_KEYS.Paste, "paste"),
    (_KEYS.Delete, "clear"),
    (_KEYS.SelectAll, "choose_all"),
)
_PLAIN: Mapping[int, str] = {_Key.Key_Backspace: "clear", _Key.Key_Escape: "take_back"}
_MOVING = {*ARROWS, _Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown}
_Shift, _Ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class GridPart(QTableView):
    """Tells what its keys want; the whole grid does it, across both halves."""

    stepped = Signal(int)  # rows further on
    tabbed = Signal(int)  # to the next cell, or to the previous one
    moved = Signal(int, bool, bool)  # key, with Ctrl, with Shift
    extended = Signal(QModelIndex)
    resized = Signal()
    menu_wanted = Signal(QPoint)  # place on the screen
    locked = Signal(QModelIndex)  # somebody types where nothing can be entered
    wanted = Signal(str)  # copy, copy_headed, cut, paste, clear, choose_all or take_back

    def __init__(self, model: RulesModel) -> None:
        super().__init__()
        self.heading, self.numbers = ColumnHeading(), RowHeading()
        self.setModel(model)
        self.setHorizontalHeader(self.heading)
        self.setVerticalHeader(self.numbers)
        self.setItemDelegate(CellDelegate(model, self))
        self.cells.moved.connect(self.stepped)
        self.cells.tabbed.connect(self.tabbed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(True)  # else Tab never arrives at keyPressEvent
        self.setCornerButtonEnabled(False)
        self.doubleClicked.connect(self._on_double_click)

    @property
    def cells(self) -> CellDelegate:
        """What paints the cells."""
        return cast("CellDelegate", self.itemDelegate())

    def settle(self) -> None:
        """An entry that is being typed stands, or stays marked."""
        if self.state() is QAbstractItemView.State.EditingState:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # leaving it commits it

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_told(event):
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Over what is chosen, or over the cell that was clicked, which then is."""
        index = self.currentIndex()
        at = self.viewport().mapToGlobal(self.visualRect(index).center())
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index, at = self.indexAt(event.pos()), event.globalPos()
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        if index.isValid():
            self.menu_wanted.emit(at)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and event.modifiers() == _Shift and index.isValid():
            self.extended.emit(index)
            return
        if not is_left and self.selectionModel().isSelected(index):
            return  # the menu is about what is chosen
        super().mousePressEvent(event)

    def _is_told(self, event: QKeyEvent) -> bool:
        """Whether the key was one of a spreadsheet's."""
        for standard, word in _WORDS:
            if event.matches(standard):
                self.wanted.emit(word)
                return True
        key, held = _Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == _Ctrl | _Shift and key == _Key.Key_C:
            self.wanted.emit("copy_headed")
        elif key in _MOVING and not held & ~(_Ctrl | _Shift):
            self.moved.emit(int(key), bool(held & _Ctrl), bool(held & _Shift))
        elif key in {_Key.Key_Tab, _Key.Key_Backtab} and not held & ~_Shift:
            self.tabbed.emit(1 if key == _Key.Key_Tab else -1)
        elif key in {_Key.Key_Return, _Key.Key_Enter} and not held & ~_Shift:
            self._enter(-1 if held else 1)
        elif not held and key in _PLAIN:
            self.wanted.emit(_PLAIN[key])
        else:
            return self._is_locked(event)
        return True

    def _is_locked(self, event: QKeyEvent) -> bool:
        """Whether something is typed where nothing can be entered, which then is told."""
        types = event.text().isprintable() and event.text() and not event.modifiers() & ~_Shift
        index = self.currentIndex()
        if not types and event.key() != _Key.Key_F2:
            return False
        if not index.isValid() or index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        self.locked.emit(index)
        return True

    def _on_double_click(self, index: QModelIndex) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.locked.emit(index)

    def _enter(self, down: int) -> None:
        """Enter opens the cell; with Shift, or where nothing can be entered, it goes on."""
        index = self.currentIndex()
        may_edit = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        if down > 0 and may_edit:
            self.edit(index)
        else:
            self.stepped.emit(down)
