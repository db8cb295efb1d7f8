"""How the cells of the grid look and are typed into: an entry that cannot be read is kept."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyleOptionViewItem, QWidget
from typing_extensions import override

from pmdesk.errors import EntryError
from pmdesk.i18n import _
from pmdesk.rules.finding import Finding, Severity
from pmdesk.ui import theme
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.icons import icon
from pmdesk.ui.rules.edits import PROSE
from pmdesk.ui.rules.model import RulesModel
from pmdesk.ui.rules.table_model import FINDING_ROLE, PALE_ROLE, REFUSED_ROLE, Index
from pmdesk.ui.tables.view import BadgeDelegate
from pmdesk.ui.theme import Tone

_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_PROSE_WIDE = 420  # pixels, growing with the text
_INDEX = "pmdesk_index"
_TONES = {
    Severity.ERROR: Tone.PROBLEM,
    Severity.WARNING: Tone.WARN,
    Severity.INFO: Tone.INFO,
}


class CellDelegate(BadgeDelegate):
    """Paints what a cell asks, pale where it asks nothing, outlined where something is wrong."""

    moved = Signal(int, int)  # columns and rows to go after an entry stands
    tabbed = Signal(int)  # an entry stands; on to the next cell, or to the previous one

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
        elif self._model.data(index, REFUSED_ROLE):
            palette.setColor(QPalette.ColorRole.Text, colours.colour("problem"))
        elif self._model.data(index, PALE_ROLE):
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
        finding = self._model.data(index, FINDING_ROLE)
        if self._model.data(index, REFUSED_ROLE):
            _mark(painter, rect, Tone.PROBLEM)
        elif isinstance(finding, Finding):
            _mark(painter, rect, tone_of(finding))
        if index == self._view().currentIndex():
            colour = "accent" if self._view().hasFocus() else "edge"
            _outline(painter, rect, colour, theme.length(2))

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
        is_prose = self._model.output_at(index.column()) in PROSE
        wide = max(rect.width(), theme.length(_PROSE_WIDE if is_prose else 140))
        room = self._view().viewport().width()
        left = max(0, min(rect.left(), room - wide))
        editor.setGeometry(left, rect.top(), min(wide, room), rect.height())

    @override
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, PinyinEdit) and event.type() is QEvent.Type.KeyPress:
            if editor.is_composing:
                return False
            if self._is_end(editor, cast("QKeyEvent", event)):
                return True
        return super().eventFilter(editor, event)

    def _is_end(self, editor: PinyinEdit, event: QKeyEvent) -> bool:
        """Whether the key ends the entry, which then stands if it can be read."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            self._model.take_back(*editor.property(_INDEX))
        elif key in _TABS and self._commit(editor):
            self.tabbed.emit(_TABS[key])
        elif key in _ENTERS and self._commit(editor):
            self.moved.emit(0, -1 if held & Qt.KeyboardModifier.ShiftModifier else 1)
        return key in _TABS or key in _ENTERS

    def _commit(self, editor: PinyinEdit) -> bool:
        row, column = editor.property(_INDEX)
        problem = self._model.problem(row, column, editor.text())
        if problem is not None:  # the text stays where it was typed, the cursor at its fault
            self._model.attempt(row, column, editor.text())
            theme.look(editor, state="problem")
            if isinstance(problem, EntryError):
                editor.setCursorPosition(problem.position)
            return False
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
        return True

    def _is_everyone(self, index: Index) -> bool:
        is_fact = self._model.fact_at(index.column()) is not None
        return is_fact and self._model.is_last_row(index.row())

    def _view(self) -> QAbstractItemView:
        return cast("QAbstractItemView", self.parent())


def tone_of(finding: Finding) -> Tone:
    """How bad a finding is."""
    return _TONES[finding.severity]


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
