"""The filter bar of the orders: what is shown is said, and one button shows everything again."""

from collections.abc import Collection, Sequence
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
from pmdesk.services.orders.book import TOLD, Waiting, tonight
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.forms.filter_box import FilterBox
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Chips
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.visibility import set_shown

_MINE, _LATE, _TODAY = "mine", "late", "today"
_EVERYTHING = "everything"
_DAY = timedelta(days=1)


class FilterBar(QWidget):
    """Tells `changed` with the query; the states count for the list alone."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.query = OrderQuery(states=OPEN)
        self.search = SearchBox(_("Number, room, name or words"))
        self.search.setToolTip(
            _("Words are sought in open orders and in those of the last {days} days.").format(
                days=TOLD.days
            )
        )
        self.search.setMinimumWidth(theme.length(238))
        self.service = FilterBox(_("Kind of service"), _("All services"))
        self.building = FilterBox(_("Building"), _("All buildings"))
        self.state = FilterBox(_("State"), _("Open orders"))
        self.quick = Chips(
            ((_MINE, _("Mine")), (_LATE, _("Overdue")), (_TODAY, _("Overdue or due today")))
        )
        self.several = button("", self._drop_several, look="chip", picture="x")
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
            self.several,
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
        plain = OrderQuery(states=OPEN)
        return replace(self.query, states=OPEN, order=plain.order, descending=False) != plain

    def show_query(self, query: OrderQuery) -> None:
        """The bar says that these are shown; with closed ones among them newest first."""
        if query.order != "number" and (not is_open(query) or query.order == "newest"):
            query = replace(query, order="number", descending=True)
        self.query = query
        self.search.show_search(query.text)
        self.service.show_value(_only(query.services))
        self.building.show_value(_only(query.buildings))
        self.state.show_value(_state_code(query.states))
        at, now = query.overdue_at, self._session.clock.now()
        late, today = at is not None and at <= now, at is not None and at > now
        quick = ((_MINE, bool(query.assignee)), (_LATE, late), (_TODAY, today))
        self.quick.show_value([one for one, on in quick if on])
        self._show_state()

    def show_buildings(self, names: Sequence[str]) -> None:
        """The buildings that can be chosen."""
        entries = building_entries(names)
        self.building.fill(entries, _only(self.query.buildings))

    def show_counts(self, found: Waiting) -> None:
        """The quick filters say how many they would show."""
        counts = (found.mine, found.overdue, found.overdue + found.today)
        words = (_("Mine"), _("Overdue"), _("Overdue or due today"))
        for made, name, count in zip(self.quick.buttons(), words, counts, strict=True):
            made.setText(f"{name} {count:,}")
            made.setAccessibleName(f"{name} {count:,}")

    def show_states(self, *, shown: bool) -> None:
        """Closed orders can be chosen only where the view has a place for them."""
        set_shown(self.state, shown)

    def sort(self, order: str, descending: bool) -> None:  # a Qt signal's argument
        """The list stands in this order."""
        self.put(order=order, descending=descending)

    def reset(self) -> None:
        """Everything that is open is shown, as it is worked off."""
        self.show_query(OrderQuery(states=OPEN))
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
        self.building.activated.connect(lambda _at: self.put(buildings=self._buildings()))
        self.state.activated.connect(
            lambda _at: self.put(
                states=_states(str(self.state.currentData())), order="queue", descending=False
            )
        )
        self.quick.chosen.connect(self._take_quick)

    def _services(self) -> frozenset[Service]:
        code = str(self.service.currentData())
        return frozenset({Service(code)} if code else ())

    def _buildings(self) -> frozenset[str]:
        name = str(self.building.currentData())
        return frozenset({name} - {""})

    def _take_quick(self, chosen: Sequence[object]) -> None:
        """What is due today holds what is overdue: of the two the last that was pressed counts."""
        before, late, today = self.query.overdue_at, _LATE in chosen, _TODAY in chosen
        now = self._session.clock.now()
        if late and today:
            today = before is not None and before <= now
        at = tonight(self._session) if today else now if late else None
        self.put(assignee=self._session.staff.uid if _MINE in chosen else "", overdue_at=at)

    def _drop_several(self) -> None:
        """A box holds one; where several are looked at, all are let go together."""
        query = self.query
        self.put(
            buildings=query.buildings if len(query.buildings) == 1 else frozenset(),
            services=query.services if len(query.services) == 1 else frozenset(),
        )

    def _drop_period(self) -> None:
        self.put(since=None, until=None)

    def _show_state(self) -> None:
        for box in (self.service, self.building, self.state):
            box.show_state()
        query = self.query
        words = _several_words(query)
        self.several.setText(words)
        self.several.setAccessibleName(words)
        set_shown(self.several, bool(words))
        first = query.since.isoformat() if query.since else "…"
        last = (query.until - _DAY).isoformat() if query.until else "…"
        words = _("Received {first} to {last}").format(first=first, last=last)
        self.period.setText(words)
        self.period.setAccessibleName(words)
        set_shown(self.period, query.since is not None or query.until is not None)
        set_shown(self.resetter, self.is_narrowed or query.states != OPEN)


def is_open(query: OrderQuery) -> bool:
    """Whether only open orders are shown: few, and sorted by whatever somebody likes."""
    return bool(query.states) and query.states <= OPEN


def _only(chosen: Collection[str]) -> str:
    """What a box shows: the one that is chosen."""
    return next(iter(chosen)) if len(chosen) == 1 else ""


def _several_words(query: OrderQuery) -> str:
    """Buildings and services of which more than one is looked at."""
    parts: list[str] = []
    if len(query.buildings) > 1:
        parts += [words for words, _name in building_entries(sorted(query.buildings))]
    if len(query.services) > 1:
        parts += [said(words) for one, words in SERVICES.items() if one in query.services]
    return _(", ").join(parts)


def _state_code(states: frozenset[OrderState]) -> str:
    if states == OPEN:
        return ""
    return next(iter(states)).value if len(states) == 1 else _EVERYTHING


def _states(code: str) -> frozenset[OrderState]:
    if not code:
        return OPEN
    return frozenset() if code == _EVERYTHING else frozenset({OrderState(code)})
