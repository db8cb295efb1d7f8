"""The mouse wheel scrolls the page; it never changes an entry that nobody chose to edit."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget
from typing_extensions import override

_Rolled = QComboBox | QAbstractSpinBox


class WheelGuard(QObject):
    """Installed on the application: lists, numbers and days take the wheel only with the focus."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, _Rolled):
            return False
        kind = event.type()
        if kind not in {QEvent.Type.Wheel, QEvent.Type.Polish}:
            return False
        if kind is QEvent.Type.Polish:
            _calm(watched)
            return False
        if watched.hasFocus():
            return False
        event.ignore()  # it goes on to what lies around, the page
        return True


def calm(root: QWidget) -> None:
    """What was built below `root` while no guard was told takes no focus by the wheel either."""
    for box in root.findChildren(QComboBox):
        _calm(box)
    for entry in root.findChildren(QAbstractSpinBox):
        _calm(entry)


def _calm(box: _Rolled) -> None:
    # by default the wheel itself brings the focus, and with it the change
    if box.focusPolicy() is Qt.FocusPolicy.WheelFocus:
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
