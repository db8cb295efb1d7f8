"""The pages that fit what is typed into the search, in a list below it that takes no cursor."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.ui import theme
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.places import Place, found, is_name

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_EDGE = 4
_ICON = 16


class PlaceList(QFrame):
    """Arrows choose and Enter goes there; without a choice Enter searches on, as ever.

    The name of a page is chosen by itself, and the first place is where `nobody` fits the text.
    """

    chosen = Signal(object)  # Place

    def __init__(self, search: SearchBox, places: Sequence[Place], window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("look", "tip")
        self.nobody: Callable[[str], bool] = lambda _text: False
        self._search = search
        self._places = tuple(places)
        self._found: tuple[Place, ...] = ()
        self._text = ""
        self.rows = QListWidget()
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setAccessibleName(_("Pages that fit"))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.itemClicked.connect(lambda _item: self._take())
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.addWidget(self.rows)
        self.hide()
        search.query.connect(self.show_for)
        search.installEventFilter(self)

    @property
    def claims(self) -> bool:
        """Whether what is typed is the name of a place, or may still become one."""
        named = is_name(self._found, self._text)
        return bool(self._found) and (named or self._search.is_composing)

    def knows(self, text: str) -> bool:
        """Whether that is the name of a place."""
        return is_name(found(self._places, text), text)

    def show_for(self, text: str) -> None:
        """The places that fit are listed; nothing is to be seen where none does."""
        self._text = text.strip()
        self._found = found(self._places, self._text)
        self.rows.clear()
        self.rows.setIconSize(QSize(1, 1) * theme.length(_ICON))
        for one in self._found:
            self.rows.addItem(QListWidgetItem(icon(one.icon, Ink.MUTED), one.title))
        self.rows.setCurrentRow(0 if is_name(self._found, self._text) else -1)
        names = _(", ").join(one.title for one in self._found)
        said = _("Pages that fit: {names}. Choose with the arrow keys.").format(names=names)
        self._search.setAccessibleDescription(said if names else "")
        self.setVisible(bool(self._found))
        self._lie_below()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isHidden():
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return not self._search.is_composing and self._pressed(event)
        if isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut:
            self.hide()
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            row = self.rows.currentRow() + _STEPS[key]
            self.rows.setCurrentRow(max(-1, min(row, self.rows.count() - 1)))
            return True
        if key in _ENTER:
            if self.rows.currentRow() < 0 and self.nobody(self._text):
                self.rows.setCurrentRow(0)
            return self._take()
        if key == Qt.Key.Key_Escape:
            self.hide()  # and the box empties itself
        return False

    def _take(self) -> bool:
        row = self.rows.currentRow()
        if not 0 <= row < len(self._found):
            return False
        taken = self._found[row]
        self.hide()
        self._search.show_search("")
        self.chosen.emit(taken)
        return True

    def _lie_below(self) -> None:
        """Right below the search box, as wide as it is and as high as the lines need."""
        line = self.rows.sizeHintForRow(0) if self._found else 0
        frame = 2 * (_EDGE + self.frameWidth() + self.rows.frameWidth())
        corner = QPoint(0, self._search.height() + 2)
        at = self._search.mapTo(self.window(), corner)
        wide = self.rows.sizeHintForColumn(0) + frame + self.fontMetrics().height()
        wide = min(max(self._search.width(), wide), self.window().width() - at.x())
        self.setGeometry(at.x(), at.y(), wide, line * len(self._found) + frame)
        self.raise_()
