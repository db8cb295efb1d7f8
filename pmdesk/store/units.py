"""Many units at once: each is looked up and entered by the thousand, not one by one."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, select

from pmdesk.domain.people import UnitId
from pmdesk.store import schema
from pmdesk.store.natural import natural, position

Room = tuple[str, str, str]  # building, entrance, room

_unit = schema.unit
_building = schema.building


class Units:
    """The units of the register, read once; further ones are entered as they are asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        every = select(_unit.c.id, _building.c.name, _unit.c.entrance, _unit.c.room).join_from(
            _unit, _building, _unit.c.building == _building.c.id
        )
        self._known: dict[Room, UnitId] = {
            (name, entrance, room): UnitId(key)
            for key, name, entrance, room in connection.execute(every)
        }
        names = connection.execute(select(_building.c.name, _building.c.id))
        self._buildings: dict[str, int] = {name: key for name, key in names}  # noqa: C416  # rows

    def entered(self, rooms: Iterable[Room]) -> Mapping[Room, UnitId]:
        """All units known by now, these among them."""
        fresh = [room for room in dict.fromkeys(rooms) if room not in self._known]
        if fresh:
            self._enter_buildings(dict.fromkeys(building for building, _, _ in fresh))
            first = self._next_id()
            self._connection.exec_driver_sql(
                _UNIT,
                [
                    (key, self._buildings[building], entrance, room, position(entrance, room))
                    for key, (building, entrance, room) in enumerate(fresh, first)
                ],
            )
            self._known.update((room, UnitId(key)) for key, room in enumerate(fresh, first))
        return self._known

    def buildings(self, names: Iterable[str]) -> Mapping[str, int]:
        """All buildings known by now, these among them."""
        self._enter_buildings(names)
        return self._buildings

    def _enter_buildings(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self._buildings:
                added = self._connection.exec_driver_sql(_BUILDING, (name, natural(name)))
                self._buildings[name] = int(added.scalar_one())

    def _next_id(self) -> int:
        return int(self._connection.scalar(select(func.max(_unit.c.id))) or 0) + 1


_BUILDING = "INSERT INTO building (name, position) VALUES (?, ?) RETURNING id"
_UNIT = "INSERT INTO unit (id, building, entrance, room, position) VALUES (?, ?, ?, ?, ?)"
