"""How the impact assessment of a version of the rules stands, and the way to it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmdesk.i18n import N_, _
from pmdesk.services.records.assessments import Assessed, State
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge, Pill

# word, tone and icon of the state, and what the button offers
_LOOKS: Mapping[State, tuple[str, Tone, str, str]] = {
    State.NONE: (N_("missing"), Tone.PROBLEM, "circle-alert", N_("Write the assessment")),
    State.DRAFT: (N_("draft"), Tone.WARN, "pencil", N_("Go on writing")),
    State.WAITING: (N_("waits for approval"), Tone.WARN, "clock", N_("Look and decide")),
    State.REJECTED: (N_("sent back"), Tone.PROBLEM, "rotate-ccw", N_("Mend it")),
    State.FORBIDDEN: (N_("must not begin yet"), Tone.PROBLEM, "ban", N_("Open it")),
    State.LAPSED: (N_("run out"), Tone.PROBLEM, "calendar", N_("Renew it")),
    State.DUE: (N_("approved, soon due"), Tone.WARN, "clock", N_("Open it")),
    State.VALID: (N_("approved"), Tone.GOOD, "badge-check", N_("Open it")),
}


class AssessmentLine(QWidget):
    """State and button; hidden while there is nothing to say."""

    requested = Signal(str)  # the subject of the assessment

    def __init__(self) -> None:
        super().__init__()
        self.assessed: Assessed | None = None
        self.pill = Pill(Badge(words=""))
        self.open = button("", self._ask, look="link")
        self.open.setObjectName("step.assess")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for part in (label(_("Impact assessment"), "muted"), self.pill, self.open):
            row.addWidget(part)
        row.addStretch(1)
        self.hide()

    def show_assessed(self, assessed: Assessed | None) -> None:
        """The line says how the assessment stands; None hides it."""
        self.assessed = assessed
        self.setVisible(assessed is not None)
        if assessed is None:
            return
        word, tone, icon, act = _LOOKS[assessed.state]
        words = _(word)
        if assessed.number:
            words = _("{state} ({number})").format(state=words, number=assessed.number)
        if assessed.alone:
            words = _("{state} · by a single person").format(state=words)
        self.pill.show_badge(Badge(words=words, tone=tone, icon=icon))
        self.open.setText(_(act))
        self.open.setAccessibleName(f"{_('Impact assessment')}: {_(act)}")

    def _ask(self) -> None:
        if self.assessed is not None:
            self.requested.emit(self.assessed.subject)
