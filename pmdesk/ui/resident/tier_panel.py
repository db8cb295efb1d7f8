"""Which service the person is arranged for, by which rule, or why it is the standard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pmdesk.i18n import _, said
from pmdesk.services.residents import ResidentDetail
from pmdesk.ui.badges import tier_badge
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge, Pill


class TierPanel(Card):
    """Tier, tags, the reason in the words of the rule, and the way to the whole explanation."""

    explain_requested = Signal()

    def __init__(self) -> None:
        super().__init__(_("Service tier"))
        self._pills = QWidget()
        self._meaning = label("", wrap=True)
        self.reason = label("", "muted", wrap=True)
        self.why = button(
            _("Why?"), self.explain_requested.emit, look="link", picture="circle-help"
        )
        for widget in (self._pills, self._meaning, self.reason):
            self.add(widget)
        self.body.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)

    def show_detail(self, detail: ResidentDetail) -> None:
        """The person's present result, or that the standard is the rule without a consent."""
        pills = QWidget()
        row = FlowLayout(6)
        row.addWidget(Pill(tier_badge(detail.tier)))
        for tag in detail.tags:
            pill = Pill(Badge(words=said(tag.name), tone=Tone.INFO, icon="tag"))
            pill.setToolTip(said(tag.meaning))
            row.addWidget(pill)
        pills.setLayout(row)
        self.body.replaceWidget(self._pills, pills)
        self._pills.hide()
        self._pills.deleteLater()
        self._pills = pills
        self._meaning.setText(said(detail.tier.meaning))
        self.reason.setText(_reason(detail))
        self.why.setVisible(detail.classification is not None)


def _reason(detail: ResidentDetail) -> str:
    if detail.classification is None:
        return _(
            "Served as standard: there is no live consent to classification, so no rule looks at"
            " this person. The contract services are the same for everybody."
        )
    return _("Matched rule: {reason}").format(reason=detail.reason)
