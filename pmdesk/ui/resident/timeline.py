"""What the person decided and when, newest first, in plain words."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.consents import ConsentEvent, Decision
from pmdesk.domain.purposes import PurposeCode
from pmdesk.i18n import N_, Words, _, said
from pmdesk.services.wording import ACTS, GIVEN_BY
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.visibility import set_shown

_SENTENCES: Mapping[Decision, str] = {
    Decision.GIVEN: N_("Agreed to “{purpose}”"),
    Decision.REFUSED: N_("Did not agree to “{purpose}”"),
    Decision.WITHDRAWN: N_("Withdrew the consent to “{purpose}”"),
    Decision.STALE: N_("Consent to “{purpose}” ended: the notice changed"),
    Decision.EXPIRED: N_("Consent to “{purpose}” ran out"),
}
_PICTURES: Mapping[Decision, tuple[str, Tone]] = {
    Decision.GIVEN: ("circle-check", Tone.GOOD),
    Decision.REFUSED: ("circle-minus", Tone.NEUTRAL),
    Decision.WITHDRAWN: ("rotate-ccw", Tone.PLUM),
    Decision.STALE: ("refresh-cw", Tone.WARN),
    Decision.EXPIRED: ("calendar", Tone.WARN),
}
_BY_PERSON = frozenset({Decision.GIVEN, Decision.REFUSED, Decision.WITHDRAWN})
SHOWN = 12


def sentence(event: ConsentEvent, names: Mapping[PurposeCode, Words]) -> str:
    """What happened, such as: Agreed to “Classification of service needs”."""
    name = names.get(event.purpose, Words(event.purpose, event.purpose))
    return _(_SENTENCES[event.decision]).format(purpose=said(name))


def remark(event: ConsentEvent) -> str:
    """When and how, the version that was shown, and the receipt."""
    parts = [f"{event.at.astimezone():%Y-%m-%d %H:%M}"]
    if event.decision in _BY_PERSON and event.decision is not Decision.WITHDRAWN:
        parts.append(_(ACTS[event.act]))
    if event.item is not None:
        parts.append(_("item {number}").format(number=event.item))
    if event.representative is not None:
        parts.append(f"{_(GIVEN_BY[event.given_by])} {event.representative.name}")
    if event.own_initiative:
        parts.append(_("of their own accord"))
    parts.append(_("notice {version}").format(version=event.notice_version))
    parts.append(_("receipt {number}").format(number=event.receipt))
    return " · ".join(parts)


class Timeline(Card):
    """The record of decisions of one person; nothing in it can be changed or removed."""

    proof_requested = Signal()

    def __init__(self, *, may_prove: bool = False) -> None:
        super().__init__(_("Consent record"))
        self._lines = QWidget()
        self.proof = button(
            _("Proof of consents…"), self.proof_requested.emit, look="link", picture="download"
        )
        set_shown(self.proof, may_prove)
        self.add(self._lines)
        self.body.addWidget(self.proof, 0, Qt.AlignmentFlag.AlignLeft)

    def show_events(
        self, events: Sequence[ConsentEvent], names: Mapping[PurposeCode, Words]
    ) -> None:
        """These decisions, newest first."""
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for event in events[:SHOWN]:
            column.addWidget(_line(event, names))
        if not events:
            column.addWidget(label(_("Nothing was asked or decided yet."), "muted", wrap=True))
        if len(events) > SHOWN:
            more = _("{count} older entries are in the record.").format(count=len(events) - SHOWN)
            column.addWidget(label(more, "muted", wrap=True))
        self.body.replaceWidget(self._lines, lines)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = lines


def _line(event: ConsentEvent, names: Mapping[PurposeCode, Words]) -> QWidget:
    line = QWidget()
    picture, tone = _PICTURES[event.decision]
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(sentence(event, names), wrap=True))
    words.addWidget(label(remark(event), "muted", wrap=True))
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(Picture(picture, tone), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return line
