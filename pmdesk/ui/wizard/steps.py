"""The steps that ask: welcome, the office, its first administrator, and the folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmdesk.domain.office import OfficeProfile
from pmdesk.i18n import _
from pmdesk.ui import theme
from pmdesk.ui.forms.line import PinyinEdit, named_line
from pmdesk.ui.forms.particulars import ParticularsForm
from pmdesk.ui.forms.passphrase import PassphraseFields, Weak
from pmdesk.ui.icons import Ink
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.wizard.setup import Administrator, Place


class Step(QWidget):
    """One page of the wizard."""

    changed = Signal()

    @property
    def ready(self) -> bool:
        """Whether the user may go on as far as can be seen without asking."""
        return True

    def check(self) -> bool:
        """Whether all is well; if not, the step says what is to be mended."""
        return True


class WelcomeStep(Step):
    """What pmdesk is, and the two ways to begin."""

    demo_requested = Signal()
    open_requested = Signal()
    restore_requested = Signal()
    language_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for picture, sentence in _promises():
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(Picture(picture, Ink.ACCENT, 22))
            row.addWidget(label(sentence, wrap=True), 1)
            column.addLayout(row)
        column.addSpacing(6)
        self.demo = button(_("Try with demo data"), self.demo_requested.emit, picture="users")
        self.open = button(_("Open an existing office…"), self.open_requested.emit)
        self.open.setObjectName("open")
        row = QHBoxLayout()
        self.restore = button(_("Restore from a backup…"), self.restore_requested.emit)
        self.restore.setObjectName("restore")
        for part in (self.demo, self.open, self.restore):
            row.addWidget(part)
        row.addStretch(1)
        chinese = button("中文", lambda: self.language_requested.emit("zh_CN"), look="link")
        english = button("English", lambda: self.language_requested.emit("en"), look="link")
        row.addWidget(chinese)
        row.addWidget(english)
        column.addLayout(row)
        column.addWidget(
            label(
                _("Demo data are invented residents in an office of their own, never mixed."),
                "muted",
                wrap=True,
            )
        )
        column.addStretch(1)


class OfficeStep(Step):
    """Who processes personal information here."""

    def __init__(self) -> None:
        super().__init__()
        self.form = ParticularsForm()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(
            label(
                _("Every notice to a resident has to say this. You can change it later."),
                "muted",
                wrap=True,
            )
        )
        column.addWidget(self.form)
        column.addStretch(1)
        self.setFocusProxy(self.form)

    @property
    def profile(self) -> OfficeProfile:
        """The office as it was filled in."""
        return self.form.profile()

    def check(self) -> bool:
        """Whether the needed entries are there; the others show what is wrong."""
        return self.form.check()


class AdministratorStep(Step):
    """Who may enrol the others."""

    def __init__(self, weak: Weak) -> None:
        super().__init__()
        self.name = _line(_("Name *"), "admin_name")
        self.login = _line(_("Account *"), "admin_login")
        self.passphrase = PassphraseFields(weak)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        names = (_("Name *"), _("Account *"))
        for at, (name, line) in enumerate(zip(names, (self.name, self.login), strict=True)):
            title = label(name, "label")
            title.setBuddy(line)
            grid.addWidget(title, 0, at)
            grid.addWidget(line, 1, at)
            grid.setColumnStretch(at, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label(_admin_words(), "muted", wrap=True))
        column.addLayout(grid)
        column.addWidget(self.passphrase)
        column.addWidget(self.problem)
        column.addStretch(1)
        self.setFocusProxy(self.name)

    @property
    def administrator(self) -> Administrator:
        """The first administrator as filled in."""
        return Administrator(
            name=self.name.text().strip(),
            login=self.login.text().strip(),
            passphrase=self.passphrase.passphrase,
        )

    def check(self) -> bool:
        """Whether name, account and a good passphrase are there."""
        who = self.administrator
        missing = not who.name or not who.login
        problem = _("Name and account are needed.") if missing else self.passphrase.problem
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            (self.login if who.name else self.name).setFocus() if missing else (
                self.passphrase.setFocus()
            )
        return not problem


class FolderStep(Step):
    """Where the encrypted files lie."""

    def __init__(self, suggested: Path, judge: Callable[[Path], Place], prompts: Prompts) -> None:
        super().__init__()
        self._judge = judge
        self._prompts = prompts
        self.line = QLineEdit(str(suggested))
        self.line.setAccessibleName(_("Folder of the office"))
        self.line.textChanged.connect(lambda _text: self._look())
        self.browse = button(_("Choose…"), self._choose, picture="folder-open")
        self.verdict = Banner()
        self.failure = Banner()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.browse)
        title = label(_("Folder of the office"), "label")
        title.setBuddy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_folder_words(), "muted", wrap=True))
        column.addWidget(title)
        column.addLayout(row)
        column.addWidget(self.verdict)
        column.addWidget(self.failure)
        column.addStretch(1)
        self.setFocusProxy(self.line)
        self._look()

    @property
    def folder(self) -> Path:
        """The folder that was chosen."""
        return Path(self.line.text().strip()).expanduser()

    @property
    def ready(self) -> bool:
        """Whether an office may be made in this folder."""
        return bool(self.line.text().strip()) and not self._judge(self.folder).refused

    def show_failure(self, sentence: str) -> None:
        """Making the office failed, and nothing of it is left."""
        self.failure.show_sentence(sentence, Tone.PROBLEM)

    def check(self) -> bool:
        """Whether an office may be made in this folder; says why not."""
        self._look()
        return self.ready

    def _look(self) -> None:
        self.failure.show_sentence("")
        place = self._judge(self.folder)
        if place.refused:
            self.verdict.show_sentence(place.refused, Tone.PROBLEM)
        else:
            self.verdict.show_sentence(place.warning, Tone.WARN)
        theme.look(self.line, state="problem" if place.refused else "")
        self.changed.emit()

    def _choose(self) -> None:
        chosen = self._prompts.folder(_("Folder of the office"), start=self.folder.parent)
        if chosen is not None:
            self.line.setText(str(chosen))


def _line(name: str, key: str) -> PinyinEdit:
    line = named_line(name)
    line.setObjectName(key)
    return line


def _promises() -> tuple[tuple[str, str], ...]:
    return (
        (
            "lock",
            _(
                "All data stay in one encrypted folder on this computer."
                " Nothing is sent anywhere, and nobody can read it without a passphrase."
            ),
        ),
        (
            "shield",
            _(
                "Nothing about a resident is recorded beyond the contract before the resident has"
                " agreed, and a withdrawal erases it at once."
            ),
        ),
        (
            "scale",
            _("Each tier tells which rule led to it. Tiers describe service needs, not people."),
        ),
    )


def _admin_words() -> str:
    return _(
        "The administrator enrols colleagues and sets up the office. Keep the passphrase to"
        " yourself: every entry in the log carries your name."
    )


def _folder_words() -> str:
    return _(
        "Choose an empty or new folder on a disk of this computer, neither a network drive nor"
        " a folder that is copied to the internet."
    )
