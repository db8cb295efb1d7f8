"""The book of work orders: each with a history that only grows."""

from array import array
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, func, insert, select, update

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import OPEN, Order, OrderId, OrderState, OrderStep, Spot
from pmdesk.domain.orders.past import ImportId, OrderImport
from pmdesk.domain.ports.orders import OrderLine, OrderQuery
from pmdesk.errors import ConflictError, NotFoundError
from pmdesk.i18n import N_
from pmdesk.store import running, schema
from pmdesk.store.context import StoreContext
from pmdesk.store.orders import batches, listing
from pmdesk.store.orders.letting_go import IS_COMPLAINT, TELLS, emptied
from pmdesk.store.orders.many import add_many
from pmdesk.store.orders.reading import columns, found, read
from pmdesk.store.premises import SqlPremises
from pmdesk.store.schema_orders import order_step, work_order

_DIGITS = 3  # a day of more orders has longer numbers
_NEVER_CHANGED = frozenset({"number", "received_at", "received_by", "source"})
_LATELY = timedelta(days=90)
_MANY = 2_000  # orders that tell who works for the office


class SqlOrders:
    """Orders of the office."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._context = context

    def next_number(self, day: date) -> str:
        """`W20260302-001`: the first number of that day that no order has yet."""
        prefix = f"W{day:%Y%m%d}-"
        of_day = work_order.c.number.between(prefix, prefix + "~")
        last = self._connection.scalar(select(func.max(work_order.c.number)).where(of_day))
        return running.first_free(
            self._connection,
            work_order.c.number,
            lambda count: f"{prefix}{count:0{_DIGITS}}",
            int(last.removeprefix(prefix)) if last else 0,
        )

    def add(self, order: Order, *, callback: str = "", day: date, hour: int | None) -> OrderId:
        """The order is entered and has an id."""
        values = columns(order, self._building(order.spot))
        row = insert(work_order).values(**values, callback=callback, day=day, hour=hour)
        return OrderId(self._connection.scalars(row.returning(work_order.c.id)).one())

    def add_many(self, lines: Iterable[OrderLine]) -> int:
        """All of them are entered at bulk speed; how many."""
        return add_many(self._connection, lines)

    def record_import(self, count: int, *, at: datetime, by: str) -> ImportId:
        """The last `count` orders of the book are one import."""
        return batches.recorded(self._connection, count, at=at, by=by)

    def imports(self) -> tuple[OrderImport, ...]:
        """Newest first."""
        return batches.batches(self._connection)

    def withdraw_import(self, key: ImportId, *, at: datetime, by: str) -> int:
        """Its orders are cancelled, tell nothing of anybody and count nowhere; how many."""
        return batches.withdraw(self._connection, key, at=at, by=by)

    def is_withdrawn(self, order: OrderId) -> bool:
        """Whether it came with an import that was withdrawn."""
        return batches.is_withdrawn(self._connection, order)

    def get(self, order: OrderId) -> Order:
        """The order; NotFoundError when there is none of that id."""
        row = self._connection.execute(found().where(work_order.c.id == order)).first()
        if row is None:
            raise NotFoundError(N_("This order is not in the book."), N_("Reload the list."))
        return read(row)

    def callback(self, order: OrderId) -> str:
        """The number to call back; empty when there is none, or the order is closed."""
        number = select(work_order.c.callback).where(work_order.c.id == order)
        return self._connection.scalar(number) or ""

    def save(self, order: Order, *, was: OrderState) -> None:
        """The order stands as given; ConflictError when it was in another state meanwhile."""
        values = columns(order, self._building(order.spot))
        changed = {key: value for key, value in values.items() if key not in _NEVER_CHANGED}
        if not order.is_open:
            changed["callback"] = ""
        that = (work_order.c.id == order.id) & (work_order.c.state == was.value)
        if not self._connection.execute(update(work_order).where(that).values(changed)).rowcount:
            self.get(order.id)
            raise ConflictError(
                N_("Somebody else moved this order meanwhile."),
                N_("Look at it anew, then decide again."),
            )

    def step(self, order: OrderId, step: OrderStep) -> None:
        """The history ends with this step."""
        self._connection.execute(
            insert(order_step).values(
                work_order=order, at=step.at, by=step.by, act=step.act, words=step.words
            )
        )

    def steps(self, order: OrderId) -> tuple[OrderStep, ...]:
        """Oldest first."""
        of_order = select(order_step).where(order_step.c.work_order == order)
        rows = self._connection.execute(of_order.order_by(order_step.c.id))
        return tuple(OrderStep(at=r.at, by=r.by, act=r.act, words=r.words) for r in rows)

    def ids(self, query: OrderQuery) -> "array[int]":
        """The ids that fit, in order, as one int64 vector."""
        return listing.ids(self._connection, query)

    def rows(self, ids: Iterable[int]) -> tuple[Order, ...]:
        """Those orders in their order; who is gone has none."""
        return listing.rows(self._connection, ids)

    def alike(self, spot: Spot, service: Service, kind: str, since: date) -> tuple[Order, ...]:
        """Of the same kind in the same building since that day, not merged away, newest first."""
        same = (
            work_order.c.service == service.value,
            work_order.c.kind == kind,
            work_order.c.day >= since,
            work_order.c.state != OrderState.MERGED.value,
            work_order.c.building.is_not_distinct_from(self._building(spot)),
        )
        # sorted here: asked for in the order of their ids, all orders would be read
        rows = self._connection.execute(found().where(*same))
        return tuple(sorted(map(read, rows), key=lambda one: one.id, reverse=True))

    def waiting(self) -> Mapping[OrderState, int]:
        """How many open orders are in each state; every open state is there."""
        counted = (
            select(work_order.c.state, func.count())
            .where(work_order.c.closed_at.is_(None))
            .group_by(work_order.c.state)
        )
        seen = {OrderState(state): count for state, count in self._connection.execute(counted)}
        return {state: seen.get(state, 0) for state in OrderState if state in OPEN}

    def assignees(self, today: date) -> tuple[str, ...]:
        """Who has had orders in the last three months, the busiest first."""
        named = select(work_order.c.assignee).where(
            work_order.c.day >= today - _LATELY, work_order.c.assignee != ""
        )
        lately = named.order_by(work_order.c.id.desc()).limit(_MANY).subquery()
        names = (
            select(lately.c.assignee)
            .group_by(lately.c.assignee)
            .order_by(func.count().desc(), lately.c.assignee)
        )
        return tuple(self._connection.scalars(names))

    def sources(self) -> frozenset[str]:
        """Numbers of orders that were imported, but for those of withdrawn imports."""
        numbers = select(work_order.c.source).where(
            work_order.c.source != "", batches.counting(self._connection)
        )
        return frozenset(self._connection.scalars(numbers))

    def settle(self, *, complaints: date, others: date) -> int:
        """Closed before that day they tell nothing of anybody any more; how many.

        Of `others` those that are nobody's: the rest goes with the person.
        """
        old = IS_COMPLAINT & (work_order.c.closed_at < _midnight(complaints))
        nobodys = work_order.c.person.is_(None) & (work_order.c.closed_at < _midnight(others))
        return emptied(self._connection, (old | nobodys) & TELLS)

    def first_complaint(self) -> date | None:
        """The day on which the oldest complaint that still tells something was closed."""
        first = select(func.min(work_order.c.closed_at)).where(IS_COMPLAINT, TELLS)
        closed = self._connection.scalar(first)
        return closed.astimezone().date() if closed else None

    def _building(self, spot: Spot) -> int | None:
        if spot.unit is not None:
            of_unit = select(schema.unit.c.building).where(schema.unit.c.id == spot.unit)
            return self._connection.scalar(of_unit)
        premises = SqlPremises(self._connection, self._context)
        return premises.building(spot.building) if spot.building else None


def _midnight(day: date) -> datetime:
    """The first moment of the day, here."""
    return datetime.combine(day, time()).astimezone(UTC)
