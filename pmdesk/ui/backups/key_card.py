"""The backup passphrase: set once, and typed once a month so that nobody forgets it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from pmdesk.domain.backups import TRIES
from pmdesk.domain.office import Clock
from pmdesk.i18n import _, ngettext
from pmdesk.services.backups import State
from pmdesk.ui.backups import words
from pmdesk.ui.forms.passphrase import PassphraseFields, PassphraseLine, Weak
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import bring_into_sight
from pmdesk.ui.widgets.visibility import set_shown


class KeyCard(Card):
    """Emits a new passphrase, or one to be tried."""

    submitted = Signal(str)
    tried = Signal(str)

    def __init__(self, weak: Weak, clock: Clock) -> None:
        super().__init__(_("Backup passphrase"))
        self._clock = clock
        self._left = TRIES
        self.says = label("", "muted", wrap=True)
        self.typed = PassphraseLine(_("Backup passphrase"))
        self.typed.entered.connect(self._try)
        self.try_it = button(_("Rehearse"), self._try, picture="check")
        self.fresh = PassphraseFields(weak, _("New backup passphrase"))
        self.fresh.entered.connect(self._set)
        self.set = button(_("Set the backup passphrase"), self._set, look="primary")
        self.change = button(_("Another passphrase…"), self._open, look="link")
        self.message = Banner()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.typed, 1)
        row.addWidget(self.try_it)
        last = QHBoxLayout()
        last.addWidget(self.set)
        last.addWidget(self.change)
        last.addStretch(1)
        self.add(self.says)
        self.body.addLayout(row)
        self.add(self.fresh)
        self.add(self.message)
        self.body.addLayout(last)
        self.body.addStretch(1)

    def show_state(self, state: State) -> None:
        """Asks for a passphrase while there is none; else for the rehearsal."""
        self.says.setText(self._words(state))
        set_shown(self.typed, state.ready)
        set_shown(self.try_it, state.ready)
        set_shown(self.change, state.ready)
        set_shown(self.fresh, not state.ready)
        set_shown(self.set, not state.ready)

    def show_set(self) -> None:
        """The new passphrase is in force."""
        self.fresh.clear()
        self.message.show_sentence(
            _("Set. Backups from now on open with it; older ones with theirs."), Tone.GOOD
        )

    def show_tried(self, *, right: bool) -> None:
        """What came of a rehearsal; wrong ones have no consequence."""
        self.typed.show_text("", openly=False)
        if right:
            self._left = TRIES
            self.message.show_sentence(_("Right: you still know it."), Tone.GOOD)
            return
        self._left -= 1
        if self._left > 0:
            again = ngettext(
                "That is another one. {count} more try; nothing happens.",
                "That is another one. {count} more tries; nothing happens.",
                self._left,
            )
            self.message.show_sentence(again.format(count=self._left), Tone.WARN)
        else:
            self._left = TRIES
            self.message.show_sentence(
                _("Set another passphrase and write it down: new backups then open with it."),
                Tone.PROBLEM,
            )

    def show_failure(self, sentence: str) -> None:
        """Nothing was changed; the card says why."""
        self.message.show_sentence(sentence, Tone.PROBLEM)

    def _words(self, state: State) -> str:
        if not state.ready:
            return _(
                "Whoever finds a backup can read nothing without this passphrase or the recovery"
                " key. Write it down and keep it away from the computer."
            )
        if state.rehearsal_due or state.rehearsed is None:
            return _("Once a month: type it here, so that you know it when it is needed.")
        return _("Last typed right: {when}.").format(when=words.ago(state.rehearsed, self._clock))

    def _open(self) -> None:
        set_shown(self.fresh, shown=True)
        set_shown(self.set, shown=True)
        self.fresh.setFocus()
        bring_into_sight(self)

    def _set(self) -> None:
        if problem := self.fresh.problem:
            self.message.show_sentence(problem, Tone.WARN)
        else:
            self.submitted.emit(self.fresh.passphrase)

    def _try(self) -> None:
        if self.typed.text:
            self.tried.emit(self.typed.text)
