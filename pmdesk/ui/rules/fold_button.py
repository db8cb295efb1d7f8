"""The button that folds the cards below the grid, so that the grid has all the room."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmdesk.i18n import _
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.preferences import FOLDED, Preferences
from pmdesk.ui.widgets.button import button

_YES, _NO = "yes", "no"


class FoldButton(QWidget):
    """While the cards are folded, it says what the check found."""

    toggled = Signal(bool)  # whether the cards are folded now

    def __init__(self) -> None:
        super().__init__()
        self.is_folded = False
        self._found = ""
        self.button = button("", lambda: self.fold(not self.is_folded), look="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        self._show()

    def fold(self, folded: bool) -> None:
        """The cards are folded, or there."""
        if folded is not self.is_folded:
            self.is_folded = folded
            self._show()
            self.toggled.emit(folded)

    def remember_in(self, preferences: Preferences) -> None:
        """It is as the user left it, and will be so next time."""
        self.fold(preferences.value(FOLDED) == _YES)
        self.toggled.connect(lambda on: preferences.put(FOLDED, _YES if on else _NO))

    def show_found(self, words: str) -> None:
        """What the check found, as the card says it."""
        self._found = words
        self._show()

    def _show(self) -> None:
        words = _("Show the cards") if self.is_folded else _("Fold the cards")
        found = self._found if self.is_folded else ""
        text = " · ".join(part for part in (found, words) if part)
        self.button.setText(text)
        self.button.setAccessibleName(text)
        tip = _("Show the cards below the grid"), _("Fold the cards below the grid")
        self.button.setToolTip(tip[not self.is_folded])
        picture = "chevron-up" if self.is_folded else "chevron-down"
        self.button.setIcon(icon(picture, Ink.ACCENT))
