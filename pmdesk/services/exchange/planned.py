"""What a dry run finds: residents, units, duplicates and faults, each with its row number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pmdesk.domain.fields import Problem, Value
from pmdesk.domain.people import PartyRole
from pmdesk.services.exchange.headers import Column, Fate, Header


class PlannedResident(NamedTuple):
    """A row that can be entered as it stands."""

    row_number: int  # in the file, from 1, title rows included
    building: str
    entrance: str
    room: str
    name: str
    phones: tuple[str, ...]
    role: PartyRole
    values: Mapping[str, Value]  # further fields of the service contract, by key


class PlannedUnit(NamedTuple):
    """A row that names a unit and nobody in it: unsold, empty, a garage."""

    row_number: int
    building: str
    entrance: str
    room: str


class Fault(NamedTuple):
    """What is wrong in one cell: the column's header and a problem without the cell's content."""

    row_number: int
    column: str
    problem: Problem


class BadRow(NamedTuple):
    """A row that must be mended first, with the cells that may be written out again."""

    row_number: int
    faults: tuple[Fault, ...]
    cells: tuple[str, ...]  # of the taken columns, in their order


class Duplicate(NamedTuple):
    """A row that names the same person in the same unit as an earlier one."""

    row_number: int
    first: int  # the earlier row's number
    has_other_phones: bool  # they were added to the earlier row


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Rows that were judged, of whatever list."""

    sheet: str
    header: Header
    bad: tuple[BadRow, ...] = field(repr=False)  # must be mended first

    @property
    def taken(self) -> tuple[Column, ...]:
        """The columns whose values are read."""
        return self.header.of(Fate.TAKEN)

    @property
    def refused(self) -> tuple[Column, ...]:
        """The columns that this program does not collect."""
        return self.header.of(Fate.REFUSED)

    @property
    def ignored(self) -> tuple[Column, ...]:
        """The columns that are left out for another reason."""
        return self.header.of(Fate.IGNORED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan(Judged):
    """What an import would do; nothing has been written yet."""

    is_wide: bool  # far more columns than a list of residents has
    residents: tuple[PlannedResident, ...] = field(repr=False)
    units: tuple[PlannedUnit, ...] = field(repr=False)
    duplicates: tuple[Duplicate, ...]
    warnings: tuple[Fault, ...]
    known: int = 0  # residents among the good rows who are in the register already

    @property
    def further_phones(self) -> int:
        """Residents with several phones: the register keeps the first one."""
        return sum(len(resident.phones) > 1 for resident in self.residents)
