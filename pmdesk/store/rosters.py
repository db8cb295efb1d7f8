"""The contract's roster for a hand-over, in one reading; no other table of values is touched."""

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)

from pmdesk.domain.handover import RosterLine
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports.notices import ChangeId
from pmdesk.domain.purposes import CONTRACT
from pmdesk.store import schema, schema_acts, schema_notices
from pmdesk.store.context import StoreContext

_person = schema.person
_occupancy = schema.occupancy
_unit = schema.unit
_building = schema.building
_delivery = schema_notices.notice_delivery
_restriction = schema_acts.restriction
_dispute = schema_acts.dispute


class SqlRosters:
    """Reads the register under P1 and keeps the list of those to be told complete."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # nothing here belongs to an account
        self._connection = connection

    def lines(self, *, today: date) -> tuple[RosterLine, ...]:
        """Everybody with a running contract, by room; not whoever had its use restricted."""
        rows = self._connection.execute(_lines(today))
        found = (_line(row) for row in rows)
        return tuple(dict.fromkeys(found))  # a shielded owner of two units is one line

    def left_out(self, *, today: date) -> int:
        """How many people are not on it because they had the use restricted (PIPL 44)."""
        lives_here = exists().where(_occupancy.c.person == _person.c.id, _runs(today))
        counted = select(func.count()).select_from(_person).where(lives_here, _RESTRICTED)
        return int(self._connection.scalar(counted) or 0)

    def units(self) -> tuple[tuple[str, str, str], ...]:
        """Every unit (building, entrance, room) of the property, in order."""
        found = (
            select(_building.c.name, _unit.c.entrance, _unit.c.room)
            .join(_building, _building.c.id == _unit.c.building)
            .order_by(_building.c.position, _unit.c.position)
        )
        rows = self._connection.execute(found)
        return tuple((row.name, row.entrance, row.room) for row in rows)

    def unlisted(self, change: ChangeId) -> int:
        """How many people are in the register and not among those to be told."""
        counted = select(func.count()).select_from(_person).where(~_listed(change))
        return int(self._connection.scalar(counted) or 0)

    def widen(self, change: ChangeId) -> int:
        """Who was registered since has to be told as well; how many were added."""
        new = select(literal(change), _person.c.id).where(~_listed(change))
        added = insert(_delivery).from_select(["change", "person"], new)
        return self._connection.execute(added).rowcount


def _lines(today: date) -> Select[Any]:
    return (
        select(
            _person.c.id,
            _person.c.name,
            _person.c.shielded,
            _occupancy.c.role,
            case((or_(_person.c.shielded, _disputed("mobile")), ""), else_=_person.c.mobile).label(
                "mobile"
            ),
            _building.c.name.label("building"),
            _unit.c.entrance,
            _unit.c.room,
            _disputed("unit_ref").label("unplaced"),
        )
        .join(_occupancy, and_(_occupancy.c.person == _person.c.id, _runs(today)))
        .join(_unit, _unit.c.id == _occupancy.c.unit)
        .join(_building, _building.c.id == _unit.c.building)
        .where(~_RESTRICTED)
        .order_by(_person.c.place, _person.c.id, _occupancy.c.rank)
    )


def _line(row: Any) -> RosterLine:
    hidden = row.shielded or row.unplaced
    return RosterLine(
        person=PersonId(row.id),
        name=row.name,
        role=row.role,
        mobile=row.mobile,
        building="" if hidden else row.building,
        entrance="" if hidden else row.entrance,
        room="" if hidden else row.room,
        shielded=row.shielded,
    )


def _runs(today: date) -> ColumnElement[bool]:
    return or_(_occupancy.c.until.is_(None), _occupancy.c.until > today)


def _listed(change: ChangeId) -> ColumnElement[bool]:
    return exists().where(_delivery.c.change == change, _delivery.c.person == _person.c.id)


def _disputed(field: str) -> ColumnElement[bool]:
    """A value whose truth is open is not passed on as if it were settled (PIPL 46)."""
    return exists().where(
        _dispute.c.person == _person.c.id,
        _dispute.c.field == field,
        _dispute.c.settled_on.is_(None),
    )


_RESTRICTED = exists().where(
    _restriction.c.person == _person.c.id, _restriction.c.purpose == CONTRACT
)
