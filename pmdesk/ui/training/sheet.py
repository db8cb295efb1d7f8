"""How a course and its test lie on the page: what is shown, and the buttons that turn it."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pmdesk.ui.widgets.card import Card


def lay_out(
    page: QWidget, card: Card, leaver: QPushButton, back: QPushButton, on: QPushButton
) -> None:
    """The page shows the card; below it the way out stands apart from turning back and on."""
    buttons = QHBoxLayout()
    buttons.setSpacing(12)
    buttons.addWidget(leaver)
    buttons.addStretch(1)
    buttons.addWidget(back)
    buttons.addWidget(on)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(16)
    column.addWidget(card)
    column.addLayout(buttons)
    column.addStretch(1)
