"""How the cells of the grid look and are typed into: an entry that cannot be read is kept."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyleOptionViewItem, QWidget
from typing_extensions import override

from pmdesk.errors import EntryError
from pmdesk.i18n import _
from pmdesk.rules.check import Finding, Severity
from pmdesk.ui import theme
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.icons import icon
from pmdesk.ui.rules.model import FINDING_ROLE, PALE_ROLE, REFUSED_ROLE, Index, RulesModel
from pmdesk.ui.tables.view import BadgeDelegate
from pmdesk.ui.theme import Tone

_COMMITS = {
    Qt.Key.Key_Return: (0, 1),
    Qt.Key.Key_Enter: (0, 1),
    Qt.Key.Key_Tab: (1, 0),
    Qt.Key.Key_Backtab: (-1, 0),
}
_INDEX = "pmdesk_index"


class CellDelegate(BadgeDelegate):
    """Paints what a cell asks, pale where it asks nothing, outlined where something is wrong."""

    moved = Signal(int, int)  # columns and rows to go after an entry stands

    def __init__(self, model: RulesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.current_row = -1
        self.first_column = 0

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        palette = option.palette
        colours = theme.applied()
        if self._is_everyone(index):
            first = index.column() == self.first_column
            option.text = _("Everyone else") if first else ""
            palette.setColor(QPalette.ColorRole.Text, colours.colour("muted"))
        elif index.data(REFUSED_ROLE):
            palette.setColor(QPalette.ColorRole.Text, colours.colour("problem"))
        elif index.data(PALE_ROLE):
            palette.setColor(QPalette.ColorRole.Text, colours.colour("disabled"))
        option.palette = palette

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        if self._model.is_last_row(index.row()):
            painter.fillRect(rect, theme.applied().colour("window"))
        elif index.row() == self.current_row:
            painter.fillRect(rect, theme.applied().colour("hover"))
        super().paint(painter, option, index)
        finding = index.data(FINDING_ROLE)
        if index.data(REFUSED_ROLE):
            _mark(painter, rect, Tone.PROBLEM)
        elif isinstance(finding, Finding):
            _mark(painter, rect, tone_of(finding))
        if index == self._view().currentIndex():
            _outline(painter, rect, "accent", theme.length(2))

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = PinyinEdit()
        line.setParent(parent)
        line.setProperty("look", "cell")
        line.setProperty(_INDEX, (index.row(), index.column()))
        line.setAccessibleName(
            str(self._model.headerData(index.column(), Qt.Orientation.Horizontal))
        )
        return line

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        cast("QLineEdit", editor).setText(str(index.data(Qt.ItemDataRole.EditRole)))

    @override
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect: QRect = option.rect
        editor.setGeometry(rect)
        editor.setMinimumWidth(max(rect.width(), theme.length(140)))

    @override
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, PinyinEdit) and event.type() is QEvent.Type.KeyPress:
            key = cast("QKeyEvent", event).key()
            if editor.is_composing:
                return False
            if key == Qt.Key.Key_Escape:
                self._model.take_back(*editor.property(_INDEX))
            elif key in _COMMITS:
                self._commit(editor, *_COMMITS[Qt.Key(key)])
                return True
        return super().eventFilter(editor, event)

    def _commit(self, editor: PinyinEdit, columns: int, rows: int) -> None:
        row, column = editor.property(_INDEX)
        problem = self._model.problem(row, column, editor.text())
        if problem is not None:  # the text stays where it was typed, the cursor at its fault
            self._model.attempt(row, column, editor.text())
            theme.look(editor, state="problem")
            if isinstance(problem, EntryError):
                editor.setCursorPosition(problem.position)
            return
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
        self.moved.emit(columns, rows)

    def _is_everyone(self, index: Index) -> bool:
        is_fact = self._model.fact_at(index.column()) is not None
        return is_fact and self._model.is_last_row(index.row())

    def _view(self) -> QAbstractItemView:
        return cast("QAbstractItemView", self.parent())


def tone_of(finding: Finding) -> Tone:
    """How bad a finding is."""
    return Tone.PROBLEM if finding.severity is Severity.ERROR else Tone.WARN


def _mark(painter: QPainter, rect: QRect, tone: Tone) -> None:
    """An outline and a small sign: never colour alone."""
    _outline(painter, rect, tone.value, theme.length(1))
    side = theme.length(13)
    spot = QRect(rect.right() - side - 3, rect.top() + 3, side, side)
    name = "circle-alert" if tone is Tone.PROBLEM else "triangle-alert"
    icon(name, tone).paint(painter, spot)


def _outline(painter: QPainter, rect: QRect, colour: str, width: int) -> None:
    painter.save()
    painter.setPen(QPen(theme.applied().colour(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = (width + 1) // 2
    painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))
    painter.restore()
