"""Everything about one purpose: its head, and below it facts, fields, notice, versions, changes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from pmdesk.domain.ports.notices import NoticeChange
from pmdesk.domain.purpose_plans import LocalField, NoticeText, PurposePlan, is_local
from pmdesk.domain.purposes import Purpose
from pmdesk.domain.staff import Staff
from pmdesk.i18n import Words, _, said
from pmdesk.services.notices.purpose_desk import new_local_key
from pmdesk.services.notices.purpose_shelf import Look, PurposeDetail, offered
from pmdesk.ui.notices import own_fields
from pmdesk.ui.notices.changes_table import ChangesTable
from pmdesk.ui.notices.desk_bar import DeskBar, Step, steps
from pmdesk.ui.notices.facts_form import FactsForm
from pmdesk.ui.notices.named_fields import NamedFields
from pmdesk.ui.notices.text_tab import TextTab
from pmdesk.ui.notices.versions_tab import VersionsTab
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.header import EmptyState


class Tab(StrEnum):
    """A part of the page."""

    FACTS = "facts"
    FIELDS = "fields"
    TEXT = "text"
    VERSIONS = "versions"
    CHANGES = "changes"


class PlanTabs(QWidget):
    """Tells every edit as the plan that it makes; saves nothing itself."""

    edited = Signal(object)  # PurposePlan

    def __init__(
        self,
        detail: PurposeDetail,
        changes: Sequence[NoticeChange],
        shipped: Purpose | None,
        staff: Staff,
    ) -> None:
        super().__init__()
        self.plan: PurposePlan | None = detail.plan
        self._detail = detail
        self.editable = Step.SUBMIT in steps(detail, staff)
        self.bar = DeskBar(detail, staff)
        self.bar.edited.connect(self._on_summary)
        self.facts: FactsForm | None = None
        self.named: NamedFields | None = None
        self.own: own_fields.OwnFields | None = None
        self.text: TextTab | None = None
        self.versions = VersionsTab(detail.versions, detail.proposals)
        self.changes = _changes(detail, changes)
        pages = (
            (Tab.FACTS, _("Facts"), self._facts(shipped)),
            (Tab.FIELDS, _("Fields"), self._fields()),
            (Tab.TEXT, _("Notice"), self._text()),
            (Tab.VERSIONS, _("Versions"), self.versions),
            (Tab.CHANGES, _("Change notices"), _card(self.changes)),
        )
        self._pages = {tab: page for tab, _words, page in pages}
        self.tabs = Segmented([(tab, words) for tab, words, _page in pages])
        self.tabs.chosen.connect(self.show_tab)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        for _tab, _words, page in pages:
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.bar)
        column.addWidget(self.tabs)
        column.addWidget(holder, 1)
        self.show_tab(Tab.FACTS)

    @property
    def tab(self) -> Tab:
        """The part that is shown."""
        return Tab(str(self.tabs.value))

    def show_tab(self, tab: object) -> None:
        """That part is shown."""
        self.tabs.show_value(tab)
        self._stack.setCurrentWidget(self._pages[Tab(str(tab))])

    def show_look(self, look: Look) -> None:
        """Every part shows what the plan would say, lack and do."""
        self.bar.show_look(look)
        if self.text is not None:
            self.text.show_look(look)
        if self.facts is not None and self.editable:
            self.facts.show_problems(look.problems)
        if self.own is not None:
            self.own.show_problems(look.problems)

    def _facts(self, shipped: Purpose | None) -> QWidget:
        if self.plan is None:
            return _nothing()
        self.facts = FactsForm(self.plan, shipped)
        self.facts.edited.connect(self._on_facts)
        if not self.editable:
            self.facts.lock(_locked())
        return _card(self.facts)

    def _fields(self) -> QWidget:
        if self.plan is None:
            return _nothing()
        self.named = NamedFields(offered(self.plan, self._detail.catalogue), self.plan.fields)
        self.named.edited.connect(self._on_named)
        card = Card()
        card.add(self.named)
        if is_local(self.plan.purpose.code):
            self.own = own_fields.OwnFields(self.plan, self._new_key())
            self.own.edited.connect(self._on_own)
            card.add(own_fields.hint())
            card.add(self.own, 1)
        if not self.editable:
            for part in (self.named, self.own):
                if part is not None:
                    part.lock(_locked())
        card.body.addStretch(1)
        return card

    def _text(self) -> QWidget:
        if self.plan is None:
            return _nothing()
        self.text = TextTab(self.plan, editable=self.editable)
        self.text.edited.connect(self._on_texts)
        return self.text

    def _new_key(self) -> Callable[[PurposePlan], str]:
        return lambda plan: new_local_key(plan, self._detail.proposals)

    def _on_facts(self, made: PurposePlan) -> None:
        if self.plan is not None:
            self._put(replace(self.plan, purpose=made.purpose, particulars=made.particulars))

    def _on_named(self, keys: tuple[str, ...]) -> None:
        if self.plan is not None:
            own = tuple(one.field.key for one in self.plan.local)
            self._put(replace(self.plan, fields=(*keys, *own)))

    def _on_own(self, local: tuple[LocalField, ...]) -> None:
        if self.plan is not None:
            before = {one.field.key for one in self.plan.local}
            shared = tuple(key for key in self.plan.fields if key not in before)
            keys = (*shared, *(one.field.key for one in local))
            self._put(replace(self.plan, local=local, fields=keys))

    def _on_texts(self, texts: tuple[NoticeText, ...]) -> None:
        if self.plan is not None:
            self._put(replace(self.plan, texts=texts))

    def _on_summary(self, given: tuple[Words, bool]) -> None:
        if self.plan is not None:
            summary, major = given
            self._put(replace(self.plan, summary=summary, wants_major=major))

    def _put(self, plan: PurposePlan) -> None:
        self.plan = plan
        self.edited.emit(plan)


def _changes(detail: PurposeDetail, changes: Sequence[NoticeChange]) -> ChangesTable:
    code = detail.row.purpose.code
    made = ChangesTable({code: said(detail.row.purpose.name)})
    made.model.set_rows(one for one in changes if one.purpose in {code, ""})
    return made


def _card(part: QWidget) -> Card:
    card = Card()
    card.add(part, 1)
    return card


def _nothing() -> QWidget:
    return EmptyState(_("This purpose has no notice of its own: the public rules tell of it."))


def _locked() -> str:
    return _("Only a draft can be edited.")
