"""Service notes of a person: the repair and not the person, screened before they are kept."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.acts import ServiceNote
from pmdesk.domain.people import PersonId
from pmdesk.domain.screening import Hit, Use
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import notes
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.refused.words import hit_sentence
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class NotesCard(Card):
    """The newest notes and a line for another; what is refused in it is said while typing."""

    def __init__(self, session: Session, tasks: Tasks, person: PersonId) -> None:
        super().__init__(_("Service notes"))
        self._session = session
        self._tasks = tasks
        self._person = person
        self.line = PinyinEdit(_("Only the repair, not the person"))
        self.line.setAccessibleName(_("Service note"))
        self.line.left.connect(self._look)
        self.line.returnPressed.connect(self.save)
        self.saver = button(_("Note down"), self.save, picture="check")
        self.message = Banner()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(6)
        writing = QWidget()
        row = QHBoxLayout(writing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.saver)
        set_shown(writing, session.staff.may(Permission.EDIT_RESIDENTS))
        self.add(writing)
        self.add(self.message)
        self.body.addLayout(self.lines)

    def show_notes(self, found: Sequence[ServiceNote]) -> None:
        """These notes are kept."""
        while (item := self.lines.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.deleteLater()
        for one in found:
            words = _("{date} · {text}").format(date=one.at.date(), text=one.text)
            self.lines.addWidget(label(words, wrap=True, select=True))
        if not found:
            self.lines.addWidget(label(_("None. A note is erased after 12 months."), "muted"))

    def save(self) -> None:
        """The note is kept, or the card says which word is not collected."""
        if not self.line.text().strip() or self.line.is_composing:
            return
        self.saver.setEnabled(False)
        work = partial(notes.add, self._session, self._person, self.line.text())
        self._tasks.command(work, owner=self, done=lambda _c: self._saved(), failed=self._failed)

    def _look(self) -> None:
        work = partial(screen.looked_at, self._session, self.line.text(), Use.PROSE)
        self._tasks.query(work, owner=self, done=self._warn, newest="look")

    def _warn(self, hits: Sequence[Hit]) -> None:
        self.message.show_sentence(hit_sentence(hits[0]) if hits else "", Tone.WARN)

    def _saved(self) -> None:
        self.line.clear()
        self.saver.setEnabled(True)
        self.message.show_sentence("")

    def _failed(self, error: PmdeskError) -> None:
        self.saver.setEnabled(True)
        self.message.show_sentence(told(error), Tone.PROBLEM)
