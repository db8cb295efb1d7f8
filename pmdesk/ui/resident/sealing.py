"""Where something is typed that is sealed as soon as it is saved."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pmdesk.i18n import _
from pmdesk.ui.widgets.button import button


def sealing_area(form: QWidget, seal: QPushButton, leave: Callable[[], object]) -> QWidget:
    """The form above “seal” and “cancel”; hidden until it is wanted."""
    area = QWidget()
    buttons = QHBoxLayout()
    buttons.setSpacing(12)
    buttons.addWidget(seal)
    buttons.addWidget(button(_("Cancel"), leave))
    buttons.addStretch(1)
    column = QVBoxLayout(area)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(form)
    column.addLayout(buttons)
    area.hide()
    return area
