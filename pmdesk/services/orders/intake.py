"""What a clerk notes when somebody needs something done: what, where, and perhaps who."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pmdesk.domain.fields import Problem
from pmdesk.domain.orders.areas import LONGEST_AREA
from pmdesk.domain.orders.kinds import Kind, Service, Urgency
from pmdesk.domain.orders.order import LONGEST, OrderChannel, Spot
from pmdesk.domain.people import PersonId, Premises, UnitId
from pmdesk.domain.phones import parsed_phones
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.rooms import parsed_room
from pmdesk.domain.screening import Use, screen
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services.order_kinds import shipped
from pmdesk.services.refusal import screen as screens

WORDS = Words("说明", "Description")
AREA = Words("公共区域", "Shared place")
_NO_KIND = N_("Choose what it is about.")
_NO_WORDS = N_("Say in a few words what happened.")
_LONG = N_("At most {count} characters")
_NO_PLACE = N_("Which room, or which place that all share?")
_TWO_PLACES = N_("A room or a shared place, not both.")
_NOBODY = N_("An order about what all share names nobody.")
_NO_BUILDING = N_("There is no such building in the register.")
_NO_ROOM = N_("No such room is in the register yet. Check it, or enter it as new.")
_OVER = N_("This time is over.")
_NO_NUMBER = N_("This number cannot be called back.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """An order as it comes in; `room` for a home, else `area` and `building` of what all share.

    One of those two is enough. `person` is the resident who asks, for a room alone. `callback`
    is a number that is in no register; it goes when the order is closed.
    """

    service: Service
    kind: str
    words: str
    room: str = ""
    is_new_room: bool = False  # a home that was in no register so far
    building: str = ""
    area: str = ""
    person: PersonId | None = None
    callback: str = ""
    channel: OrderChannel = OrderChannel.PHONE
    urgency: Urgency | None = None  # None: as the words suggest
    appointment: datetime | None = None

    @property
    def is_public(self) -> bool:
        """Whether it is about what all share."""
        return not self.room.strip()

    @property
    def text(self) -> str:
        """The description, tidied."""
        return " ".join(self.words.split())

    @property
    def number(self) -> str:
        """What is called back, as it is kept; empty unless it is numbers and nothing else."""
        found = parsed_phones(self.callback)
        return "、".join(found.numbers) if found.is_usable else ""

    @property
    def known_kind(self) -> Kind | None:
        """The kind; None when the service has no such one."""
        kind = shipped().of(self.kind)
        return kind if kind and kind.service is self.service else None


def found_problems(work: UnitOfWork, intake: Intake, now: datetime) -> Iterator[Problem]:
    """What must be mended before the order can be entered."""
    if intake.known_kind is None:
        yield Problem(key="kind", sentence=_NO_KIND)
    yield from _of_words(work, intake)
    yield from _of_area(work, intake) if intake.is_public else _of_room(work, intake)
    if intake.callback.strip() and not intake.number:
        yield Problem(key="callback", sentence=_NO_NUMBER)
    if intake.appointment is not None and intake.appointment < now:
        yield Problem(key="appointment", sentence=_OVER)


def spot_of(work: UnitOfWork, intake: Intake) -> Spot:
    """The place; a new room is entered."""
    label = parsed_room(intake.room) if not intake.is_public else None
    if label is None or isinstance(label, Problem):
        return Spot(building=intake.building.strip(), area=" ".join(intake.area.split()))
    unit = work.premises.ensure(*label)
    return Spot(unit=unit, building=label.building, room=label.text)


def sought(work: UnitOfWork, intake: Intake) -> Spot | None:
    """The place as far as it is known; nothing is entered. None for an unknown room."""
    if intake.is_public:
        return spot_of(work, intake)
    unit = _unit(work, intake)
    if unit is None:
        return None
    return Spot(unit=UnitId(unit.id), building=unit.building, room=unit.label)


def words_problems(work: UnitOfWork, service: Service, text: str) -> Iterator[Problem]:
    """What of a description may not be kept; what somebody complains about is his to say."""
    if not text:
        yield Problem(key="words", sentence=_NO_WORDS)
    elif len(text) > LONGEST:
        yield Problem(key="words", sentence=_LONG, places={"count": LONGEST})
    elif service is Service.COMPLAINT:
        number = screens.number_problem("words", WORDS, text)
        yield from () if number is None else (number,)
    else:
        hit = screens.problem("words", screen(text, screens.lexicon(work), Use.PROSE))
        yield from () if hit is None else (hit,)


def require_sound(found: Iterable[Problem]) -> None:
    """RefusedError unless there is nothing to mend."""
    wrong = tuple(found)
    if wrong:
        raise RefusedError(
            N_("The order is not entered yet: {count} entries need mending."),
            N_("Mend the marked entries and enter it again."),
            count=len(wrong),
            keys=tuple(one.key for one in wrong),
        )


def _of_words(work: UnitOfWork, intake: Intake) -> Iterator[Problem]:
    return words_problems(work, intake.service, intake.text)


def _of_area(work: UnitOfWork, intake: Intake) -> Iterator[Problem]:
    area = " ".join(intake.area.split())
    if not area and not intake.building.strip():
        yield Problem(key="room", sentence=_NO_PLACE)
    elif len(area) > LONGEST_AREA:
        yield Problem(key="area", sentence=_LONG, places={"count": LONGEST_AREA})
    elif (number := screens.number_problem("area", AREA, area)) is not None:
        yield number
    if intake.person is not None:
        yield Problem(key="person", sentence=_NOBODY)
    if intake.building.strip() and intake.building.strip() not in work.premises.buildings():
        yield Problem(key="building", sentence=_NO_BUILDING)


def _of_room(work: UnitOfWork, intake: Intake) -> Iterator[Problem]:
    label = parsed_room(intake.room)
    if isinstance(label, Problem):
        yield Problem(key="room", sentence=label.sentence)
    elif not intake.is_new_room and _unit(work, intake) is None:
        yield Problem(key="room", sentence=_NO_ROOM)
    if intake.area.strip():
        yield Problem(key="area", sentence=_TWO_PLACES)


def urgency_of(intake: Intake) -> Urgency:
    """As somebody chose it, else as the words and the kind tell; nothing about the person."""
    if intake.urgency is not None:
        return intake.urgency
    return shipped().suggested(intake.text, intake.known_kind).urgency


def _unit(work: UnitOfWork, intake: Intake) -> Premises | None:
    label = parsed_room(intake.room)
    return None if isinstance(label, Problem) else work.premises.find(*label)
