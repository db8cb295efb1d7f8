"""The history of an order: what was done, when and by whom."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.orders.names import act_name
from pmdesk.domain.orders.order import Deed, Move, OrderStep
from pmdesk.i18n import _, said
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import Picture, label

_CLOCKS = {
    Move.WAIT.value: "hourglass",
    Deed.URGED.value: "bell",
    Deed.CALLED_BACK.value: "phone",
    Deed.TAKEN_BACK.value: "undo-2",
}


class HistoryCard(Card):
    """Oldest first."""

    def __init__(self) -> None:
        super().__init__(_("History"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_steps(
        self, steps: Sequence[OrderStep], names: Mapping[str, str], zone: tzinfo | None
    ) -> None:
        """These steps, with the names of who took them."""
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
        title = f"{title}{_(': ')}{_said_words(step, names)}"
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


def _said_words(step: OrderStep, names: Mapping[str, str]) -> str:
    if step.act == Deed.TAKEN_BACK.value:  # its words are the code of a move
        return said(act_name(step.words))
    return names.get(step.words, step.words)
