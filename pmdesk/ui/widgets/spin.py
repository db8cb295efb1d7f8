"""Boxes for numbers and days whose text stands as far from the edge as in other fields."""

from typing import TypeVar

from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit

from pmdesk.ui import theme

_SIDE = 8  # pixels; the style sheet does not reach the text of these boxes

S = TypeVar("S", bound=QAbstractSpinBox)


def indented(box: S) -> S:
    """The box, with room before its text."""
    line = box.findChild(QLineEdit)
    if line is not None:
        line.setTextMargins(theme.length(_SIDE), 0, 0, 0)
    return box
