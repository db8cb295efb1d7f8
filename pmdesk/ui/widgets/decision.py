"""The row in which a second person decides: the words, to send back, to approve."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from pmdesk.i18n import _
from pmdesk.ui.widgets.label import label


def decision_row(words: QLineEdit, reject: QPushButton, approve: QPushButton) -> QWidget:
    """The line for the reason has the room that the two buttons leave."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(label(_("Your decision"), "label"))
    row.addWidget(words, 1)
    row.addWidget(reject)
    row.addWidget(approve)
    return made
