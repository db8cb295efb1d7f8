"""The service that was delivered, from one look at each order: how soon, in time or not, to whom.

Each order becomes three numbers, because a hundred thousand of them are counted here: what is
counted, who stands behind it, and the tier. Nothing of that leaves this module but the counts.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, cast, func, literal, select

from pmdesk.domain.orders.kinds import Urgency
from pmdesk.domain.orders.order import OrderState
from pmdesk.domain.ports.watch import ServedBy, ServedPart, ServedPeople
from pmdesk.store import schema
from pmdesk.store.columns import Integer, UtcTime
from pmdesk.store.legend import Legend
from pmdesk.store.orders.letting_go import IS_COMPLAINT
from pmdesk.store.schema_orders import work_order
from pmdesk.store.vectors import vector

NOBODY, PUBLIC = "none", "public"  # not classified; what all share
GONE = (OrderState.MERGED.value, OrderState.CANCELLED.value)
_result = schema.classification
_DAY = 86_400  # seconds
_LONGEST = 24 * 60  # hours; what took longer counts as so much
_BIT = 1e-4  # hours that a Julian day may be off
_HOURS, _URGENCIES, _TIERS = 1 << 11, 1 << 2, 1 << 10  # as they are packed
_NOBODY, _PUBLIC = -1, -2  # tiers as they are packed

_Names = Mapping[int, str]


def served(
    connection: Connection,
    documents: Mapping[int, Legend],
    *,
    since: date,
    until: date,
    now: datetime,
) -> Mapping[str, ServedBy]:
    """Orders that are done or overdue, by `tier` and by `building`, and the residents behind."""
    found = vector(connection, _orders(since, until, now))
    what, who, tier = found[0::3], found[1::3], found[2::3]
    own = [one % (2 * _HOURS * _URGENCIES) for one in what]
    building = [one // (2 * _HOURS * _URGENCIES) for one in what]
    named = {row.id: row.name for row in connection.execute(select(schema.building))}
    return {
        "tier": _by(tier, own, who, {one: _tier(one, documents) for one in set(tier)}),
        "building": _by(building, own, who, {one: named.get(one, "") for one in set(building)}),
    }


def _by(groups: Iterable[int], own: Iterable[int], who: "array[int]", names: _Names) -> ServedBy:
    """By the names of the groups; several may have the same."""
    groups = list(groups)
    parts = Counter[tuple[str, int]]()
    for (group, one), orders in Counter(zip(groups, own, strict=True)).items():
        parts[names[group], one] += orders
    behind = {
        (names[group], kept, one)
        for group, kept, one in {
            (group, value // _HOURS % 2, one)
            for group, value, one in zip(groups, own, who, strict=True)
            if one
        }
    }
    people = Counter(name for name, _one in {(name, one) for name, _kept, one in behind})
    judged = Counter((name, kept) for name, kept, _one in behind)
    return ServedBy(
        parts=tuple(_part(name, one, orders) for (name, one), orders in parts.items()),
        people={
            name: ServedPeople(
                group=name, people=people[name], late=judged[name, 0], in_time=judged[name, 1]
            )
            for name in sorted({name for name, _one in parts})
        },
    )


def _part(name: str, one: int, orders: int) -> ServedPart:
    return ServedPart(
        group=name,
        urgency=Urgency(one // (2 * _HOURS)),
        in_time=bool(one // _HOURS % 2),
        hours=one % _HOURS,
        orders=orders,
    )


def _tier(packed: int, documents: Mapping[int, Legend]) -> str:
    if packed < 0:
        return PUBLIC if packed == _PUBLIC else NOBODY
    return documents[packed // _TIERS].tiers[packed % _TIERS]


def _orders(since: date, until: date, now: datetime) -> Select[Any]:
    """What is counted of each order, who stands behind it, and the tier."""
    order = work_order.c
    building = func.coalesce(order.building, 0) * _URGENCIES
    what = ((building + order.urgency) * 2 + _in_time(now)) * _HOURS + _hours(now)
    # residents by themselves, homes where no person is named; of public areas nobody
    who = func.coalesce(order.person * 2, order.unit * 2 + 1, 0)
    tier = case(
        (order.unit.is_(None) & order.person.is_(None), _PUBLIC),
        (_result.c.person.is_(None), _NOBODY),
        else_=_result.c.ruleset * _TIERS + _result.c.tier,
    )
    return (
        select(what, who, tier)
        .select_from(work_order.outerjoin(_result, _result.c.person == order.person))
        .where(*_owed(since, until, now))
    )


def _owed(since: date, until: date, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Orders that are done, and those that should be: nothing is said of what still has time."""
    done = func.coalesce(work_order.c.finished_at, work_order.c.closed_at).is_not(None)
    return (
        work_order.c.day >= since,
        work_order.c.day < until,
        work_order.c.state.not_in(GONE),
        work_order.c.due_at.is_not(None),
        done | (_in_time(now) == 0),
    )


def _in_time(now: datetime) -> ColumnElement[int]:
    """1 where the promise was kept; pauses push the due time back, a running one holds it.

    A complaint's clock stands for nobody.
    """
    holds = case((IS_COMPLAINT, None), else_=work_order.c.paused_since)
    end = func.coalesce(
        work_order.c.finished_at,
        work_order.c.closed_at,
        holds,
        literal(now, UtcTime()),
    )
    over = (func.julianday(end) - func.julianday(work_order.c.due_at)) * _DAY
    return case((cast(func.round(over), Integer) <= work_order.c.paused, 1), else_=0)


def _hours(now: datetime) -> ColumnElement[int]:
    """Whole hours until somebody began."""
    begun = func.coalesce(
        work_order.c.started_at,
        work_order.c.finished_at,
        work_order.c.closed_at,
        literal(now, UtcTime()),
    )
    waited = (func.julianday(begun) - func.julianday(work_order.c.received_at)) * 24 + _BIT
    return func.max(0, func.min(_LONGEST, cast(waited, Integer)))
