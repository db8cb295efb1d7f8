"""How cells of the plan grid look."""

from typing import cast

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView
from typing_extensions import override

from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.ui import theme
from pmdesk.ui.plans.model import BEHIND_ROLE, FAULT_ROLE, LOCK_ROLE, PALE_ROLE, ROWS, Index
from pmdesk.ui.tables.entry import EntryDelegate, mark, outline
from pmdesk.ui.theme import Tone

_SIDES, _HIGHEST = 26, 10_000  # pixels: beside the words of a cell; more than any has


class PlanDelegate(EntryDelegate):
    """Pale where a tier follows the contract, marked where a cell cannot stand or looks odd."""

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
            mark(painter, rect, Tone.PROBLEM)
        elif index.data(BEHIND_ROLE):
            mark(painter, rect, Tone.WARN)
        view = cast("QTableView", self.parent())
        if index == view.currentIndex() and index.column():
            outline(painter, rect, "accent" if view.hasFocus() else "edge", theme.length(2))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need in their column, the air around them not counted."""
        view = cast("QTableView", self.parent())
        if isinstance(ROWS[index.row()], Aspect):  # it goes across all columns
            return view.fontMetrics().size(0, str(index.data(Qt.ItemDataRole.DisplayRole)))
        room = QRect(0, 0, view.columnWidth(index.column()) - theme.length(_SIDES), _HIGHEST)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        return view.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text).size()
