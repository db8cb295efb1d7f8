"""What the use-cases ask of the book of work orders."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.orders.floor import Floor, Plans, ServicePlan
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import Order, OrderId, OrderState, OrderStep, Spot
from pmdesk.domain.orders.past import ImportId, OrderImport
from pmdesk.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderQuery:
    """Which orders a list shows, and in which order."""

    states: frozenset[OrderState] = frozenset()  # none: all
    services: frozenset[Service] = frozenset()
    buildings: frozenset[str] = frozenset()  # none: all; an empty name: the estate as a whole
    assignee: str = ""
    person: PersonId | None = None
    text: str = ""  # number, room, shared place, who asked, or words
    since: date | None = None
    until: date | None = None
    overdue_at: datetime | None = None  # only what is overdue at that moment
    closed_since: datetime | None = None
    told_since: date | None = None  # words and places of closed orders are sought from here on
    order: str = "queue"  # queue, due, newest, number, state, where, who
    descending: bool = False  # newest is so by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many orders came, by what was asked for."""

    day: date
    hour: int | None
    service: Service
    building: str
    orders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """One order of a list, with its place in words: the unit is entered as needed."""

    order: Order
    day: date
    hour: int | None
    entrance: str = ""
    room: str = ""  # without building and entrance


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCounted:
    """How many orders were about a place, by weekday and hour."""

    building: str
    area: str  # a part that all share; empty: the homes of the building
    weekday: int  # 0 is Monday
    hour: int | None
    orders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPromise:
    """That people of a tier are visited of one's own accord, every so many days, since a day."""

    tier: str
    service: Service
    days: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitQuery:
    """Which visits a list shows: those due up to that day, of these people alone."""

    until: date | None = None
    among: Sequence[int] | None = None
    most: int = 200  # rows; more are only counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit that somebody is owed: when the last one was, and by when the next one is."""

    person: PersonId
    service: Service
    tier: str
    last: date | None
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """The first of them, and how many there are: late, by the end of the week, in all."""

    rows: tuple[Visit, ...]
    late: int
    week: int  # without those that are late
    all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Orders of one service and tier for which it took as long until somebody took care."""

    service: Service
    tier: str  # whoever has no result has the standard
    hours: int  # whole hours, begun ones counted whole
    waits: bool  # nobody has yet
    orders: int


class Orders(Protocol):
    """Orders and their history, which only grows."""

    def next_number(self, day: date) -> str:
        """The first number of that day that no order has yet."""
        ...

    def add(self, order: Order, *, callback: str = "", day: date, hour: int | None) -> OrderId:
        """The order is entered; its `id` is ignored. The spot's building is entered as needed."""
        ...

    def add_many(self, lines: Iterable[OrderLine]) -> int:
        """All of them are entered at bulk speed, with one step each; how many."""
        ...

    def record_import(self, count: int, *, at: datetime, by: str) -> ImportId:
        """The last `count` orders of the book are one import."""
        ...

    def imports(self) -> tuple[OrderImport, ...]:
        """Newest first."""
        ...

    def withdraw_import(self, key: ImportId, *, at: datetime, by: str) -> int:
        """Its orders are cancelled, tell nothing of anybody and count nowhere; how many.

        ConflictError when it was withdrawn before.
        """
        ...

    def is_withdrawn(self, order: OrderId) -> bool:
        """Whether it came with an import that was withdrawn."""
        ...

    def get(self, order: OrderId) -> Order:
        """NotFoundError when there is none of that id."""
        ...

    def callback(self, order: OrderId) -> str:
        """The number to call back that is in no register."""
        ...

    def save(self, order: Order, *, was: OrderState) -> None:
        """The order stands as given; ConflictError when somebody moved it meanwhile."""
        ...

    def step(self, order: OrderId, step: OrderStep) -> None: ...
    def steps(self, order: OrderId) -> tuple[OrderStep, ...]:
        """Oldest first."""
        ...

    def ids(self, query: OrderQuery) -> "array[int]":
        """The ids that fit, in order, as one int64 vector."""
        ...

    def rows(self, ids: Iterable[int]) -> tuple[Order, ...]:
        """Those orders in their order; who is gone has none."""
        ...

    def alike(self, spot: Spot, service: Service, kind: str, since: date) -> tuple[Order, ...]:
        """Of the same kind in the same building since that day, not merged away, newest first."""
        ...

    def waiting(self) -> Mapping[OrderState, int]:
        """How many open orders are in each state."""
        ...

    def assignees(self, today: date) -> tuple[str, ...]:
        """Who has had orders lately, the busiest first."""
        ...

    def sources(self) -> frozenset[str]:
        """Numbers of orders that were imported, but for those of withdrawn imports."""
        ...

    def settle(self, *, complaints: date, others: date) -> int:
        """Closed before that day they tell no words, no room and no person any more; how many.

        Of `others` those that are nobody's: the rest goes with the person.
        """
        ...

    def first_complaint(self) -> date | None:
        """The day on which the oldest complaint that still tells something was closed."""
        ...


class OrderCounts(Protocol):
    """Numbers of orders; never who."""

    def days(self, *, before: date = date.max) -> tuple[date, date] | None:
        """The first and the last day with an order before that day; None while there is none."""
        ...

    def by_day(self, *, since: date, until: date, hours: bool = False) -> tuple[Counted, ...]:
        """Orders by day (and hour), service and building, from `since` to before `until`."""
        ...

    def by_place(
        self, services: Iterable[Service], *, since: date, until: date
    ) -> tuple[PlaceCounted, ...]:
        """Orders by building or part that all share, weekday and hour; `until` is not counted."""
        ...


class ServicePlans(Protocol):
    """Versions of the contract's floor and of what tiers add to it, and whether that is kept."""

    def current(self, today: date) -> ServicePlan | None:
        """The newest that holds on that day; None while the shipped one holds."""
        ...

    def all(self) -> tuple[ServicePlan, ...]:
        """Newest first."""
        ...

    def publish(self, floor: Floor, plans: Plans, *, since: date, reason: str = "") -> int:
        """The version that holds from that day on."""
        ...

    def visits(self, promised: Iterable[VisitPromise], asked: VisitQuery, *, today: date) -> Visits:
        """The visits that are due, the longest due first.

        Only of whoever lives here under a consent to classification that holds and is not frozen.
        """
        ...

    def answers(self, *, since: date, until: date, now: datetime) -> tuple[Answered, ...]:
        """How soon somebody took care of the orders of those days that were entered here."""
        ...
