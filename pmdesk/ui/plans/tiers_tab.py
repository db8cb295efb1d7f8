"""What each tier means in words, as it can be handed out."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.orders.plan_draft import CONTRACT, PlanDraft, drafted
from pmdesk.domain.tiers import Tag, Tier
from pmdesk.i18n import _, said
from pmdesk.services.plans import papers, wording
from pmdesk.services.plans.desk import Shelf
from pmdesk.services.session import Session
from pmdesk.ui.badges import tier_badge
from pmdesk.ui.plans.papers import paper_button
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.columns import Columns
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.pill import Pill


class TiersTab(QWidget):
    """One card for each tier, and the tags below."""

    said = Signal(str)  # that a paper is saved

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self._session, self._tools = session, (tasks, prompts)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._shown: QWidget | None = None

    def show_shelf(self, shelf: Shelf) -> None:
        """The tiers as they hold today."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        draft = drafted(shelf.in_force)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(Columns([self._tier(one, draft) for one in shelf.tiers], least=380))
        if shelf.tags:
            column.addWidget(_tags(shelf.tags))
        column.addStretch(1)
        self._shown = made
        self._column.addWidget(made)

    def _tier(self, tier: Tier, draft: PlanDraft) -> Card:
        card = Card(margin=16)
        card.body.setSpacing(8)
        card.body.addWidget(Pill(tier_badge(tier)), 0, Qt.AlignmentFlag.AlignLeft)
        card.add(label(said(tier.meaning), wrap=True))
        for words in _sentences(draft, tier.code):
            card.add(label(words, "muted", wrap=True, select=True))
        card.body.addStretch(1)
        make = partial(papers.tier_sheet, self._session, tier.code)
        name = _("What “{tier}” means").format(tier=said(tier.name))
        sheet = paper_button(name, make, self, self._tools, self.said.emit)
        card.body.addWidget(sheet, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def _sentences(draft: PlanDraft, tier: str) -> tuple[str, ...]:
    if tier == CONTRACT:
        return (_("Everything in the contract, as everybody has it."),)
    added = wording.added_words(draft, tier)
    return tuple(_("Also {words}").format(words=words) for words in added) or (
        _("No other times or ways than in the contract."),
    )


def _tags(tags: tuple[Tag, ...]) -> Card:
    card = Card(_("Tags"), margin=16)
    card.body.setSpacing(6)
    for tag in tags:
        words = _("{name}: {meaning}").format(name=said(tag.name), meaning=said(tag.meaning))
        card.add(label(words, wrap=True, select=True))
    return card
