"""An order between its row and the domain."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Select, select

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.order import Order, OrderChannel, OrderId, OrderState, Spot
from pmdesk.domain.people import PersonId, UnitId
from pmdesk.store import schema
from pmdesk.store.schema_orders import work_order

_unit = schema.unit
_building = schema.building
_ELSEWHERE = frozenset({"id", "spot"})


def found() -> Select[Any]:
    """Every order with the names of its place."""
    return (
        select(
            work_order,
            _building.c.name.label("building_name"),
            _unit.c.entrance,
            _unit.c.room,
        )
        .outerjoin(_unit, _unit.c.id == work_order.c.unit)
        .outerjoin(_building, _building.c.id == work_order.c.building)
    )


def read(row: Row[Any]) -> Order:
    """The order of such a row."""
    plain = {one.name: getattr(row, one.name) for one in fields(Order) if one.name != "spot"}
    return Order(
        **{
            **plain,
            "id": OrderId(row.id),
            "service": Service(row.service),
            "urgency": Urgency(row.urgency),
            "state": OrderState(row.state),
            "channel": OrderChannel(row.channel),
            "spot": _spot(row),
            "person": None if row.person is None else PersonId(row.person),
            "paused": timedelta(seconds=row.paused),
            "parent": None if row.parent is None else OrderId(row.parent),
        }
    )


def columns(order: Order, building: int | None) -> dict[str, object]:
    """The order by column, without what only its entry knows."""
    values: dict[str, object] = {
        one.name: getattr(order, one.name) for one in fields(Order) if one.name not in _ELSEWHERE
    }
    return values | {
        "urgency": int(order.urgency),
        "paused": int(order.paused.total_seconds()),
        "unit": order.spot.unit,
        "building": building,
        "area": order.spot.area,
    }


def _spot(row: Row[Any]) -> Spot:
    parts = (row.building_name, row.entrance, row.room) if row.unit is not None else ()
    return Spot(
        unit=None if row.unit is None else UnitId(row.unit),
        building=row.building_name or "",
        room="-".join(filter(None, parts)),
        area=row.area,
    )
