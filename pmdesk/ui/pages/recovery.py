"""Back in with the recovery key: a new passphrase for one administrator."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from pmdesk.i18n import _
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.forms.passphrase import PassphraseFields
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.wizard.keys import RecoveryStep
from pmdesk.ui.wizard.setup import Recoverable

Weak = Callable[[str, str], tuple[str, ...]]  # passphrase, login


class RecoveryPage(QWidget):
    """Emits `submitted`; what comes of it is shown on the page itself."""

    submitted = Signal(str, str, str)  # recovery key, login, new passphrase
    back_requested = Signal()

    def __init__(self, weak: Weak, login: str = "") -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.key = QLineEdit()
        self.key.setAccessibleName(_("Recovery key, from the paper"))
        self.key.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.login = PinyinEdit()
        self.login.setText(login)
        self.login.setAccessibleName(_("Account of the administrator"))
        self.passphrase = PassphraseFields(lambda text: weak(text, self.login.text()))
        self.message = Banner()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.back = button(_("Back"), self.back_requested.emit)
        self.enter = button(_("Set the new passphrase"), self._submit, look="primary")
        self._arrange()

    def show_failure(self, sentence: str) -> None:
        """Nothing was changed; the page says why and keeps what was typed."""
        self._enable(free=True)
        self.message.show_sentence(sentence, Tone.PROBLEM)

    def _enable(self, *, free: bool) -> None:
        self.progress.setVisible(not free)
        for part in (self.key, self.login, self.passphrase, self.back, self.enter):
            part.setEnabled(free)

    def _submit(self) -> None:
        missing = not self.key.text().strip() or not self.login.text().strip()
        problem = _("Recovery key and account are needed.") if missing else self.passphrase.problem
        self.message.show_sentence(problem, Tone.WARN)
        if not problem:
            self._enable(free=False)
            self.submitted.emit(
                self.key.text(), self.login.text().strip(), self.passphrase.passphrase
            )

    def _arrange(self) -> None:
        card = Card(margin=28)
        for words in _explanation():
            card.add(label(words, wrap=True))
        for name, part in (
            (_("Recovery key, from the paper"), self.key),
            (_("Account of the administrator"), self.login),
        ):
            title = label(name, "label")
            title.setBuddy(part)
            card.add(title)
            card.add(part)
        card.add(self.passphrase)
        card.add(self.message)
        card.add(self.progress)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.enter)
        card.body.addLayout(row)
        inner = QWidget()
        inner.setProperty("look", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(36, 32, 36, 32)
        column.setSpacing(16)
        column.addWidget(PageHeader(_("Forgotten the passphrase?")))
        column.addWidget(card)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))


def _explanation() -> tuple[str, ...]:
    return (
        _(
            "Front desk, managers and reviewers: ask an administrator of your office to set"
            " a new passphrase. Nobody can read or guess your old one."
        ),
        _(
            "Administrators: another administrator can help, or the recovery sheet from the safe."
            " The key sets a new passphrase and is then replaced by a new one."
        ),
    )


class NewKeyPage(QWidget):
    """After recovering: the new key, to be printed and typed back."""

    finished = Signal()
    print_requested = Signal()

    def __init__(self, made: Recoverable) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.step = RecoveryStep(made.recovery_key, made.fingerprint, made.confirm)
        self.step.to_file.hide()
        self.step.print_requested.connect(self.print_requested)
        self.go = button(_("Start"), self._finish, look="primary")
        self.step.changed.connect(lambda: self.go.setEnabled(self.step.ready))
        self.go.setEnabled(False)
        card = Card(_("The new recovery key"), margin=28)
        card.add(self.step, 1)
        card.body.addWidget(self.go, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 32, 36, 32)
        column.addWidget(card)

    def _finish(self) -> None:
        if self.step.check():
            self.finished.emit()
