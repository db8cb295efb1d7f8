"""What was asked at the same place or in the same building lately: perhaps the same thing."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.domain.orders.names import STATES
from pmdesk.domain.orders.order import OPEN
from pmdesk.i18n import _, said
from pmdesk.services.orders.registering import Repeat
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.ground import Ground
from pmdesk.ui.widgets.label import Picture, label
from pmdesk.ui.widgets.visibility import set_shown

_MOST = 2


class RepeatLines(Ground):
    """A hint, never a ban: hidden while nothing is alike."""

    opened = Signal(object)  # OrderId
    urged = Signal(object)  # OrderId

    def __init__(self) -> None:
        super().__init__(Tone.WARN)
        self.repeats: tuple[Repeat, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(14, 10, 14, 10)
        self._lines.setSpacing(6)
        set_shown(self, shown=False)

    def show_repeats(self, found: Sequence[Repeat]) -> None:
        """These may be about the same thing; those of the same place come first."""
        self.repeats = tuple(found)
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in self.repeats[:_MOST]:
            self._lines.addWidget(self._line(one))
        rest = len(self.repeats) - _MOST
        if rest > 0:
            words = _("{count} more in this building").format(count=rest)
            self._lines.addWidget(label(words, "muted"))
        set_shown(self, shown=bool(self.repeats))

    def _line(self, one: Repeat) -> QWidget:
        near = _("Same place") if one.is_here else _("Same building")
        words = _("Perhaps a repeat. {near}: {number}, {where}, {state}").format(
            near=near,
            number=one.number,
            where=one.where,
            state=said(STATES[one.state]),
        )
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Picture("copy", Tone.WARN, 16))
        row.addWidget(label(words, wrap=True), 1)
        if one.state in OPEN:
            row.addWidget(button(_("Urge that one"), lambda: self.urged.emit(one.order)))
        row.addWidget(button(_("Open"), lambda: self.opened.emit(one.order)))
        return made
