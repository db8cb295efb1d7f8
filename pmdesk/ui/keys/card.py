"""On the settings page: how old the keys are, changing them, and copies of how it was before."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pmdesk.domain import office
from pmdesk.domain.keys import Kept, KeyState
from pmdesk.domain.office import Changes
from pmdesk.errors import OfficeClosedError, PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import keys
from pmdesk.services.key_words import kept_words, standing
from pmdesk.services.session import Session
from pmdesk.ui.backups import words
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.keys.rotation_dialog import RotationDialog
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import CancelledError, Progress, Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.unsaved import keep_all
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label


class KeysCard(Card):
    """After `locked` the office is closed under other keys: sign in anew."""

    locked = Signal()

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(_("Keys of the office"))
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._work: Progress | None = None
        self.state = Banner()
        self.change = button(_("Change the keys…"), self.open_dialog, picture="key")
        self.aside.addWidget(self.change)
        self.message = Banner()
        self.working = WorkingBar(lambda done: f"{done} %")
        self.working.cancelled.connect(self._stop)
        self.kept = QVBoxLayout()
        self.kept.setSpacing(6)
        self.add(self.state)
        self.body.addLayout(self.kept)
        self.add(self.working)
        self.add(self.message)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The card says how the keys stand now."""
        if changes is None or office.STAFF in changes.kinds:
            self._tasks.query(
                partial(keys.state, self._session),
                owner=self,
                done=self.show_state,
                failed=lambda error: self.state.show_sentence(told(error), Tone.PROBLEM),
                newest="state",
            )

    def show_state(self, found: KeyState) -> None:
        """The card says this."""
        self.state.show_sentence(standing(found), Tone.WARN if found.due else Tone.GOOD)
        while (item := self.kept.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.deleteLater()
        if found.kept:
            self.kept.addWidget(label(_explained(), "muted", wrap=True))
        for one in found.kept:
            self.kept.addWidget(self._row(one))

    def open_dialog(self) -> None:
        """What changing the keys means is explained, and it can be done."""
        dialog = RotationDialog(self._session, self._tasks, self._prompts, self.window())
        dialog.rotated.connect(self.locked)
        dialog.open()

    def bring_back(self, one: Kept) -> None:
        """The office is as in that copy, if the user wants it so."""
        agreed = self._prompts.confirm(
            _("Put the office back as it was {then}?").format(
                then=kept_words(one, self._session.clock)
            ),
            yes=_("Put it back"),
            detail=_(
                "What was entered since then is gone from the office; it stays in a copy for 30"
                " days. What was erased stays erased. Then pmdesk locks, and everybody signs in"
                " as before."
            ),
        )
        if agreed and self._work is None:
            keep_all(self.window())
            self.message.show_sentence("")
            self._set_busy(busy=True)
            self.working.start(_("Putting the office back"))
            self._work = self._tasks.long(
                partial(keys.bring_back, self._session, one.name),
                owner=self,
                reported=self.working.show_progress,
                done=lambda _again: self.locked.emit(),
                failed=self._failed,
            )

    def _row(self, one: Kept) -> Card:
        row = Card(margin=10)
        line = QHBoxLayout()
        told_of = f"{kept_words(one, self._session.clock)} · {words.size(one.size)}"
        line.addWidget(label(told_of, wrap=True), 1)
        back = button(_("Put it back…"), partial(self.bring_back, one))
        back.setAccessibleDescription(told_of)
        line.addWidget(back)
        row.body.addLayout(line)
        return row

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _failed(self, error: PmdeskError) -> None:
        if isinstance(error, OfficeClosedError):
            self._prompts.explain(error)
            self.locked.emit()
            return
        self._work = None
        self.working.stop()
        self._set_busy(busy=False)
        tone = Tone.INFO if isinstance(error, CancelledError) else Tone.PROBLEM
        self.message.show_sentence(told(error), tone)

    def _set_busy(self, *, busy: bool) -> None:
        self.change.setEnabled(not busy)
        for index in range(self.kept.count()):
            item = self.kept.itemAt(index)
            part = item.widget() if item is not None else None
            if part is not None:
                part.setEnabled(not busy)


def _explained() -> str:
    return _(
        "Copies of the office as it was before an upgrade or a restore, encrypted. They go after 30"
        " days."
    )
