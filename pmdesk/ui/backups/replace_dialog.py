"""Before a backup takes the place of this office: what that means, and the own passphrase."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pmdesk.i18n import _
from pmdesk.ui.forms.passphrase import PassphraseLine
from pmdesk.ui.forms.small_dialog import SmallDialog
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label


class ReplaceDialog(SmallDialog):
    """Emits what was typed and closes; opened again with a sentence, all else stays chosen."""

    typed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, problem: str = "") -> None:
        go = button(_("Replace this office"), self._go, look="danger")
        super().__init__(_("Put the backup in the place of this office?"), parent, go)
        self.line = PassphraseLine(_("Your own passphrase"))
        self.line.entered.connect(self._go)
        self.line.changed.connect(lambda: self.go.setEnabled(bool(self.line.text)))
        head = label(_("Your own passphrase"), "label")
        head.setBuddy(self.line)
        who = label(_("The one you sign in with as {name}.").format(name=name), "muted", wrap=True)
        self.arrange(label(_explanation(), wrap=True), head, self.line, who)
        self.go.setEnabled(False)
        if problem:
            self.message.show_sentence(problem, Tone.PROBLEM)
            self.fit()
        self.line.setFocus()

    def _go(self) -> None:
        if self.line.text:
            self.accept()
            self.typed.emit(self.line.text)


def _explanation() -> str:
    return _(
        "First a proved backup of how it is now is made. Then pmdesk locks, and everybody"
        " signs in as before. What was entered since the backup is in that copy only."
    )
