"""The list of residents: search, filters, and the way to each person's page."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.analytics.buildings import building_entries
from pmdesk.domain import office
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import ResidentQuery, ResidentRow
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.office import Changes
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.domain.staff import Permission
from pmdesk.domain.tiers import STANDARD
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext, said
from pmdesk.services import residents
from pmdesk.services.orders import book
from pmdesk.services.session import Session
from pmdesk.services.wording import ROLES, STATES, where
from pmdesk.ui import theme
from pmdesk.ui.badges import consent_badge, tier_badge
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.exports.copies import watch_copies
from pmdesk.ui.forms.filter_box import FilterBox
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.resident.empty import NobodyFound, NobodyYet
from pmdesk.ui.tables.model import Column, PagedModel
from pmdesk.ui.tables.view import TableView
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.pill import Badge
from pmdesk.ui.widgets.visibility import set_shown

_ORDERS = {"room", "name", "updated", "tier"}
_EVERYBODY = "all"


class ResidentsPage(QWidget):
    """All residents, 100,000 as fast as 100; personal values are masked."""

    opened = Signal(object)  # PersonId
    orders_requested = Signal(object)  # OrderQuery
    register_requested = Signal(str)  # a name that was searched and not found
    import_requested = Signal()

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._answered = ""  # the search whose answer is shown
        self._session = session
        self._tasks = tasks
        self._catalogue: Catalogue | None = None
        self._total = 0
        self.query = ResidentQuery()
        self._build_filters()
        self._build_table()
        self._arrange()
        self._connect()
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The list shows what the register holds now; changes of other things do not touch it."""
        kinds = {office.RESIDENTS, office.CONSENTS, office.CLASSIFICATION}
        if changes is None or changes.kinds & kinds:
            self._tasks.query(
                partial(_surroundings, self._session), owner=self, done=self._show_surroundings
            )
            self._ask()

    def has_found(self, text: str) -> int | None:
        """How many the search for this has found; None until it is answered."""
        return len(self.model.ids) if self._answered == text else None

    def focus_search(self) -> None:
        """The cursor stands in the search box."""
        self.search.setFocus()
        self.search.selectAll()

    def show_query(self, query: ResidentQuery) -> None:
        """The list shows these residents, and the filters say so."""
        self.query = query
        self.search.show_search(query.text)
        self.consents.show_value(query.consent or _EVERYBODY)
        for box, wanted in ((self.building, query.building), (self.tier, query.tier)):
            box.show_value(wanted)
        self._ask()

    def reset(self) -> None:
        """No filter is active; the order stays."""
        self.show_query(ResidentQuery(order=self.query.order, descending=self.query.descending))

    # ---- building --------------------------------------------------------------------------

    def _build_filters(self) -> None:
        self.search = SearchBox(_("Name, pinyin, room or last 4 digits of the phone"))
        self.search.setMinimumWidth(theme.length(330))
        states = (ConsentState.NEVER_ASKED, ConsentState.EXPIRING)
        self.consents = Segmented(
            ((_EVERYBODY, _("Everybody")), *((state, _(STATES[state])) for state in states))
        )
        self.consents.show_value(_EVERYBODY)
        self.building = FilterBox(_("Building"), _("All buildings"))
        self.tier = FilterBox(_("Tier"), _("All tiers"))
        self.resetter = button(_("Reset filters"), self.reset, look="link", picture="rotate-ccw")
        self.register = button(
            _("Register"), self._register, look="primary", picture="user-plus", tip="Ctrl+N"
        )
        set_shown(self.register, self._session.staff.may(Permission.EDIT_RESIDENTS))

    def _build_table(self) -> None:
        self.model = PagedModel[ResidentRow](self._columns(), self._fetch, lambda row: int(row.id))
        self.view = TableView(self.model, sortable=True)
        self.view.head.allow(_ORDERS)
        self.nobody_yet = NobodyYet()
        self.nobody_found = NobodyFound()

    def _columns(self) -> tuple[Column[ResidentRow], ...]:
        return (
            Column(key="room", title=_("Room"), cell=where, width=13),
            Column(key="name", title=_("Name"), cell=lambda row: row.name, width=12),
            Column(key="mobile", title=_("Mobile"), cell=lambda row: row.mobile, width=15),
            Column(key="role", title=_("Role"), cell=_role, width=14),
            Column(
                key="consent",
                title=_("Consent"),
                cell=lambda row: _(STATES[row.consent]),
                badge=lambda row: consent_badge(row.consent),
                width=18,
            ),
            Column(
                key="tier",
                title=_("Tier"),
                cell=lambda row: self._tier(row).words,
                badge=self._tier,
                width=14,
            ),
            Column(
                key="updated",
                title=_("Updated"),
                cell=lambda row: f"{row.updated_at.astimezone():%Y-%m-%d %H:%M}",
            ),
        )

    def _arrange(self) -> None:
        self.header = PageHeader(_("Residents"), " ", (self.search, self.register))
        filters = QHBoxLayout()
        filters.setSpacing(12)
        filters.addWidget(self.consents, 1)
        filters.addWidget(self.resetter)
        filters.addWidget(self.building)
        filters.addWidget(self.tier)
        self.card = Card(margin=8)
        for widget in (self.view, self.nobody_yet, self.nobody_found):
            self.card.add(widget, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(14)
        column.addWidget(self.header)
        column.addLayout(filters)
        column.addWidget(self.card, 1)
        self.setFocusProxy(self.search)
        self._show_filters()
        self.nobody_yet.hide()  # nobody is said to be nobody before there is an answer
        self.nobody_found.hide()

    def _connect(self) -> None:
        self.search.searched.connect(lambda text: self._narrow(text=text))
        self.search.returnPressed.connect(self.view.go_in)
        self.consents.chosen.connect(
            lambda state: self._narrow(consent=None if state == _EVERYBODY else state)
        )
        self.building.activated.connect(
            lambda _at: self._narrow(building=self.building.currentData())
        )
        self.tier.activated.connect(lambda _at: self._narrow(tier=self.tier.currentData()))
        self.model.sort_requested.connect(self._sort)
        watch_copies(self.view, self._session, self._tasks, self)
        self.view.opened.connect(lambda row: self.opened.emit(row.id))
        self.nobody_yet.register_requested.connect(self._register)
        self.nobody_yet.import_requested.connect(lambda: self.import_requested.emit())
        self.nobody_found.register_requested.connect(self._register)
        self.nobody_found.orders_requested.connect(
            lambda: self.orders_requested.emit(OrderQuery(text=self.query.text.strip()))
        )
        self.nobody_found.reset_requested.connect(self.reset)
        build_actions(
            self,
            {
                Command.NEW: self._register,
                Command.FILTER: self.focus_search,
                Command.REFRESH: self.reload,
            },
        )

    # ---- acting ----------------------------------------------------------------------------

    def _narrow(self, **filters: object) -> None:
        self.query = replace(self.query, **filters)  # type: ignore[arg-type]  # by field name
        self._ask()

    def _sort(self, key: str, descending: bool) -> None:
        if key in _ORDERS:
            self._narrow(order=key, descending=descending)

    def _ask(self) -> None:
        self._show_filters()
        self._tasks.query(
            partial(residents.found, self._session, self.query),
            owner=self,
            done=self._show_found,
            newest="found",
        )

    def _register(self) -> None:
        if self._session.staff.may(Permission.EDIT_RESIDENTS):
            text = self.query.text
            name = text if text and not self.model.ids and not text.isascii() else ""
            self.register_requested.emit(name)

    def _fetch(self, ids: Sequence[int]) -> Sequence[ResidentRow]:
        try:
            return residents.rows(self._session, ids)
        except PmdeskError:  # raised while painting; `_ask` explains the same fault
            return ()

    # ---- showing ---------------------------------------------------------------------------

    def _show_surroundings(self, known: "tuple[Catalogue, tuple[str, ...], int]") -> None:
        self._catalogue, buildings, self._total = known
        tiers = [(said(tier.name), tier.code) for tier in self._catalogue.tiers]
        named = building_entries(buildings)
        self.building.fill(named, self.query.building)
        self.tier.fill(tiers, self.query.tier)
        self._show_count()
        self._show_empty()

    def _show_filters(self) -> None:
        self.resetter.setVisible(self.query.is_narrowed)
        for box in (self.building, self.tier):
            box.show_state()

    def _show_found(self, ids: "array[int]") -> None:
        before = self.view.table.row_at(self.view.currentIndex())
        self.model.set_ids(ids)
        self._answered = self.query.text
        if before is not None and before.id in ids:
            self.view.selectRow(ids.index(before.id))
        self._show_filters()
        self._show_count()
        self._show_empty()
        text = self.query.text.strip()
        if text and not ids:
            self._tasks.query(
                partial(book.found, self._session, OrderQuery(text=text)),
                owner=self,
                done=lambda orders: self._show_orders(text, len(orders)),
                newest="orders",
            )

    def _show_orders(self, text: str, count: int) -> None:
        if text == self.query.text.strip():
            self.nobody_found.show_orders(count)

    def _show_count(self) -> None:
        total = ngettext("{count} resident", "{count} residents", self._total)
        words = total.format(count=f"{self._total:,}")
        if self.query.is_narrowed:
            words = _("{found} found of {total}").format(
                found=f"{len(self.model.ids):,}", total=words
            )
        self.header.show_subtitle(words)

    def _show_empty(self) -> None:
        empty = not self.model.ids
        self.nobody_found.show_search(self.query.text)
        self.view.setVisible(not empty)
        self.nobody_found.setVisible(empty and self.query.is_narrowed)
        self.nobody_yet.setVisible(empty and not self.query.is_narrowed)

    def _tier(self, row: ResidentRow) -> Badge:
        if self._catalogue is None:
            return Badge(words="")
        return tier_badge(self._catalogue.tier(row.tier or STANDARD))


def _surroundings(session: Session) -> tuple[Catalogue, tuple[str, ...], int]:
    everybody = residents.found(session, ResidentQuery())
    return residents.catalogue(session), residents.buildings(session), len(everybody)


def _role(row: ResidentRow) -> str:
    return next((_(words) for role, words in ROLES.items() if role == row.role), "")
