"""误收待处理: what was taken away because it should not have been collected."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmdesk.domain.office import Changes
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said, told
from pmdesk.services.refusal import quarantine
from pmdesk.services.refusal.quarantine import Waiting
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.refused.words import MISTAKES
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class WaitingCard(Card):
    """Erase for good, or put back with a reason; after seven days it is erased by itself."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(_("Collected by mistake, to be decided"))
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self.model = RowsModel[Waiting](_columns())
        self.table = Table(self.model, EmptyState(_("Nothing waits.")), sortable=True)
        self.nothing = label(_("Nothing waits."), "muted")
        self.table.setMinimumHeight(theme.length(160))
        self.table.view.picked.connect(self._show_state)
        self.message = Banner()
        self.eraser = button(_("Erase for good"), self.erase, look="danger", picture="trash-2")
        self.restorer = button(_("Put back…"), self.restore, picture="undo-2")
        self.acts = QWidget()
        row = QHBoxLayout(self.acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.restorer)
        row.addWidget(self.eraser)
        self.add(label(_says(), "muted", wrap=True))
        self.add(self.nothing)
        self.add(self.table, 1)
        self.add(self.message)
        self.add(self.acts)
        self.show_waiting(())
        self.reload()

    def reload(self) -> None:
        """The list shows what waits now."""
        work = partial(quarantine.waiting, self._session)
        self._tasks.query(work, owner=self, done=self.show_waiting, newest="waiting")

    def show_waiting(self, found: Sequence[Waiting]) -> None:
        """These entries wait."""
        self.model.set_rows(found)
        self._show_state(None)
        set_shown(self.nothing, not found)
        for part in (self.table, self.acts):
            set_shown(part, bool(found))

    def erase(self) -> None:
        """The chosen entry is gone, after a question."""
        for one in self.table.view.chosen[:1]:
            if self._prompts.confirm(
                _("Erase “{field}” of {room} for good?").format(
                    field=said(one.field), room=one.room
                ),
                yes=_("Erase for good"),
                detail=_("It cannot be brought back. The log keeps the field and the reason."),
            ):
                work = partial(quarantine.erase, self._session, one.entry.id)
                self._do(work, _("Erased."))

    def restore(self) -> None:
        """The chosen entry is back in its place, with a reason."""
        for one in self.table.view.chosen[:1]:
            reason = self._prompts.ask_text(
                _("Why may “{field}” be collected after all?").format(field=said(one.field))
            )
            if reason is not None:
                work = partial(quarantine.restore, self._session, one.entry.id, reason)
                self._do(work, _("Put back."))

    def _do(self, work: partial[Changes], words: str) -> None:
        self._tasks.command(
            work,
            owner=self,
            done=lambda _changes: self.message.show_sentence(words, Tone.GOOD),
            failed=self._failed,
        )

    def _failed(self, error: PmdeskError) -> None:
        self.message.show_sentence(told(error), Tone.PROBLEM)

    def _show_state(self, one: Waiting | None) -> None:
        self.eraser.setEnabled(one is not None)
        self.restorer.setEnabled(one is not None)


def _columns() -> tuple[Column[Waiting], ...]:
    return (
        Column(key="room", title=_("Room"), cell=lambda one: one.room, width=12),
        Column(key="field", title=_("What"), cell=lambda one: said(one.field)),
        Column(key="reason", title=_("Why"), cell=lambda one: _(MISTAKES[one.entry.mistake])),
        Column(key="by", title=_("Taken away by"), cell=lambda one: one.by, width=12),
        Column(
            key="until",
            title=_("Erased after"),
            cell=lambda one: one.entry.until.isoformat(),
            width=14,
        ),
    )


def _says() -> str:
    return _(
        "Taken out of its place and sealed: nobody reads it here. Erase it, or put it back when it"
        " may be collected after all. What is left alone is erased after seven days."
    )
