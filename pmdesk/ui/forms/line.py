"""A line edit that gets along with Chinese input methods."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}


class PinyinEdit(QLineEdit):
    """`query` tells the text with the letters still being composed; Enter never ends a composition.

    Qt's own `textEdited` is silent while composing, and its `returnPressed` would save half a name.
    Length is not limited while typing: a limit would cut a committed word silently.
    """

    query = Signal(str)
    left = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self._composed = ""
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(lambda _text: self._tell())

    @property
    def is_composing(self) -> bool:
        """Whether an input method holds letters that are not yet text."""
        return bool(self._composed)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        before = self._composed
        self._composed = event.preeditString()
        super().inputMethodEvent(event)
        if (self._composed or before) and not event.commitString():
            self._tell()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composed and event.key() in _ENDS:
            event.accept()
            return
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _tell(self) -> None:
        self.query.emit(self.text() + self._composed.replace("'", "").replace(" ", ""))


def named_line(name: str) -> PinyinEdit:
    """An empty line that a screen reader calls by this name."""
    line = PinyinEdit()
    line.setAccessibleName(name)
    return line


def is_typed(line: QLineEdit) -> bool:
    """Whether somebody wrote something there that is no longer what was shown."""
    return line.isModified() and bool(line.text().strip())
