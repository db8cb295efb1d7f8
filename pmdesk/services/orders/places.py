"""Where an order is about, found from what a clerk types: a resident, a room, or what all share."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.fields import Problem
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.rooms import parsed_room
from pmdesk.domain.staff import Permission
from pmdesk.services.masking import listed
from pmdesk.services.orders.intake import LONGEST_AREA
from pmdesk.services.session import Session

_MOST = 6  # residents
_DASH = r"[-－—\s]*"
# what stands between the number of a building and a place: 号楼, but not the 楼 of 楼道
_TITLES = "号楼栋幢座"
_JOINT = rf"\s*(?:号楼|[号栋幢座#]|楼(?![道梯顶])|){_DASH}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One thing that the words may mean; the name is masked as in every list."""

    room: str = ""
    building: str = ""
    area: str = ""
    person: PersonId | None = None
    name: str = ""  # of the person
    shown: str = ""  # the room as it may be shown: empty for who asked for confidentiality
    is_new: bool = False  # a room that is not in the register yet


def offered(session: Session, text: str) -> tuple[Place, ...]:
    """Residents first, then the room itself, then a place that all share."""
    session.require(Permission.HANDLE_ORDERS)
    wanted = " ".join(text.split())
    if not wanted:
        return ()
    with session.reading(Permission.HANDLE_ORDERS) as work:
        people = tuple(_residents(session, work, wanted))
        room = tuple(_rooms(work, wanted))
        shared = tuple(_shared(work.premises.buildings(), wanted))
    known = tuple(one for one in room if not one.is_new)
    return (*people, *known, *shared, *(one for one in room if one.is_new))


def of_person(session: Session, person: PersonId) -> tuple[Place, ...]:
    """The rooms of one resident."""
    with session.reading(Permission.HANDLE_ORDERS) as work:
        return tuple(_homes(session, work, (person,)))


def _residents(session: Session, work: UnitOfWork, text: str) -> Iterator[Place]:
    found = work.people.ids(ResidentQuery(text=text), today=session.clock.today())
    yield from _homes(session, work, [PersonId(one) for one in found[:_MOST]])


def _homes(session: Session, work: UnitOfWork, people: Sequence[PersonId]) -> Iterator[Place]:
    """A resident of two flats is two places."""
    for row in work.people.rows(people, today=session.clock.today()):
        for one in work.people.get(row.id).occupancies:
            if one.until is None:
                yield Place(
                    room=one.unit.label,
                    building=one.unit.building,
                    person=row.id,
                    name=listed(row).name,
                    shown="" if row.shielded else one.unit.label,
                )


def _rooms(work: UnitOfWork, text: str) -> Iterator[Place]:
    label = parsed_room(text)
    if isinstance(label, Problem) or not any(one.isdigit() for one in label.room):
        return
    is_new = work.premises.find(*label) is None
    yield Place(room=label.text, building=label.building, shown=label.text, is_new=is_new)


def _shared(buildings: Sequence[str], text: str) -> Iterator[Place]:
    """`3栋大堂` and `3-大堂` are the hall of building 3; other words mean the whole estate."""
    if not any(one > "\u2e7f" for one in text):
        return  # letters of an input method, a room or a telephone number
    for building in sorted(buildings, key=len, reverse=True):
        rest = text.removeprefix(building)
        if rest != text:
            joint = _DASH if building[-1] in _TITLES else _JOINT
            area = re.sub(joint, "", rest, count=1)
            if area and not area[0].isdigit() and len(area) <= LONGEST_AREA:
                yield Place(building=building, area=area)
                return
    if not text[0].isdigit() and len(text) <= LONGEST_AREA:
        yield Place(area=text)
