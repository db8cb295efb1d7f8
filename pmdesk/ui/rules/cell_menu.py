"""The menu of a cell: what its keys do, for the mouse."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from pmdesk.i18n import N_, _
from pmdesk.ui.icons import icon

Entry = tuple[str, str, str, str]  # what is wanted, its words, its key, its picture
_CLIPPING: Sequence[Entry] = (
    ("cut", N_("Cut"), "Ctrl+X", ""),
    ("copy", N_("Copy"), "Ctrl+C", "copy"),
    ("copy_headed", N_("Copy with headings"), "Ctrl+Shift+C", ""),
    ("paste", N_("Paste"), "Ctrl+V", ""),
)
_READING = {"copy", "copy_headed"}


def cell_menu(
    parent: QWidget,
    want: Callable[[str], object],
    rows: Sequence[QAction],
    *,
    editable: bool,
) -> QMenu:
    """Clipboard first, then what can be done with rows; only copying where nothing is editable."""
    menu = QMenu(parent)
    for word, text, key, picture in _CLIPPING:
        action = menu.addAction(icon(picture), _(text)) if picture else menu.addAction(_(text))
        action.setShortcut(QKeySequence(key))
        action.setShortcutVisibleInContextMenu(True)
        action.setEnabled(editable or word in _READING)
        action.triggered.connect(lambda _on=False, word=word: want(word))
    menu.addActions(list(rows[:1]))
    menu.addSeparator()
    menu.addActions(list(rows[1:]))
    menu.addSeparator()
    clear = menu.addAction(_("Clear"))
    clear.setShortcut(QKeySequence("Del"))
    clear.setEnabled(editable)
    clear.triggered.connect(lambda _on=False: want("clear"))
    return menu
