"""Buildings, entrances and rooms in the store."""

from collections.abc import Iterable

from sqlalchemy import Connection, func, insert, select

from pmdesk.domain.people import PersonId, Premises, UnitId
from pmdesk.store import schema
from pmdesk.store.context import StoreContext
from pmdesk.store.natural import natural, position
from pmdesk.store.units import Room, Units

_building = schema.building
_unit = schema.unit
_occupancy = schema.occupancy


class SqlPremises:
    """The register of premises; units are entered as people are."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # whoever may open the office may read it
        self._connection = connection

    def ensure(self, building: str, entrance: str, room: str) -> UnitId:
        """The unit, entered when it was not there."""
        found = self.find(building, entrance, room)
        if found is not None:
            return found.id
        values = {
            "building": self.building(building),
            "entrance": entrance,
            "room": room,
            "position": position(entrance, room),
        }
        added = insert(_unit).values(values).returning(_unit.c.id)
        return UnitId(self._connection.scalars(added).one())

    def ensure_many(self, rooms: Iterable[Room]) -> None:
        """Every unit is there, each told as (building, entrance, room); at bulk speed."""
        Units(self._connection).entered(rooms)

    def find(self, building: str, entrance: str, room: str) -> Premises | None:
        """The unit, if it was ever entered."""
        that = (
            select(_unit.c.id)
            .join_from(_unit, _building, _unit.c.building == _building.c.id)
            .where(_building.c.name == building, _unit.c.entrance == entrance, _unit.c.room == room)
        )
        key = self._connection.scalar(that)
        if key is None:
            return None
        return Premises(id=UnitId(key), building=building, entrance=entrance, room=room)

    def household(self, unit: UnitId) -> tuple[PersonId, ...]:
        """Everybody on record with that unit, also those whose tie to it ended."""
        found = select(_occupancy.c.person).where(_occupancy.c.unit == unit)
        return tuple(map(PersonId, self._connection.scalars(found.order_by(_occupancy.c.person))))

    def buildings(self) -> tuple[str, ...]:
        """Their names in natural order."""
        names = select(_building.c.name).order_by(_building.c.position, _building.c.name)
        return tuple(self._connection.scalars(names))

    def rooms(self) -> frozenset[Room]:
        """Every unit that was ever entered."""
        every = select(_building.c.name, _unit.c.entrance, _unit.c.room).join_from(
            _unit, _building, _unit.c.building == _building.c.id
        )
        return frozenset(
            (row.name, row.entrance, row.room) for row in self._connection.execute(every)
        )

    def count(self) -> int:
        """How many units there are."""
        return self._connection.scalar(select(func.count()).select_from(_unit)) or 0

    def building(self, name: str) -> int:
        """The number of the building, entered when it was not there."""
        found = self._connection.scalar(select(_building.c.id).where(_building.c.name == name))
        if found is not None:
            return int(found)
        added = insert(_building).values(name=name, position=natural(name))
        return int(self._connection.scalars(added.returning(_building.c.id)).one())
