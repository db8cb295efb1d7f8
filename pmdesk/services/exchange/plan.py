"""The dry run of an import: every row is read and judged, and nothing is written."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field, Problem, Value
from pmdesk.domain.names import clean_name
from pmdesk.domain.patterns import LABELS, Pattern, credentials
from pmdesk.domain.people import PartyRole
from pmdesk.domain.phones import parsed_phones
from pmdesk.domain.rooms import RoomLabel, joined_room, parsed_room
from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_
from pmdesk.services.exchange.entries import entry, role
from pmdesk.services.exchange.headers import Fate, Header, Target
from pmdesk.services.exchange.planned import (
    BadRow,
    Duplicate,
    Fault,
    ImportPlan,
    PlannedResident,
    PlannedUnit,
)
from pmdesk.services.exchange.sheet import Row, Sheet, text_of

EVERY = 1_000  # rows between two reports of progress

_ERRORS = frozenset(
    (
        *("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"),
        *("#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA"),
    )
)
_NOTHING: Mapping[str, Value] = MappingProxyType({})
_FORMULA = Problem(key="cell", sentence=N_("The formula shows an error instead of a value"))
_NAMELESS = Problem(key=Target.NAME, sentence=N_("The name is missing"))
_ROLE = Problem(
    key=Target.ROLE, sentence=N_("This role is not known: write 业主, 承租人 or 其他使用人")
)
_HIDDEN = {
    pattern: Problem(
        key="cell",
        sentence=N_("This looks like the following, which is not collected here: {kind}"),
        places={"kind": label},
    )
    for pattern, label in LABELS.items()
}


def formula_fault(text: str) -> Problem | None:
    """What is wrong with a cell that shows the error of its formula."""
    return _FORMULA if text in _ERRORS else None


def hidden_fault(pattern: Pattern) -> Problem:
    """What is wrong with a cell that hides such a number."""
    return _HIDDEN[pattern]


def plan(
    sheet: Sheet,
    header: Header,
    catalogue: Catalogue,
    *,
    default_role: PartyRole = PartyRole.OWNER,
    progress: Callable[[int], None] = lambda _: None,
) -> ImportPlan:
    """Every row below the header as what an import would make of it.

    `default_role` stands where the sheet tells no role. `progress` hears the row number now and
    then; what it raises ends the run. ExchangeError when name or room have no column.
    """
    if not header.is_usable:
        raise ExchangeError(
            N_("The sheet has no column for the name or for the room number."),
            N_("Choose for each column what it holds, or name the columns 姓名 and 房号."),
        )
    reading = _Reading(header, catalogue, default_role)
    for row in sheet.rows(reading.indices):
        if row.number > header.row:
            reading.take(row)
            if row.number % EVERY == 0:
                progress(row.number)
    return ImportPlan(
        sheet=sheet.name,
        header=header,
        is_wide=sheet.is_wide,
        residents=tuple(reading.residents),
        units=tuple(reading.units),
        bad=tuple(reading.bad),
        duplicates=tuple(reading.duplicates),
        warnings=tuple(reading.warnings),
    )


class _Reading:
    """The rows taken so far, and where each part of a row stands among the taken cells."""

    def __init__(self, header: Header, catalogue: Catalogue, default_role: PartyRole) -> None:
        taken = header.of(Fate.TAKEN)
        self.residents: list[PlannedResident] = []
        self.units: list[PlannedUnit] = []
        self.bad: list[BadRow] = []
        self.duplicates: list[Duplicate] = []
        self.warnings: list[Fault] = []
        self._seen: dict[tuple[str, str, str, str], int] = {}
        self._entries: dict[tuple[str, str], Value | Problem] = {}  # few values, many rows
        self._default_role = default_role
        self.indices = tuple(column.index for column in taken)
        self._headers = tuple(column.header for column in taken)
        self._at = {column.target: place for place, column in enumerate(taken)}
        self._phones = tuple(p for p, c in enumerate(taken) if c.target == Target.MOBILE)
        self._fields: tuple[tuple[int, Field], ...] = tuple(
            (place, catalogue.field(column.target))
            for place, column in enumerate(taken)
            if column.target not in tuple(Target)
        )

    def take(self, row: Row) -> None:
        """`row` is now a resident, a unit, a duplicate or a bad row; blank ones are nothing."""
        texts = [text_of(cell) for cell in row.cells]
        if not any(texts) or tuple(texts) == self._headers:
            return
        faults, texts = self._screened(row.number, texts)
        label = self._label(texts)
        phones, odd = self._numbers(row.number, texts)
        who = texts[self._at[Target.NAME]]
        said = self._text(texts, Target.ROLE)
        if not (faults or odd or who or phones or said) and isinstance(label, RoomLabel):
            self.units.append(PlannedUnit(row.number, *label))
            return
        blamed = {fault.column for fault in faults}
        found = [f for f in odd if not f.problem.warning]
        found += self._person(row.number, who, said, label)
        faults += [fault for fault in found if fault.column not in blamed]
        if faults or isinstance(label, Problem):
            self.bad.append(BadRow(row.number, tuple(faults), tuple(texts)))
            return
        self.warnings += [fault for fault in odd if fault.problem.warning]
        self._enter(
            PlannedResident(
                row.number,
                *label,
                clean_name(who)[0],
                phones,
                (role(said) if said else None) or self._default_role,
                self._values(row.number, texts) if self._fields else _NOTHING,
            )
        )

    def _screened(self, number: int, texts: list[str]) -> tuple[list[Fault], list[str]]:
        """Formula errors and hidden identity numbers; the latter are gone from the cells."""
        faults: list[Fault] = []
        for place, text in enumerate(texts):
            if fault := formula_fault(text):
                faults.append(Fault(number, self._headers[place], fault))
            elif hidden := credentials(text):
                faults.append(Fault(number, self._headers[place], hidden_fault(hidden[0])))
                texts[place] = ""
        return faults, texts

    def _text(self, texts: Sequence[str], target: str) -> str:
        place = self._at.get(target)
        return "" if place is None else texts[place]

    def _label(self, texts: Sequence[str]) -> RoomLabel | Problem:
        building = self._text(texts, Target.BUILDING)
        room = self._text(texts, Target.ROOM)
        if building and (room or Target.LABEL not in self._at):
            phase = self._text(texts, Target.PHASE)
            return joined_room(phase + building, self._text(texts, Target.ENTRANCE), room)
        return parsed_room(self._text(texts, Target.LABEL) or room)

    def _numbers(self, number: int, texts: Sequence[str]) -> tuple[tuple[str, ...], list[Fault]]:
        numbers: dict[str, None] = {}
        faults: list[Fault] = []
        for place in self._phones:
            found = parsed_phones(texts[place])
            numbers.update(dict.fromkeys(found.numbers))
            faults += [Fault(number, self._headers[place], each) for each in found.problems]
        return tuple(numbers), faults

    def _person(self, number: int, who: str, said: str, label: RoomLabel | Problem) -> list[Fault]:
        problems: list[tuple[str, Problem]] = []
        if not who:
            problems.append((Target.NAME, _NAMELESS))
        elif wrong := clean_name(who)[1]:
            problems.append((Target.NAME, wrong))
        if said and role(said) is None:
            problems.append((Target.ROLE, _ROLE))
        if isinstance(label, Problem):
            problems.append((self._room_target, label))
        return [Fault(number, self._headers[self._at[target]], each) for target, each in problems]

    @property
    def _room_target(self) -> str:
        return next(t for t in (Target.ROOM, Target.LABEL) if t in self._at)

    def _values(self, number: int, texts: Sequence[str]) -> Mapping[str, Value]:
        values: dict[str, Value] = {}
        for place, field in self._fields:
            if texts[place]:
                value = self._entry(field, texts[place])
                if isinstance(value, Problem):
                    self.warnings.append(Fault(number, self._headers[place], value))
                else:
                    values[field.key] = value
        return values

    def _entry(self, field: Field, text: str) -> Value | Problem:
        known = self._entries.get((field.key, text))
        if known is None:
            known = self._entries[field.key, text] = entry(field, text)
        return known

    def _enter(self, resident: PlannedResident) -> None:
        key = (resident.building, resident.entrance, resident.room, resident.name)
        at = self._seen.setdefault(key, len(self.residents))
        if at == len(self.residents):
            self.residents.append(resident)
            return
        first = self.residents[at]
        phones = tuple(dict.fromkeys((*first.phones, *resident.phones)))
        other = phones != first.phones
        if other:
            self.residents[at] = first._replace(phones=phones)
        self.duplicates.append(Duplicate(resident.row_number, first.row_number, other))
