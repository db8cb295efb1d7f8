"""A new passphrase: typed twice, judged while it is typed, or suggested."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmdesk.i18n import _
from pmdesk.services.passphrases import suggested
from pmdesk.ui import theme
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label

Weak = Callable[[str], Sequence[str]]  # why a passphrase will not do, as message ids


class PassphraseLine(QWidget):
    """One passphrase, hidden until the eye is pressed."""

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name)
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.line.returnPressed.connect(self.entered)
        self.shown = button("", self._toggle, look="quiet", picture="eye", tip=_("Show or hide"))
        self.shown.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.shown)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def show_text(self, text: str, *, openly: bool) -> None:
        """The line holds `text`, readable or as dots."""
        self.shown.setChecked(openly)
        self._toggle()
        self.line.setText(text)

    def _toggle(self) -> None:
        mode = QLineEdit.EchoMode
        self.line.setEchoMode(mode.Normal if self.shown.isChecked() else mode.Password)


class PassphraseFields(QWidget):
    """Tells `changed`, and `entered` on Enter in the second line; `problem` says what is wrong."""

    changed = Signal()
    entered = Signal()

    def __init__(self, weak: Weak, name: str = "") -> None:
        super().__init__()
        self._weak = weak
        self.first = PassphraseLine(name or _("Passphrase"))
        self.second = PassphraseLine(_("Passphrase once more"))
        self.first.entered.connect(self.second.line.setFocus)
        self.second.entered.connect(self.entered)
        self.verdict = label(_hint(), "muted", wrap=True)
        self.words = label("", "muted", wrap=True)
        self.suggest = button(_("Suggest one"), self._suggest, picture="refresh-cw")
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        for column, (words, part) in enumerate(
            ((name or _("Passphrase"), self.first), (_("Passphrase once more"), self.second))
        ):
            title = label(words, "label")
            title.setBuddy(part)
            grid.addWidget(title, 0, column)
            grid.addWidget(part, 1, column)
            grid.setColumnStretch(column, 1)
            part.changed.connect(self._judge)
        row = QHBoxLayout()
        row.addWidget(self.verdict, 1)
        row.addWidget(self.suggest)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(6)
        column_.addLayout(grid)
        column_.addLayout(row)
        column_.addWidget(self.words)
        self.words.hide()
        self.setFocusProxy(self.first)

    @property
    def passphrase(self) -> str:
        """What was typed first; usable when there is no `problem`."""
        return self.first.text

    @property
    def problem(self) -> str:
        """Why the passphrase cannot be used yet, in the user's language; empty when it can."""
        weak = self._weak(self.passphrase)
        if weak:
            return _(weak[0])
        return "" if self.passphrase == self.second.text else _("The two are not the same yet.")

    def clear(self) -> None:
        """Nothing is typed."""
        self.first.show_text("", openly=False)
        self.second.show_text("", openly=False)
        self.words.hide()

    def _suggest(self) -> None:
        made = suggested()
        self.second.show_text("", openly=False)
        self.first.show_text(made.passphrase, openly=True)
        self.words.setText(
            _("It spells: {words}. Write it down, then type it again beside.").format(
                words=made.words
            )
        )
        self.words.show()
        self.second.line.setFocus()

    def _judge(self) -> None:
        if not self.passphrase:
            self._say(_hint(), Tone.NEUTRAL)
        elif problem := self.problem:
            self._say(problem, Tone.WARN)
        else:
            self._say(_("This passphrase is good."), Tone.GOOD)
        self.changed.emit()

    def _say(self, sentence: str, tone: Tone) -> None:
        self.verdict.setText(sentence)
        theme.look(self.verdict, ink=tone.value)


def _hint() -> str:
    return _("At least 12 characters. Four words that have nothing to do with each other are good.")
