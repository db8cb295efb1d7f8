"""The filter bar of the orders: what is shown is said, and one button shows everything again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pmdesk.analytics.buildings import building_entries
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.names import SERVICES, STATES
from pmdesk.domain.orders.order import OPEN, OrderState
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.i18n import _, said
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.forms.filter_box import FilterBox
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Chips
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.visibility import set_shown

_MINE, _LATE = "mine", "late"
_EVERYTHING = "everything"
_DAY = timedelta(days=1)


class FilterBar(QWidget):
    """Tells `changed` with the query; the states count for the list alone."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.query = OrderQuery(states=OPEN)
        self.search = SearchBox(_("Order number or room"))
        self.search.setMinimumWidth(theme.length(220))
        self.service = FilterBox(_("Kind of service"), _("All services"))
        self.building = FilterBox(_("Building"), _("All buildings"))
        self.state = FilterBox(_("State"), _("Open orders"))
        self.quick = Chips(((_MINE, _("Mine")), (_LATE, _("Overdue"))))
        self.period = button("", self._drop_period, look="chip", picture="x")
        self.resetter = button(_("Reset filters"), self.reset, look="link", picture="rotate-ccw")
        self._fill()
        row = FlowLayout(10)
        for part in (
            self.search,
            self.service,
            self.building,
            self.state,
            self.quick,
            self.period,
            self.resetter,
        ):
            row.addWidget(part)
        self.setLayout(row)
        self._connect()
        self.show_query(self.query)

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter hides something that is open."""
        plain = OrderQuery(states=self.query.states or OPEN, order=self.query.order)
        return replace(self.query, states=plain.states) != plain

    def show_query(self, query: OrderQuery) -> None:
        """The bar says that these are shown."""
        self.query = query
        self.search.show_search(query.text)
        self.service.show_value(next(iter(query.services)) if len(query.services) == 1 else "")
        self.building.show_value(query.building)
        self.state.show_value(_state_code(query.states))
        quick = ((_MINE, bool(query.assignee)), (_LATE, query.overdue_at is not None))
        self.quick.show_value([one for one, on in quick if on])
        self._show_state()

    def show_buildings(self, names: Sequence[str]) -> None:
        """The buildings that can be chosen."""
        entries = building_entries(names)
        self.building.fill(entries, self.query.building)

    def show_counts(self, mine: int, late: int) -> None:
        """The quick filters say how many they would show."""
        for made, words, count in zip(
            self.quick.buttons(), (_("Mine"), _("Overdue")), (mine, late), strict=True
        ):
            made.setText(f"{words} {count:,}")
            made.setAccessibleName(f"{words} {count:,}")

    def show_states(self, *, shown: bool) -> None:
        """Closed orders can be chosen only where the view has a place for them."""
        set_shown(self.state, shown)

    def reset(self) -> None:
        """Everything that is open is shown; the order stays."""
        self.show_query(OrderQuery(states=OPEN, order=self.query.order))
        self.changed.emit()

    def put(self, **filters: object) -> None:
        """The query with these parts changed is shown, and told."""
        self.show_query(replace(self.query, **filters))  # type: ignore[arg-type]  # by field name
        self.changed.emit()

    def _fill(self) -> None:
        services = [(said(words), service.value) for service, words in SERVICES.items()]
        self.service.fill(services, "")
        states = [(said(words), state.value) for state, words in STATES.items()]
        self.state.fill([(_("All, also closed"), _EVERYTHING), *states], "")

    def _connect(self) -> None:
        self.search.searched.connect(lambda text: self.put(text=text))
        self.service.activated.connect(lambda _at: self.put(services=self._services()))
        self.building.activated.connect(lambda _at: self.put(building=self.building.currentData()))
        self.state.activated.connect(
            lambda _at: self.put(states=_states(str(self.state.currentData())))
        )
        self.quick.chosen.connect(self._take_quick)

    def _services(self) -> frozenset[Service]:
        code = str(self.service.currentData())
        return frozenset({Service(code)} if code else ())

    def _take_quick(self, chosen: Sequence[object]) -> None:
        late = self._session.clock.now() if _LATE in chosen else None
        mine = self._session.staff.uid if _MINE in chosen else ""
        self.put(assignee=mine, overdue_at=late)

    def _drop_period(self) -> None:
        self.put(since=None, until=None)

    def _show_state(self) -> None:
        for box in (self.service, self.building, self.state):
            box.show_state()
        query = self.query
        first = query.since.isoformat() if query.since else "…"
        last = (query.until - _DAY).isoformat() if query.until else "…"
        words = _("Received {first} to {last}").format(first=first, last=last)
        self.period.setText(words)
        self.period.setAccessibleName(words)
        set_shown(self.period, query.since is not None or query.until is not None)
        set_shown(self.resetter, self.is_narrowed or query.states != OPEN)


def _state_code(states: frozenset[OrderState]) -> str:
    if states == OPEN:
        return ""
    return next(iter(states)).value if len(states) == 1 else _EVERYTHING


def _states(code: str) -> frozenset[OrderState]:
    if not code:
        return OPEN
    return frozenset() if code == _EVERYTHING else frozenset({OrderState(code)})
