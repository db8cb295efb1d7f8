"""The line that tells of a draft: restored on request, or given up."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from pmdesk.domain.ports import Draft
from pmdesk.i18n import _
from pmdesk.services.session import Session
from pmdesk.ui.autosave import Autosave, age
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button


class DraftBanner(Banner):
    """Hidden until a draft is found; then it offers to restore or to discard it."""

    restored = Signal(str)  # the draft's document

    def __init__(self, session: Session, autosave: Autosave) -> None:
        super().__init__(picture="history")
        self._session = session
        self._autosave = autosave
        self._draft: Draft | None = None
        self.restore = button(_("Restore"), self._restore)
        self.discard = button(_("Discard"), self._discard, look="link")
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.addWidget(self.restore)
            row.addWidget(self.discard)
        autosave.found.connect(self._offer)

    def _offer(self, draft: Draft) -> None:
        self._draft = draft
        when = age(draft.saved_at, self._session.clock.now())
        self.show_sentence(_("There is an unsaved draft from before ({when}).").format(when=when))

    def _restore(self) -> None:
        self.show_sentence("")
        if self._draft is not None:
            self._autosave.go_on_with(self._draft)
            self.restored.emit(self._draft.document)

    def _discard(self) -> None:
        self.show_sentence("")
        if self._draft is not None:
            self._autosave.discard_other(self._draft.subject)
