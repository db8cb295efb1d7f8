"""Residents in the store: each with units and an entry in the search index."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
    update,
)

from pmdesk.domain.classification import ResidentQuery, ResidentRow
from pmdesk.domain.people import (
    NewResident,
    Occupancy,
    PartyRole,
    Person,
    PersonId,
    Premises,
    UnitId,
)
from pmdesk.errors import ConflictError, NotFoundError
from pmdesk.i18n import N_
from pmdesk.store import bulk, resident_list, schema, search, traces
from pmdesk.store.context import StoreContext
from pmdesk.store.natural import place
from pmdesk.store.orders import drafts

LOOK_ALIKES = 10  # more than a clerk would compare

_person = schema.person
_occupancy = schema.occupancy
_unit = schema.unit
_building = schema.building
_OPEN = ~_person.c.shielded
_UNSAID = ""  # the place of a shielded person, as far as an order can tell


class SqlPeople:
    """Residents under P1; each change keeps the search index in step, in the same transaction."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._context = context

    def add(
        self, name: str, mobile: str, occupancies: Sequence[Occupancy], *, at: datetime
    ) -> PersonId:
        """The person is in the register and can be found."""
        values = self._values(name, mobile, occupancies, at)
        added = insert(_person).values(**values, revision=1).returning(_person.c.id)
        person = PersonId(self._connection.scalars(added).one())
        self._hang(person, name, mobile, occupancies, at)
        return person

    def add_many(self, entries: Iterable[NewResident], *, at: datetime) -> Sequence[PersonId]:
        """The ids of the new residents in order, at bulk speed; units are entered as needed."""
        return bulk.add_people(self._connection, self._context, entries, at=at)

    def existing(self) -> frozenset[tuple[str, str, str, str]]:
        """(building, entrance, room, name) of everybody who has a unit."""
        rows = self._connection.execute(_EVERYBODY)
        return frozenset((row.building, row.entrance, row.room, row.name) for row in rows)

    def by_home(self) -> Mapping[tuple[str, str, str, str], PersonId]:
        """Everybody who has a unit, by (building, entrance, room, name)."""
        rows = self._connection.execute(_EVERYBODY.order_by(_person.c.id.desc()))
        return {(r.building, r.entrance, r.room, r.name): PersonId(r.id) for r in rows}

    def get(self, person: PersonId) -> Person:
        """The person; NotFoundError when there is none of that id."""
        row = self._connection.execute(select(_person).where(_person.c.id == person)).first()
        if row is None:
            raise gone()
        return Person(
            id=PersonId(row.id),
            name=row.name,
            mobile=row.mobile,
            occupancies=self._occupancies(person),
            revision=row.revision,
            updated_at=row.updated_at,
            updated_by=row.updated_by,
        )

    def save(
        self,
        person: PersonId,
        name: str,
        mobile: str,
        occupancies: Sequence[Occupancy],
        *,
        revision: int,
        at: datetime,
    ) -> int:
        """The new revision; ConflictError when somebody saved meanwhile."""
        shielded = self._is_shielded(person)
        values = self._values(name, mobile, occupancies, at, shielded=shielded)
        saved = self._connection.execute(
            update(_person)
            .where(_person.c.id == person, _person.c.revision == revision)
            .values(**values, revision=revision + 1)
        )
        if not saved.rowcount:
            self.get(person)
            raise ConflictError(
                N_("Somebody else saved this resident meanwhile."),
                N_("Load the resident anew, then make your changes again."),
            )
        self._connection.execute(delete(_occupancy).where(_occupancy.c.person == person))
        self._hang(person, name, mobile, occupancies, at, shielded=shielded)
        return revision + 1

    def shield(self, person: PersonId, *, on: bool) -> None:
        """No list, and no search by room or number, tells where a shielded person is found."""
        who = self.get(person)
        changed = update(_person).where(_person.c.id == person)
        where = _UNSAID if on else place(who.occupancies)
        self._connection.execute(changed.values(shielded=on, place=where))
        present = _present(who.occupancies, who.updated_at)
        search.put(self._connection, _entry(who.id, who.name, who.mobile, present, on))

    def remove(self, person: PersonId) -> None:
        """The person and everything that hangs on the person is gone; consent events stay."""
        remove(self._connection, person)
        search.forget(self._connection)

    def ids(self, query: ResidentQuery, *, today: date) -> "array[int]":
        """The ids that fit, in order, as one int64 vector."""
        return resident_list.ids(self._connection, query, today=today)

    def rows(self, ids: Sequence[int], *, today: date) -> tuple[ResidentRow, ...]:
        """The rows of these ids in their order, unmasked; who is gone has none."""
        return resident_list.rows(self._connection, ids, today=today)

    def look_alikes(self, name: str, mobile: str, unit: UnitId | None) -> tuple[PersonId, ...]:
        """At most 10 residents with the same phone, the same sounding name, or that unit."""
        alike = [select(_person.c.id, literal(1).label("rank")).where(_sounds_like(name))]
        if mobile:
            same = select(_person.c.id, literal(0).label("rank")).where(_person.c.mobile == mobile)
            alike.append(same.where(_OPEN))
        if unit is not None:
            there = select(_occupancy.c.person, literal(2)).where(_occupancy.c.unit == unit)
            alike.append(there.join(_person, _person.c.id == _occupancy.c.person).where(_OPEN))
        every = union_all(*(one.limit(LOOK_ALIKES).subquery().select() for one in alike)).subquery()
        ranked = select(every.c.id).group_by(every.c.id).order_by(func.min(every.c.rank))
        return tuple(map(PersonId, self._connection.scalars(ranked.limit(LOOK_ALIKES))))

    def count(self) -> int:
        """How many residents there are."""
        return self._connection.scalar(select(func.count()).select_from(_person)) or 0

    def _is_shielded(self, person: PersonId) -> bool:
        return bool(
            self._connection.scalar(select(_person.c.shielded).where(_person.c.id == person))
        )

    def _values(
        self,
        name: str,
        mobile: str,
        occupancies: Sequence[Occupancy],
        at: datetime,
        *,
        shielded: bool = False,
    ) -> dict[str, Any]:
        return {
            "name": name,
            "mobile": mobile,
            "sound": search.sound(name),
            "place": _UNSAID if shielded else place(occupancies),
            "updated_at": at,
            "updated_by": self._context.uid,
        }

    def _hang(
        self,
        person: PersonId,
        name: str,
        mobile: str,
        occupancies: Sequence[Occupancy],
        at: datetime,
        *,
        shielded: bool = False,
    ) -> None:
        rows = [
            {
                "person": person,
                "unit": occupancy.unit.id,
                "role": occupancy.role,
                "since": occupancy.since,
                "until": occupancy.until,
                "rank": rank,
            }
            for rank, occupancy in enumerate(occupancies)
        ]
        if rows:
            self._connection.execute(insert(_occupancy), rows)
        present = _present(occupancies, at)
        search.put(self._connection, _entry(person, name, mobile, present, shielded))

    def _occupancies(self, person: PersonId) -> tuple[Occupancy, ...]:
        rows = self._connection.execute(_OCCUPANCIES, {"person_id": person})
        return tuple(
            Occupancy(
                unit=Premises(
                    id=UnitId(row.unit), building=row.name, entrance=row.entrance, room=row.room
                ),
                role=PartyRole(row.role),
                since=row.since,
                until=row.until,
            )
            for row in rows
        )


