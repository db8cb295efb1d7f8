"""The key that locks the office while a dialog or a menu has the keyboard."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from pmdesk.ui import ear
from pmdesk.ui.commands import COMMANDS, Command

_KEYS = tuple(
    QKeySequence(keys) for spec in COMMANDS if spec.command is Command.LOCK for keys in spec.keys
)


class LockKey(QObject):
    """Emits `pressed` where the window's own shortcut is blocked by what lies over it."""

    pressed = Signal()

    def resume(self) -> None:
        """The key is listened to."""
        ear.listen(self)

    def pause(self) -> None:
        """The key is as any other, for instance while the office is locked."""
        ear.forget(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not (isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress):
            return False
        if QKeySequence(event.keyCombination()) not in _KEYS or not _is_covered():
            return False
        # only after the event: what received it is gone once the office is locked
        QTimer.singleShot(0, self, self.pressed.emit)
        return True


def _is_covered() -> bool:
    return (QApplication.activeModalWidget() or QApplication.activePopupWidget()) is not None
