"""The steps after creation: the recovery key, typed back from paper, and what comes next."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.ui.icons import Ink
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.wizard.steps import Step

GROUPS, ROW = 8, 4
_HIDDEN = "****"


class RecoveryStep(Step):
    """Shows the key, then hides it and wants it back: only so it is sure to be on paper."""

    save_requested = Signal()
    print_requested = Signal()

    def __init__(self, key: str, fingerprint: str, confirm: Callable[[str], bool]) -> None:
        super().__init__()
        self._groups = key.split("-")
        self._confirm = confirm
        self._labels = [label("", "figure") for _group in self._groups]
        self.to_paper = button(
            _("Print the sheet…"), self.print_requested.emit, picture="printer", look="primary"
        )
        self.to_file = button(_("Save as PDF…"), self.save_requested.emit, picture="save")
        self.turn = button("", self._turn, picture="pencil")
        self.typed = QLineEdit()
        self.typed.setAccessibleName(_("Recovery key, from the paper"))
        self.typed.setObjectName("typed_key")
        self.typed.textChanged.connect(lambda _text: self._compare())
        self.verdict = Banner()
        self._title = label(_("Recovery key, from the paper"), "label")
        self._title.setBuddy(self.typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(_words(), wrap=True))
        column.addLayout(self._grid())
        column.addWidget(
            label(_("Fingerprint: {fingerprint}").format(fingerprint=fingerprint), "muted")
        )
        column.addLayout(self._buttons())
        for part in (self._title, self.typed, self.verdict):
            column.addWidget(part)
        column.addStretch(1)
        self._hidden = False
        self._show()

    @property
    @override
    def ready(self) -> bool:
        """Whether the key was typed back as it stands on paper."""
        return self._hidden and self._confirm(self.typed.text())

    @override
    def check(self) -> bool:
        """Whether the key was typed back; says so otherwise."""
        if not self.ready:
            self.verdict.show_sentence(_("Type the key back from the paper first."), Tone.WARN)
        return self.ready

    def show_note(self, sentence: str, tone: Tone) -> None:
        """What came of printing or saving."""
        self.verdict.show_sentence(sentence, tone)

    def hide_key(self) -> None:
        """The key is hidden and is to be typed from paper."""
        self._hidden = True
        self._show()
        self.typed.setFocus()

    def _turn(self) -> None:
        if self._hidden:
            self._hidden = False
            self._show()
        else:
            self.hide_key()

    def _show(self) -> None:
        for words, group in zip(self._labels, self._groups, strict=True):
            words.setText(_HIDDEN if self._hidden else group)
        self.turn.setText(_("Show the key again") if self._hidden else _("I have it on paper"))
        self._title.setVisible(self._hidden)
        self.typed.setVisible(self._hidden)
        self.typed.clear()
        self.verdict.show_sentence("")
        self.changed.emit()

    def _compare(self) -> None:
        letters = sum(character.isalnum() for character in self.typed.text())
        if self.ready:
            self.verdict.show_sentence(_("That is the key. Lock the sheet away."), Tone.GOOD)
        elif letters >= GROUPS * ROW:
            self.verdict.show_sentence(
                _("That is not the key: compare each group of four with the paper."), Tone.PROBLEM
            )
        else:
            self.verdict.show_sentence("")
        self.changed.emit()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(6)
        for index, words in enumerate(self._labels):
            grid.addWidget(words, index // ROW, index % ROW)
        grid.setColumnStretch(ROW, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.to_paper, self.to_file, self.turn):
            row.addWidget(part)
        row.addStretch(1)
        return row


class FinishStep(Step):
    """What to do next, in order."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(
            label(_("The office is ready. A card on the home page keeps this list."), wrap=True)
        )
        for picture, sentence in (
            ("user-plus", _("Enrol your colleagues: each signs in with an account of their own.")),
            ("scale", _("Check the starter rules, and let a second person approve them.")),
            ("upload", _("Import the residents from a table, or register them one by one.")),
        ):
            column.addLayout(_line(picture, label(sentence, wrap=True)))
        column.addStretch(1)


def _line(picture: str, words: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Picture(picture, Ink.ACCENT, 22))
    row.addWidget(words, 1)
    return row


def _words() -> str:
    return _(
        "This key opens the office if all administrators lose their passphrases. It is shown this"
        " once only. Put it on paper, and lock the paper away: without it nobody can help."
    )
