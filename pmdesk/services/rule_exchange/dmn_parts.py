"""One decision of a DMN file in the facts of the catalogue, every fault told with its place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pmdesk.errors import EntryError, PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.cells import ANY, Cell
from pmdesk.rules.dmn.expressions import Constant, ContainsAny, Expression, Path
from pmdesk.rules.dmn.model import Decision, Input, Row, Table
from pmdesk.rules.dmn.names import literal, sources
from pmdesk.rules.dmn.own import Marks
from pmdesk.rules.facts import Fact, group
from pmdesk.rules.parse import parse
from pmdesk.services.rule_exchange.columns import Columns
from pmdesk.services.rule_exchange.incoming import Fault

Why = Callable[[Sequence[str]], PmdeskError]  # why no rule may ask for a column of these names


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row: its cells by the key of their fact, and what it gives."""

    number: int  # in the file, from 1
    id: str
    cells: Mapping[str, Cell]
    doubtful: frozenset[str]  # the keys of facts of which the cell in the file also fits unknown
    gives: str
    note: str
    own: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A decision with one output."""

    decision: Decision
    table: Table
    policy: str  # as pmdesk wrote it; "" in the file of another tool
    titles: Mapping[str, str]  # of the columns, by the key of their fact
    facts: tuple[Fact, ...]
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Faults:
    """Collects what is wrong with a file."""

    found: list[Fault] = field(default_factory=list)

    def add(self, error: PmdeskError, decision: Decision, row: int = 0, column: str = "") -> None:
        """The fault is kept with its place."""
        place = str(row) if row else ""
        self.found.append(Fault(error=error, sheet=decision.name, row=place, column=column))


class PartReader:
    """Reads one decision table."""

    def __init__(
        self, decision: Decision, table: Table, marks: Marks, columns: Columns, faults: Faults
    ) -> None:
        self.decision = decision
        self.table = table
        self.marks = marks
        self.columns = columns
        self.faults = faults

    def part(self, why: Why) -> Part:
        """The decision; what could not be read is among the faults."""
        facts = self._facts(why)
        known = {place: fact for place, fact in enumerate(facts) if fact is not None}
        inputs = self.table.inputs
        return Part(
            decision=self.decision,
            table=self.table,
            policy=self.marks.policy,
            titles={fact.key: inputs[place].label for place, fact in known.items()},
            facts=tuple(known.values()),
            lines=tuple(self._line(place, row, known) for place, row in enumerate(self.table.rows)),
        )

    def _facts(self, why: Why) -> list[Fact | None]:
        written = self._written()
        found: list[Fact | None] = []
        for place, column in enumerate(self.table.inputs):
            fact = written.get(place) or self._fact(column)
            if fact is None:
                self.faults.add(self._refusal(column, why), self.decision, column=column.label)
            elif fact in found:
                error = PmdeskError(N_("Two columns mean the same."), N_("Leave one of them."))
                self.faults.add(error, self.decision, column=column.label)
                fact = None
            found.append(fact)
        return found

    def _written(self) -> Mapping[int, Fact]:
        """The inputs that still ask what pmdesk wrote."""
        claimed = {
            place: fact
            for place, key in enumerate(self.marks.facts)
            if key and (fact := self.columns.of_key(key)) and place < len(self.table.inputs)
        }
        spelled = sources(list(claimed.values()))
        return {
            place: fact
            for (place, fact), source in zip(claimed.items(), spelled, strict=True)
            if _spelled(self.table.inputs[place].expression) == source.expression
        }

    def _fact(self, column: Input) -> Fact | None:
        expression = column.expression
        if isinstance(expression, ContainsAny):
            return self._asked_of_list(expression) or self.columns.found(column.label)
        return self.columns.found(*_names(column))

    def _asked_of_list(self, expression: ContainsAny) -> Fact | None:
        """The flag for these options of one list, or the group of them."""
        members = [
            self.columns.found(_contains(path, value), f"{_joined(path)}.{value}")
            for path, value in expression.pairs
        ]
        present = [fact for fact in members if fact is not None and fact.list]
        if len(present) < len(members) or len({fact.list for fact in present}) != 1:
            return None
        if len(present) == 1:
            return present[0]
        return group([fact for fact in self.columns.facts if fact in present])

    def _refusal(self, column: Input, why: Why) -> PmdeskError:
        results = {one.name for one in self.decision.variables if one.decision}
        if isinstance(column.expression, Path) and column.expression.variable in results:
            return PmdeskError(
                N_("“{name}” is the result of another decision; rules here are one table."),
                N_("Write the conditions of that decision into this table."),
                name=column.expression.variable,
            )
        return why(_names(column))

    def _line(self, place: int, row: Row, facts: Mapping[int, Fact]) -> Line:
        cells: dict[str, Cell] = {}
        doubtful: set[str] = set()
        for column, fact in facts.items():
            cell = self._cell(row.texts[column], fact, place, column)
            cells[fact.key] = cell
            if row.cells[column].fits_null and fact.nullable and not (cell.is_any or cell.unknown):
                doubtful.add(fact.key)
        given = row.outputs[0]
        return Line(
            number=place + 1,
            id=row.id,
            cells=cells,
            doubtful=frozenset(doubtful),
            gives="" if given is None else str(given),
            note=row.note,
            own=self.marks.row(place),
        )

    def _cell(self, text: str, fact: Fact, place: int, column: int) -> Cell:
        try:
            return parse(text, fact)
        except EntryError as error:
            title = self.table.inputs[column].label
            self.faults.add(error, self.decision, row=place + 1, column=title)
            return ANY


def _names(column: Input) -> tuple[str, ...]:
    """What the column may be called in the catalogue."""
    expression = column.expression
    if isinstance(expression, Path):
        return _joined(expression), column.label
    return (column.label,)


def _joined(path: Path) -> str:
    return ".".join((path.variable, *path.components))


def _contains(path: Path, value: object) -> str:
    return f"list contains({_joined(path)}, {literal(str(value))})"


def _spelled(expression: Expression) -> str:
    if isinstance(expression, Constant):
        return ""
    if isinstance(expression, Path):
        return _joined(expression)
    return " or ".join(_contains(path, value) for path, value in expression.pairs)
