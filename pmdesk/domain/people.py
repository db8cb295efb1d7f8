"""Residents, the premises they live in or own, and who they are there."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", int)
UnitId = NewType("UnitId", int)


class PartyRole(StrEnum):
    """业主, 承租人, 其他使用人 (Civil Code 945)."""

    OWNER = "owner"
    TENANT = "tenant"
    OCCUPANT = "occupant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """A unit of the register: building, entrance and room as people write them."""

    id: UnitId
    building: str
    entrance: str
    room: str

    @property
    def label(self) -> str:
        """As shown everywhere: 3-1-502, or 3-502 where a building has no entrances."""
        return "-".join(part for part in (self.building, self.entrance, self.room) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """Who a person is in a unit, from and to when."""

    unit: Premises
    role: PartyRole
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A natural person under P1, the service contract; no more than the contract needs."""

    id: PersonId
    name: str
    mobile: str
    occupancies: tuple[Occupancy, ...]
    revision: int  # grows with every save: a second editor is told
    updated_at: datetime
    updated_by: str

    @property
    def room(self) -> str:
        """The label of the first unit; empty when there is none."""
        return self.occupancies[0].unit.label if self.occupancies else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResident:
    """A resident to be entered under P1, as a list brings them."""

    name: str
    mobile: str
    building: str
    entrance: str
    room: str
    role: PartyRole
