"""The book of orders: lists, one order whole, and the clock in words; names are masked."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from pmdesk.analytics.buildings import building_words, spot_words
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import OPEN, Move, Order, OrderId, OrderState, OrderStep
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.domain.staff import Permission
from pmdesk.i18n import Words, _, ngettext
from pmdesk.services.masking import listed
from pmdesk.services.order_kinds import kind_name
from pmdesk.services.orders import answering
from pmdesk.services.orders.reading import may_read
from pmdesk.services.session import Session

TOLD = timedelta(days=90)  # words and places of what was closed before are not sought
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One order as lists and boards show it; of a complaint neither its words nor whose it is."""

    id: OrderId
    number: str
    service: Service
    kind: Words
    urgency: Urgency
    state: OrderState
    where: str
    building: str  # empty for the estate as a whole
    who: str  # masked; empty for what all share, after an erasure, and with complaints
    words: str
    assignee: str  # a name
    received_at: datetime
    due_at: datetime | None
    planned: datetime | None  # the appointment, else when it is due, pauses counted
    clock: str  # how much time is left, in words; empty once nothing is owed
    is_overdue: bool
    urged: int
    reopened: int
    is_mine: bool

    @property
    def is_open(self) -> bool:
        """Whether the office still owes something."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One order whole; of a complaint the words are opened apart, which is logged."""

    line: Line
    order: Order  # of a complaint without its words and whose it is
    where: str  # whole, for who goes there
    steps: tuple[OrderStep, ...]  # oldest first, of a complaint without words
    names: Mapping[str, str]  # of staff, by uid
    moves: tuple[Move, ...]  # that this user may do now
    may_read: bool  # whether `reading.complaint` opens the words for this user
    has_callback: bool
    is_withdrawn: bool  # it came with an import that was withdrawn
    parent: str  # number of the order that goes on with it
    answer: str = ""  # by when somebody takes care, or after how long somebody did


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What the desk owes at this moment."""

    states: Mapping[OrderState, int]
    overdue: int
    mine: int
    today: int = 0  # that will be late when the day ends and are not yet

    @property
    def open(self) -> int:
        """How many orders are open."""
        return sum(self.states.values())


def found(session: Session, query: OrderQuery) -> "array[int]":
    """The ids that fit, in the order of the query."""
    with session.reading(Permission.SEE_ORDERS) as work:
        return work.orders.ids(searched(session, query))


def searched(session: Session, query: OrderQuery) -> OrderQuery:
    """The query with the day from which on words of closed orders are looked through."""
    return replace(query, told_since=session.clock.today() - TOLD) if query.text else query


def lines(session: Session, ids: Iterable[int]) -> tuple[Line, ...]:
    """Those orders in their order; who is gone has none."""
    with session.reading(Permission.SEE_ORDERS) as work:
        return lines_of(session, work, work.orders.rows(ids))


def of_person(session: Session, person: PersonId) -> tuple[Line, ...]:
    """What one resident asked for, newest first; complaints only for who may read them."""
    with session.reading(Permission.SEE_ORDERS) as work:
        ids = work.orders.ids(OrderQuery(person=person, order="newest"))
        orders = (one for one in work.orders.rows(ids) if may_read(session, one))
        return lines_of(session, work, tuple(orders))


def open_of(session: Session, person: PersonId) -> int:
    """How many open orders would lose their room and their words, were this person gone."""
    with session.reading(Permission.SEE_ORDERS) as work:
        return len(work.orders.ids(OrderQuery(person=person, states=OPEN)))


def detail(session: Session, order: OrderId) -> Detail:
    """One order with its history and what can be done with it now."""
    with session.reading(Permission.SEE_ORDERS) as work:
        one = work.orders.get(order)
        steps, hides = work.orders.steps(order), one.is_complaint
        gone = work.orders.is_withdrawn(order)
        return Detail(
            line=lines_of(session, work, (one,))[0],
            order=replace(one, words="", person=None) if hides else one,
            where=spot_words(one.spot),
            steps=tuple(replace(step, words="") for step in steps) if hides else steps,
            names=_names(work),
            moves=() if gone else _moves(session, one),
            may_read=may_read(session, one),
            has_callback=bool(work.orders.callback(order)),
            is_withdrawn=gone,
            parent=work.orders.get(one.parent).number if one.parent else "",
            answer=_answered(session, work, one, steps),
        )


def waiting(session: Session) -> Waiting:
    """How many orders are open, late, and given to this user."""
    with session.reading(Permission.SEE_ORDERS) as work:
        states = work.orders.waiting()
        late = OrderQuery(overdue_at=session.clock.now())
        soon = OrderQuery(overdue_at=tonight(session))
        mine = OrderQuery(states=frozenset(states), assignee=session.staff.uid)
        overdue = len(work.orders.ids(late))
        return Waiting(
            states=states,
            overdue=overdue,
            today=len(work.orders.ids(soon)) - overdue,
            mine=len(work.orders.ids(mine)),
        )


def tonight(session: Session) -> datetime:
    """When the day of the office ends."""
    midnight = session.clock.local().replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + timedelta(days=1)).astimezone(UTC)


def lines_of(session: Session, work: UnitOfWork, orders: tuple[Order, ...]) -> tuple[Line, ...]:
    """These orders as lists show them, within a transaction of the caller."""
    ids = sorted({one.person for one in orders if one.person is not None})
    rows = work.people.rows(ids, today=session.clock.today())
    people = {row.id: (listed(row).name, row.shielded) for row in rows}
    names = _names(work)
    return tuple(_line(session, one, names, people) for one in orders)


def clock_words(order: Order, now: datetime) -> str:
    """How much time is left or over, or that the clock stands; empty once nothing is owed."""
    if not order.is_open or order.state is OrderState.CALLBACK:
        return ""
    left = order.left(now)
    if left is None:
        return _("No due time")
    if order.paused_since is not None and not order.is_complaint:
        return _("The clock stands: waiting for the resident")
    words = _("Overdue by {time}") if left < timedelta(0) else _("{time} left")
    return words.format(time=span_words(abs(left)))


def span_words(span: timedelta) -> str:
    """About how long, in the largest unit that fits."""
    if span >= 2 * _DAY:
        count = span // _DAY
        return ngettext("{count} day", "{count} days", count).format(count=f"{count:,}")
    if span >= _HOUR:
        count = span // _HOUR
        return ngettext("{count} hour", "{count} hours", count).format(count=count)
    count = max(1, span // _MINUTE)
    return ngettext("{count} minute", "{count} minutes", count).format(count=count)


def _answered(
    session: Session, work: UnitOfWork, order: Order, steps: tuple[OrderStep, ...]
) -> str:
    found = answering.answer(session, work, order, steps)
    return answering.answer_words(session, found) if found else ""


def _moves(session: Session, order: Order) -> tuple[Move, ...]:
    if not session.staff.may(Permission.HANDLE_ORDERS):
        return ()
    return tuple(one for one in Move if order.may(one))


def _line(
    session: Session,
    one: Order,
    names: Mapping[str, str],
    people: Mapping[PersonId, tuple[str, bool]],
) -> Line:
    now = session.clock.now()
    name, is_shielded = people.get(one.person, ("", False)) if one.person else ("", False)
    clock = clock_words(one, now)
    return Line(
        id=one.id,
        number=one.number,
        service=one.service,
        kind=kind_name(one.kind),
        urgency=one.urgency,
        state=one.state,
        where=building_words(one.spot.building) if is_shielded else spot_words(one.spot),
        building=one.spot.building,
        who="" if one.is_complaint else name,
        words="" if one.is_complaint else one.words,
        assignee=names.get(one.assignee, one.assignee),
        received_at=one.received_at,
        due_at=one.due_at,
        planned=_planned(one, now),
        clock=clock,
        is_overdue=bool(clock) and one.is_overdue(now),
        urged=one.urged,
        reopened=one.reopened,
        is_mine=one.assignee == session.staff.uid,
    )


def _planned(one: Order, now: datetime) -> datetime | None:
    if not one.is_open or one.state is OrderState.CALLBACK:
        return None
    left = one.left(now)
    return one.appointment or (None if left is None else now + left)


def _names(work: UnitOfWork) -> Mapping[str, str]:
    return {one.uid: one.name for one in work.staff.all()}
