"""How the legality review of a version stands, in the head of the rules page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmdesk.domain.reviews import Review
from pmdesk.i18n import _
from pmdesk.ui.rules.review.looks import progress
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge, Pill
from pmdesk.ui.widgets.visibility import set_shown

_ICONS = {Tone.GOOD: "badge-check", Tone.WARN: "clock", Tone.PROBLEM: "circle-alert"}


class ReviewLine(QWidget):
    """State and the way to the tab; hidden while there is nothing to say."""

    requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.review: Review | None = None
        self.pill = Pill(Badge(words=""))
        self.conditions = label("", "warning", wrap=True)
        self.open = button(_("Open the review"), self.requested.emit, look="link")
        self.open.setObjectName("step.review")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for part in (label(_("Legality review"), "muted"), self.pill, self.open):
            row.addWidget(part)
        row.addWidget(self.conditions, 1)
        set_shown(self.conditions, shown=False)
        self.hide()

    def show_review(self, review: Review | None) -> None:
        """The line says how the review stands; None hides it."""
        self.review = review
        self.setVisible(review is not None)
        if review is None:
            return
        words, tone = progress(review)
        self.pill.show_badge(Badge(words=words, tone=tone, icon=_ICONS[tone]))
        conditions = "; ".join(review.conditions)
        text = _("On the condition: {conditions}").format(conditions=conditions)
        self.conditions.setText(text)
        set_shown(self.conditions, bool(conditions))
