"""Where an order is about, found from what a clerk types: a resident, a room, or what all share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.fields import Problem
from pmdesk.domain.orders import areas
from pmdesk.domain.orders.areas import LONGEST_AREA
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.rooms import parsed_room
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _
from pmdesk.services.masking import listed
from pmdesk.services.session import Session
from pmdesk.services.wording import ROLES

_MOST = 6  # residents


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One thing that the words may mean; the name is masked as in every list."""

    room: str = ""
    building: str = ""
    area: str = ""
    person: PersonId | None = None
    name: str = ""  # of the person
    role: str = ""  # of the person in that room, in words
    mobile: str = ""  # of the person, masked; two of one name are told apart
    shown: str = ""  # the room as it may be shown: empty for who asked for confidentiality
    is_new: bool = False  # a room that is not in the register yet
    is_guess: bool = False  # words that may be a slip in a name: taken only by who says so

    @property
    def typed(self) -> str:
        """What finds it again when it is typed; nobody's name."""
        shared = "-".join(part for part in (self.building, self.area) if part)
        return self.room or (f"{shared}栋" if shared and not self.area else shared)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the words may mean, likeliest first, guesses last; how many more residents fit."""

    places: tuple[Place, ...] = ()
    more: int = 0
    why: str = ""  # nothing fits, or not all of it: what to type, in words

    @property
    def is_sure(self) -> bool:
        """Whether the first place is one that is known or understood."""
        return bool(self.places) and not self.places[0].is_guess


def offered(session: Session, text: str) -> Offer:
    """A part of a building that is named, residents, the room itself, then other places."""
    session.require(Permission.HANDLE_ORDERS)
    wanted = " ".join(text.split())
    if not wanted:
        return Offer()
    with session.reading(Permission.HANDLE_ORDERS) as work:
        found = work.people.ids(ResidentQuery(text=wanted), today=session.clock.today())
        people = tuple(_homes(session, work, [PersonId(one) for one in found[:_MOST]]))
        buildings = work.premises.buildings()
        room = tuple(_rooms(work, wanted, buildings))
    known = tuple(one for one in room if not one.is_new or one.building in buildings)
    likely = () if known else tuple(_shared(wanted, buildings))
    shared = tuple(one for one in likely if not one.is_guess)
    homes = (*people, *known)
    is_named = any(one.building for one in shared)  # 3栋 is no resident of building 3
    places = (*shared, *homes) if is_named else (*homes, *shared)
    places += tuple(one for one in room if one not in known)
    places += tuple(one for one in likely if one.is_guess)
    why = _why(wanted, buildings, places)
    return Offer(places=places, more=max(len(found) - _MOST, 0), why=why)


def of_person(session: Session, person: PersonId) -> tuple[Place, ...]:
    """The rooms of one resident."""
    with session.reading(Permission.HANDLE_ORDERS) as work:
        return tuple(_homes(session, work, (person,)))


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
                    role=_(ROLES[one.role]),
                    mobile="" if row.shielded else listed(row).mobile,
                    shown="" if row.shielded else one.unit.label,
                )


def _rooms(work: UnitOfWork, text: str, buildings: Sequence[str]) -> Iterator[Place]:
    """The room of that label; what is in no register only where it is written like a room."""
    label = parsed_room(text)
    if isinstance(label, Problem):
        return
    is_new = work.premises.find(*label) is None
    if not is_new or areas.is_plain_room(label):
        is_known = not buildings or label.building in buildings
        yield Place(
            room=label.text,
            building=label.building,
            shown=label.text,
            is_new=is_new,
            is_guess=not is_known and not label.building.isascii(),  # 王芳-5
        )


def _shared(text: str, buildings: Sequence[str]) -> Iterator[Place]:
    for one in areas.shared(text, buildings):
        yield Place(building=one.building, area=one.area, is_guess=not one.is_understood)


def _why(text: str, buildings: Sequence[str], places: Sequence[Place]) -> str:
    """What keeps the words from being a place of this office; empty when nothing does."""
    if areas.lacks_building(text, buildings):
        words = _("In which building? Write it first, such as {building}-2单元楼道.")
        return words.format(building=buildings[0])
    name = areas.unknown_building(text, buildings)
    if name and any(one.area for one in places):
        words = _("No building {name} is in the register: the order counts for the estate.")
        return words.format(name=name)
    if places and places[0].is_guess:
        return _("Nobody and no room is called “{text}”.").format(text=text)
    if places:
        return ""
    if len(text) > LONGEST_AREA:
        return _("That is too long for a place. What happened is written below.")
    return _("Nothing fits. Type a room such as 3-2-501, or a place such as 3栋电梯 or 北门.")
