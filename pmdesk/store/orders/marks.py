"""Orders as packed numbers for charts, and what accounts were shown of them."""

import json
from array import array
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select

from pmdesk.domain.dashboard import SeenView
from pmdesk.domain.orders.kinds import Service
from pmdesk.store import schema
from pmdesk.store.columns import written
from pmdesk.store.context import StoreContext
from pmdesk.store.legend import legend
from pmdesk.store.orders.listing import overdue
from pmdesk.store.schema_dashboard import ZERO_DAY, order_mark, shown_view
from pmdesk.store.schema_orders import work_order
from pmdesk.store.vectors import vector

_ZERO = date.fromisoformat(ZERO_DAY)
_occupancy = schema.occupancy
_result = schema.classification
_HOMES, _BUILDINGS, _OUTCOMES, _SERVICES = 1 << 24, 1 << 14, 1 << 2, 1 << 3  # as marks are packed
_RULESETS = 1 << 12
KEPT_YEARS = 3  # as long as orders tell of anybody


class SqlOrderMarks:
    """Orders as numbers; never who asked."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context
        self._connection = connection

    def within(self, since: date, until: date) -> "array[int]":
        """Of the orders that came from `since` to before `until`."""
        first, end = (since - _ZERO).days, (until - _ZERO).days
        came = select(order_mark.c.what).where(order_mark.c.day >= first, order_mark.c.day < end)
        return vector(self._connection, came)

    def waiting(self) -> "array[int]":
        """Of the orders that are open now."""
        return vector(self._connection, _waiting())

    def overdue(self, now: datetime) -> "array[int]":
        """Of those that are open though what was promised is over."""
        return vector(self._connection, _waiting().where(overdue(written(now))))

    def buildings(self) -> Mapping[str, int]:
        """The number of each building by its name, in the order of the office."""
        listed = select(schema.building.c.name, schema.building.c.id).order_by(
            schema.building.c.position, schema.building.c.id
        )
        return {row.name: row.id for row in self._connection.execute(listed)}

    def homes(self) -> tuple["array[int]", Mapping[int, str]]:
        """Homes that somebody lives in, packed, and the tiers that their codes stand for."""
        strongest = func.max(_result.c.tier * _RULESETS + _result.c.ruleset % _RULESETS + 1)
        code = func.coalesce(strongest, 0)
        lived = (
            select(
                (
                    (code * _BUILDINGS + schema.unit.c.building % _BUILDINGS) * _HOMES
                    + _occupancy.c.unit % _HOMES
                ).label("what")
            )
            .join(schema.unit, schema.unit.c.id == _occupancy.c.unit)
            .outerjoin(_result, _result.c.person == _occupancy.c.person)
            .group_by(_occupancy.c.unit)
        )
        rules = select(schema.ruleset.c.id, schema.ruleset.c.document)
        names = {
            rank * _RULESETS + row.id % _RULESETS + 1: tier
            for row in self._connection.execute(rules)
            for rank, tier in enumerate(legend(row.document).tiers)
        }
        return vector(self._connection, lived), names

    def daily(
        self,
        since: date,
        until: date,
        buildings: Collection[int],
        services: Collection[int],
    ) -> Mapping[date, int]:
        """Orders of each day that had any, in these buildings and of these services; none: all."""
        mark = order_mark.c
        counted = select(mark.day, func.count()).where(
            mark.day >= (since - _ZERO).days, mark.day < (until - _ZERO).days
        )
        if buildings:
            counted = counted.where((mark.what.op("/")(_HOMES) % _BUILDINGS).in_(buildings))
        if services:
            above = _HOMES * _BUILDINGS * _OUTCOMES
            counted = counted.where((mark.what.op("/")(above) % _SERVICES).in_(services))
        found = self._connection.execute(counted.group_by(mark.day))
        return {_ZERO + timedelta(days=day): orders for day, orders in found}

    def home_count(self) -> int:
        """In how many homes somebody lives."""
        return self._connection.scalar(select(func.count(_occupancy.c.unit.distinct()))) or 0


class SqlSeenViews:
    """What accounts were shown of the orders."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context
        self._connection = connection

    def of(self, uid: str) -> tuple[SeenView, ...]:
        """Oldest first."""
        listed = select(shown_view).where(shown_view.c.uid == uid).order_by(shown_view.c.id)
        return tuple(_read(row) for row in self._connection.execute(listed))

    def last(self, uid: str) -> int:
        """A number that grows with what the account is shown."""
        newest = select(func.max(shown_view.c.id)).where(shown_view.c.uid == uid)
        return self._connection.scalar(newest) or 0

    def add(self, uid: str, views: Iterable[SeenView], on: date) -> None:
        """The account has seen these as well; what is years ago is forgotten."""
        rows = [{**_columns(view), "uid": uid, "on": on} for view in views]
        if rows:
            self._connection.execute(insert(shown_view), rows)
        old = on.replace(year=on.year - KEPT_YEARS, day=1)
        self._connection.execute(delete(shown_view).where(shown_view.c.on < old))


def _waiting() -> Select[tuple[int]]:
    joined = work_order.join(order_mark, order_mark.c.work_order == work_order.c.id)
    days = func.julianday(work_order.c.day) - func.julianday(ZERO_DAY)
    waits = (work_order.c.closed_at.is_(None), order_mark.c.day == days)
    return select(order_mark.c.what).select_from(joined).where(*waits)


def _columns(view: SeenView) -> dict[str, object]:
    return {
        "cut": view.cut,
        "since": view.since,
        "until": view.until,
        "buildings": json.dumps(sorted(view.buildings)),
        "services": json.dumps(sorted(view.services)),
        "hidden": json.dumps(sorted(view.hidden)),
    }


def _read(row: Any) -> SeenView:
    return SeenView(
        cut=row.cut,
        since=row.since,
        until=row.until,
        buildings=_numbers(row.buildings),
        services=_services(row.services),
        hidden=_numbers(row.hidden),
    )


@lru_cache(maxsize=5_000)  # thousands of rows have few different lists, and each card reads them
def _numbers(text: str) -> frozenset[int]:
    return frozenset(json.loads(text))


@lru_cache(maxsize=500)
def _services(text: str) -> frozenset[Service]:
    return frozenset(map(Service, json.loads(text)))
