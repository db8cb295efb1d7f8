"""The card of the settings with the recovery key: its fingerprint is on the sheet."""

from PySide6.QtCore import Signal

from pmdesk.i18n import _
from pmdesk.services.session import Session
from pmdesk.ui.staff.recovery_dialog import RecoveryDialog
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label


class RecoveryCard(Card):
    """Emits `renewed` with the new root: this computer expects it at the next sign-in."""

    renewed = Signal(str)

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(_("Recovery key"))
        self._session, self._tasks = session, tasks
        self.office = ""
        self.make = button(_("A new recovery key…"), self._make, picture="key")
        self.message = Banner()
        self.aside.addWidget(self.make)
        self.add(label(_words(), "muted", wrap=True))
        self.add(self.message)

    def _make(self) -> None:
        dialog = RecoveryDialog(self._session, self._tasks, self.office, self.window())
        dialog.renewed.connect(self._renewed)
        dialog.open()

    def _renewed(self, root: str) -> None:
        self.message.show_sentence(
            _("The new recovery key counts. The old sheet opens this office no more."), Tone.GOOD
        )
        self.renewed.emit(root)


def _words() -> str:
    return _(
        "The key on the recovery sheet opens the office when all administrators lost their"
        " passphrases. Replace it when somebody may have seen the sheet."
    )
