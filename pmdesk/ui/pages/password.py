"""Changing one's own passphrase: a small window over the page."""

from functools import partial

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import staff
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.forms.passphrase import PassphraseFields, PassphraseLine
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label

_WIDTH = 600


class PasswordDialog(QDialog):
    """The old passphrase, the new one twice; closes once the new one is in force."""

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Change passphrase"))
        self.setModal(True)
        self._session = session
        self._tasks = tasks
        self.old = PassphraseLine(_("Present passphrase"))
        self.new = PassphraseFields(
            lambda text: session.accounts.password_problems(text, session.staff.login),
            _("New passphrase"),
        )
        self.message = Banner()
        self.save = button(_("Change passphrase"), self._save, look="primary")
        old = label(_("Present passphrase"), "label")
        old.setBuddy(self.old)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Cancel"), self.reject))
        row.addWidget(self.save)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(label(_("Change passphrase"), "title"))
        for part in (old, self.old, self.new, self.message):
            column.addWidget(part)
        column.addLayout(row)
        self.new.changed.connect(self._fit)
        self._fit()

    def _save(self) -> None:
        problem = self.new.problem if self.old.text else _("Please type your present passphrase.")
        if problem:
            self.message.show_sentence(problem, Tone.WARN)
            self._fit()
            return
        self.save.setEnabled(False)
        self._tasks.command(
            partial(staff.change_password, self._session, self.old.text, self.new.passphrase),
            owner=self,
            done=lambda _none: self.accept(),
            failed=self._failed,
        )

    def _fit(self) -> None:
        """As high as the wrapped sentences need: a window of its own is not asked for that."""
        width = max(theme.length(_WIDTH), self.sizeHint().width())
        self.setMinimumWidth(width)
        self.setMinimumHeight(self._column.totalHeightForWidth(max(width, self.width())))

    def _failed(self, error: PmdeskError) -> None:
        self.save.setEnabled(True)
        self.message.show_sentence(told(error), Tone.PROBLEM)
        self._fit()
