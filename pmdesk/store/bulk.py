"""Many residents at once: the rows of `people.add`, written by the thousand."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from pmdesk.domain.people import NewResident, Occupancy, PersonId, Premises, UnitId
from pmdesk.store import search
from pmdesk.store.columns import written
from pmdesk.store.context import StoreContext
from pmdesk.store.natural import place
from pmdesk.store.units import Room, Units

BATCH = 5_000  # bounds what is held in memory, not the transaction


def add_people(
    connection: Connection, context: StoreContext, people: Iterable[NewResident], *, at: datetime
) -> Sequence[PersonId]:
    """The ids of the new residents in order; units that were unknown are entered."""
    units = Units(connection)
    first = _next_id(connection)
    stamp = (context.uid, written(at))
    waiting = iter(people)
    count = 0
    while batch := tuple(itertools.islice(waiting, BATCH)):
        _add(connection, units, batch, first + count, stamp)
        count += len(batch)
    return tuple(map(PersonId, range(first, first + count)))


def _home(units: Mapping[Room, UnitId], new: NewResident) -> tuple[Occupancy, ...]:
    """Where the person lives; nowhere when the list tells no unit."""
    key = units.get((new.building, new.entrance, new.room))
    if key is None:
        return ()
    unit = Premises(id=key, building=new.building, entrance=new.entrance, room=new.room)
    return (Occupancy(unit=unit, role=new.role),)


def _next_id(connection: Connection) -> int:
    """After every id that was ever given: those of people who are gone are not used again."""
    used = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'person'")
    return int(used.scalar() or 0) + 1


def _add(
    connection: Connection,
    units: Units,
    batch: Sequence[NewResident],
    first: int,
    stamp: tuple[str, str],
) -> None:
    people, index = [], []
    places: list[tuple[int, int, str]] = []
    rooms = ((new.building, new.entrance, new.room) for new in batch)
    known = units.entered(room for room in rooms if any(room))
    for key, new in enumerate(batch, first):
        home = _home(known, new)
        entry = search.entry(PersonId(key), new.name, new.mobile, home)
        index.append(entry)
        people.append((key, new.name, new.mobile, search.sound_of(entry), place(home), *stamp))
        places.extend((key, one.unit.id, one.role.value) for one in home)
    connection.exec_driver_sql(_PERSON, people)
    if places:
        connection.exec_driver_sql(_PLACE, places)
    connection.exec_driver_sql(search.INSERT, index)


_PERSON = (
    "INSERT INTO person (id, name, mobile, sound, place, updated_by, updated_at, revision) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, 1)"
)
_UNIT = "INSERT INTO unit (id, building, entrance, room, position) VALUES (?, ?, ?, ?, ?)"
_PLACE = "INSERT INTO occupancy (person, unit, role, rank) VALUES (?, ?, ?, 0)"
