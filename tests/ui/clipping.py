"""The rule “nothing is clipped”, for any window: `assert not clipped(window)`."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QWidget,
)

from pmdesk.ui.widgets.pill import Pill

SLACK = 1  # a pixel of rounding


def clipped(window):
    """What cannot be read in full, as sentences: too small for its text, or outside its parent."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QLabel | QAbstractButton | QComboBox | Pill):
            found += _too_small(widget) + _outside(widget)
        elif widget.isVisible() and isinstance(widget, QLineEdit) and not _is_inside(widget):
            found += _too_low(widget)
    return found


def _is_inside(line):
    """Whether the line is a part of another control, which gives it the height it needs."""
    return isinstance(line.parentWidget(), QComboBox | QAbstractSpinBox)


def _too_small(widget):
    if isinstance(widget, QToolButton):  # Qt's own, inside line edits and calendars
        return []
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = widget.heightForWidth(widget.width())
        return [_said(widget, "is too low")] if needed > widget.height() + SLACK else []
    hint = widget.sizeHint()
    if isinstance(widget, QComboBox):
        hint.setWidth(0)  # its list elides nothing, and opens wider
    if hint.width() > widget.width() + SLACK:
        return [_said(widget, "is too narrow")]
    return _too_low(widget)


def _too_low(widget):
    low = widget.minimumSizeHint().height() > widget.height() + SLACK
    return [_said(widget, "is too low")] if low else []


def _outside(widget):
    parent = widget.parentWidget()
    if parent is None or isinstance(parent.parentWidget(), QScrollArea):
        return []
    area = QRect(parent.rect()).adjusted(-SLACK, -SLACK, SLACK, SLACK)
    return [] if area.contains(widget.geometry()) else [_said(widget, "reaches over its parent")]


def _said(widget, what):
    words = widget.text() if hasattr(widget, "text") else widget.accessibleName()
    name = widget.objectName() or type(widget).__name__
    return (
        f"{name} “{words}” {what}: {widget.size().toTuple()}, wants {widget.sizeHint().toTuple()}"
    )
