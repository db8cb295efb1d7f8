"""Versions of the contract's floor and of service plans: added, never changed."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from pmdesk.domain.orders.floor import Floor, Plans, ServicePlan
from pmdesk.domain.orders.plan_form import floor_of, plain, plans_of
from pmdesk.domain.ports.orders import Answered, VisitPromise, VisitQuery, Visits
from pmdesk.store import plan_keeping
from pmdesk.store.context import StoreContext
from pmdesk.store.schema_orders import service_plan as _plan


class SqlServicePlans:
    """What the contract promised from which day on."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid

    def current(self, today: date) -> ServicePlan | None:
        """The newest that holds on that day; None while the shipped one holds."""
        held = select(_plan).where(_plan.c.since <= today).order_by(_plan.c.version.desc()).limit(1)
        row = self._connection.execute(held).first()
        return None if row is None else _read(row)

    def all(self) -> tuple[ServicePlan, ...]:
        """Newest first."""
        rows = self._connection.execute(select(_plan).order_by(_plan.c.version.desc()))
        return tuple(map(_read, rows))

    def publish(self, floor: Floor, plans: Plans, *, since: date, reason: str = "") -> int:
        """The version that holds from that day on."""
        entry = plain(floor, plans) | ({"reason": reason} if reason else {})
        document = json.dumps(entry, ensure_ascii=False, sort_keys=True)
        row = insert(_plan).values(document=document, author=self._uid, since=since)
        return int(self._connection.scalars(row.returning(_plan.c.version)).one())

    def visits(self, promised: Iterable[VisitPromise], asked: VisitQuery, *, today: date) -> Visits:
        """The visits that are due, the longest due first."""
        return plan_keeping.visits(self._connection, promised, asked, today=today)

    def answers(self, *, since: date, until: date, now: datetime) -> tuple[Answered, ...]:
        """How soon somebody took care of the orders of those days that were entered here."""
        return plan_keeping.answers(self._connection, since=since, until=until, now=now)


def _read(row: Row[Any]) -> ServicePlan:
    entry = json.loads(row.document)
    return ServicePlan(
        version=row.version,
        floor=floor_of(entry),
        plans=plans_of(entry),
        author=row.author,
        since=row.since,
        reason=entry.get("reason", ""),
    )
