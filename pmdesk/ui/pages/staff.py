"""The staff: who can sign in with which role; accounts are added and disabled, never deleted."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission, Role
from pmdesk.i18n import _
from pmdesk.services import colleagues, staff
from pmdesk.services.colleagues import Colleague
from pmdesk.services.session import Session
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
        self.duty = label("", "muted", wrap=True)
        self.form = NewStaffCard(session)
        self.form.hide()
        self.form.submitted.connect(self._enrol)
        self.table.view.picked.connect(self._picked)
        card = Card()
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
        self._picked(None)
        for number, one in enumerate(self.model.rows):
            if one.staff.uid == chosen:
                self.table.view.selectRow(number)

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
        self._one = one
        self.duty.setText("\n".join(remarks(one, self._session.clock)) if one else "")
        other = one is not None and one.staff.uid != self._session.staff.uid
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
        if self._one is not None:
            other = self._one.staff
            PasswordDialog(self._session, self._tasks, self.window(), other=other).open()

    def _change_role(self) -> None:
        if self._one is None:
            return
        one = self._one.staff
        dialog = RoleDialog(self._session, self._tasks, one, self.window())
        dialog.accepted.connect(lambda: self._changed(dialog, one.name))
        dialog.open()

    def _changed(self, dialog: RoleDialog, name: str) -> None:
        if dialog.takes_keys:
            why = _("{name} held the key of sealed fields.").format(name=name)
            self._offer_keys(why, sealed=True)

    def _leave(self) -> None:
        if self._one is None:
            return
        one = self._one
        self.table.view.setFocus()  # the button may be gone afterwards, and the page with it
        dialog = LeavingDialog(self._session, self._tasks, one, self.window())
        if one.staff.enabled:
            sentence = _("{name} held the key of the office.").format(name=one.staff.name)
            sealed = one.staff.may(Permission.OPEN_SEALED)
            dialog.accepted.connect(partial(self._offer_keys, sentence, sealed=sealed))
        dialog.open()

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
            self._tasks.command(partial(staff.enable, self._session, one.uid), owner=self)


def _subtitle() -> str:
    return _("Everybody signs in with an account of their own; the log names who did what.")
