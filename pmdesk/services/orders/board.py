"""The board and the week: open orders by state and by day, in the order of the queue."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pmdesk.domain.orders.order import OPEN, OrderState
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.domain.staff import Permission
from pmdesk.services.orders.book import Line, lines_of, searched
from pmdesk.services.session import Session

MOST = 200  # cards of one lane; the list has them all
LATELY = timedelta(days=7)  # so long a closed order stays on the board
_CAME = timedelta(days=90)  # who looks for one that took longer finds it in the list
WEEK = 7
_S = OrderState
# what waits for the resident is in somebody's hands, with its clock standing
LANES: tuple[frozenset[OrderState], ...] = (
    frozenset({_S.NEW}),
    frozenset({_S.ASSIGNED}),
    frozenset({_S.WORKING, _S.WAITING}),
    frozenset({_S.CALLBACK}),
    frozenset({_S.CLOSED}),
)
_OWED = OPEN - {_S.CALLBACK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One column of the board: its first cards, and how many orders there are."""

    states: frozenset[OrderState]
    lines: tuple[Line, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What is to be done on each of seven days; `before` and `after` are the others."""

    monday: date
    days: tuple[tuple[Line, ...], ...]
    before: int
    after: int


def board(session: Session, query: OrderQuery) -> tuple[Lane, ...]:
    """The lanes for what the query lets through; its own states do not count."""
    with session.reading(Permission.SEE_ORDERS) as work:
        made = []
        for states in LANES:
            wanted = replace(
                searched(session, query), states=states, order="queue", descending=False
            )
            if not states <= OPEN:
                wanted = _lately(session, wanted)
            found = work.orders.ids(wanted)
            lines = lines_of(session, work, work.orders.rows(found[:MOST]))
            made.append(Lane(states=states, lines=lines, count=len(found)))
        return tuple(made)


def week(session: Session, query: OrderQuery, monday: date) -> Week:
    """Open orders on the day of their appointment, else on the day they are due."""
    with session.reading(Permission.SEE_ORDERS) as work:
        found = work.orders.ids(replace(query, states=_OWED, order="queue", descending=False))
        lines = lines_of(session, work, work.orders.rows(found))
    by_day = _by_day(session, lines)
    last = monday + timedelta(days=WEEK)
    days = (by_day.get(monday + timedelta(days=at), ()) for at in range(WEEK))
    return Week(
        monday=monday,
        days=tuple(map(tuple, days)),
        before=sum(len(of) for day, of in by_day.items() if day < monday),
        after=sum(len(of) for day, of in by_day.items() if day >= last),
    )


def _lately(session: Session, query: OrderQuery) -> OrderQuery:
    """Only what was closed in the last days, of what came in the last months."""
    came = session.clock.today() - _CAME
    return replace(
        query,
        since=max(came, query.since or came),
        closed_since=session.clock.now() - LATELY,
        order="newest",
    )


def _by_day(session: Session, lines: tuple[Line, ...]) -> Mapping[date, list[Line]]:
    zone = session.clock.local().tzinfo
    days: dict[date, list[Line]] = defaultdict(list)
    for one in lines:
        if one.planned is not None:
            days[one.planned.astimezone(zone).date()].append(one)
    return days
