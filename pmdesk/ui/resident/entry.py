"""What a clerk types to register or correct a resident, as one frozen value."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pmdesk.domain.fields import Field, Problem
from pmdesk.domain.people import PartyRole, Person
from pmdesk.domain.phones import parsed_phones
from pmdesk.domain.rooms import RoomLabel, parsed_room
from pmdesk.i18n import N_
from pmdesk.services import residents
from pmdesk.services.residents import Registration

NAME, MOBILE, ROOM, ROLE = "person_name", "mobile", "unit_ref", "party_role"
_PARTS = {NAME: "name", MOBILE: "mobile", ROOM: "room", ROLE: "role"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The four entries of a registration, as typed; nothing in it has to be right yet."""

    name: str = ""
    mobile: str = ""
    room: str = ""
    role: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing was typed."""
        return not any((self.name, self.mobile, self.room, self.role))

    @property
    def values(self) -> dict[str, str]:
        """The entries by field key."""
        return {key: getattr(self, part) for key, part in _PARTS.items()}

    @property
    def place(self) -> RoomLabel | None:
        """The unit that the room entry names; None while it cannot be read."""
        found = parsed_room(self.room)
        return found if isinstance(found, RoomLabel) else None

    def with_value(self, key: str, value: object) -> "Entry":
        """The same entries but one."""
        return replace(self, **{_PARTS[key]: "" if value is None else str(value)})

    def registration(self) -> Registration:
        """The entries as the service wants them; what cannot be read is left empty."""
        place = self.place or RoomLabel("", "", "")
        phones = parsed_phones(self.mobile)
        return Registration(
            name=self.name,
            mobile=phones.numbers[0] if phones.numbers else "",
            building=place.building,
            entrance=place.entrance,
            room=place.room,
            role=PartyRole(self.role) if self.role else PartyRole.OWNER,
        )

    def problems(self, fields: Mapping[str, Field]) -> tuple[Problem, ...]:
        """What must be mended before saving, and warnings; one for each entry."""
        found: dict[str, Problem] = {}
        for problem in (*self._own(), *residents.problems(self.registration(), fields)):
            found.setdefault(problem.key, problem)
        return tuple(found.values())

    def _own(self) -> tuple[Problem, ...]:
        """What only the typed text shows: the reason why a room or phone cannot be read."""
        phones = parsed_phones(self.mobile)
        several = Problem(key=MOBILE, sentence=N_("One number for each person, please"))
        room = parsed_room(self.room)
        role = Problem(key=ROLE, sentence=N_("Owner, tenant or other occupant?"))
        return (
            *((several,) if len(phones.numbers) > 1 else ()),
            *phones.problems,
            *((room,) if isinstance(room, Problem) else ()),
            *(() if self.role else (role,)),
        )

    def document(self) -> str:
        """The entries as a draft keeps them."""
        return json.dumps(self.values, ensure_ascii=False)

    @classmethod
    def from_document(cls, document: str) -> "Entry":
        """The entries of a draft."""
        kept = json.loads(document)
        return cls(**{part: str(kept.get(key, "")) for key, part in _PARTS.items()})

    @classmethod
    def of(cls, person: Person) -> "Entry":
        """The entries of somebody who is in the register, to be corrected."""
        home = person.occupancies[0] if person.occupancies else None
        return cls(
            name=person.name,
            mobile=person.mobile,
            room=person.room,
            role=home.role.value if home else "",
        )
