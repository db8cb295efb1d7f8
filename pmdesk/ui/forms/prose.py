"""Several lines of text: as high as what is written, and Tab leads on."""

from math import ceil

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from pmdesk.ui import theme

_LEAST, _MOST = 2, 14  # lines to be seen while it can be edited; to be read, all of them
_PADDING = 18  # above and below, in the style sheet
_OF_SIZE = {QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.EnabledChange}


class ProseEdit(QPlainTextEdit):
    """Plain text only; `left` tells that the user is done with it."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self.document().contentsChanged.connect(
            self._fit
        )  # a higher font changes no number of lines
        self._fit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _OF_SIZE:
            self._fit()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text())

    def _fit(self) -> None:
        line = _line_height(self.font())
        high = max(self._written(), _LEAST * line)
        if self.isEnabled():
            high = min(high, _MOST * line)
        high += theme.length(_PADDING) + 2 * round(self.document().documentMargin())
        if self.height() != high or self.minimumHeight() != high:
            self.setFixedHeight(high)

    def _written(self) -> int:
        """How high all lines are together; asking for the place of a block lays it out."""
        layout, block = self.document().documentLayout(), self.document().begin()
        high = 0.0
        while block.isValid():
            layout.blockBoundingRect(block)
            high += block.layout().boundingRect().height()
            block = block.next()
        return ceil(high)


def _line_height(font: QFont) -> int:
    """Chinese may come from a font of its own, higher than the one of the program."""
    layout = QTextLayout("Ag字", font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return ceil(line.height())
