"""The purposes of one person, a card below the other; no two cards are built in one turn."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CLASSIFICATION, PurposeCode
from pmdesk.services.resident_page import PurposeGroup, ResidentDetail
from pmdesk.services.session import Session
from pmdesk.ui.building import built
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.resident.group import GroupCard
from pmdesk.ui.tasks import Tasks

_CARDS = "cards"


class GroupColumn(QWidget):
    """What a card asks for is passed on to the page; saving, undoing and drafts reach the cards."""

    consent_requested = Signal(object)  # PurposeCode
    withdrawn = Signal(object, object)  # PurposeCode, the place of an item or None: all of it
    mistake_requested = Signal(object)  # PurposeCode
    shown_below = Signal(object)  # QWidget that has to be seen whole
    draft_found = Signal(object)  # its banner
    course_requested = Signal(str)

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts, person: PersonId) -> None:
        super().__init__()
        self.cards: dict[PurposeCode, GroupCard] = {}
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._person = person
        self._active: GroupCard | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._column.addStretch(1)

    def show_detail(self, detail: ResidentDetail) -> None:
        """Each group gets its card in a turn of its own; what was typed and not saved stays."""
        self._tasks.in_turns(self._shown(detail), owner=self, newest=_CARDS)

    def save(self) -> None:
        """Every card with changes is saved."""
        for card in self.cards.values():
            card.save()

    def keep_draft(self) -> None:
        """What was typed is in encrypted drafts."""
        for card in self.cards.values():
            card.keep_draft()

    def step(self, *, back: bool) -> None:
        """What was done last in the card at the cursor is taken back, or done again."""
        card = self._at_cursor() or self._active
        if card is not None:
            stack = card.answers.history.stack
            (stack.undo if back else stack.redo)()

    def locked(self) -> GroupCard | None:
        """The locked card at the cursor, else the first locked one; all of them are there."""
        self._tasks.hurry(self, _CARDS)
        here = self._at_cursor()
        if here is not None and here.why_locked():
            return here
        return next((card for card in self.cards.values() if card.why_locked()), None)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        for card in self.cards.values():
            card.leave()
        super().hideEvent(event)

    def _shown(self, detail: ResidentDetail) -> Iterator[None]:
        for index, group in enumerate(detail.groups):
            card = self.cards.get(group.purpose.code)
            if card is not None and card.fits(group):
                card.show_group(group)
            else:
                self._place(index, group, card)
                yield
        if detail.classification is not None:
            self.cards[CLASSIFICATION].show_tier(detail.tier)

    def _place(self, index: int, group: PurposeGroup, before: GroupCard | None) -> None:
        tools = self._session, self._tasks, self._prompts, self._person
        card = built(partial(GroupCard, *tools, group))
        if before is not None:
            self._column.removeWidget(before)
            before.hide()
            before.deleteLater()
            if self._active is before:
                self._active = None
        self.cards[card.code] = card
        self._column.insertWidget(index, card)
        card.consent_requested.connect(self.consent_requested)
        card.withdrawn.connect(self.withdrawn)
        card.mistake_requested.connect(self.mistake_requested)
        card.shown_below.connect(self.shown_below)
        card.course_requested.connect(self.course_requested)
        card.answers.changed.connect(lambda: setattr(self, "_active", card))
        card.draft_found.connect(lambda: self.draft_found.emit(card.draft))

    def _at_cursor(self) -> GroupCard | None:
        focus = QApplication.focusWidget()
        return next((c for c in self.cards.values() if focus and c.isAncestorOf(focus)), None)
