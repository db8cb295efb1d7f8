"""Correcting name, phone, room or role of somebody in the register."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from pmdesk.domain.office import Changes
from pmdesk.domain.people import Person, PersonId
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import residents
from pmdesk.services.session import Session
from pmdesk.ui.resident.entry import Entry
from pmdesk.ui.resident.entry_form import EntryForm
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.late import join_order


class CorrectionCard(Card):
    """Takes the place of the person card while something is corrected; built when it first does."""

    left = Signal()  # saved or given up

    def __init__(self, session: Session, tasks: Tasks, person: PersonId) -> None:
        super().__init__(_("Correct the entries"))
        self._session = session
        self._tasks = tasks
        self._person = person
        self._revision = 0
        self._is_built = False
        self.hide()

    def start(self, person: Person) -> None:
        """The person's entries are shown and may be changed."""
        if not self._is_built:
            self._build()
        self._revision = person.revision
        self.note.show_sentence("")
        self.saver.setEnabled(True)
        self.entries.start(Entry.of(person))
        self.show()
        self.entries.form.focus_first()

    def save(self) -> None:
        """The corrected entries stand; problems keep everything here."""
        if self.isHidden() or not self.saver.isEnabled() or self.entries.is_composing:
            return
        if not self.entries.check():
            return
        self.saver.setEnabled(False)
        work = partial(
            residents.correct,
            self._session,
            self._person,
            self.entries.entry.registration(),
            revision=self._revision,
        )
        self._tasks.command(work, owner=self, done=self._saved, failed=self._failed)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """With the page goes the whole number, unless something typed would go with it."""
        super().hideEvent(event)
        if not self.isHidden() and self.entries.history.is_clean:
            self._leave()

    def _build(self) -> None:
        self._is_built = True
        self.entries = EntryForm(residents.catalogue(self._session))
        self.note = Banner()
        self.saver = button(_("Save"), self.save, picture="check", tip="Ctrl+S")
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(button(_("Cancel"), self._leave))
        buttons.addWidget(self.saver)
        self.add(self.note)
        self.add(self.entries)
        self.body.addLayout(buttons)
        self.entries.completed.connect(self.saver.setFocus)
        join_order(self)

    def _saved(self, _changes: Changes) -> None:
        self._leave()

    def _failed(self, error: PmdeskError) -> None:
        self.saver.setEnabled(True)
        self.note.show_sentence(told(error), Tone.PROBLEM)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
