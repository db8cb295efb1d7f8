"""A new passphrase, one's own or a colleague's: a small window over the page."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Staff
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
    """The old passphrase, the new one twice; closes once the new one is in force.

    For a colleague who forgot it (`other`) no old one is asked.
    """

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        other: Staff | None = None,
    ) -> None:
        super().__init__(parent)
        self._other = other
        who = other or session.staff
        title = _("New passphrase for {name}").format(name=who.name)
        title = title if other else _("Change passphrase")
        self.setWindowTitle(title)
        self.setModal(True)
        self._session = session
        self._tasks = tasks
        self.old = PassphraseLine(_("Present passphrase"))
        self.new = PassphraseFields(
            lambda text: session.accounts.password_problems(text, who.login, who.name),
            _("New passphrase"),
        )
        self.message = Banner()
        self.save = button(_("Change passphrase"), self._save, look="primary")
        self.old.setVisible(other is None)
        self._arrange(title)
        self.new.changed.connect(self._fit)
        self._fit()

    def _arrange(self, title: str) -> None:
        old = label(_("Present passphrase"), "label")
        old.setBuddy(self.old)
        old.setVisible(self._other is None)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Cancel"), self.reject))
        row.addWidget(self.save)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(label(title, "title", wrap=True))
        for part in (old, self.old, self.new, self.message):
            column.addWidget(part)
        column.addLayout(row)

    def _save(self) -> None:
        asked = self._other is not None or self.old.text
        problem = self.new.problem if asked else _("Please type your present passphrase.")
        if problem:
            self.message.show_sentence(problem, Tone.WARN)
            self._fit()
            return
        self.save.setEnabled(False)
        self._tasks.command(
            self._work(self.new.passphrase),
            owner=self,
            done=lambda _done: self.accept(),
            failed=self._failed,
        )

    def _work(self, new: str) -> Callable[[], Changes | None]:
        if self._other is None:
            return partial(staff.change_password, self._session, self.old.text, new)
        return partial(staff.reset_password, self._session, self._other.uid, new)

    def _fit(self) -> None:
        """As high as the wrapped sentences need: a window of its own is not asked for that."""
        width = max(theme.length(_WIDTH), self.sizeHint().width())
        self.setMinimumWidth(width)
        self.setMinimumHeight(self._column.totalHeightForWidth(max(width, self.width())))

    def _failed(self, error: PmdeskError) -> None:
        self.save.setEnabled(True)
        self.message.show_sentence(told(error), Tone.PROBLEM)
        self._fit()
