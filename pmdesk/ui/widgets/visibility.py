"""Showing and hiding a part of a page that may not have its place yet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_shown(widget: QWidget, shown: bool) -> None:
    """The widget is to be seen, or not; before it has a place it never flashes up as a window."""
    if shown and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
    elif not shown or widget.isHidden():  # Qt styles what it is told to show, again and again
        widget.setVisible(shown)
