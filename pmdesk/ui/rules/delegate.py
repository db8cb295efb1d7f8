"""How the cells of the grid look and are typed into: an entry that cannot be read is kept."""

from typing import cast

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget
from typing_extensions import override

from pmdesk.errors import EntryError
from pmdesk.i18n import _
from pmdesk.rules.finding import Finding, Severity
from pmdesk.ui import theme
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.rules.edits import PROSE
from pmdesk.ui.rules.model import RulesModel
from pmdesk.ui.rules.table_model import FINDING_ROLE, PALE_ROLE, REFUSED_ROLE, Index
from pmdesk.ui.tables.entry import EntryDelegate, mark, outline
from pmdesk.ui.theme import Tone

_PROSE_WIDE = 420  # pixels, growing with the text
_INDEX = "pmdesk_index"
_TONES = {
    Severity.ERROR: Tone.PROBLEM,
    Severity.WARNING: Tone.WARN,
    Severity.INFO: Tone.INFO,
}


class CellDelegate(EntryDelegate):
    """Paints what a cell asks, pale where it asks nothing, outlined where something is wrong."""

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
            mark(painter, rect, Tone.PROBLEM)
        elif isinstance(finding, Finding):
            mark(painter, rect, tone_of(finding))
        if index == self._view().currentIndex():
            colour = "accent" if self._view().hasFocus() else "edge"
            outline(painter, rect, colour, theme.length(2))

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = super().createEditor(parent, option, index)
        line.setProperty(_INDEX, (index.row(), index.column()))
        return line

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
    def _name_of(self, index: Index) -> str:
        return str(self._model.headerData(index.column(), Qt.Orientation.Horizontal))

    @override
    def _is_end(self, editor: PinyinEdit, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._model.take_back(*editor.property(_INDEX))
        return super()._is_end(editor, event)

    @override
    def _stands(self, editor: PinyinEdit) -> bool:
        """Whether it can be read; what cannot stays where it was typed, the cursor at its fault."""
        row, column = editor.property(_INDEX)
        problem = self._model.problem(row, column, editor.text())
        if problem is not None:
            self._model.attempt(row, column, editor.text())
            theme.look(editor, state="problem")
            if isinstance(problem, EntryError):
                editor.setCursorPosition(problem.position)
            return False
        return super()._stands(editor)

    def _is_everyone(self, index: Index) -> bool:
        is_fact = self._model.fact_at(index.column()) is not None
        return is_fact and self._model.is_last_row(index.row())

    def _view(self) -> QAbstractItemView:
        return cast("QAbstractItemView", self.parent())


def tone_of(finding: Finding) -> Tone:
    """How bad a finding is."""
    return _TONES[finding.severity]
