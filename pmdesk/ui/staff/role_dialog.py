"""Another role for a colleague: what it allows, and from when."""

from functools import partial

from PySide6.QtWidgets import QComboBox, QWidget

from pmdesk.domain.staff import MATRIX, Permission, Role, Staff
from pmdesk.i18n import _, pgettext
from pmdesk.services import staff
from pmdesk.services.session import Session
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui.forms.small_dialog import SmallDialog
from pmdesk.ui.staff.columns import DUTIES
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label


class RoleDialog(SmallDialog):
    """Closes once the role is another one; `takes_keys` tells whether keys were taken away."""

    def __init__(
        self, session: Session, tasks: Tasks, one: Staff, parent: QWidget | None = None
    ) -> None:
        title = _("Role of {name}").format(name=one.name)
        save = button(_("Change the role"), self._save, look="primary")
        super().__init__(title, parent, save)
        self._session, self._tasks, self._one = session, tasks, one
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(_(STAFF_ROLES[role]), role)
        self.role.setAccessibleName(pgettext("staff", "Role"))
        self.role.setCurrentIndex(self.role.findData(one.role))
        self.role.currentIndexChanged.connect(lambda _index: self._tell())
        self.duty = label("", "muted", wrap=True)
        self.keys = label("", wrap=True)
        self.arrange(self.role, self.duty, self.keys)
        self._tell()

    @property
    def chosen(self) -> Role:
        """The role that is chosen."""
        return Role(self.role.currentData())

    @property
    def takes_keys(self) -> bool:
        """Whether the colleague held a key that the chosen role does not hold."""
        sealed = Permission.OPEN_SEALED
        return sealed in MATRIX[self._one.role] and sealed not in MATRIX[self.chosen]

    def _tell(self) -> None:
        self.duty.setText(_(DUTIES[self.chosen]))
        self.keys.setText(_keys_words() if self.takes_keys else _from_when())
        self.go.setEnabled(self.chosen is not self._one.role)
        self.fit()

    def _save(self) -> None:
        self.do(self._tasks, partial(staff.set_role, self._session, self._one.uid, self.chosen))


def _from_when() -> str:
    return _("The new role counts from the next sign-in on. The log says who changed it and when.")


def _keys_words() -> str:
    return _(
        "The key of sealed fields is taken away, from the next sign-in on. Who wrote the key down"
        " meanwhile still holds it: then change the keys of the office, which is offered next."
    )
