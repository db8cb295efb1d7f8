"""Words that the office adds to the list; a word goes only when two people agree."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.own_words import OwnWord
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session
from pmdesk.ui.forms.line import named_line
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class OwnWordsCard(Card):
    """Adding a word takes one administrator, removing it a reason and a second person."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(_("Words that this office adds"))
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._may_add = session.staff.may(Permission.CONFIGURE)
        self._may_agree = session.staff.may(Permission.APPROVE_RECORDS)
        self.word = named_line(_("Word"))
        self.why = named_line(_("Why the office does not collect it"))
        self.adder = button(_("Add the word"), self.add_word, picture="plus")
        self.why.returnPressed.connect(self.add_word)
        self.message = Banner()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(8)
        self.add(label(_says(), "muted", wrap=True))
        self.add(self._form())
        self.add(self.message)
        self.body.addLayout(self.lines)
        self._read()

    def show_words(self, words: Sequence[OwnWord]) -> None:
        """These words are in force."""
        while (item := self.lines.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.deleteLater()
        for one in words:
            self.lines.addWidget(self._line_of(one))
        if not words:
            self.lines.addWidget(label(_("None yet."), "muted"))

    def reload(self) -> None:
        """The card shows the words as they are now."""
        self._read()

    def add_word(self) -> None:
        """The typed word is in force everywhere; what is wrong with it is said here."""
        work = partial(screen.add_word, self._session, self.word.text(), self.why.text())
        self._tasks.command(work, owner=self, done=lambda _c: self._added(), failed=self._failed)

    def _added(self) -> None:
        said = _("Added: from now on “{word}” is refused everywhere.").format(word=self.word.text())
        self.message.show_sentence(said, Tone.GOOD)
        self.word.clear()
        self.why.clear()
        self.word.setFocus()

    def _failed(self, error: PmdeskError) -> None:
        self.message.show_sentence(told(error), Tone.PROBLEM)

    def _read(self) -> None:
        self._tasks.query(
            partial(screen.own_words, self._session),
            owner=self,
            done=self.show_words,
            newest="own_words",
        )

    def _form(self) -> QWidget:
        form = QWidget()
        row = QHBoxLayout(form)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for title, line, stretch in (
            (_("Word"), self.word, 2),
            (_("Why the office does not collect it"), self.why, 5),
        ):
            column = QVBoxLayout()
            column.setSpacing(4)
            head = label(title, "label")
            head.setBuddy(line)
            column.addWidget(head)
            column.addWidget(line)
            row.addLayout(column, stretch)
        ending = QVBoxLayout()
        ending.addStretch(1)
        ending.addWidget(self.adder)
        row.addLayout(ending)
        set_shown(form, self._may_add)
        return form

    def _line_of(self, one: OwnWord) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        words = f"{one.word}{_(': ')}{one.why}"
        if one.is_disputed:
            words = _("{word} · somebody wants it removed: {reason}").format(
                word=words, reason=one.removal_reason
            )
        row.addWidget(label(words, wrap=True), 1)
        for made in self._buttons(one):
            row.addWidget(made)
        return line

    def _buttons(self, one: OwnWord) -> tuple[QWidget, ...]:
        if not one.is_disputed:
            propose = button(_("Remove…"), partial(self._propose, one), look="link")
            return (propose,) if self._may_add else ()
        if not self._may_agree:
            return ()
        keep = button(_("Keep it"), partial(self._decide, one, agree=False), look="link")
        if one.removal_by == self._session.staff.uid:
            return (label(_("waits for a second person"), "muted"), keep)
        agree = button(_("Agree to remove"), partial(self._decide, one, agree=True), look="link")
        return (agree, keep)

    def _propose(self, one: OwnWord) -> None:
        reason = self._prompts.ask_text(_("Why may “{word}” go?").format(word=one.word))
        if reason is None:
            return
        work = partial(screen.propose_removal, self._session, one.id, reason)
        self._tasks.command(work, owner=self, failed=self._failed)

    def _decide(self, one: OwnWord, *, agree: bool) -> None:
        work = partial(screen.decide_removal, self._session, one.id, agree=agree)
        self._tasks.command(work, owner=self, failed=self._failed)


def _says() -> str:
    return _(
        "The list of the program can only grow. To take back a word of your own, one person"
        " proposes it with a reason and a second one agrees."
    )
