"""What is written in a dialog survives a lock: it is offered when the dialog opens again."""

import json
from collections.abc import Callable, Mapping

from pmdesk.services.session import Session
from pmdesk.ui.autosave import Autosave
from pmdesk.ui.draft_banner import DraftBanner
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.forms.small_dialog import SmallDialog
from pmdesk.ui.tasks import Tasks

Kept = Mapping[str, str]


class KeptWords(DraftBanner):
    """A line of the dialog; the draft is gone once it is answered, or its words are given up."""

    def __init__(
        self, session: Session, tasks: Tasks, dialog: SmallDialog, page: str, line: PinyinEdit
    ) -> None:
        autosave = Autosave(session, tasks, page, lambda: self._document(), dialog)
        super().__init__(session, autosave)
        self.autosave = autosave
        self._line = line
        self._is_used = False
        self._typed: Callable[[], Kept] = dict
        self._put: Callable[[Kept], object] = dict
        line.query.connect(self._touch)
        self.restored.connect(self._put_back)
        autosave.found.connect(lambda _draft: dialog.fit_soon())
        dialog.finished.connect(self._end)

    def watch(self, subject: str) -> None:
        """The dialog is about this; words that were written about it before are offered."""
        self.autosave.watch_new(subject)

    def offer(self, subject: str) -> None:
        """Of several drafts this one is offered."""
        self.autosave.offer(subject)

    def keep_beside(self, typed: Callable[[], Kept], put: Callable[[Kept], object]) -> None:
        """What `typed` tells is kept with the words, and `put` back with them."""
        self._typed, self._put = typed, put

    def keep_draft(self) -> None:
        """What was typed is in the encrypted draft: the office locks."""
        self.autosave.keep_now()

    def _touch(self, _text: str) -> None:
        self._is_used = True
        self.autosave.touch()

    def _put_back(self, document: str) -> None:
        kept = json.loads(document)
        self._is_used = True
        self._put(kept)
        self._line.setText(kept["words"])
        self._line.setModified(True)  # `leave` asks before it is lost
        self._line.setFocus()

    def _document(self) -> str:
        return json.dumps({**self._typed(), "words": self._line.text()}, ensure_ascii=False)

    def _end(self, _how: int) -> None:
        if self._is_used:  # a draft that was offered and let lie stays
            self.autosave.discard()
