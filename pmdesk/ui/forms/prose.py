"""Several lines of text: as high as what is written, and Tab leads on."""

from math import ceil

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
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
        written = round(self.document().documentLayout().documentSize().height())
        lines = max(written, _LEAST)
        if self.isEnabled():
            lines = min(lines, _MOST)
        around = theme.length(_PADDING) + 2 * round(self.document().documentMargin())
        high = lines * self._line_height() + around
        if self.height() != high or self.minimumHeight() != high:
            self.setFixedHeight(high)

    def _line_height(self) -> int:
        """Chinese may come from a font of its own, higher than the one of the program."""
        first = self.document().firstBlock().layout()
        drawn = first.lineAt(0).height() if first.lineCount() else 0
        return max(ceil(drawn), self.fontMetrics().lineSpacing())
