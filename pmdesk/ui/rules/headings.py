"""The headings of the grid: several lines of text, and rows and columns that can be dragged."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHeaderView
from typing_extensions import override

from pmdesk.ui import theme

_MOST_LINES = 5
_NARROW, _WIDEST = 60, 190  # pixels, growing with the text
_GRIP = 4  # pixels beside an edge that change the width


class Heading(QHeaderView):
    """Its sections are dragged with the mouse; where one would fall is told all the while.

    A section is not moved here: whoever holds the table moves it, and can undo that.
    """

    dragged = Signal(int, int)  # the section, and before which one it would fall; -1: nowhere
    dropped = Signal(int, int)  # the section, and before which one it falls
    set_by_hand = Signal(int)  # the section whose width the user chose

    def __init__(self, way: Qt.Orientation) -> None:
        super().__init__(way)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.draggable = False
        self.keeps: Callable[[int], bool] = lambda _section: False  # chosen among others: no press
        self._section = -1  # which one the button went down on
        self._from = QPoint()
        self._wide: Sequence[int] = ()  # the widths when a grip was taken
        self.is_dragging = False

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        is_left = event.button() is Qt.MouseButton.LeftButton
        if self.draggable and is_left and not self._on_grip(at):
            self._section, self._from = self.logicalIndexAt(at), at
            if self.keeps(self._section):
                return
        elif is_left and self._on_grip(at):
            self._wide = [self.sectionSize(section) for section in range(self.count())]
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._section < 0 or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        at = event.position().toPoint()
        far = (at - self._from).manhattanLength() >= QApplication.startDragDistance()
        if far and not self.is_dragging:
            self.is_dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.setFocus(Qt.FocusReason.MouseFocusReason)  # so that Esc arrives
        if self.is_dragging:
            self.dragged.emit(self._section, self.gap_at(at))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        section, was_dragging = self._section, self.is_dragging
        self._end()
        super().mouseReleaseEvent(event)
        for changed, wide in enumerate(self._wide):
            if self.sectionSize(changed) != wide:
                self.set_by_hand.emit(changed)
        self._wide = ()
        if section >= 0 and not was_dragging and self.keeps(section):
            self.sectionPressed.emit(section)
        if was_dragging:
            self.dropped.emit(section, self.gap_at(event.position().toPoint()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_dragging and event.key() == Qt.Key.Key_Escape:
            self._end()
            return
        super().keyPressEvent(event)

    def gap_at(self, at: QPoint) -> int:
        """Before which section something dropped there falls; after the last: their count."""
        place = at.x() if self.orientation() is Qt.Orientation.Horizontal else at.y()
        section = self.logicalIndexAt(place)
        if section < 0:
            return 0 if place < 0 else self.count()
        middle = self.sectionViewportPosition(section) + self.sectionSize(section) // 2
        return section + (place >= middle)

    def edge_of(self, gap: int) -> int:
        """Where in the viewport the gap before section `gap` is."""
        for section in range(gap, self.count()):
            if not self.isSectionHidden(section):
                return self.sectionViewportPosition(section)
        return self.length() - self.offset()

    def _end(self) -> None:
        if self.is_dragging:
            self.unsetCursor()
            self.dragged.emit(self._section, -1)
        self._section, self.is_dragging = -1, False

    def _on_grip(self, at: QPoint) -> bool:
        if self.orientation() is Qt.Orientation.Vertical:
            return False
        section = self.logicalIndexAt(at)
        left = self.sectionViewportPosition(section)
        edge = min(abs(at.x() - left), abs(at.x() - left - self.sectionSize(section)))
        return edge <= theme.length(_GRIP)


class ColumnHeading(Heading):
    """Headings of several lines."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setDefaultAlignment(
            Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap)
        )

    @override
    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        width = self.sectionSize(logicalIndex)
        most = QFontMetrics(self.font()).lineSpacing() * _MOST_LINES
        return QSize(width, min(self._high(logicalIndex, width), most) + theme.length(18))

    def width_for(self, section: int, lines: int) -> int:
        """How wide a column has to be for its heading to need no more lines than that."""
        metrics = QFontMetrics(self.font())
        wide, letter = theme.length(_NARROW), metrics.horizontalAdvance("国")
        while wide < theme.length(_WIDEST):
            if self._high(section, wide) <= metrics.lineSpacing() * lines:
                break
            wide += letter
        return wide

    def _high(self, section: int, width: int) -> int:
        """How high the words of a heading are in a column of that width."""
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        room = max(width - theme.length(26), theme.length(20))
        flags = int(Qt.TextFlag.TextWordWrap)
        return QFontMetrics(self.font()).boundingRect(0, 0, room, 10_000, flags, text).height()


class RowHeading(Heading):
    """The numbers of the rows, by which they are chosen and dragged."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
