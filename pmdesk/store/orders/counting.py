"""Numbers of orders for charts, read from an index that holds all they count."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, Integer, case, cast, func, select

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports.orders import Counted, PlaceCounted
from pmdesk.store import schema
from pmdesk.store.context import StoreContext
from pmdesk.store.orders.batches import counting
from pmdesk.store.schema_orders import work_order

_building = schema.building


class SqlOrderCounts:
    """Counted orders; never who asked."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context
        self._connection = connection

    def days(self, *, before: date = date.max) -> tuple[date, date] | None:
        """The first and the last day with an order before that day."""
        # one by one: each is then looked for from an end of an index, not by a walk along it
        days = select(work_order.c.day).where(counting(self._connection)).limit(1)
        days = days.where(work_order.c.day < before)
        first = self._connection.scalar(days.order_by(work_order.c.day))
        last = self._connection.scalar(days.order_by(work_order.c.day.desc()))
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
            .where(counting(self._connection))
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

    def by_place(
        self, services: Iterable[Service], *, since: date, until: date
    ) -> tuple[PlaceCounted, ...]:
        """Orders by building or part that all share, weekday and hour; `until` is not counted."""
        names = {row.id: row.name for row in self._connection.execute(select(_building))}
        weekday = cast(func.strftime("%w", work_order.c.day), Integer)
        area = case((work_order.c.unit.is_(None), work_order.c.area), else_="")
        keys = (work_order.c.building, area.label("area"), weekday.label("weekday"))
        counted = (
            select(*keys, work_order.c.hour, func.count().label("orders"))
            .where(
                work_order.c.day >= since,
                work_order.c.day < until,
                work_order.c.service.in_([one.value for one in services]),
            )
            .where(counting(self._connection))
            .group_by(*keys, work_order.c.hour)
        )
        return tuple(
            PlaceCounted(
                building=names.get(row.building, ""),
                area=row.area,
                weekday=(row.weekday - 1) % 7,  # SQLite's week begins on Sunday
                hour=row.hour,
                orders=row.orders,
            )
            for row in self._connection.execute(counted)
        )
