"""The line that shows where a dragged row or column would fall."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pmdesk.ui import theme

_THICK = 3


class DropLine(QWidget):
    """Lies over its parent and takes no mouse; hidden while nothing is dragged."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_across(self, top: int) -> None:
        """The line lies across the whole parent at that height."""
        self._show(QRect(0, top - self._thick() // 2, self._under.width(), self._thick()))

    def show_down(self, left: int) -> None:
        """The line stands at that place from top to bottom."""
        self._show(QRect(left - self._thick() // 2, 0, self._thick(), self._under.height()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.applied().colour("accent"))

    def _show(self, rect: QRect) -> None:
        self.setGeometry(rect)
        self.raise_()
        self.show()

    def _thick(self) -> int:
        return theme.length(_THICK)
