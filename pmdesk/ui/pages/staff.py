"""The staff: who can sign in with which role; accounts are added and disabled, never deleted."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Role, Staff
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _, told
from pmdesk.services import staff
from pmdesk.services.session import Session
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.forms.passphrase import PassphraseFields
from pmdesk.ui.pages.password import PasswordDialog
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import Page
from pmdesk.ui.widgets.pill import Badge

DUTIES = {
    Role.CLERK: N_("Registers residents, takes consents and withdrawals, sees tiers."),
    Role.MANAGER: N_("Also imports, exports, reads charts and sealed fields, and edits rules."),
    Role.REVIEWER: N_("Reads charts and rules, and decides on rule versions; enters nothing."),
    Role.ADMIN: N_("Everything a manager may, and also staff and settings."),
}


class StaffPage(Page):
    """The list with its buttons, and beside it the form for a new colleague."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        self.add_button = button(
            _("Add a colleague"), self._open_form, look="primary", picture="plus"
        )
        super().__init__(_("Staff"), _subtitle(), (self.add_button,))
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self.model = RowsModel[Staff](_columns())
        self.table = Table(self.model, EmptyState(_("No accounts yet.")), sortable=True)
        self.disable = button(_("Disable the account…"), self._disable, look="danger")
        self.disable.setEnabled(False)
        self.reset = button(_("New passphrase…"), self._reset, picture="key")
        self.reset.setEnabled(False)
        self.duty = label("", "muted", wrap=True)
        self.form = NewStaffCard(session)
        self.form.hide()
        self.form.submitted.connect(self._enrol)
        self.table.view.picked.connect(self._picked)
        card = Card()
        card.add(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(self.duty, 1)
        row.addWidget(self.reset)
        row.addWidget(self.disable)
        card.body.addLayout(row)
        self.add(self.form)
        self.add(card, 1)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The list shows the accounts as they are now."""
        if changes is None or office.STAFF in changes.kinds:
            self._tasks.query(
                partial(staff.everyone, self._session), owner=self, done=self.model.set_rows
            )

    def _open_form(self) -> None:
        self.form.show()
        self.form.name.setFocus()

    def _picked(self, one: Staff | None) -> None:
        words = f"{_(STAFF_ROLES[one.role])}{_(': ')}{_(DUTIES[one.role])}" if one else ""
        self.duty.setText(words)
        others = one is not None and one.uid != self._session.staff.uid
        free = others and one is not None and one.enabled
        self.disable.setEnabled(free)
        self.reset.setEnabled(free)

    def _enrol(self, name: str, login: str, role: Role, passphrase: str) -> None:
        self.form.show_busy(busy=True)
        self._tasks.command(
            partial(staff.enrol, self._session, login, name, passphrase, role),
            owner=self,
            done=lambda _changes: self._enrolled(name),
            failed=self.form.show_failure,
        )

    def _enrolled(self, name: str) -> None:
        self.form.clear()
        self.form.show_note(_("{name} can sign in now.").format(name=name))
        self.reload()

    def _reset(self) -> None:
        for one in self.table.view.chosen[:1]:
            PasswordDialog(self._session, self._tasks, self.window(), other=one).open()

    def _disable(self) -> None:
        chosen = self.table.view.chosen
        if not chosen:
            return
        one: Staff = chosen[0]
        if self._prompts.confirm(
            _("Disable the account of {name}?").format(name=one.name),
            yes=_("Disable the account…"),
            detail=_(
                "{name} cannot sign in any more and holds no key. What {name} did stays in the log;"
                " the account is not deleted."
            ).format(name=one.name),
        ):
            self._tasks.command(
                partial(staff.disable, self._session, one.uid),
                owner=self,
                done=lambda _changes: self.reload(),
            )


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
        self.role.setAccessibleName(_("Role"))
        self.role.currentIndexChanged.connect(lambda _index: self._tell_duty())
        self.duty = label("", "muted", wrap=True)
        self.passphrase = PassphraseFields(
            lambda text: session.accounts.password_problems(text, self.login.text()),
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
            (_("Role"), self.role),
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


def _subtitle() -> str:
    return _("Everybody signs in with an account of their own; the log names who did what.")


def _columns() -> tuple[Column[Staff], ...]:
    return (
        Column(key="name", title=_("Name"), cell=lambda one: one.name),
        Column(key="login", title=_("Account"), cell=lambda one: one.login),
        Column(key="role", title=_("Role"), cell=lambda one: _(STAFF_ROLES[one.role]), width=22),
        Column(key="state", title=_("State"), cell=_state, badge=_badge, width=16),
    )


def _state(one: Staff) -> str:
    return _("Active") if one.enabled else _("Disabled")


def _badge(one: Staff) -> Badge:
    tone, picture = (Tone.GOOD, "circle-check") if one.enabled else (Tone.NEUTRAL, "ban")
    return Badge(words=_state(one), tone=tone, icon=picture)
