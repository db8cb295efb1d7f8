"""Numbers of orders for charts, read from an index that holds all they count."""

from datetime import date

from sqlalchemy import Connection, func, select

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports.orders import Counted
from pmdesk.store import schema
from pmdesk.store.context import StoreContext
from pmdesk.store.schema_orders import work_order

_building = schema.building


class SqlOrderCounts:
    """Counted orders; never who asked."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context
        self._connection = connection

    def days(self) -> tuple[date, date] | None:
        """The first and the last day with an order."""
        # one by one: each is then the end of an index, not a walk along it
        first = self._connection.scalar(select(func.min(work_order.c.day)))
        last = self._connection.scalar(select(func.max(work_order.c.day)))
        return None if first is None or last is None else (first, last)

    def by_day(self, *, since: date, until: date, hours: bool = False) -> tuple[Counted, ...]:
        """Orders by day (and hour), service and building, from `since` to before `until`."""
        names = {row.id: row.name for row in self._connection.execute(select(_building))}
        keys = [work_order.c.day, work_order.c.service, work_order.c.building]
        if hours:
            keys.append(work_order.c.hour)
        counted = (
            select(*keys, func.count().label("orders"))
            .where(work_order.c.day >= since, work_order.c.day < until)
            .group_by(*keys)
        )
        return tuple(
            Counted(
                day=row.day,
                hour=row.hour if hours else None,
                service=Service(row.service),
                building=names.get(row.building, ""),
                orders=row.orders,
            )
            for row in self._connection.execute(counted)
        )
