"""Lists of orders: one vector of ids for a filter and an order, and rows for some of them."""

import json
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    column,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
    union_all,
)

from pmdesk.domain.orders.order import OPEN, Order, OrderState
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.domain.rooms import RoomLabel, parsed_room
from pmdesk.store import schema, search
from pmdesk.store.columns import Integer, Text, written
from pmdesk.store.orders.letting_go import IS_COMPLAINT
from pmdesk.store.orders.reading import found, read
from pmdesk.store.schema_orders import work_order
from pmdesk.store.vectors import vector

_unit = schema.unit
_building = schema.building
_NUMBER = re.compile(r"W\d{8}-\d{3,}", re.IGNORECASE | re.ASCII)
_BEGINNING = re.compile(r"W20\d\d[\d-]*|H\d*-[\d-]*", re.IGNORECASE | re.ASCII)
_END = re.compile(r"[A-Z0-9-]*\d[A-Z0-9-]{2,}|\d{3,}|-\d+", re.IGNORECASE | re.ASCII)
_ROOM = re.compile(r"[A-Z]?\d{1,5}[A-Z]?", re.IGNORECASE | re.ASCII)
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ ·.'-])+")  # one letter would be of thousands
_LAST = "\U0010ffff"  # after all that begins alike
_NAMED = text("SELECT rowid FROM person_search WHERE person_search MATCH :match").columns(
    column("rowid", Integer)
)
_NONE_LEFT = "9999"  # after every due time
# a search by room does not tell who lives there and asked for confidentiality
_SHIELDED = (
    exists()
    .where(schema.person.c.id == work_order.c.person, schema.person.c.shielded)
    .correlate(work_order)
)

_PLACE = (  # as lists show it: of who asked for confidentiality no more than the building
    select(_building.c.position)
    .where(_building.c.id == work_order.c.building)
    .scalar_subquery()
    .correlate(work_order)
)
_WITHIN = (
    select(_unit.c.position)
    .where(_unit.c.id == work_order.c.unit, ~_SHIELDED)
    .scalar_subquery()
    .correlate(work_order)
)
_WORKER = (
    select(schema.staff.c.name)
    .where(schema.staff.c.uid == work_order.c.assignee)
    .scalar_subquery()
    .correlate(work_order)
)
_STEPS = case(
    {state.value: step for step, state in enumerate(OrderState)}, value=work_order.c.state
)
_NUMBER_OF_FEW: ColumnElement[str] = literal_column("+work_order.number", Text)  # not by its index
# the column that somebody chose, and what orders those that are equal in it
_ORDERS: Mapping[str, tuple[Sequence[ColumnElement[Any]], Sequence[ColumnElement[Any]]]] = {
    "queue": ((work_order.c.urgency,), (work_order.c.received_at, work_order.c.id)),
    "due": ((func.coalesce(work_order.c.due_at, _NONE_LEFT),), (work_order.c.id,)),
    "newest": ((), (work_order.c.received_at.desc(), work_order.c.id.desc())),
    "number": ((work_order.c.number,), ()),
    "state": ((_STEPS,), (work_order.c.received_at, work_order.c.id)),
    "where": ((_PLACE, work_order.c.area, _WITHIN), (work_order.c.id,)),
    "who": (
        (work_order.c.assignee == "", func.coalesce(_WORKER, work_order.c.assignee)),
        (work_order.c.received_at, work_order.c.id),
    ),
}


def ids(connection: Connection, query: OrderQuery) -> "array[int]":
    """The ids that fit, in order."""
    fitting = select(work_order.c.id).where(*_filters(query)).order_by(*_ordered(query))
    return vector(connection, fitting)


def _ordered(query: OrderQuery) -> Sequence[ColumnElement[Any]]:
    chosen, then = _ORDERS[query.order]
    few = bool(query.text.strip()) and not _BEGINNING.fullmatch(query.text.strip())
    if query.order == "number" and (few or _is_open(query)):
        chosen = (_NUMBER_OF_FEW,)
    return (*(one.desc() if query.descending else one for one in chosen), *then)


def rows(connection: Connection, wanted: Iterable[int]) -> tuple[Order, ...]:
    """The orders of these ids in their order; who is gone has none."""
    order = list(wanted)
    listed = func.json_each(json.dumps(order)).table_valued("value")
    those = found().where(work_order.c.id.in_(select(listed.c.value)))
    by_id = {row.id: read(row) for row in connection.execute(those)}
    return tuple(by_id[one] for one in order if one in by_id)


def _filters(query: OrderQuery) -> Iterator[ColumnElement[bool]]:
    yield from _of_work(query)
    yield from _of_time(query)
    if query.buildings:
        estate = work_order.c.building.is_(None) if "" in query.buildings else false()
        yield work_order.c.building.in_(_named(query.buildings)) | estate
    if query.person is not None:
        yield work_order.c.person == query.person
    if query.text.strip():
        yield _told(query)


