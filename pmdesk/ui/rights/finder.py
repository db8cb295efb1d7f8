"""Finding the person a request is about: by pinyin, room or phone, with the keyboard alone."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem
from typing_extensions import override

from pmdesk.domain.classification import ResidentQuery, ResidentRow
from pmdesk.domain.people import PersonId
from pmdesk.i18n import _
from pmdesk.services import residents
from pmdesk.services.session import Session
from pmdesk.ui.forms.finder import Finder
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.visibility import set_shown

_MOST = 6


class PersonFinder(Finder):
    """Type, press Enter: the first hit is chosen; with the arrow keys another one."""

    found = Signal(object, str)  # PersonId or None, and its words

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(
            _("Name, pinyin, room or last 4 digits of the phone"), _("Residents found")
        )
        self._session = session
        self._tasks = tasks
        self.person: PersonId | None = None
        self._words = ""  # of the person, in the box

    def show_person(self, person: PersonId | None, words: str) -> None:
        """This person is chosen, or nobody."""
        self.person = person
        self._words = words.strip()
        self._show_words(words if person is not None else "")

    @override
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
        self._show_items([_item(row) for row in rows])

    @override
    def _enter(self) -> None:
        self._hurried = self.person is None

    @override
    def _taken(self, at: int) -> None:
        item = self.hits.item(at)
        self._choose(PersonId(item.data(Qt.ItemDataRole.UserRole)), item.text())

    def _choose(self, person: PersonId | None, words: str) -> None:
        self.person = person
        if person is not None:
            self.show_person(person, words)
        self.found.emit(person, words)


def _item(row: ResidentRow) -> QListWidgetItem:
    item = QListWidgetItem(f"{row.room}  {row.name}  {row.mobile}".strip())
    item.setData(Qt.ItemDataRole.UserRole, row.id)
    return item


def _found(session: Session, text: str) -> tuple[ResidentRow, ...]:
    ids = residents.found(session, ResidentQuery(text=text))
    return residents.rows(session, ids[:_MOST])
