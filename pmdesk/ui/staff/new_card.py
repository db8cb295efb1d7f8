"""The form for a new colleague: name, account, role and first passphrase."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from pmdesk.domain.staff import Role
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, pgettext, told
from pmdesk.services.session import Session
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.forms.passphrase import PassphraseFields
from pmdesk.ui.staff.columns import DUTIES
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label


class NewStaffCard(Card):
    """Name, account, role and first passphrase of a colleague."""

    submitted = Signal(str, str, object, str)  # name, login, Role, passphrase

    def __init__(self, session: Session) -> None:
        super().__init__(_("A new colleague"))
        self.name = _line(_("Name *"), "staff_name")
        self.login = _line(_("Account *"), "staff_login")
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(_(STAFF_ROLES[role]), role)
        self.role.setAccessibleName(pgettext("staff", "Role"))
        self.role.currentIndexChanged.connect(lambda _index: self._tell_duty())
        self.duty = label("", "muted", wrap=True)
        self.passphrase = PassphraseFields(
            lambda text: session.accounts.password_problems(
                text, self.login.text(), self.name.text()
            ),
            _("First passphrase"),
        )
        self.message = Banner()
        self.submit = button(_("Enrol"), self._submit, look="primary")
        self.aside.addWidget(button(_("Close"), self.hide, look="quiet", picture="x"))
        self.body.addLayout(self._grid())
        for part in (self.duty, self.passphrase, self.message):
            self.add(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.submit)
        self.body.addLayout(row)
        self._tell_duty()

    def show_failure(self, error: PmdeskError) -> None:
        """Nothing was enrolled; the form keeps what was typed and says why."""
        self.show_busy(busy=False)
        self.message.show_sentence(told(error), Tone.PROBLEM)

    def show_note(self, sentence: str) -> None:
        """The colleague was enrolled."""
        self.message.show_sentence(sentence, Tone.GOOD)

    def show_busy(self, *, busy: bool) -> None:
        """While the account is made nothing can be pressed."""
        self.submit.setEnabled(not busy)

    def clear(self) -> None:
        """The form is ready for the next colleague."""
        self.show_busy(busy=False)
        self.name.clear()
        self.login.clear()
        self.passphrase.clear()

    def _submit(self) -> None:
        name, login = self.name.text().strip(), self.login.text().strip()
        missing = "" if name and login else _("Name and account are needed.")
        problem = missing or self.passphrase.problem
        if problem:
            self.message.show_sentence(problem, Tone.WARN)
            return
        self.message.show_sentence("")
        role = Role(self.role.currentData())
        self.submitted.emit(name, login, role, self.passphrase.passphrase)

    def _tell_duty(self) -> None:
        self.duty.setText(_(DUTIES[Role(self.role.currentData())]))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        parts: tuple[tuple[str, QWidget], ...] = (
            (_("Name *"), self.name),
            (_("Account *"), self.login),
            (pgettext("staff", "Role"), self.role),
        )
        for at, (name, part) in enumerate(parts):
            title: QLabel = label(name, "label")
            title.setBuddy(part)
            grid.addWidget(title, 0, at)
            grid.addWidget(part, 1, at)
            grid.setColumnStretch(at, 1)
        return grid


def _line(name: str, key: str) -> PinyinEdit:
    line = PinyinEdit()
    line.setAccessibleName(name)
    line.setObjectName(key)
    return line
