"""The bar that moves while nobody knows how long the work takes."""

from PySide6.QtWidgets import QProgressBar


def working_bar(name: str) -> QProgressBar:
    """A bar without an end; `name` says what is being done."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setAccessibleName(name)
    return bar
