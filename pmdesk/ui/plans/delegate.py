"""How cells of the plan grid look and are typed into."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.ui import theme
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.icons import icon
from pmdesk.ui.plans.model import FAULT_ROLE, LOCK_ROLE, PALE_ROLE, ROWS, Index
from pmdesk.ui.theme import Tone

_SIDES, _HIGHEST = 26, 10_000  # pixels: beside the words of a cell; more than any has
_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class PlanDelegate(QStyledItemDelegate):
    """Pale where a tier follows the contract, outlined where a cell cannot stand."""

    moved = Signal(int)  # rows to go on after an entry
    tabbed = Signal(int)  # on to the next cell, or to the previous one

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        colours, palette = theme.applied(), option.palette
        role = QPalette.ColorRole.Text
        if isinstance(ROWS[index.row()], Aspect):
            option.font.setBold(True)
        elif index.data(FAULT_ROLE):
            palette.setColor(role, colours.colour("problem"))
        elif index.data(LOCK_ROLE) or index.data(PALE_ROLE):
            palette.setColor(role, colours.colour("muted"))
        option.palette = palette

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        if isinstance(ROWS[index.row()], Aspect):
            painter.fillRect(rect, theme.applied().colour("window"))
        super().paint(painter, option, index)
        if index.data(FAULT_ROLE):
            _outline(painter, rect, Tone.PROBLEM.value, theme.length(1))
            _sign(painter, rect)
        view = cast("QTableView", self.parent())
        if index == view.currentIndex() and index.column():
            _outline(painter, rect, "accent" if view.hasFocus() else "edge", theme.length(2))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need in their column, the air around them not counted."""
        view = cast("QTableView", self.parent())
        if isinstance(ROWS[index.row()], Aspect):  # it goes across all columns
            return view.fontMetrics().size(0, str(index.data(Qt.ItemDataRole.DisplayRole)))
        room = QRect(0, 0, view.columnWidth(index.column()) - theme.length(_SIDES), _HIGHEST)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        return view.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text).size()

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = PinyinEdit()
        line.setParent(parent)
        line.setProperty("look", "cell")
        line.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return line

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        cast("QLineEdit", editor).setText(str(index.data(Qt.ItemDataRole.EditRole)))

    @override
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, PinyinEdit) and event.type() is QEvent.Type.KeyPress:
            if editor.is_composing:
                return False
            if self._is_end(editor, cast("QKeyEvent", event)):
                return True
        return super().eventFilter(editor, event)

    def _is_end(self, editor: PinyinEdit, event: QKeyEvent) -> bool:
        """Whether the key ends the entry, which then stands."""
        key = Qt.Key(event.key())
        if key not in _TABS and key not in _ENTERS:
            return False
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
        if key in _TABS:
            self.tabbed.emit(_TABS[key])
        else:
            held = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.moved.emit(-1 if held else 1)
        return True


def _sign(painter: QPainter, rect: QRect) -> None:
    """Never colour alone."""
    side = theme.length(13)
    spot = QRect(rect.right() - side - 4, rect.top() + 4, side, side)
    icon("circle-alert", Tone.PROBLEM).paint(painter, spot)


def _outline(painter: QPainter, rect: QRect, colour: str, width: int) -> None:
    painter.save()
    painter.setPen(QPen(theme.applied().colour(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = (width + 1) // 2
    painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))
    painter.restore()
