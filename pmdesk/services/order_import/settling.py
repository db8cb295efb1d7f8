"""What comes of a read row once it is known what its words mean here."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pmdesk.domain.orders.floor import Floor
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import Order, OrderChannel, OrderId, OrderState, Spot
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports.orders import OrderLine
from pmdesk.domain.screening import Lexicon, Use
from pmdesk.domain.sieve import Sieve
from pmdesk.services.order_import.courses import Course, Courses
from pmdesk.services.order_import.planned import Choices, Note, ReadList, ReadOrder
from pmdesk.services.order_import.reading import Wall
from pmdesk.services.order_import.wording import Wording, common_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the register and the contract say, as they are when the list is judged."""

    by: str  # uid of who imports
    prefix: str  # of the number here, before the number over there
    wall: Wall
    now: datetime
    floor: Floor
    lexicon: Lexicon
    rooms: frozenset[tuple[str, str, str]]
    people: Mapping[tuple[str, str, str, str], PersonId]
    colleagues: Mapping[str, str]  # uid by name
    complaints_since: date  # closed before that day a complaint tells nothing any more
    orders_since: date  # likewise what is nobody's


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where an order is, whose it is, and what of its words stays."""

    spot: Spot
    entrance: str = ""
    room: str = ""
    person: PersonId | None = None
    words: str = ""


class Settling:
    """Makes orders of rows, and counts what is to be said of them."""

    def __init__(self, office: Office, read: ReadList, choices: Choices) -> None:
        self.notes: Counter[Note] = Counter()
        self._office = office
        self._choices = choices
        self._wording = Wording(
            sieve=Sieve(office.lexicon, Use.PROSE),
            choices=choices,
            notes=self.notes,
            common=common_names(read.orders),
        )
        self._courses = Courses(
            wall=office.wall,
            now=office.now,
            tells_closing=read.tells_closing,
            keeps_old_open=choices.keeps_old_open,
            notes=self.notes,
        )

    def line(self, row: ReadOrder) -> OrderLine | None:
        """The order of that row; None when its building is left out."""
        building = self._choices.buildings.get(row.building, row.building)
        if building is None:
            return None
        self.notes.update(row.notes)
        service, kind, urgency = self._wording.about(row)
        hand = self._wording.hand(row)
        course = self._courses.of(row, hand)
        place = self._place(row, building, service, course)
        due = course.received + self._office.floor.due(service, urgency)
        order = Order(
            id=OrderId(0),  # the book gives it
            number=f"{self._office.prefix}{row.source}",
            service=service,
            kind=kind,
            urgency=urgency,
            state=course.state,
            channel=OrderChannel.IMPORT,
            spot=place.spot,
            person=place.person,
            words=place.words,
            received_at=course.received,
            received_by=self._office.by,
            due_at=due if course.is_due else None,
            assignee=self._office.colleagues.get(hand, hand),
            started_at=course.started,
            finished_at=course.finished,
            closed_at=course.closed,
            rating=row.rating if course.state is OrderState.CLOSED else None,
            source=row.source,
        )
        hour = row.received.wall.hour if row.received.has_time else None
        return OrderLine(
            order=order,
            day=row.received.day,
            hour=hour,
            entrance=place.entrance,
            room=place.room,
        )

    def _place(self, row: ReadOrder, building: str, service: Service, course: Course) -> _Place:
        """What is past its time tells neither room nor words; strangers are not named."""
        home = (building, row.entrance, row.room)
        is_known = bool(row.room) and home in self._office.rooms
        if row.room and not is_known:
            self.notes[Note.NO_ROOM] += 1
        person = self._office.people.get((*home, row.name)) if is_known and row.name else None
        if row.name and person is None:
            self.notes[Note.STRANGER] += 1
        public = Spot(building=building, area=row.area)
        if self._is_past(service, course, person):
            if row.words or is_known:
                self.notes[Note.SETTLED] += 1
            return _Place(spot=public)
        words = self._wording.kept(row, service)
        if not is_known:
            return _Place(spot=public, words=words)
        return _Place(
            spot=Spot(building=building),
            entrance=row.entrance,
            room=row.room,
            person=person,
            words=words,
        )

    def _is_past(self, service: Service, course: Course, person: PersonId | None) -> bool:
        if course.closed is None:
            return False
        day = course.closed.astimezone(self._office.wall.zone).date()
        if service is Service.COMPLAINT:
            return day < self._office.complaints_since
        return person is None and day < self._office.orders_since
