"""A new recovery key: the own passphrase first, then the key on paper, typed back."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pmdesk.domain.ports.vault import Renewal
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import recovery
from pmdesk.services.session import Session
from pmdesk.ui.forms.passphrase import PassphraseLine
from pmdesk.ui.forms.small_dialog import SmallDialog
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.wizard.keys import RecoveryStep
from pmdesk.ui.wizard.paper import print_recovery


class RecoveryDialog(SmallDialog):
    """Emits `renewed` with the new root once the key counts; left before, the old one counts."""

    renewed = Signal(str)

    def __init__(
        self, session: Session, tasks: Tasks, office: str, parent: QWidget | None = None
    ) -> None:
        go = button(_("Go on"), self._go, look="primary")
        super().__init__(_("A new recovery key"), parent, go)
        self._session, self._tasks, self._office = session, tasks, office
        self._made: Renewal | None = None
        self.step: RecoveryStep | None = None
        self.words = label(_explanation(), wrap=True)
        self.head = label(_("Present passphrase"), "label")
        self.line = PassphraseLine(_("Present passphrase"))
        self.head.setBuddy(self.line)
        self.line.entered.connect(self._go)
        self.arrange(self.words, self.head, self.line)
        self.line.setFocus()

    def _go(self) -> None:
        if self._made is not None:
            self._adopt(self._made)
        elif not self.line.text:
            self.warn(_("Please type your present passphrase."))
        elif self.go.isEnabled():
            self.go.setEnabled(False)
            self._tasks.query(
                partial(recovery.begin, self._session, self.line.text),
                owner=self,
                done=self._show_key,
                failed=self._refused,
            )

    def _refused(self, error: PmdeskError) -> None:
        self.go.setEnabled(True)
        self.line.show_text("", openly=False)
        self.message.show_sentence(told(error), Tone.PROBLEM)
        self.fit()

    def _show_key(self, made: Renewal) -> None:
        self._made = made
        self.line.show_text("", openly=False)
        for part in (self.words, self.head, self.line):
            part.hide()
        self.message.show_sentence("")
        step = self.step = RecoveryStep(made.recovery_key, made.fingerprint, made.confirm)
        step.to_file.hide()
        step.print_requested.connect(lambda: print_recovery(self, self._office, made))
        step.changed.connect(self._follow)
        self.column.insertWidget(1, step, 1)
        self.go.setText(_("The new key counts from now on"))
        self._follow()

    def _follow(self) -> None:
        """The button as far as the key was typed back; the window as high as it needs."""
        self.go.setEnabled(self.step is not None and self.step.ready)
        self.fit_soon()

    def _adopt(self, made: Renewal) -> None:
        if self.step is not None and self.step.check():
            typed = self.step.typed.text()
            self.do(self._tasks, partial(recovery.finish, self._session, made, typed), self._done)

    def _done(self) -> None:
        if self._made is not None:
            self.renewed.emit(self._made.root)
        self.accept()

    @override
    def reject(self) -> None:
        """The key that was shown never counts; the one of before still does."""
        self._made = None
        super().reject()


def _explanation() -> str:
    return _(
        "When somebody may have seen or copied the recovery sheet, replace it. The new key is shown"
        " once and typed back from paper; until then the old one counts. Old backups still open"
        " with the old key: keep its sheet locked away until they are gone. On other computers of"
        " this office the next sign-in asks to compare the fingerprint."
    )
