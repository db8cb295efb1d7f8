"""The button that folds the cards below the grid, so that the grid has all the room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from pmdesk.i18n import _
from pmdesk.ui import theme
from pmdesk.ui.icons import icon
from pmdesk.ui.preferences import FOLDED, Preferences

_YES, _NO = "yes", "no"


class FoldButton(QToolButton):
    """Pressed, the cards are folded, and the button says what the check found."""

    def __init__(self) -> None:
        super().__init__()
        self._found = ""
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setIconSize(QSize(theme.length(18), theme.length(18)))
        self.toggled.connect(lambda _on: self._show())
        self._show()

    def remember_in(self, preferences: Preferences) -> None:
        """It is as the user left it, and will be so next time."""
        self.setChecked(preferences.value(FOLDED) == _YES)
        self.toggled.connect(lambda on: preferences.put(FOLDED, _YES if on else _NO))

    def show_found(self, words: str) -> None:
        """What the check found, as the card says it."""
        self._found = words
        self._show()

    def _show(self) -> None:
        folded = self.isChecked()
        tip = _("Show the cards below the grid") if folded else _("Fold the cards below the grid")
        self.setIcon(icon("chevron-up" if folded else "chevron-down"))
        self.setText(self._found if folded else "")
        style = Qt.ToolButtonStyle
        beside = folded and bool(self._found)
        self.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if beside else style.ToolButtonIconOnly
        )
        self.setToolTip(tip)
        self.setAccessibleName(f"{tip} {self.text()}".strip())
