"""The staff: who can sign in with which role; accounts are added and disabled, never deleted."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission, Role, Staff
from pmdesk.i18n import _
from pmdesk.services import colleagues, staff
from pmdesk.services.colleagues import Colleague
from pmdesk.services.session import Session
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui import theme
from pmdesk.ui.access.matrix_card import AccessCard
from pmdesk.ui.keys.rotation_dialog import RotationDialog
from pmdesk.ui.pages.password import PasswordDialog
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.staff.columns import columns, remarks
from pmdesk.ui.staff.leaving_dialog import LeavingDialog
from pmdesk.ui.staff.new_card import NewStaffCard
from pmdesk.ui.staff.role_dialog import RoleDialog
from pmdesk.ui.tables.model import RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import Page
from pmdesk.ui.widgets.visibility import set_shown

_LIST = 300  # pixels that the list takes at least


class StaffPage(Page):
    """The list with its buttons, and above it the form for a new colleague."""

    lock_requested = Signal()  # the keys are others now: everybody signs in anew

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        self.add_button = button(
            _("Add a colleague"), self._open_form, look="primary", picture="plus"
        )
        super().__init__(_("Staff"), _subtitle(), (self.add_button,))
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._one: Colleague | None = None
        self.model = RowsModel[Colleague](columns(session.clock))
        self.table = Table(
            self.model, EmptyState(_("No accounts yet.")), sortable=True, nobody=True
        )
        self.table.setMinimumHeight(theme.length(_LIST))
        self.role = button(_("Role…"), self._change_role, picture="user-cog")
        self.reset = button(_("New passphrase…"), self._reset, picture="key")
        self.disable = button(_("Disable the account…"), self._leave, look="danger")
        self.exit = button(_("Exit list…"), self._leave, picture="clipboard-check")
        self.enable = button(_("Enable again…"), self._enable)
        self.note = Banner()
        self.duty = label("", "muted", wrap=True)
        self.form = NewStaffCard(session)
        self.form.hide()
        self.form.submitted.connect(self._enrol)
        self.table.view.picked.connect(self._picked)
        card = Card()
        card.add(self.note)
        card.add(self.table, 1)
        card.add(self.duty)
        card.body.addLayout(self._row())
        self.add(self.form)
        self.add(card, 1)
        self.add(AccessCard())
        self._picked(None)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The list shows the accounts as they are now."""
        if changes is None or changes.kinds & {office.STAFF, office.TRAINING}:
            self._tasks.query(
                partial(colleagues.listed, self._session),
                owner=self,
                done=self._show_rows,
                newest="list",
            )

    def _show_rows(self, rows: tuple[Colleague, ...]) -> None:
        """Whoever was chosen still is."""
        chosen = self._one.staff.uid if self._one else ""
        self.model.set_rows(rows)
        for number, one in enumerate(self.model.rows):
            if one.staff.uid == chosen:
                self.table.view.selectRow(number)
                return
        self._picked(None)

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        for part in (self.role, self.reset, self.exit, self.enable, self.disable):
            row.addWidget(part)
        return row

    def _open_form(self) -> None:
        self.form.show()
        self.form.name.setFocus()

    def _picked(self, one: Colleague | None) -> None:
        if self._one and one and one.staff.uid != self._one.staff.uid:
            self.note.show_sentence("")  # it was about somebody else
        self._one = one
        own = one is not None and one.staff.uid == self._session.staff.uid
        said = remarks(one, self._session.clock) if one else ()
        self.duty.setText("\n".join((*said, _own_account()) if own else said))
        other = one is not None and not own
        enabled = one is None or one.staff.enabled
        unsettled = one is not None and one.leaving is not None and bool(one.leaving.open)
        for part, shown in (
            (self.role, enabled),
            (self.reset, enabled),
            (self.disable, enabled),
            (self.enable, not enabled),
            (self.exit, unsettled),
        ):
            set_shown(part, shown)
            part.setEnabled(other)

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
        if self._one is None:
            return
        other = self._one.staff
        self._stay()
        dialog = PasswordDialog(self._session, self._tasks, self.window(), other=other)
        done = _("The new passphrase of {name} counts from now on.").format(name=other.name)
        dialog.accepted.connect(partial(self._say, done))
        dialog.open()

    def _stay(self) -> None:
        """A button that goes while it has the focus would hand it down, and the page scroll."""
        self.table.view.setFocus()

    def _say(self, done: str) -> None:
        self.note.show_sentence(done, Tone.GOOD)

    def _change_role(self) -> None:
        if self._one is None:
            return
        one = self._one.staff
        self._stay()
        dialog = RoleDialog(self._session, self._tasks, one, self.window())
        dialog.accepted.connect(lambda: self._changed(dialog, one.name))
        dialog.open()

    def _changed(self, dialog: RoleDialog, name: str) -> None:
        role = _(STAFF_ROLES[dialog.chosen])
        done = _("The role of {name} was changed: {role}.").format(name=name, role=role)
        self._say(done)
        if dialog.takes_keys:
            self._offer_keys(f"{done}\n{_held_sealed(name)}", sealed=True)

    def _leave(self) -> None:
        if self._one is None:
            return
        one = self._one
        self._stay()
        dialog = LeavingDialog(self._session, self._tasks, one, self.window())
        dialog.accepted.connect(partial(self._left, one.staff))
        dialog.open()

    def _left(self, one: Staff) -> None:
        """What was done is said; who still had an account until now had its keys too."""
        if not one.enabled:
            self._say(_("The exit list of {name} is saved.").format(name=one.name))
            return
        done = _("The account of {name} is disabled.").format(name=one.name)
        self._say(done)
        sealed = one.may(Permission.OPEN_SEALED)
        self._offer_keys(f"{done}\n{_held_key(one.name)}", sealed=sealed)

    def _offer_keys(self, why: str, *, sealed: bool) -> None:
        """Who left may have a copy of the key; only new keys shut it out."""
        dialog = RotationDialog(
            self._session, self._tasks, self._prompts, self.window(), why=why, sealed=sealed
        )
        dialog.rotated.connect(self.lock_requested)
        dialog.open()

    def _enable(self) -> None:
        if self._one is None:
            return
        one = self._one.staff
        if self._prompts.confirm(
            _("Enable the account of {name} again?").format(name=one.name),
            yes=_("Enable again"),
            detail=_(
                "{name} signs in with the passphrase of before and has the keys of the role."
                " Set a new passphrase afterwards if somebody may know the old one."
            ).format(name=one.name),
        ):
            self._stay()
            done = _("The account of {name} is enabled again.").format(name=one.name)
            self._tasks.command(
                partial(staff.enable, self._session, one.uid),
                owner=self,
                done=lambda _changes: self._say(done),
            )


def _subtitle() -> str:
    return _("Everybody signs in with an account of their own; the log names who did what.")


def _own_account() -> str:
    return _("This is your own account: only another administrator can change it here.")


def _held_sealed(name: str) -> str:
    return _(
        "{name} held the key of sealed fields and may have a copy. New keys shut it out: that is"
        " why you are asked now."
    ).format(name=name)


def _held_key(name: str) -> str:
    return _(
        "{name} held the key of the office and may have a copy. New keys shut it out: that is why"
        " you are asked now."
    ).format(name=name)
