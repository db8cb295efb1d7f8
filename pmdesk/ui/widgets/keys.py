"""Keys of a page: they act wherever in the page the cursor stands, also in a line of text."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_Key = Qt.Key
_LINE_KEYS = frozenset({"Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z"})  # a line edit would take them


class Keys(QObject):
    """Calls what a key is bound to; keys that nobody in the page wanted reach it by bubbling up."""

    def __init__(self, page: QWidget, bound: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(page)
        self._page = page
        self._bound = dict(bound)
        page.installEventFilter(self)

    def watch(self, *widgets: QWidget) -> None:
        """Undo and redo of the form also work inside these."""
        for widget in widgets:
            widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = pressed(event)
        call = self._bound.get(key)
        if call is None or (watched is not self._page and key not in _LINE_KEYS):
            return False
        call()
        return True


def pressed(event: QKeyEvent) -> str:
    """The key as a shortcut is written; both Enter keys are one."""
    key = _Key.Key_Return if event.key() == _Key.Key_Enter else _Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    sequence = QKeySequence(modifiers | key)
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)
