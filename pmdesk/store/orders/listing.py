"""Lists of orders: one vector of ids for a filter and an order, and rows for some of them."""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Select, case, exists, func, or_, select

from pmdesk.domain.orders.order import OPEN, Order
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.store import schema
from pmdesk.store.columns import Integer, written
from pmdesk.store.orders.reading import found, read
from pmdesk.store.schema_orders import work_order

_unit = schema.unit
_building = schema.building
_NONE_LEFT = "9999"  # after every due time
# a search by room does not tell who lives there and asked for confidentiality
_SHIELDED = (
    exists()
    .where(schema.person.c.id == work_order.c.person, schema.person.c.shielded)
    .correlate(work_order)
)

_ORDERS: Mapping[str, Sequence[ColumnElement[object]]] = {
    "queue": (work_order.c.urgency, work_order.c.received_at, work_order.c.id),
    "due": (func.coalesce(work_order.c.due_at, _NONE_LEFT), work_order.c.id),
    "newest": (work_order.c.received_at.desc(), work_order.c.id.desc()),
}


def ids(connection: Connection, query: OrderQuery) -> "array[int]":
    """The ids that fit, in order; one JSON text leaves the database faster than rows."""
    fitting = select(work_order.c.id).where(*_filters(query)).order_by(*_ORDERS[query.order])
    document = connection.scalar(select(func.json_group_array(fitting.subquery().c.id)))
    return array("q", json.loads(document or "[]"))


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
    if query.building:
        yield work_order.c.building.in_(_named(query.building))
    if query.person is not None:
        yield work_order.c.person == query.person
    if query.text.strip():
        yield _told(query.text.strip())


def _of_work(query: OrderQuery) -> Iterator[ColumnElement[bool]]:
    if query.states:
        if query.states <= OPEN:
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
        yield _overdue(written(query.overdue_at))


def _named(building: str) -> Select[tuple[int]]:
    return select(_building.c.id).where(_building.c.name == building)


def _overdue(now: str) -> ColumnElement[bool]:
    """Open and past its due time; pauses push the due time back, a running one holds it."""
    stood = case((work_order.c.paused_since.is_(None), now), else_=work_order.c.paused_since)
    late = (func.julianday(stood) - func.julianday(work_order.c.due_at)) * 86_400
    return (
        work_order.c.closed_at.is_(None)
        & work_order.c.finished_at.is_(None)
        & work_order.c.due_at.is_not(None)
        & (func.cast(late, Integer) > work_order.c.paused)
    )


def _told(text: str) -> ColumnElement[bool]:
    """A number, the end of one, or a room as people write it."""
    like = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    label = _building.c.name + "-" + _unit.c.entrance + "-" + _unit.c.room
    short = _building.c.name + "-" + _unit.c.room
    rooms = select(_unit.c.id).join(_building, _building.c.id == _unit.c.building)
    there = rooms.where(or_(label == text, short == text, _unit.c.room == text))
    return or_(
        work_order.c.number.like(f"%{like}", escape="\\"),
        work_order.c.unit.in_(there) & ~_SHIELDED,
        work_order.c.area.like(f"%{like}%", escape="\\"),
    )
