"""Finding the person a request is about: by pinyin, room or phone, with the keyboard alone."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain.classification import ResidentQuery, ResidentRow
from pmdesk.domain.people import PersonId
from pmdesk.i18n import _
from pmdesk.services import residents
from pmdesk.services.session import Session
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.visibility import set_shown

_MOST = 6
_HIGH = 2  # lines of text for each hit


class _Hits(QListWidget):
    taken = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.taken.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class PersonFinder(QWidget):
    """Type, press Enter: the first hit is chosen; with the arrow keys another one."""

    found = Signal(object, str)  # PersonId or None, and its words

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self.person: PersonId | None = None
        self._words = ""  # of the person, in the box
        self._hurried = False  # Enter came before the answer
        self.box = SearchBox(_("Name, pinyin, room or last 4 digits of the phone"))
        self.hits = _Hits()
        self.hits.setAccessibleName(_("Residents found"))
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addWidget(self.hits)
        self.box.searched.connect(self._search)
        self.box.returnPressed.connect(self._enter)
        self.hits.taken.connect(self._take)
        self.hits.itemClicked.connect(lambda _item: self._take())
        self.setFocusProxy(self.box)
        set_shown(self.hits, shown=False)

    def show_person(self, person: PersonId | None, words: str) -> None:
        """This person is chosen, or nobody."""
        self.person = person
        self._words = words.strip()
        self.box.show_search(words if person is not None else "")
        set_shown(self.hits, shown=False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.hits.isHidden():
            self.hits.setFocus()
            return
        super().keyPressEvent(event)

    def _search(self, text: str) -> None:
        self._hurried = False
        if self.person is not None and text != self._words:
            self._choose(None, "")  # other words are about somebody else
        if not text or self.person is not None:
            set_shown(self.hits, shown=False)
            return
        self._tasks.query(
            partial(_found, self._session, text), owner=self, done=self._show, newest="hits"
        )

    def _show(self, rows: Sequence[ResidentRow]) -> None:
        self.hits.clear()
        for row in rows:
            item = QListWidgetItem(f"{row.room}  {row.name}  {row.mobile}".strip())
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.hits.addItem(item)
        self.hits.setCurrentRow(0)
        line = self.hits.sizeHintForRow(0) if rows else 0
        self.hits.setFixedHeight(max(line, 1) * len(rows) + 2 * self.hits.frameWidth() + _HIGH)
        set_shown(self.hits, shown=bool(rows))
        if self._hurried:
            self._take()

    def _enter(self) -> None:
        self._hurried = self.person is None

    def _take(self) -> None:
        self._hurried = False
        item = self.hits.currentItem()
        if item is not None:
            self._choose(PersonId(item.data(Qt.ItemDataRole.UserRole)), item.text())

    def _choose(self, person: PersonId | None, words: str) -> None:
        self.person = person
        if person is not None:
            self.show_person(person, words)
        self.found.emit(person, words)


def _found(session: Session, text: str) -> tuple[ResidentRow, ...]:
    ids = residents.found(session, ResidentQuery(text=text))
    return residents.rows(session, ids[:_MOST])
