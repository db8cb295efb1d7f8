"""Who the person is under the service contract: name, masked phone, rooms."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout

from pmdesk.domain.people import Person
from pmdesk.i18n import _
from pmdesk.services.wording import ROLES
from pmdesk.ui.access.reason_panel import ReasonPanel
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.visibility import set_shown

SECONDS = 60  # a whole number is on the screen


class PersonCard(Card):
    """The phone number stays masked until somebody says why it is needed, which is logged."""

    reveal_requested = Signal(object)  # Why
    edit_requested = Signal()

    def __init__(self, *, may_reveal: bool, may_edit: bool) -> None:
        super().__init__()
        self.name = label("", "heading", select=True, wrap=True)
        self.edit = button("", self.edit_requested.emit, look="quiet", picture="pencil")
        self.edit.setToolTip(_("Correct name, phone or room"))
        self.edit.setAccessibleName(self.edit.toolTip())
        set_shown(self.edit, may_edit)
        self.mobile = label("", select=True)
        self.eye = button("", self._toggle, look="quiet", picture="eye")
        self.eye.setToolTip(_("Show the whole number; this is logged"))
        self.eye.setAccessibleName(self.eye.toolTip())
        self.rooms = label("", wrap=True)
        self.reasons = ReasonPanel(_("Why do you need the whole number? This is logged."))
        self.reasons.left.connect(self.eye.setFocus)
        self._may_reveal = may_reveal
        self._masked = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.hide_mobile)
        self._arrange()

    def show_person(self, person: Person) -> None:
        """The person, as masked as he comes; a number that is shown stays for its minute."""
        self.name.setText(person.name)
        if person.mobile != self._masked or not self.is_revealed:
            self._masked = person.mobile
            self.hide_mobile()
        self.eye.setVisible(self._may_reveal and bool(person.mobile))
        self.rooms.setText(
            "\n".join(f"{home.unit.label} · {_(ROLES[home.role])}" for home in person.occupancies)
        )

    @property
    def is_revealed(self) -> bool:
        """The whole number is on the screen."""
        return self.mobile.text() != (self._masked or _("no phone number"))

    def show_mobile(self, mobile: str) -> None:
        """The whole number is on the screen for a minute, or until the eye is pressed again."""
        self.mobile.setText(mobile)
        self._timer.start()
        self.eye.setIcon(icon("eye-off", Ink.MUTED))
        self.eye.setToolTip(_("Hide the number"))

    def hide_mobile(self) -> None:
        """The number is masked again, and no copy of it is left in the clipboard."""
        self._timer.stop()
        if self.is_revealed:
            _forget_copy(self.mobile.text())
        self.mobile.setText(self._masked or _("no phone number"))
        self.eye.setIcon(icon("eye", Ink.MUTED))
        self.eye.setToolTip(_("Show the whole number; this is logged"))

    def leave(self) -> None:
        """The number is masked, and the next look needs a reason again."""
        self.hide_mobile()
        self.reasons.forget()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        phone = QHBoxLayout()
        phone.setSpacing(10)
        phone.addWidget(Picture("phone", Ink.MUTED))
        phone.addWidget(self.mobile)
        phone.addWidget(self.eye)
        phone.addStretch(1)
        home = QHBoxLayout()
        home.setSpacing(10)
        home.addWidget(Picture("house", Ink.MUTED), 0, Qt.AlignmentFlag.AlignTop)
        home.addWidget(self.rooms, 1)
        for line in (top, phone):
            self.body.addLayout(line)
        self.add(self.reasons)
        self.body.addLayout(home)

    def _toggle(self) -> None:
        if self.is_revealed:
            self.hide_mobile()
        else:
            self.reasons.ask(self.reveal_requested.emit)


def _forget_copy(text: str) -> None:
    clipboard = QGuiApplication.clipboard()
    if text and text in clipboard.text():
        clipboard.clear()
