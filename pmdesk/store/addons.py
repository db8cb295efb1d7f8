"""The price list of add-on services and the orders in the store."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.addons import Addon, AddonId, AddonOrder, Delivery, OrderId, source_of
from pmdesk.domain.orders.order import OrderState
from pmdesk.domain.people import PersonId
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.i18n import N_
from pmdesk.store.context import StoreContext
from pmdesk.store.schema_addons import addon as _addon
from pmdesk.store.schema_addons import addon_order as _order
from pmdesk.store.schema_orders import work_order as _work


class SqlAddons:
    """Prices that stand as they were published, and orders at those prices."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid

    def all(self) -> tuple[Addon, ...]:
        """Every line that was ever published, newest first."""
        rows = self._connection.execute(select(_addon).order_by(_addon.c.id.desc()))
        return tuple(_read(row) for row in rows)

    def publish(self, name: str, content: str, unit: str, price: int, *, since: date) -> AddonId:
        """The line stands; an older price of the same name ended the day before."""
        open_lines = (_addon.c.name == name) & _addon.c.until.is_(None)
        if self._connection.scalar(select(_addon.c.id).where(open_lines, _addon.c.since >= since)):
            raise ConflictError(
                N_("A price of that day is published already and stands."),
                N_("Publish the new price from tomorrow on."),
            )
        ended = update(_addon).where(open_lines).values(until=since - timedelta(days=1))
        self._connection.execute(ended)
        values = {"name": name, "content": content, "unit": unit, "price": price, "since": since}
        row = insert(_addon).values(values)
        return AddonId(self._connection.scalars(row.returning(_addon.c.id)).one())

    def withdraw(self, addon: AddonId, *, until: date) -> None:
        """The line is offered up to that day."""
        that = update(_addon).where(_addon.c.id == addon, _addon.c.until.is_(None))
        if not self._connection.execute(that.values(until=until)).rowcount:
            raise _not_offered()

    def orders(self, person: PersonId | None = None) -> tuple[AddonOrder, ...]:
        """Of that person, or of everybody; newest first."""
        found = select(_order).order_by(_order.c.id.desc())
        if person is not None:
            found = found.where(_order.c.person == person)
        rows = self._connection.execute(found).all()
        return self._orders(rows) if rows else ()

    def get(self, order: OrderId) -> AddonOrder:
        """The order; NotFoundError when there is none."""
        rows = self._connection.execute(select(_order).where(_order.c.id == order)).all()
        if not rows:
            raise NotFoundError(N_("There is no such order of a service."), N_("Reload the page."))
        return self._orders(rows)[0]

    def order(self, person: PersonId, addon: AddonId, *, on: date, at: datetime) -> OrderId:
        """The order stands at the published price; the database refuses every other one."""
        price = self._connection.scalar(select(_addon.c.price).where(_addon.c.id == addon))
        row = insert(_order).values(
            person=person, addon=addon, price=price, ordered_on=on, at=at, by=self._uid
        )
        try:
            return OrderId(self._connection.scalars(row.returning(_order.c.id)).one())
        except IntegrityError as error:
            raise _not_offered() from error

    def end_order(self, order: OrderId, *, on: date) -> None:
        """Nothing is delivered after that day."""
        that = update(_order).where(_order.c.id == order, _order.c.ended_on.is_(None))
        if not self._connection.execute(that.values(ended_on=on)).rowcount:
            raise NotFoundError(N_("This order has ended already."), N_("Reload the page."))

    def _orders(self, rows: Sequence[Row[Any]]) -> tuple[AddonOrder, ...]:
        lines = {one.id: one for one in self.all()}
        works = self._deliveries(source_of(OrderId(row.id)) for row in rows)
        return tuple(
            AddonOrder(
                id=OrderId(row.id),
                person=PersonId(row.person),
                addon=lines[AddonId(row.addon)],
                price=row.price,
                ordered_on=row.ordered_on,
                ended_on=row.ended_on,
                delivery=works.get(source_of(OrderId(row.id))),
            )
            for row in rows
        )

    def _deliveries(self, sources: Iterable[str]) -> Mapping[str, Delivery]:
        """The newest work order of each source; of a merged one how the last one stands."""
        wanted = func.json_each(literal(json.dumps(list(sources)))).table_valued("value")
        made = (
            select(_work.c.id.label("delivery"), _work.c.state, _work.c.parent)
            .where(_work.c.source != "", _work.c.source.in_(select(wanted.c.value)))
            .cte("going_on", recursive=True)
        )
        parents = select(made.c.delivery, _work.c.state, _work.c.parent)
        going_on = made.union(parents.join(made, made.c.parent == _work.c.id))
        found = (
            select(_work.c.source, _work.c.number, going_on.c.state)
            .join(going_on, going_on.c.delivery == _work.c.id)
            .where(going_on.c.parent.is_(None))
            .where(going_on.c.state != OrderState.CANCELLED.value)
            .order_by(_work.c.id)
        )
        return {
            row.source: Delivery(number=row.number, state=OrderState(row.state))
            for row in self._connection.execute(found)
        }


def _not_offered() -> RefusedError:
    return RefusedError(
        N_("There is no published price for this service today."),
        N_("An administrator publishes prices in the settings."),
    )


def _read(row: Row[Any]) -> Addon:
    return Addon(
        id=AddonId(row.id),
        name=row.name,
        unit=row.unit,
        price=row.price,
        since=row.since,
        until=row.until,
        content=row.content,
    )
