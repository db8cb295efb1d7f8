"""Step 3: how the decision reached us, and what proves it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.consents import Act, Channel
from pmdesk.domain.purposes import Purpose
from pmdesk.i18n import N_, _, said
from pmdesk.services.wording import CHANNELS
from pmdesk.ui.consent.decisions import Decisions, Signed
from pmdesk.ui.consent.signature import SignaturePad
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label

_ACTS = (
    (Act.DRAWN, N_("Sign on the screen")),
    (Act.PAPER, N_("Signed on paper")),
    (Act.ORAL, N_("By word of mouth, with a witness")),
)
_PNG = b"\x89PNG\r\n\x1a\n"


class ProofStep(QWidget):
    """A drawn signature, the number of a signed sheet, or a witness."""

    channel_chosen = Signal(object)  # Channel
    act_chosen = Signal(object)  # Act
    signed = Signal(object)  # Signed, or None while the field is blank
    noted = Signal(str, str)  # paper number, witness

    def __init__(self) -> None:
        super().__init__()
        self.channel = Segmented([(one, _(CHANNELS[one])) for one in Channel])
        self.act = Segmented([(act, _(words)) for act, words in _ACTS])
        self.pad = SignaturePad()
        self.undo = button(_("Undo stroke"), self.pad.undo, picture="undo-2", tip="Ctrl+Z")
        self.clear = button(_("Clear"), self.pad.clear, picture="x")
        self.complaint = Banner()
        self.paper = PinyinEdit()
        self.witness = PinyinEdit()
        self._arrange()
        self.channel.chosen.connect(lambda channel: self.channel_chosen.emit(channel))
        self.act.chosen.connect(lambda act: self.act_chosen.emit(act))
        self.pad.changed.connect(self._drawn)
        for line in (self.paper, self.witness):
            line.textEdited.connect(
                lambda _text: self.noted.emit(self.paper.text(), self.witness.text())
            )

    def show_decisions(self, decisions: Decisions, purposes: Sequence[Purpose]) -> None:
        """The fields that this way of proving needs, and why word of mouth may not do."""
        self.channel.show_value(decisions.channel)
        self.act.show_value(decisions.act)
        self._drawing.setVisible(decisions.act is Act.DRAWN)
        self._sheet.setVisible(decisions.act is Act.PAPER)
        self._other.setVisible(decisions.act in {Act.PAPER, Act.ORAL})
        strict = [p for p in purposes if decisions.agreed.get(p.code) and not p.oral_allowed]
        oral = self.act.buttons()[-1]
        oral.setEnabled(not strict)
        oral.setToolTip(_strict_sentence(strict) if strict else "")
        self._strict.setText(_strict_sentence(strict) if strict else "")
        self._strict.setVisible(bool(strict))

    def forget(self) -> None:
        """No signature is in the field any more."""
        self.pad.clear()

    def _arrange(self) -> None:
        self._strict = label("", "muted", wrap=True)
        card = Card()
        card.add(label(_("How did the decision reach us?"), "label"))
        card.add(self.channel)
        card.add(label(_("What proves it?"), "label"))
        card.add(self.act)
        card.add(self._strict)
        self._drawing = self._drawing_area()
        self._sheet = _titled(_("Number of the signed sheet"), self.paper)
        self._other = _titled(_("Colleague who was there as a witness"), self.witness)
        for widget in (self._drawing, self._sheet, self._other):
            card.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)

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


def _strict_sentence(strict: Sequence[Purpose]) -> str:
    names = _(", ").join(said(purpose.name) for purpose in strict)
    return _("Word of mouth is not enough for: {purposes}").format(purposes=names)


def _titled(words: str, line: PinyinEdit) -> QWidget:
    line.setAccessibleName(words)
    area = QWidget()
    column = QVBoxLayout(area)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label(words, "label"), 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(line)
    return area
