"""The 客户分类表: each resident's tier with its reason, its explanation, its print."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.analytics.buildings import building_entries
from pmdesk.domain import office
from pmdesk.domain.acts import HUMAN
from pmdesk.domain.classification import ResidentQuery, ResidentRow
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.staff import Permission
from pmdesk.domain.tiers import STANDARD
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext, said
from pmdesk.services import classification, residents
from pmdesk.services.classification import Overview, Reasons
from pmdesk.services.export_rows import tag_names
from pmdesk.services.session import Session
from pmdesk.services.wording import STATES, where
from pmdesk.ui import theme
from pmdesk.ui.badges import consent_badge, tier_badge
from pmdesk.ui.classification.explanation import ExplanationPanel
from pmdesk.ui.classification.export_bar import ExportBar, open_file
from pmdesk.ui.classification.letter import LetterButton
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.exports.copies import watch_copies
from pmdesk.ui.forms.filter_box import FilterBox
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import Column, PagedModel
from pmdesk.ui.tables.view import TableView
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState, PageHeader
from pmdesk.ui.widgets.keys import Keys
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.pill import Badge

_ORDERS = {"room", "name", "tier"}
_SHOWN_BY = {office.RESIDENTS, office.CONSENTS, office.CLASSIFICATION, office.RULES}
_NARROW = 900  # pixels, growing with the text: below, the explanation takes the table's place
_LEAST = 300  # height of table and explanation; a lower window scrolls
_PAUSE_MS = 200  # walking through the list must not fill the log with explanations


class ClassificationPage(QWidget):
    """Who has which tier, and why; personal values are masked."""

    resident_requested = Signal(object)  # PersonId
    residents_requested = Signal()
    rules_requested = Signal()

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        opener: Callable[[Path], None] = open_file,
    ) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._session, self._tasks = session, tasks
        self.letter = LetterButton(session, tasks, prompts)
        self._overview: Overview | None = None
        self._person: ResidentRow | None = None
        self._wanted: PersonId | None = None
        self._told: PersonId | None = None  # whose explanation is open: a reload is no other look
        self._came_for: PersonId | None = None  # somebody whose own page asked why
        self.query = ResidentQuery(order="tier")
        self.export = ExportBar(session, tasks, prompts, opener)
        self._build_filters()
        self._build_table()
        self._build_empty()
        self._arrange()
        self._connect()
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The table shows what the office holds now; changes of other things do not touch it."""
        self.export.reload(changes)
        if changes is None or changes.kinds & _SHOWN_BY:
            self._tasks.query(
                partial(classification.overview, self._session),
                owner=self,
                done=self._show_overview,
                newest="overview",
            )
            self._ask()

    def show_query(self, query: ResidentQuery) -> None:
        """The table shows these residents, and the filters say so."""
        self.query = query
        self.search.show_search(query.text)
        for key, box in self._boxes.items():
            value = getattr(query, key) or ""
            box.setCurrentIndex(max(box.findData(str(value)), 0))
        self._ask()

    def reset(self) -> None:
        """No filter is active; the order stays."""
        self.show_query(ResidentQuery(order=self.query.order, descending=self.query.descending))

    def show_person(self, person: PersonId) -> None:
        """The person is chosen and explained, whatever the filters said; back leads to them."""
        self._wanted = self._came_for = person
        self.reset()

    # ---- building --------------------------------------------------------------------------

    def _build_filters(self) -> None:
        self.search = SearchBox(_("Name, pinyin, room or last 4 digits of the phone"))
        self.search.setMinimumWidth(theme.length(280))
        self.tier = FilterBox(_("Tier"), _("All tiers"))
        self.tag = FilterBox(_("Tags"), _("All tags"))
        self.building = FilterBox(_("Building"), _("All buildings"))
        self.consent = FilterBox(_("Consent"), _("Any consent"))
        self._boxes = {
            "tier": self.tier,
            "tag": self.tag,
            "building": self.building,
            "consent": self.consent,
        }
        for state in ConsentState:
            self.consent.addItem(_(STATES[state]), state.value)
        self.resetter = button(_("Reset filters"), self.reset, look="link", picture="rotate-ccw")
        self.exporter = button(
            _("Print / export"), self.export.open, look="primary", picture="printer", tip="Ctrl+P"
        )
        self.export.opened.connect(self.exporter.setDisabled)  # the open bar has the main one

    def _build_table(self) -> None:
        self.model = PagedModel[ResidentRow](self._columns(), self._fetch, lambda row: int(row.id))
        self.view = TableView(self.model, sortable=True)
        self.view.head.allow(_ORDERS)
        self.panel = ExplanationPanel(self.letter)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)

    def _columns(self) -> tuple[Column[ResidentRow], ...]:
        return (
            Column(key="room", title=_("Room"), cell=where, width=9),
            Column(key="name", title=_("Name"), cell=lambda row: row.name, width=8),
            Column(
                key="tier",
                title=_("Tier"),
                cell=lambda row: self._tier(row).words,
                badge=self._tier,
                width=11,
            ),
            Column(key="tags", title=_("Tags"), cell=self._tags, tip=self._tags, width=20),
            Column(key="reason", title=_("Reason"), cell=self._reason, tip=self._reason),
            Column(
                key="consent",
                title=_("Consent"),
                cell=lambda row: _(STATES[row.consent]),
                badge=lambda row: consent_badge(row.consent),
                width=13,
            ),
        )

    def _build_empty(self) -> None:
        may = self._session.staff.may(Permission.SEE_RULES)
        self.no_rules = EmptyState(
            _(
                "Here each resident's service tier will stand, with its reason. No rules are active"
                " yet: a second person approves them, then they are activated."
            ),
            picture="grid-3x3",
            action=_("Go to the rules") if may else "",
            pressed=self.rules_requested.emit,
        )
        self.no_consent = EmptyState(
            _(
                "Nobody has agreed to be classified yet, so everybody has the standard of the"
                " contract. Ask residents for their consent, and their tier appears here."
            ),
            picture="signature",
            action=_("Go to the residents"),
            pressed=self.residents_requested.emit,
        )
        self.nobody = EmptyState(
            _("Nobody fits these filters."),
            picture="search",
            action=_("Reset filters"),
            pressed=self.reset,
        )

    def _arrange(self) -> None:
        self.header = PageHeader(_("Classification table"), " ", (self.search, self.exporter))
        self.exporter.setVisible(self._session.staff.may(Permission.EXPORT))
        filters = FlowLayout(10)
        for widget in (*self._boxes.values(), self.resetter):
            filters.addWidget(widget)
        self._card = card = Card(margin=8)
        for widget in (self.view, self.no_rules, self.no_consent, self.nobody):
            card.add(widget, 1)
        self.split = QSplitter(childrenCollapsible=False)
        self.split.setHandleWidth(theme.length(12))
        for widget, share in ((card, 2), (self.panel, 1)):
            self.split.addWidget(widget)
            self.split.setStretchFactor(self.split.count() - 1, share)
        self.panel.hide()
        column = QVBoxLayout()
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(14)
        column.addWidget(self.header)
        column.addLayout(filters)
        column.addWidget(self.export)
        column.addWidget(self.split, 1)
        area = scrolled(column)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self._show_found(array("q"))

    def _connect(self) -> None:
        self.search.searched.connect(lambda text: self._narrow(text=text))
        self.search.returnPressed.connect(self.view.setFocus)
        for key, box in self._boxes.items():
            box.activated.connect(partial(self._filter, key, box))
        self.model.sort_requested.connect(self._sort)
        watch_copies(self.view, self._session, self._tasks, self)
        self.view.opened.connect(lambda row: self.resident_requested.emit(row.id))
        self.view.picked.connect(self._pick)
        self._pause.timeout.connect(self._explain)
        self.panel.left.connect(self._leave)
        Keys(self, {"Esc": self._leave})
        build_actions(
            self,
            {
                Command.FILTER: self.search.setFocus,
                Command.REFRESH: self.reload,
                Command.PRINT: self.export.open,
            },
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.split.setMinimumHeight(theme.length(_LEAST))
        self._share()

    # ---- acting ----------------------------------------------------------------------------

    def _filter(self, key: str, box: FilterBox, _at: int) -> None:
        value = box.currentData()
        is_state = key == "consent"
        self._narrow(**{key: (ConsentState(value) if value else None) if is_state else value})

    def _narrow(self, **filters: object) -> None:
        self.query = replace(self.query, **filters)  # type: ignore[arg-type]  # by field name
        self._ask()

    def _sort(self, key: str, descending: bool) -> None:
        if key in _ORDERS:
            self._narrow(order=key, descending=descending)

    def _ask(self) -> None:
        self._show_filters()
        self._tasks.query(
            partial(classification.found, self._session, self.query),
            owner=self,
            done=self._show_found,
            newest="found",
        )

    def _pick(self, row: ResidentRow | None) -> None:
        self._person = row
        self._pause.start()

    def _explain(self) -> None:
        row, told = self._person, self._told
        self._told = row.id if row else None
        self._share()
        self.view.show_column("consent", shown=row is None)  # the reasons take its room
        if row is None:
            self.panel.show_nobody()
            return
        self._tasks.query(
            partial(classification.reasons, self._session, row.id, again=row.id == told),
            owner=self,
            done=partial(self._show_reasons, row),
            newest="reasons",
        )

    def _leave(self) -> None:
        """Back to the person whose page asked for the explanation, or to the list."""
        person, came_for = self._person, self._came_for
        self.view.selectionModel().clear()
        self._person = self._came_for = None
        self._explain()
        self.view.setFocus()
        if person is not None and person.id == came_for:
            self.resident_requested.emit(came_for)

    def _fetch(self, ids: Sequence[int]) -> Sequence[ResidentRow]:
        try:
            return residents.rows(self._session, ids)
        except PmdeskError:  # raised while painting; `_ask` explains the same fault
            return ()

    # ---- showing ---------------------------------------------------------------------------

    def _show_overview(self, known: Overview) -> None:
        self._overview = known
        self.tier.fill([(said(t.name), t.code) for t in known.catalogue.tiers], self.query.tier)
        self.tag.fill([(said(t.name), t.code) for t in known.catalogue.tags], self.query.tag)
        self.building.fill(building_entries(known.buildings), self.query.building)
        self.model.reload()
        self._show_count()
        self._show_empty()
        if self._person is not None:
            self._explain()

    def _show_found(self, ids: "array[int]") -> None:
        wanted = self._wanted or (self._person.id if self._person else None)
        self._wanted = None
        self.model.set_ids(ids)
        if wanted is not None and wanted in ids:
            self.view.selectRow(ids.index(wanted))
            self.view.scrollTo(self.view.currentIndex())
        else:
            self._pick(None)
        self.export.show_query(self.query, len(ids))
        self._show_filters()
        self._show_count()
        self._show_empty()

    def _show_reasons(self, row: ResidentRow, reasons: Reasons | None) -> None:
        if self._overview is not None and self._person is not None and self._person.id == row.id:
            self.panel.show_reasons(row, reasons, self._overview.catalogue)

    def _show_filters(self) -> None:
        self.resetter.setVisible(self.query.is_narrowed)
        for box in self._boxes.values():
            box.show_state()

    def _show_count(self) -> None:
        known = self._overview
        if known is None:
            return
        count = ngettext("{count} resident", "{count} residents", known.people)
        words = count.format(count=f"{known.people:,}")
        if self.query.is_narrowed:
            words = _("{found} found of {total}").format(
                found=f"{len(self.model.ids):,}", total=words
            )
        if known.active is not None:
            words += " · " + _("rules v{version}").format(version=known.active.version)
        words += " · " + _("pick somebody to see why") if self.model.ids else ""
        self.header.show_subtitle(words)

    def _show_empty(self) -> None:
        known = self._overview
        no_rules = known is not None and known.active is None
        no_consent = known is not None and not no_rules and not known.classified
        nobody = not no_rules and not no_consent and not self.model.ids and self.query.is_narrowed
        self.no_rules.setVisible(no_rules)
        self.no_consent.setVisible(no_consent)
        self.nobody.setVisible(nobody)
        self.view.setVisible(not (no_rules or no_consent or nobody))
        self._share()

    def _share(self) -> None:
        """The table has the whole width until one is picked; a narrow page shows one of both."""
        known, row = self._overview, self._person
        row = row if known is None or (known.active and known.classified) else None
        is_narrow = self.width() < theme.length(_NARROW)
        self.panel.setVisible(row is not None)
        self._card.setVisible(row is None or not is_narrow)
        here = _("Back to the list") if is_narrow else ""
        came = row is not None and row.id == self._came_for
        self.panel.offer_back(_("Back to the resident") if came else here)

    def _tier(self, row: ResidentRow) -> Badge:
        if self._overview is None:
            return Badge(words="")
        return tier_badge(self._overview.catalogue.tier(row.tier or STANDARD))

    def _tags(self, row: ResidentRow) -> str:
        return tag_names(self._overview.catalogue, row.tags) if self._overview else ""

    def _reason(self, row: ResidentRow) -> str:
        if row.tier is None:
            return _("Standard service by contract")
        if row.rule == HUMAN:
            return _("Decided by a person")
        return self._overview.reasons.get(row.rule, "") if self._overview else ""
