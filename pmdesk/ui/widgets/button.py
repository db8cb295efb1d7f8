"""Buttons: one primary on a page, the others quiet."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QPushButton

from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.theme import Tone

_INKS: dict[str, Ink | Tone] = {
    "primary": Ink.ON_ACCENT,
    "danger": Tone.PROBLEM,
    "link": Ink.ACCENT,
    "quiet": Ink.MUTED,
    "menu": Ink.MUTED,
}


def button(
    text: str,
    pressed: Callable[[], object] | None = None,
    *,
    look: str = "",
    picture: str = "",
    tip: str = "",
) -> QPushButton:
    """A button; `look` is one of primary, danger, link, quiet. Without text `tip` names it."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    if look:
        made.setProperty("look", look)
    if picture:
        made.setIcon(icon(picture, _INKS.get(look, Ink.TEXT)))
    if tip:
        made.setToolTip(tip)
    made.setAccessibleName(text or tip)
    if pressed is not None:
        made.clicked.connect(lambda _checked=False: pressed())
    return made


def opening(made: QPushButton, menu: QMenu) -> QPushButton:
    """The button opens the menu, and its arrow stands clear of the words."""
    made.setProperty("opens", "menu")
    made.setMenu(menu)
    return made
