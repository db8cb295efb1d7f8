"""Register a resident: look-alikes appear while typing, a draft is kept, Ctrl+Enter goes on."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain import office
from pmdesk.domain.masks import mask_name
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import residents
from pmdesk.services.residents import Registration
from pmdesk.services.session import Session
from pmdesk.ui.autosave import Autosave
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.draft_banner import DraftBanner
from pmdesk.ui.resident.entry import Entry
from pmdesk.ui.resident.entry_form import EntryForm
from pmdesk.ui.resident.look_alikes import LookAlikes
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled

_PAUSE_MS = 150
_ENOUGH = 2  # letters of a name before look-alikes are sought


class RegistrationPage(QWidget):
    """A new resident under the service contract; no consent is needed for that."""

    opened = Signal(object)  # PersonId: the one just registered, or a look-alike
    back_requested = Signal()

    def __init__(self, session: Session, tasks: Tasks, name: str = "", draft: str = "") -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._session = session
        self._tasks = tasks
        self.entries = EntryForm(residents.catalogue(session))
        self.look_alikes = LookAlikes()
        self.autosave = Autosave(
            session, tasks, "resident", lambda: self.entries.entry.document(), self
        )
        self.draft = DraftBanner(session, self.autosave)
        self.done = Banner()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._arrange()
        self._connect()
        self.entries.start(Entry(name=name))
        self.autosave.watch_new(residents.NEW, draft)
        self.setFocusProxy(next(iter(self.entries.form.rows.values())).editor)
        self.entries.form.focus_first()

    def reload(self, changes: Changes | None = None) -> None:
        """Look-alikes are sought again; what was typed stays."""
        if changes is None or office.RESIDENTS in changes.kinds:
            self._seek()

    def keep_draft(self) -> None:
        """What was typed is in the encrypted draft: the office locks."""
        self.autosave.keep_now()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.autosave.hurry()
        super().hideEvent(event)

    def save(self) -> None:
        """The resident is registered and the page shows it; problems keep everything here."""
        self._save(lambda person: self.opened.emit(person))

    def save_and_next(self) -> None:
        """The resident is registered and the form is empty for the next one."""
        self._save(lambda _person: self._go_on())

    # ---- building --------------------------------------------------------------------------

    def _arrange(self) -> None:
        back = button(_("Back"), self.back_requested.emit, look="quiet", picture="chevron-left")
        hint = _("Only what the service contract needs. No consent is asked for this.")
        self.next = button(_("Save and next"), self.save_and_next, tip="Ctrl+Enter")
        self.saver = button(_("Save"), self.save, look="primary", picture="check", tip="Ctrl+S")
        self.age = label("", "muted")
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.age, 1)
        buttons.addWidget(self.next)
        buttons.addWidget(self.saver)
        card = Card(margin=24)
        card.add(self.entries)
        card.body.addLayout(buttons)
        column = QVBoxLayout()
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(14)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(PageHeader(_("Register a resident"), hint))
        for widget in (self.done, self.draft, card, self.look_alikes):
            column.addWidget(widget)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(column))

    def _connect(self) -> None:
        self.entries.changed.connect(self._typed)
        self.entries.completed.connect(self.saver.setFocus)
        self.look_alikes.opened.connect(self.opened)
        self.draft.restored.connect(self._restore)
        self.autosave.kept.connect(lambda _at: self.age.setText(_("Kept as a draft just now")))
        self._timer.timeout.connect(self._seek)
        stack = self.entries.history.stack
        build_actions(
            self,
            {
                Command.SAVE: self.save,
                Command.SAVE_NEXT: self.save_and_next,
                Command.UNDO: stack.undo,
                Command.REDO: stack.redo,
            },
        )

    # ---- acting ----------------------------------------------------------------------------

    def _typed(self, entry: Entry) -> None:
        self._timer.start()
        if entry.is_blank or self.entries.history.is_clean:
            return
        self.done.show_sentence("")
        self.age.setText("")
        self.autosave.touch()

    def _seek(self) -> None:
        entry = self.entries.entry
        wanted = entry.registration()
        if len(entry.name.strip()) < _ENOUGH and not wanted.mobile and not wanted.room:
            self.look_alikes.show_people(())
            return
        self._tasks.query(
            partial(residents.look_alikes, self._session, wanted),
            owner=self,
            done=self.look_alikes.show_people,
            newest="look_alikes",
        )

    def _save(self, done: Callable[[PersonId], object]) -> None:
        if self.entries.is_composing or not self.saver.isEnabled() or not self.entries.check():
            return
        self._enable(False)
        self._tasks.command(
            partial(
                _registered,
                self._session,
                self.entries.entry.registration(),
                self.autosave.subject,
            ),
            owner=self,
            done=lambda result: self._saved(result[0], done),
            failed=self._failed,
        )

    def _saved(self, person: PersonId, done: Callable[[PersonId], object]) -> None:
        self._enable(True)
        self.autosave.discard()  # one that was still being kept may have landed meanwhile
        self.entries.history.saved()
        done(person)

    def _failed(self, error: PmdeskError) -> None:
        self._enable(True)
        self.done.show_sentence(told(error), Tone.PROBLEM)

    def _go_on(self) -> None:
        entry = self.entries.entry
        self.entries.start(Entry())
        self.look_alikes.start()
        self.age.setText("")
        self.done.show_sentence(
            _("Registered: {room}, {name}").format(room=entry.room, name=mask_name(entry.name)),
            Tone.GOOD,
        )
        self.entries.form.focus_first()

    def _restore(self, document: str) -> None:
        self.entries.restore(Entry.from_document(document))

    def _enable(self, on: bool) -> None:
        self.saver.setEnabled(on)
        self.next.setEnabled(on)


def _registered(session: Session, entry: Registration, draft: str) -> tuple[PersonId, Changes]:
    person = residents.register(session, entry, draft)
    return person, Changes.of(office.RESIDENTS, people=[person])