_OCCUPANCIES = (
    select(_occupancy, _unit.c.entrance, _unit.c.room, _building.c.name)
    .join_from(_occupancy, _unit, _occupancy.c.unit == _unit.c.id)
    .join(_building, _unit.c.building == _building.c.id)
    .where(_occupancy.c.person == bindparam("person_id"))
    .order_by(_occupancy.c.rank)
)


def remove(connection: Connection, person: PersonId) -> None:
    """`SqlPeople.remove`, with the index still to be told to forget."""
    drafts.forget_about(connection, person)  # while it is known who it is
    if not connection.execute(delete(_person).where(_person.c.id == person)).rowcount:
        raise gone()
    search.drop(connection, person)
    traces.erase(connection, person)


def _present(occupancies: Sequence[Occupancy], at: datetime) -> tuple[Occupancy, ...]:
    """Where the person is found now; units that were left are found no more."""
    today = at.astimezone().date()
    return tuple(one for one in occupancies if one.until is None or one.until > today)


_EVERYBODY = (
    select(
        _building.c.name.label("building"),
        _unit.c.entrance,
        _unit.c.room,
        _person.c.name,
        _person.c.id,
    )
    .join_from(_person, _occupancy, _occupancy.c.person == _person.c.id)
    .join(_unit, _unit.c.id == _occupancy.c.unit)
    .join(_building, _building.c.id == _unit.c.building)
)


def _entry(
    person: PersonId,
    name: str,
    mobile: str,
    occupancies: Sequence[Occupancy],
    shielded: bool,  # passed on, never written at a call
) -> search.Entry:
    if shielded:
        return search.entry(person, name, "", ())
    return search.entry(person, name, mobile, occupancies)


def _sounds_like(name: str) -> ColumnElement[bool]:
    return _person.c.sound == search.sound(name)


def gone() -> NotFoundError:
    """The error of whoever asks for a person who is not in the register."""
    return NotFoundError(
        N_("This resident is no longer in the register."),
        N_("Search again; somebody may have removed the entry."),
    )
