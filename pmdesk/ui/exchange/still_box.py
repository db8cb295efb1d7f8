"""A choice in a long page of choices: as wide as its words, and left alone by the wheel."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.ui.tables.model import digits

_WIDEST = 24  # digits; what is longer is told in full by the tip


class StillBox(QComboBox):
    """A choice that the wheel does not change; with `chosen` None it waits to be made."""

    def __init__(self, name: str, offered: Sequence[tuple[str, str]], chosen: str | None) -> None:
        super().__init__()
        self.currentTextChanged.connect(self.setToolTip)
        for words, value in offered:
            self.addItem(words, value)
        self.setPlaceholderText(_("Please choose"))
        self.setCurrentIndex(-1 if chosen is None else max(self.findData(chosen), 0))
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(min(digits(words for words, _value in offered), _WIDEST))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def is_open(self) -> bool:
        """Whether nothing is chosen yet."""
        return self.currentIndex() < 0

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the page and must not change a choice under way
