"""The history of an order: what was done, when and by whom."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.orders import amending
from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.names import URGENCIES, act_name
from pmdesk.domain.orders.order import Deed, Move, OrderStep
from pmdesk.i18n import N_, _, said
from pmdesk.services.order_kinds import kind_name
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import Picture, label

_CLOCKS = {
    Move.WAIT.value: "hourglass",
    Deed.URGED.value: "bell",
    Deed.CALLED_BACK.value: "phone",
    Deed.TAKEN_BACK.value: "undo-2",
}


_PARTS = {
    amending.KIND: N_("Subject"),
    amending.URGENCY: N_("Urgency"),
    amending.WORDS: N_("Description"),
    amending.APPOINTMENT: N_("Appointment"),
    amending.DUE: N_("Due"),
}


class HistoryCard(Card):
    """Oldest first."""

    def __init__(self) -> None:
        super().__init__(_("History"))
        self._shown: object = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_steps(
        self, steps: Sequence[OrderStep], names: Mapping[str, str], zone: tzinfo | None
    ) -> None:
        """These steps, with the names of who took them; what is selected there stays."""
        if self._shown == (steps, names):
            return
        self._shown = steps, names
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for step in steps:
            self._lines.addWidget(_line(step, names, zone))


def when(at: datetime, zone: tzinfo | None) -> str:
    """A moment in the office's time zone."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _line(step: OrderStep, names: Mapping[str, str], zone: tzinfo | None) -> QWidget:
    title = said(act_name(step.act))
    if step.words:
        title = f"{title}{_(': ')}{_said_words(step, names, zone)}"
    made = QWidget()
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(title, wrap=True, select=True))
    by = names.get(step.by, "")
    words.addWidget(label(" · ".join(filter(None, (when(step.at, zone), by))), "muted"))
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    icon = _CLOCKS.get(step.act, "circle-check")
    tone = Tone.GOOD if icon == "circle-check" else Tone.NEUTRAL
    row.addWidget(Picture(icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return made


def _said_words(step: OrderStep, names: Mapping[str, str], zone: tzinfo | None) -> str:
    if step.act == Deed.TAKEN_BACK.value:  # its words are the code of a move
        return said(act_name(step.words))
    if step.act == Deed.CHANGED.value:
        found = amending.read(step.words).items()
        return _("; ").join(_change_words(name, change, zone) for name, change in found)
    return names.get(step.words, step.words)


def _change_words(name: str, change: amending.Change, zone: tzinfo | None) -> str:
    """One part as it was and as it is; of a description only that it is another one."""
    title = _(_PARTS[name])
    if name == amending.WORDS:
        return title
    before, after = (_value_words(name, code, zone) for code in change)
    return _("{name} {before} → {after}").format(name=title, before=before, after=after)


def _value_words(name: str, code: str, zone: tzinfo | None) -> str:
    if not code:
        return _("none")
    if name == amending.KIND:
        return said(kind_name(code))
    if name == amending.URGENCY:
        return said(URGENCIES[Urgency(int(code))])
    return when(datetime.fromisoformat(code), zone)
