"""Whether plans are kept: visits that are due, and how soon somebody took care of orders."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from pmdesk.domain.orders.first_answer import ANSWERS
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import Deed, OrderChannel
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports.orders import Answered, Visit, VisitPromise, VisitQuery, Visits
from pmdesk.domain.purposes import CLASSIFICATION, CONTRACT
from pmdesk.domain.tiers import STANDARD
from pmdesk.store import schema, schema_acts
from pmdesk.store.columns import Integer, IsoDate, Text, UtcTime
from pmdesk.store.legend import Legend, legend
from pmdesk.store.schema_history import tier_history
from pmdesk.store.schema_orders import order_step, work_order
from pmdesk.store.watch.served import GONE

_result, _ruleset = schema.classification, schema.ruleset
_consent, _occupancy = schema.consent, schema.occupancy
_restriction = schema_acts.restriction
_earlier = tier_history.alias("earlier")
_FREEZE = (CLASSIFICATION, CONTRACT)
_WEEK = 6  # from Monday to Sunday
_LONGEST = 60 * 24 + 1  # hours; more than any promise
_HOUR, _DAY = 3_600, 86_400  # seconds
_YEAR = 366  # days
_FEW = 3_000  # people who are looked up one by one

_Line = tuple[int, int, str, int, str]  # rule set, rank of the tier, service, days, since


def visits(
    connection: Connection, promised: Iterable[VisitPromise], asked: VisitQuery, *, today: date
) -> Visits:
    """The visits that are due, the longest due first."""
    legends = _legends(connection)
    owed = _owed(list(_lines(promised, legends)), asked, today)
    sunday = today + timedelta(days=_WEEK - today.weekday())
    shown = owed.c.due <= asked.until if asked.until else owed.c.due.is_not(None)
    groups = {"late": owed.c.due < today, "week": owed.c.due.between(today, sunday), "all": shown}
    counts = (
        select(func.count()).select_from(owed).where(fits).scalar_subquery().label(f"{name}_count")
        for name, fits in groups.items()
    )
    first = select(owed, *counts).where(shown).order_by(owed.c.due, owed.c.person)
    rows = connection.execute(first.limit(asked.most)).all()
    late, week, every = rows[0][-3:] if rows else (0, 0, 0)
    return Visits(rows=tuple(_visit(row, legends) for row in rows), late=late, week=week, all=every)


def answers(
    connection: Connection, *, since: date, until: date, now: datetime
) -> tuple[Answered, ...]:
    """How soon somebody took care of the orders of those days that were entered here."""
    legends = _legends(connection)
    return tuple(
        Answered(
            service=Service(row.service),
            tier=STANDARD if row.tier is None else legends[row.ruleset].tiers[row.tier],
            hours=row.hours,
            waits=bool(row.waits),
            orders=row.orders,
        )
        for row in connection.execute(_answers(since, until, now))
    )


# ---- visits ------------------------------------------------------------------------------------


def _legends(connection: Connection) -> Mapping[int, Legend]:
    """By rule set that ever decided, what its numbers stand for."""
    decided = select(_ruleset.c.id, _ruleset.c.document).where(
        _ruleset.c.status.in_(("active", "retired"))
    )
    return {row.id: legend(row.document) for row in connection.execute(decided)}


def _lines(promised: Iterable[VisitPromise], legends: Mapping[int, Legend]) -> Iterator[_Line]:
    """Each promise as the results of each rule set name its tier."""
    for one in promised:
        for ruleset, names in legends.items():
            if one.tier in names.tiers:
                since = one.since.isoformat()
                yield ruleset, names.rank(one.tier), one.service.value, one.days, since


def _owed(lines: Sequence[_Line], asked: VisitQuery, today: date) -> CTE:
    """A row per person and promise: when the last visit was, and by when the next one is due."""
    line = func.json_each(json.dumps(lines)).table_valued("value").alias("line")
    ruleset, rank, service, days, since = (
        func.json_extract(line.c.value, f"$[{at}]") for at in range(5)
    )
    came = _came(lines, asked, today)
    begins = func.max(func.coalesce(_result.c.since, _result.c.decided_on), since)
    counted = func.max(func.coalesce(came.c.last, ""), begins)
    found = (
        select(
            _result.c.person,
            _result.c.ruleset,
            _result.c.tier,
            cast(service, Text).label("service"),
            cast(came.c.last, IsoDate).label("last"),
            cast(func.date(counted, days.concat(" days")), IsoDate).label("due"),
        )
        .select_from(line)
        .join(_result, and_(_result.c.tier == rank, _result.c.ruleset == ruleset))
        .join(
            _consent,
            and_(_consent.c.person == _result.c.person, _consent.c.purpose == CLASSIFICATION),
        )
        .outerjoin(came, and_(came.c.person == _result.c.person, came.c.service == service))
        .where(*_served(today))
    )
    if asked.among is not None:
        found = found.where(_result.c.person.in_(_those(asked.among)))
    return found.cte("owed").prefix_with("MATERIALIZED")


def _came(lines: Sequence[_Line], asked: VisitQuery, today: date) -> CTE:
    """The day of the last order by person and service that came from a visit.

    Before the promise nothing counts, and what is a year late need not be told more exactly.
    """
    first = min((since for *_line, since in lines), default="")
    days = max((days for *_line, days, _since in lines), default=0)
    since = max(first, (today - timedelta(days=days + _YEAR)).isoformat())
    few = asked.among is not None and len(asked.among) <= _FEW
    # many are read in the order of days, which is how they lie; not one by one
    person: ColumnElement[Any] = work_order.c.person if few else literal_column("+person", Integer)
    return (
        select(
            work_order.c.person,
            work_order.c.service,
            func.max(cast(work_order.c.day, Text)).label("last"),
        )
        .where(
            person.in_(_those(asked.among or ())) if few else person.is_not(None),
            work_order.c.service.in_(sorted({str(service) for _r, _t, service, *_rest in lines})),
            work_order.c.channel == OrderChannel.STAFF.value,
            work_order.c.state.not_in(GONE),
            work_order.c.day >= date.fromisoformat(since),
        )
        .group_by(work_order.c.person, work_order.c.service)
        .cte("came")
        .prefix_with("MATERIALIZED")
    )


def _those(people: Sequence[int]) -> Select[Any]:
    return select(func.json_each(json.dumps(list(people))).table_valued("value").c.value)


def _served(today: date) -> Iterator[ColumnElement[bool]]:
    """The consent holds, nothing is frozen, and the person lives here."""
    yield or_(_consent.c.valid_until.is_(None), _consent.c.valid_until >= today)
    yield ~exists().where(
        _restriction.c.person == _result.c.person,
        _restriction.c.purpose.in_(_FREEZE),
    )
    yield exists().where(
        _occupancy.c.person == _result.c.person,
        or_(_occupancy.c.until.is_(None), _occupancy.c.until > today),
    )


def _visit(row: Any, legends: Mapping[int, Legend]) -> Visit:
    return Visit(
        person=PersonId(row.person),
        service=Service(row.service),
        tier=legends[row.ruleset].tiers[row.tier],
        last=row.last,
        due=row.due,
    )


# ---- answers -----------------------------------------------------------------------------------


def _answers(since: date, until: date, now: datetime) -> Select[Any]:
    """Orders of those days by service, tier of that day and whole hours; no imported ones."""
    order, first = work_order.c, _first_answer()
    end = func.coalesce(first, literal(now, UtcTime()))
    seconds = func.round((func.julianday(end) - func.julianday(order.received_at)) * _DAY)
    hours = (cast(seconds, Integer) + _HOUR - 1) / _HOUR
    each = (
        select(
            order.service,
            func.coalesce(_result.c.ruleset, _earlier.c.ruleset).label("ruleset"),
            func.coalesce(_result.c.tier, _earlier.c.tier).label("tier"),
            func.min(func.max(cast(hours, Integer), 0), _LONGEST).label("hours"),
            case((first.is_(None), 1), else_=0).label("waits"),
        )
        .select_from(
            work_order.outerjoin(_result, _promises() & _holds()).outerjoin(
                _earlier, _promises() & _held()
            )
        )
        .where(
            order.day >= since,
            order.day < until,
            order.state.not_in(GONE),
            exists().where(order_step.c.work_order == order.id, order_step.c.act == Deed.RECEIVED),
        )
        .subquery()
    )
    return select(*each.c, func.count().label("orders")).group_by(*each.c)


def _promises() -> ColumnElement[bool]:
    """Whether a tier counts at all, as beside the order: of nobody frozen."""
    frozen = exists().where(
        _restriction.c.person == work_order.c.person, _restriction.c.purpose.in_(_FREEZE)
    )
    return ~frozen.correlate(work_order)


def _holds() -> ColumnElement[bool]:
    """The present result held on the day of the order already."""
    since = func.coalesce(_result.c.since, _result.c.decided_on)
    return (_result.c.person == work_order.c.person) & (since <= work_order.c.day)


def _held() -> ColumnElement[bool]:
    """The newest result of the past that held on the day of the order."""
    period = tier_history.alias("period")
    newest = (
        select(func.max(period.c.number))
        .where(
            period.c.person == work_order.c.person,
            period.c.since <= work_order.c.day,
            period.c.until > work_order.c.day,
        )
        .correlate(work_order)
        .scalar_subquery()
    )
    return (_earlier.c.person == work_order.c.person) & (_earlier.c.number == newest)


def _first_answer() -> ColumnElement[Any]:
    """When somebody first took care; a step that was taken back right after never was."""
    after = order_step.alias("after")
    undone = (
        select(after.c.act)
        .where(after.c.work_order == work_order.c.id, after.c.id > order_step.c.id)
        .order_by(after.c.id)
        .limit(1)
        .correlate(work_order, order_step)
        .scalar_subquery()
    )
    return (
        select(func.min(order_step.c.at))
        .where(
            order_step.c.work_order == work_order.c.id,
            order_step.c.act.in_(sorted(ANSWERS)),
            undone.is_distinct_from(Deed.TAKEN_BACK.value),
        )
        .correlate(work_order)
        .scalar_subquery()
    )