def _of_work(query: OrderQuery) -> Iterator[ColumnElement[bool]]:
    if query.states:
        if _is_open(query):
            yield work_order.c.closed_at.is_(None)  # the index of the queue has only these
        yield work_order.c.state.in_([state.value for state in query.states])
    if query.services:
        yield work_order.c.service.in_([service.value for service in query.services])
    if query.assignee:
        yield work_order.c.assignee == query.assignee


def _of_time(query: OrderQuery) -> Iterator[ColumnElement[bool]]:
    if query.since is not None:
        yield work_order.c.day >= query.since
    if query.until is not None:
        yield work_order.c.day < query.until
    if query.closed_since is not None:
        yield work_order.c.closed_at >= query.closed_since
    if query.overdue_at is not None:
        yield overdue(written(query.overdue_at))


def _named(buildings: frozenset[str]) -> Select[tuple[int]]:
    return select(_building.c.id).where(_building.c.name.in_(sorted(buildings)))


def overdue(now: str) -> ColumnElement[bool]:
    """Open and past its due time; pauses push the due time back, a running one holds it.

    A complaint's clock stands for nobody.
    """
    runs = work_order.c.paused_since.is_(None) | IS_COMPLAINT
    stood = case((runs, now), else_=work_order.c.paused_since)
    late = (func.julianday(stood) - func.julianday(work_order.c.due_at)) * 86_400
    return (
        work_order.c.closed_at.is_(None)
        & work_order.c.finished_at.is_(None)
        & work_order.c.due_at.is_not(None)
        & (func.cast(late, Integer) > work_order.c.paused)
    )


def _is_open(query: OrderQuery) -> bool:
    """Whether only orders are asked for that the index of the queue has."""
    return bool(query.states) and query.states <= OPEN


def _told(query: OrderQuery) -> ColumnElement[bool]:
    """A number, a room as people write it, a shared place, who asked, or words.

    Of the few open orders each is looked at. Of a million others those are found that an index
    leads to: words and shared places only of what came since a day.
    """
    typed = " ".join(query.text.split())
    if _NUMBER.fullmatch(typed):
        return work_order.c.number == typed.upper()
    if _BEGINNING.fullmatch(typed):
        return work_order.c.number.between(typed.upper(), typed.upper() + _LAST)
    home = _rooms(typed)
    asker = _asked_by(typed)
    if _is_open(query):
        return or_(_numbered(typed), home, asker, _says(typed))
    recent = work_order.c.day >= query.told_since if query.told_since else true()
    still = work_order.c.closed_at.is_(None)
    ways = (*_indexed(typed), home, asker, recent & _says(typed), still & _says(typed))
    return work_order.c.id.in_(union_all(*(select(work_order.c.id).where(way) for way in ways)))


def _numbered(typed: str) -> ColumnElement[bool]:
    like = _escaped(typed)
    return or_(
        work_order.c.number.like(f"{like}%", escape="\\"),
        work_order.c.number.like(f"%{like}", escape="\\"),
        work_order.c.source.like(f"{like}%", escape="\\") & (work_order.c.source != ""),
    )


def _indexed(typed: str) -> Iterator[ColumnElement[bool]]:
    """As `_numbered`, each way by its own index; all numbers are read for the end of one."""
    for begin in {typed, typed.upper()}:
        yield work_order.c.number.between(begin, begin + _LAST)
        yield work_order.c.source.between(begin, begin + _LAST) & (work_order.c.source != "")
    if _END.fullmatch(typed):
        yield work_order.c.number.like(f"%{typed}")


def _rooms(typed: str) -> ColumnElement[bool]:
    """3-1-502 in all the ways in which people write it, 3-502, or 502 in any building."""
    label = parsed_room(typed)
    if isinstance(label, RoomLabel):
        within = select(_building.c.id).where(_building.c.name == label.building)
        those = select(_unit.c.id).where(_unit.c.building.in_(within), _unit.c.room == label.room)
        if label.entrance:
            those = those.where(_unit.c.entrance == label.entrance)
    elif _ROOM.fullmatch(typed):
        those = select(_unit.c.id).where(_unit.c.room == typed.upper())
    else:
        return false()
    return work_order.c.unit.in_(those) & ~_SHIELDED


def _asked_by(typed: str) -> ColumnElement[bool]:
    """By name or pinyin, no complaints, and nobody who asked for confidentiality."""
    match = search.match_expression(typed) if _NAME.fullmatch(typed) else None
    if match is None:
        return false()
    named = _NAMED.bindparams(match=f"{{name initials syllables}} : ({match})")
    return work_order.c.person.in_(named) & ~_SHIELDED & ~IS_COMPLAINT


def _says(typed: str) -> ColumnElement[bool]:
    like = f"%{_escaped(typed)}%"
    words = work_order.c.words.like(like, escape="\\") & ~IS_COMPLAINT
    return or_(work_order.c.area.like(like, escape="\\"), words)


def _escaped(typed: str) -> str:
    return typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
