"""The keys for the text size while a dialog has the keyboard and blocks the window's own."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from pmdesk.ui import ear, theme
from pmdesk.ui.commands import SPECS, Command

_STEPS: Mapping[Command, float] = {
    Command.TEXT_LARGER: theme.STEP,
    Command.TEXT_SMALLER: -theme.STEP,
    Command.TEXT_NORMAL: 0.0,
}
_KEYS: Mapping[int, float] = {
    QKeySequence(keys)[0].key().value: step  # type: ignore[index]  # which the stub lacks
    for command, step in _STEPS.items()
    for keys in SPECS[command].keys
}
_MODIFIER = Qt.KeyboardModifier
# a plus may need Shift, or stand on the number pad
_SAME = ~(_MODIFIER.ShiftModifier | _MODIFIER.KeypadModifier)


class TextKeys(QObject):
    """Asks for another text size where a dialog lies over `window`."""

    requested = Signal(float)  # of the usual size

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        ear.listen(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not (isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress):
            return False
        step = _KEYS.get(event.key())
        if step is None or event.modifiers() & _SAME != _MODIFIER.ControlModifier:
            return False
        if not self._window.isVisible() or QApplication.activeModalWidget() is None:
            return False
        self.requested.emit(round(theme.applied().scale + step, 2) if step else 1.0)
        return True
