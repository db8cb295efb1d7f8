"""Imports of past orders: what one of them brought can be withdrawn as a whole, not deleted."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    exists,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    true,
    update,
)

from pmdesk.domain.orders.order import Move, OrderId, OrderState
from pmdesk.domain.orders.past import ImportId, OrderImport
from pmdesk.errors import ConflictError
from pmdesk.i18n import N_
from pmdesk.store.orders.letting_go import emptied
from pmdesk.store.schema_order_imports import order_import
from pmdesk.store.schema_orders import order_step, work_order


def recorded(connection: Connection, count: int, *, at: datetime, by: str) -> ImportId:
    """The last `count` orders of the book are one import."""
    last = int(connection.scalar(select(func.max(work_order.c.id))) or 0)
    row = insert(order_import).values(at=at, by=by, first=last - count + 1, last=last)
    return ImportId(connection.scalars(row.returning(order_import.c.id)).one())


def batches(connection: Connection) -> tuple[OrderImport, ...]:
    """Newest first."""
    rows = connection.execute(select(order_import).order_by(order_import.c.id.desc()))
    return tuple(
        OrderImport(
            id=ImportId(row.id),
            at=row.at,
            by=row.by,
            orders=row.last - row.first + 1,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    )


def withdraw(connection: Connection, key: ImportId, *, at: datetime, by: str) -> int:
    """Its orders are cancelled, tell nothing of anybody and count nowhere; how many there are."""
    that = (order_import.c.id == key) & order_import.c.withdrawn_at.is_(None)
    found = connection.execute(select(order_import).where(that)).first()
    if found is None:
        raise ConflictError(
            N_("This import has been withdrawn already, or there is none."), N_("Reload the page.")
        )
    its = work_order.c.id.between(found.first, found.last)
    _cancel(connection, its, at=at, by=by)
    emptied(connection, its)
    connection.execute(update(order_import).where(that).values(withdrawn_at=at, withdrawn_by=by))
    return int(found.last - found.first + 1)


def is_withdrawn(connection: Connection, order: OrderId) -> bool:
    """Whether the order came with an import that was withdrawn."""
    its = (
        literal(order).between(order_import.c.first, order_import.c.last),
        order_import.c.withdrawn_at.is_not(None),
    )
    return bool(connection.scalar(select(exists().where(*its))))


def counting(connection: Connection) -> ColumnElement[bool]:
    """True of the orders of no withdrawn import."""
    gone = connection.execute(
        select(order_import.c.first, order_import.c.last).where(
            order_import.c.withdrawn_at.is_not(None)
        )
    )
    spans = [work_order.c.id.between(row.first, row.last) for row in gone]
    return not_(or_(*spans)) if spans else true()


def _cancel(connection: Connection, its: ColumnElement[bool], *, at: datetime, by: str) -> None:
    still = (its, work_order.c.state != OrderState.CANCELLED.value)
    act = literal(Move.CANCEL.value)
    steps = select(
        work_order.c.id, literal(at, order_step.c.at.type), literal(by), act, literal("")
    )
    connection.execute(
        insert(order_step).from_select(
            ["work_order", "at", "by", "act", "words"], steps.where(*still)
        )
    )
    closed = func.coalesce(work_order.c.closed_at, literal(at, work_order.c.closed_at.type))
    gone = {"state": OrderState.CANCELLED.value, "closed_at": closed, "paused_since": None}
    connection.execute(update(work_order).where(*still).values(**gone))
