"""The steps of a restore: the file and what opens it, what is inside, and who administers it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout
from typing_extensions import override

from pmdesk.domain.backups import Inside
from pmdesk.domain.staff import Role, Staff
from pmdesk.i18n import _
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui.forms.line import named_line
from pmdesk.ui.forms.passphrase import PassphraseFields, PassphraseLine
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.restore import words
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.wizard.steps import Step

KINDS = "pmdesk (*.pmbak)"


class FileStep(Step):
    """Which backup, and the passphrase or the recovery key that opens it."""

    def __init__(self, prompts: Prompts, start: Path | None = None) -> None:
        super().__init__()
        self._prompts = prompts
        self._start = start
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Backup file"))
        self.line.textChanged.connect(lambda _text: self._edited())
        self.browse = button(_("Choose…"), self._choose, picture="folder-open")
        self.secret = PassphraseLine(_("Backup passphrase or recovery key"))
        self.secret.changed.connect(self._edited)
        self.failure = Banner()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_file_words(), "muted", wrap=True))
        for name, part in (
            (_("Backup file"), row),
            (_("Backup passphrase or recovery key"), self.secret),
        ):
            title = label(name, "label")
            column.addWidget(title)
            if isinstance(part, QHBoxLayout):
                title.setBuddy(self.line)
                column.addLayout(part)
            else:
                title.setBuddy(part)
                column.addWidget(part)
        column.addWidget(label(_secret_words(), "muted", wrap=True))
        column.addWidget(self.failure)
        column.addStretch(1)
        self.setFocusProxy(self.line)

    @property
    def path(self) -> Path:
        """The file that was chosen."""
        return Path(self.line.text().strip()).expanduser()

    @property
    @override
    def ready(self) -> bool:
        """Whether there is something to open and to open it with."""
        return bool(self.line.text().strip()) and bool(self.secret.text)

    def show_failure(self, sentence: str) -> None:
        """The file did not open; both fields stay as they are."""
        self.failure.show_sentence(sentence, Tone.PROBLEM)
        self.secret.setFocus()

    def _edited(self) -> None:
        self.failure.show_sentence("")
        self.changed.emit()

    def _choose(self) -> None:
        chosen = self._prompts.open_file(_("Backup file"), KINDS, folder=self._start)
        if chosen is not None:
            self.line.setText(str(chosen))
            self.secret.setFocus()


class PreviewStep(Step):
    """What is inside, how old it is, and what nobody can know of the time since."""

    def __init__(self, inside: Inside, today_words: Callable[[Inside], tuple[str, Tone]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label(inside.office, "heading", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(words.figures(inside)):
            grid.addWidget(label(name, "muted"), row, 0)
            grid.addWidget(label(value, wrap=True), row, 1)
        column.addLayout(grid)
        self.loss = Banner(*today_words(inside))
        column.addWidget(self.loss)
        column.addStretch(1)


class OwnerStep(Step):
    """Who administers the restored office; the others get a new passphrase from them."""

    def __init__(self, weak: Callable[[str, Sequence[str]], tuple[str, ...]]) -> None:
        super().__init__()
        self._staff: dict[str, Staff] = {}
        self.people = label("", "muted", wrap=True)
        self.login = named_line(_("Account *"))
        self.login.setObjectName("owner_login")
        self.name = named_line(_("Name"))
        self.name.setObjectName("owner_name")
        self.passphrase = PassphraseFields(
            lambda text: weak(text, [self.login.text(), self.name.text()])
        )
        self.problem = Banner()
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        lines = ((_("Account *"), self.login), (_("Name"), self.name))
        for at, (head, line) in enumerate(lines):
            title = label(head, "label")
            title.setBuddy(line)
            grid.addWidget(title, 0, at)
            grid.addWidget(line, 1, at)
            grid.setColumnStretch(at, 1)
            line.textChanged.connect(lambda _text: self.problem.show_sentence(""))
        self.login.textChanged.connect(lambda _text: self._show_name())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label(_owner_words(), wrap=True))
        column.addWidget(self.people)
        column.addLayout(grid)
        column.addWidget(self.passphrase)
        column.addWidget(self.problem)
        column.addStretch(1)
        self.setFocusProxy(self.login)

    def show_staff(self, inside: Inside) -> None:
        """Who worked in the office of the backup; its first administrator is suggested."""
        self._staff = {one.login.casefold(): one for one in inside.staff}
        named = [
            _("{name} ({login}, {role})").format(
                name=one.name, login=one.login, role=_(STAFF_ROLES[one.role])
            )
            for one in inside.staff
            if one.enabled
        ]
        self.people.setText(_("In the backup: {people}.").format(people=_(", ").join(named)))
        admin = next((one for one in inside.staff if one.enabled and one.role is Role.ADMIN), None)
        if admin is not None and not self.login.text():
            self.login.setText(admin.login)
        self._show_name()

    @override
    def check(self) -> bool:
        """Whether account and a good passphrase are there; says what is to be mended."""
        problem = self._login_problem() or self.passphrase.problem
        self.problem.show_sentence(problem, Tone.WARN)
        return not problem

    @property
    def _known(self) -> Staff | None:
        return self._staff.get(self.login.text().strip().casefold())

    def _show_name(self) -> None:
        """Whoever is in the backup has a name there; whoever is new enters one."""
        known = self._known
        if known is not None:
            self.name.setText(known.name)
        elif not self.name.isEnabled():
            self.name.clear()
        self.name.setEnabled(known is None)

    def _login_problem(self) -> str:
        if not self.login.text().strip():
            return _("Please fill in the user name.")
        known = self._known
        if known is not None and (known.role is not Role.ADMIN or not known.enabled):
            return _(
                "In this backup the login belongs to somebody who is no administrator. Enter the"
                " login of an administrator, or one that nobody had."
            )
        return ""


def _file_words() -> str:
    return _(
        "Backups end in .pmbak. They lie in the folder “backups” inside the office, and in the"
        " other places of the plan, such as a stick."
    )


def _secret_words() -> str:
    return _(
        "Either of the two opens it: the backup passphrase that was valid when the backup was made,"
        " or the recovery key on the printed sheet (8 groups of 4 characters)."
    )


def _owner_words() -> str:
    return _(
        "One administrator enters first and gives the others new passphrases on the page “Staff”."
        " What each of them did stays in the log under their name and can still be verified. A"
        " login that is not in the backup becomes a new administrator."
    )
