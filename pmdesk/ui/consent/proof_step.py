"""Step 3: how the decision reached us, and what proves it; a sheet for each separate consent."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.consents import Act, Channel
from pmdesk.i18n import N_, _, said
from pmdesk.services.consent.consents import Choice
from pmdesk.services.wording import CHANNELS
from pmdesk.ui.consent.decisions import Decisions, Signed, is_separate
from pmdesk.ui.consent.signature import SignaturePad
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_ACTS = (
    (Act.DRAWN, N_("Sign on the screen")),
    (Act.PAPER, N_("Signed on paper")),
    (Act.ORAL, N_("By word of mouth, with a witness")),
)
_PNG = b"\x89PNG\r\n\x1a\n"


class ProofStep(QWidget):
    """A drawn signature, the number of a signed sheet, or a witness: for one sheet."""

    channel_chosen = Signal(object)  # Channel
    called_ticked = Signal(bool)
    respected_ticked = Signal(bool)
    act_chosen = Signal(object)  # Act
    signed = Signal(object)  # Signed, or None while the field is blank
    noted = Signal(str, str)  # paper number, uid of the witness

    def __init__(self, witnesses: Mapping[str, str]) -> None:
        super().__init__()
        self.title = label("", "heading", wrap=True)
        self.channel = Segmented([(one, _(CHANNELS[one])) for one in Channel])
        self.called = QCheckBox(_("They rang us of their own accord"))
        self.respected = QCheckBox(_("No photograph was taken, nothing of the home noted down"))
        self.act = Segmented([(act, _(words)) for act, words in _ACTS])
        self.pad = SignaturePad()
        self.undo = button(_("Undo stroke"), self.pad.undo, picture="undo-2", tip="Ctrl+Z")
        self.clear = button(_("Clear"), self.pad.clear, picture="x")
        self.complaint = Banner()
        self.paper = PinyinEdit()
        self.witness = _colleagues(witnesses)
        self._arrange()
        self._connect()

    def show_decisions(self, decisions: Decisions, place: int, choices: Sequence[Choice]) -> None:
        """The fields that this way of proving needs, and why word of mouth may not do."""
        sheet = decisions.sheets(choices)[place]
        agreed = [choice for choice in sheet if decisions.agreed[choice.purpose.code]]
        proof = decisions.proof(place)
        self.title.setText(_title(decisions.to_prove(choices), place, sheet))
        self.channel.show_value(decisions.channel)
        self.called.setChecked(decisions.called)
        set_shown(self.called, decisions.channel is Channel.PHONE)
        self.respected.setChecked(decisions.respected)
        set_shown(self.respected, decisions.channel is Channel.VISIT)
        self.act.show_value(proof.act)
        self.witness.setCurrentIndex(max(self.witness.findData(proof.witness), 0))
        set_shown(self._drawing, proof.act is Act.DRAWN)
        set_shown(self._sheet, proof.act is Act.PAPER)
        set_shown(self._other, proof.act in {Act.PAPER, Act.ORAL})
        strict = _strict_sentence([c for c in agreed if not c.purpose.oral_allowed])
        oral = self.act.buttons()[-1]
        oral.setEnabled(not strict)
        oral.setToolTip(strict)
        self._strict.setText(strict)
        set_shown(self._strict, bool(strict))

    def forget(self) -> None:
        """No signature is in the field any more."""
        self.pad.clear()

    def _arrange(self) -> None:
        self._strict = label("", "muted", wrap=True)
        self._drawing = self._drawing_area()
        self.paper.setPlaceholderText(_("such as A-2026-017"))
        self._sheet = _titled(
            _("Number of the signed sheet"),
            self.paper,
            _("The office writes it on the sheet by hand, so that the sheet can be found."),
        )
        self._other = _titled(_("Colleague who was there as a witness"), self.witness)
        card = Card()
        card.add(self.title)
        card.add(label(_("How did the decision reach us?"), "label"))
        for part in (self.channel, self.called, self.respected):
            card.add(part)
        card.add(label(_("What proves it?"), "label"))
        parts = (self.act, self._strict, self._drawing, self._sheet, self._other)
        for widget in parts:
            card.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)

    def _connect(self) -> None:
        self.channel.chosen.connect(lambda channel: self.channel_chosen.emit(channel))
        self.called.clicked.connect(lambda on: self.called_ticked.emit(on))
        self.respected.clicked.connect(lambda on: self.respected_ticked.emit(on))
        self.act.chosen.connect(lambda act: self.act_chosen.emit(act))
        self.pad.changed.connect(self._drawn)
        self.paper.textEdited.connect(lambda _text: self._note())
        self.witness.activated.connect(lambda _at: self._note())

    def _note(self) -> None:
        self.noted.emit(self.paper.text(), self.witness.currentData())

    def _drawing_area(self) -> QWidget:
        tools = QHBoxLayout()
        tools.setSpacing(12)
        tools.addWidget(self.undo)
        tools.addWidget(self.clear)
        tools.addStretch(1)
        area = QWidget()
        column = QVBoxLayout(area)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pad)
        column.addWidget(self.complaint)
        column.addLayout(tools)
        return area

    def _drawn(self) -> None:
        self.undo.setEnabled(not self.pad.is_blank)
        self.clear.setEnabled(not self.pad.is_blank)
        short = not self.pad.is_blank and self.pad.is_too_short
        self.complaint.show_sentence(
            _("That is too short for a signature. Please sign again.") if short else "", Tone.WARN
        )
        self.signed.emit(taken(self.pad))


def taken(pad: SignaturePad) -> Signed | None:
    """The signature, looked at: neither blank nor a dot, and its picture is a picture."""
    if pad.is_blank or pad.is_too_short:
        return None
    png = pad.png()
    return Signed(png=png, strokes=pad.strokes()) if png.startswith(_PNG) else None


def _title(places: Sequence[int], place: int, sheet: Sequence[Choice]) -> str:
    names = _(", ").join(said(choice.purpose.name) for choice in sheet)
    if len(places) == 1:
        return names
    words = _("Sheet {number} of {count}: {purposes}")
    if is_separate(sheet[0]):
        words = _("Sheet {number} of {count}, signed apart: {purposes}")
    return words.format(number=places.index(place) + 1, count=len(places), purposes=names)


def _strict_sentence(strict: Sequence[Choice]) -> str:
    if not strict:
        return ""
    names = _(", ").join(said(choice.purpose.name) for choice in strict)
    return _("Word of mouth is not enough for: {purposes}").format(purposes=names)


def _colleagues(witnesses: Mapping[str, str]) -> QComboBox:
    box = QComboBox()
    box.addItem(_("Nobody"), "")
    for uid, name in witnesses.items():
        box.addItem(name, uid)
    return box


def _titled(words: str, line: QWidget, hint: str = "") -> QWidget:
    line.setAccessibleName(words)
    area = QWidget()
    column = QVBoxLayout(area)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label(words, "label"), 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(line)
    if hint:
        column.addWidget(label(hint, "muted", wrap=True))
    return area
