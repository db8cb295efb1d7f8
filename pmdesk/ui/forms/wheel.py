"""The mouse wheel scrolls the page; it never changes an entry that nobody chose to edit."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox
from typing_extensions import override


class WheelGuard(QObject):
    """Installed on the application: lists, numbers and days take the wheel only with the focus."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QComboBox | QAbstractSpinBox):
            return False
        kind = event.type()
        if kind not in {QEvent.Type.Wheel, QEvent.Type.Polish}:
            return False
        if kind is QEvent.Type.Polish:
            # by default the wheel itself brings the focus, and with it the change
            if watched.focusPolicy() is Qt.FocusPolicy.WheelFocus:
                watched.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            return False
        if watched.hasFocus():
            return False
        event.ignore()  # it goes on to what lies around, the page
        return True
