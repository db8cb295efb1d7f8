"""The confidentiality undertaking: read to its end, ticked, and signed by typing one's name."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.undertaking import Undertaking
from pmdesk.i18n import _, said
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled


class UndertakingPage(QWidget):
    """Emits `signed` with the typed name; whoever still has an undertaking may do it later."""

    signed = Signal(str)
    later_requested = Signal()
    back_requested = Signal()  # to the sign-in, without signing

    def __init__(self, text: Undertaking, name: str, held_until: date | None = None) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._held = held_until
        self.tick = QCheckBox(_("I have read this and will keep to it."))
        self.tick.setObjectName("undertaking_tick")
        self.name = PinyinEdit()
        self.name.setObjectName("undertaking_name")
        self.name.setAccessibleName(_("Your name, in place of a signature"))
        self.name.setPlaceholderText(name)
        self.name.returnPressed.connect(self._submit)
        self.message = Banner()
        self.back = button(_("Back to sign-in"), self.back_requested.emit)
        self.later = button(_("Later"), self.later_requested.emit)
        self.later.setVisible(held_until is not None)
        self.go = button(_("Sign and go on"), self._submit, look="primary")
        self.go.setObjectName("undertaking_go")
        self._arrange(text)
        self.setFocusProxy(self.tick)

    def show_failure(self, sentence: str) -> None:
        """Nothing was signed; the page says why and keeps what was typed."""
        self._enable(free=True)
        self.message.show_sentence(sentence, Tone.PROBLEM)

    def _submit(self) -> None:
        if not self.tick.isChecked():
            self.message.show_sentence(_("Read the points and tick that you have."), Tone.WARN)
            self.tick.setFocus()
        elif not self.name.text().strip():
            self.message.show_sentence(_("Type your name: it is your signature."), Tone.WARN)
            self.name.setFocus()
        else:
            self._enable(free=False)
            self.message.show_sentence("")
            self.signed.emit(self.name.text())

    def _enable(self, *, free: bool) -> None:
        for part in (self.tick, self.name, self.later, self.back, self.go):
            part.setEnabled(free)

    def _arrange(self, text: Undertaking) -> None:
        """The points scroll; what is to be done with them stays in sight."""
        header = PageHeader(said(text.title), _opening(self._held))
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 24, 36, 24)
        column.setSpacing(12)
        column.addWidget(header)
        column.addWidget(scrolled(_points(text)), 1)
        column.addWidget(self._signature(text))

    def _signature(self, text: Undertaking) -> Card:
        card = Card(margin=16)
        card.add(self.tick)
        title = label(_("Your name, in place of a signature"), "label")
        title.setBuddy(self.name)
        entry = QHBoxLayout()
        entry.setSpacing(12)
        entry.addWidget(title)
        entry.addWidget(self.name, 1)
        card.body.addLayout(entry)
        card.add(self.message)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(label(_("Version {version}").format(version=text.version), "muted"), 1)
        row.addWidget(self.later)
        row.addWidget(self.go)
        card.body.addLayout(row)
        return card


def _points(text: Undertaking) -> Card:
    card = Card(margin=20)
    for number, point in enumerate(text.points, 1):
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(label(f"{number}.", "muted"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(said(point), wrap=True), 1)
        card.body.addLayout(row)
    card.body.addStretch(1)
    return card


def _opening(held: date | None) -> str:
    if held is None:
        return _("Everybody signs this before opening residents' data, and again every year.")
    return _("Yours holds until {day}. Sign now for another year, or later.").format(
        day=held.isoformat()
    )
