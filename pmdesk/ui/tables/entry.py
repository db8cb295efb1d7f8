"""Cells that are typed into: one entry line for all grids, its keys, and what is drawn around."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget
from typing_extensions import override

from pmdesk.ui import theme
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.icons import icon
from pmdesk.ui.tables.model import Index
from pmdesk.ui.tables.view import BadgeDelegate
from pmdesk.ui.theme import Tone

_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_SIGN = 13  # pixels, growing with the text


class EntryDelegate(BadgeDelegate):
    """Enter and Tab end an entry and go on; keys of an unfinished pinyin word are left to it."""

    moved = Signal(int)  # an entry stands; rows to go on
    tabbed = Signal(int)  # an entry stands; on to the next cell, or to the previous one

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = PinyinEdit()
        line.setParent(parent)
        line.setProperty("look", "cell")
        line.setAccessibleName(self._name_of(index))
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

    def _name_of(self, index: Index) -> str:
        """What is typed there, for who hears it."""
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    def _stands(self, editor: PinyinEdit) -> bool:
        """Whether the entry is taken; one that is not stays open."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
        return True

    def _is_end(self, editor: PinyinEdit, event: QKeyEvent) -> bool:
        """Whether the key is one that ends an entry."""
        key = Qt.Key(event.key())
        if key not in _TABS and key not in _ENTERS:
            return False
        if not self._stands(editor):
            return True
        if key in _TABS:
            self.tabbed.emit(_TABS[key])
        else:
            held = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.moved.emit(-1 if held else 1)
        return True


def outline(painter: QPainter, rect: QRect, colour: str, width: int) -> None:
    """A frame inside the cell."""
    painter.save()
    painter.setPen(QPen(theme.applied().colour(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = (width + 1) // 2
    painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))
    painter.restore()


def mark(painter: QPainter, rect: QRect, tone: Tone) -> None:
    """An outline and a small sign: never colour alone."""
    outline(painter, rect, tone.value, theme.length(1))
    side = theme.length(_SIGN)
    spot = QRect(rect.right() - side - 3, rect.top() + 3, side, side)
    name = "circle-alert" if tone is Tone.PROBLEM else "triangle-alert"
    icon(name, tone).paint(painter, spot)
