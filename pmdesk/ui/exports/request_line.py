"""One request for a large list: what, how far, and what can be done with it now."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pmdesk.i18n import _
from pmdesk.services.export_guard import Shown
from pmdesk.ui.exports.words import badge, state_words, what_words
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Pill


class RequestLine(QWidget):
    """Pill and list in the first line, reason and state below, then the buttons."""

    def __init__(
        self, one: Shown, now: datetime, buttons: Sequence[QPushButton], *, decider: bool = False
    ) -> None:
        super().__init__()
        self.state = state_words(one, now, asker=not decider)
        who = _("{name} asks: {reason}").format(name=one.asker, reason=one.request.reason)
        why = who if decider else _("Why: {reason}").format(reason=one.request.reason)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(Pill(badge(one)))
        first.addWidget(label(what_words(one), wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(first)
        column.addWidget(label(why, "muted", wrap=True))
        column.addWidget(label(self.state, "muted", wrap=True))
        if buttons:
            row = FlowLayout(10)
            for made in buttons:
                row.addWidget(made)
            column.addLayout(row)
