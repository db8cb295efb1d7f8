"""Which service the person is arranged for, by which rule, or why it is the standard."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from pmdesk.domain.orders.plan_draft import drafted
from pmdesk.domain.people import PersonId
from pmdesk.i18n import _, said
from pmdesk.services.plans.wording import added_words
from pmdesk.services.resident_page import ResidentDetail
from pmdesk.services.session import Session
from pmdesk.ui.badges import tier_badge
from pmdesk.ui.classification.tier_history import TierHistory
from pmdesk.ui.plans.person_sheet import PersonSheetButton
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button, opening
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Badge, Pill
from pmdesk.ui.widgets.visibility import set_shown


class TierPanel(Card):
    """Tier, tags, the reason in the words of the rule, and the way to the whole explanation."""

    explain_requested = Signal()
    objected = Signal()
    unwanted = Signal(str, str)  # code and name of a tag that the person does not want

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts, person: PersonId) -> None:
        super().__init__(_("Service tier"))
        self._pills = QWidget()
        self._meaning = label("", wrap=True)
        self.promises = label("", wrap=True, select=True)
        self.sheet = PersonSheetButton(session, tasks, prompts, person)
        self.reason = label("", "muted", wrap=True)
        self.why = button(
            _("Why?"), self.explain_requested.emit, look="link", picture="circle-help"
        )
        self.objection = button(
            _("The person objects…"), self.objected.emit, look="link", picture="ban"
        )
        self.objection.setToolTip(_("The standard at once; then a person decides (PIPL 24)"))
        self.untag = button(_("Remove a tag"), look="link", picture="tag")
        opening(self.untag, QMenu(self.untag))
        self.untag.setToolTip(
            _("The person does not want a tag: it goes, and no rule gives it before new answers")
        )
        self.pending = label(_("A person is looking at it"), "muted", wrap=True)
        self.history = TierHistory()
        for widget in (self._pills, self._meaning, self.promises, self.reason, self.pending):
            self.add(widget)
        self.add(self.sheet)
        self.body.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.untag, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.objection, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.history)

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
        promised = _promised(detail)
        self.promises.setText(promised)
        set_shown(self.promises, bool(promised))
        self.reason.setText(_reason(detail))
        self.why.setVisible(detail.classification is not None)
        waits = detail.route is not None and detail.route.tier is None
        self.objection.setVisible(detail.classification is not None and detail.route is None)
        self.pending.setVisible(waits)
        self._offer_tags(detail)
        self.history.show_steps(detail.tiers)

    def _offer_tags(self, detail: ResidentDetail) -> None:
        menu = self.untag.menu()
        menu.clear()
        for tag in detail.tags:
            name = said(tag.name)
            menu.addAction(name, partial(self.unwanted.emit, tag.code, name))
        self.untag.setVisible(bool(detail.tags))


def _promised(detail: ResidentDetail) -> str:
    """What the tier adds to the contract, a line for each service; empty where nothing."""
    if detail.plan is None:
        return ""
    return "\n".join(added_words(drafted(detail.plan), detail.tier.code))


def _reason(detail: ResidentDetail) -> str:
    if detail.classification is None:
        return _(
            "Served as standard: there is no live consent to classification, so no rule looks at"
            " this person. The contract services are the same for everybody."
        )
    if detail.route is not None and detail.route.tier is not None:
        return _("Decided by {name} on {day}, not by the rules: {reason}").format(
            name=detail.decided_by,
            day=detail.classification.decided_on.isoformat(),
            reason=detail.reason,
        )
    if detail.classification.objected:
        return _("The person objects to the automatic tier; until a decision, the standard holds.")
    return _("Matched rule: {reason}").format(reason=detail.reason)
