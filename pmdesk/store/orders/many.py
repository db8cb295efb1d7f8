"""Thousands of orders at once, as an import brings them."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, insert, select

from pmdesk.domain.orders.order import Deed
from pmdesk.domain.ports.orders import OrderLine
from pmdesk.store.orders.reading import columns
from pmdesk.store.schema_orders import order_step, work_order
from pmdesk.store.units import Units

BATCH = 5_000


def add_many(connection: Connection, lines: Iterable[OrderLine]) -> int:
    """All are in the book, each with the one step that says where it came from; how many."""
    units = Units(connection)
    waiting = iter(lines)
    first = int(connection.scalar(select(func.max(work_order.c.id))) or 0) + 1
    count = 0
    while batch := tuple(itertools.islice(waiting, BATCH)):
        rows = _rows(units, batch, first + count)
        connection.execute(insert(work_order), rows)
        connection.execute(insert(order_step), [_step(row) for row in rows])
        count += len(batch)
    return count


def _rows(units: Units, batch: tuple[OrderLine, ...], first: int) -> list[dict[str, object]]:
    known = units.entered(
        (line.order.spot.building, line.entrance, line.room) for line in batch if line.room
    )
    named = (line.order.spot.building for line in batch)
    buildings = units.buildings(dict.fromkeys(name for name in named if name))
    rows = []
    for key, line in enumerate(batch, first):
        spot = line.order.spot
        if line.room:
            spot = replace(spot, unit=known[(spot.building, line.entrance, line.room)])
        order = replace(line.order, spot=spot)
        values = columns(order, buildings.get(spot.building))
        rows.append({**values, "id": key, "day": line.day, "hour": line.hour})
    return rows


def _step(row: Mapping[str, Any]) -> dict[str, object]:
    return {
        "work_order": row["id"],
        "at": row["received_at"],
        "by": row["received_by"],
        "act": Deed.IMPORTED.value,
        "words": "",
    }
