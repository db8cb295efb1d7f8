"""Reads one decision table of a DMN file, collecting every problem with its place."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from pmdesk.errors import EntryError, PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.dmn.entries import kind_in, read_tests, read_value
from pmdesk.rules.dmn.expressions import Constant, read_expression
from pmdesk.rules.dmn.model import (
    Aggregation,
    Input,
    Output,
    Policy,
    Problem,
    Row,
    Table,
    Variable,
)
from pmdesk.rules.dmn.requirements import (
    require_complete,
    require_fitting,
    require_named,
    require_rows,
    require_single,
)
from pmdesk.rules.dmn.tree import Element, first, named, text_of
from pmdesk.rules.dmn.types import ANY_TYPE, Type, Types, with_domains
from pmdesk.rules.dmn.unary import ANYTHING, Point, UnaryTests
from pmdesk.rules.dmn.values import KINDS, Kind, Value

_Read = TypeVar("_Read")
_NO_INPUT = Input(label="", expression=Constant(None), type=ANY_TYPE)


class TableReader:
    """Reads the table of one decision, whose variables and result type are known."""

    def __init__(
        self, types: Types, variables: Sequence[Variable], given: Type, language: str
    ) -> None:
        self._types = types
        self._scope = {one.name: one.type for one in variables} or None
        self._given = given
        self._language = language
        self._problems: list[Problem] = []

    def read(self, table: Element) -> tuple[Table | None, tuple[Problem, ...]]:
        """The table, or its problems."""
        rules = list(named(table, "rule"))
        head = self._noted(lambda: self._head(table, len(rules)), None)
        if head is None:
            return None, tuple(self._problems)
        policy, aggregation = head
        asked = [_cells(rule, "inputEntry") for rule in rules]
        inputs = [
            self._input(column, [_at(cells, place) for cells in asked], place)
            for place, column in enumerate(named(table, "input"))
        ]
        outputs = self._outputs(table, rules, aggregation)
        rows = [
            self._row(rule, number, inputs, outputs) for number, rule in enumerate(rules, start=1)
        ]
        self._noted(lambda: require_fitting(policy, aggregation, outputs), None)
        read = Table(
            inputs=tuple(inputs),
            outputs=tuple(outputs),
            rows=tuple(rows),
            policy=policy,
            aggregation=aggregation,
        )
        return (None if self._problems else read), tuple(self._problems)

    def _head(self, table: Element, rows: int) -> tuple[Policy, Aggregation]:
        require_rows(rows)
        self._require_language(table)
        policy = table.get("hitPolicy") or Policy.UNIQUE
        aggregation = table.get("aggregation") or Aggregation.NONE
        if policy not in set(Policy) or aggregation not in set(Aggregation):
            raise PmdeskError(
                N_("The hit policy “{name}” is not known."),
                N_("Choose one that DMN names."),
                name=f"{policy} {aggregation}".strip(),
            )
        read = Policy(policy)
        return read, Aggregation(aggregation) if read is Policy.COLLECT else Aggregation.NONE

    def _input(self, column: Element, cells: Sequence[str], place: int) -> Input:
        text = " ".join((text_of(first(column, "inputExpression"), "text") or "").split())
        label = column.get("label", "").strip() or text or str(place + 1)
        return self._noted(
            lambda: self._read_input(column, cells, label),
            replace(_NO_INPUT, label=label),
            column=label,
        )

    def _read_input(self, column: Element, cells: Sequence[str], label: str) -> Input:
        expression = first(column, "inputExpression")
        self._require_language(expression)
        read, found = read_expression(text_of(expression, "text") or "", self._scope)
        require_single(found)
        declared = self._types.of(None if expression is None else expression.get("typeRef"))
        require_single(declared)
        if declared.kind and found.kind and declared.kind is not found.kind:
            raise PmdeskError(
                N_("The column is said to hold {kind}, but what it asks about gives {other}."),
                N_("Correct the type of the column."),
                kind=KINDS[declared.kind],
                other=KINDS[found.kind],
            )
        allowed = text_of(first(column, "inputValues"), "text") or ""
        kind = declared.kind or found.kind or self._inferred([allowed, *cells])
        type_ = Type(kind=kind, domains=(*found.domains, *declared.domains))
        return Input(
            label=label, expression=read, type=with_domains(type_, read_tests(allowed, kind))
        )

    def _inferred(self, texts: Sequence[str]) -> Kind | None:
        """The kind of the first cell that can be read; the others say so themselves."""
        for text in texts:
            try:
                if (kind := kind_in(text)) is not None:
                    return kind
            except EntryError:
                continue
        return None

    def _outputs(
        self, table: Element, rules: Sequence[Element], aggregation: Aggregation
    ) -> list[Output]:
        columns = list(named(table, "output"))
        names = [column.get("name", "").strip() for column in columns]
        self._noted(lambda: require_named(names), None)
        made = []
        for place, column in enumerate(columns):
            cells = [_at(_cells(rule, "outputEntry"), place) for rule in rules]
            given = self._given_for(names[place], len(columns), aggregation)
            made.append(self._output(column, cells, given))
        return made

    def _given_for(self, name: str, count: int, aggregation: Aggregation) -> Type:
        """What the decision's own type says of an output."""
        if count > 1:
            return self._given.components.get(name, ANY_TYPE)
        return ANY_TYPE if aggregation is Aggregation.COUNT else self._given.item

    def _output(self, column: Element, cells: Sequence[str], given: Type) -> Output:
        name = column.get("name", "").strip()
        label = column.get("label", "").strip() or name
        return self._noted(
            lambda: self._read_output(column, cells, given, label),
            Output(name=name, label=label, type=ANY_TYPE),
            column=label,
        )

    def _read_output(
        self, column: Element, cells: Sequence[str], given: Type, label: str
    ) -> Output:
        declared = self._types.of(column.get("typeRef"))
        type_ = given if declared == ANY_TYPE else declared.item
        require_single(type_)
        allowed = text_of(first(column, "outputValues"), "text") or ""
        kind = type_.kind or self._inferred([allowed, *cells])
        values = read_tests(allowed, kind)
        order = _listed(values) or next(filter(None, map(_listed, type_.domains)), ())
        default = text_of(first(column, "defaultOutputEntry"), "text")
        return Output(
            name=column.get("name", "").strip(),
            label=label,
            type=with_domains(replace(type_, kind=kind), values),
            order=order,
            default=read_value(default or "", kind),
            has_default=default is not None,
        )

    def _row(
        self, rule: Element, number: int, inputs: Sequence[Input], outputs: Sequence[Output]
    ) -> Row:
        self._noted(lambda: require_complete(rule, len(inputs), len(outputs)), None, row=number)
        entries, results = _cells(rule, "inputEntry"), _cells(rule, "outputEntry")
        asked = [_at(entries, place) for place in range(len(inputs))]
        given = [_at(results, place) for place in range(len(outputs))]
        cells = [
            self._tests(text, column, number) for text, column in zip(asked, inputs, strict=True)
        ]
        values = [
            self._value(text, column, number) for text, column in zip(given, outputs, strict=True)
        ]
        pairs = list(zip(values, outputs, strict=True))
        return Row(
            id=rule.get("id") or str(number),
            cells=tuple(cells),
            outputs=tuple(column.type.allowed(value) for value, column in pairs),
            ranks=tuple(_rank(value, column) for value, column in pairs),
            texts=(*asked, *given),
            note=" ".join((text_of(rule, "description") or "").split()),
        )

    def _tests(self, text: str, column: Input, number: int) -> UnaryTests:
        return self._noted(
            lambda: read_tests(text, column.type.kind), ANYTHING, row=number, column=column.label
        )

    def _value(self, text: str, column: Output, number: int) -> Value:
        return self._noted(
            lambda: read_value(text, column.type.kind), None, row=number, column=column.label
        )

    def _require_language(self, element: Element | None) -> None:
        own = "" if element is None else element.get("expressionLanguage", "")
        language = own or self._language
        if "feel" not in language.lower():
            raise PmdeskError(
                N_("The language “{name}” is not read."), N_("Write FEEL."), name=language
            )

    def _noted(
        self, work: Callable[[], _Read], otherwise: _Read, *, row: int = 0, column: str = ""
    ) -> _Read:
        """What the work gives; an error is noted with its place, and the reading goes on."""
        try:
            return work()
        except PmdeskError as error:
            problem = Problem(
                sentence=error.sentence,
                remedy=error.remedy,
                places=error.places,
                row=row,
                column=column,
                position=error.position + 1 if isinstance(error, EntryError) else 0,
            )
            self._problems.append(problem)
            return otherwise


def _cells(rule: Element, name: str) -> list[str]:
    return [text_of(entry, "text") or "" for entry in named(rule, name)]


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _listed(tests: UnaryTests) -> tuple[Value, ...]:
    """The values of a plain list, or nothing where it is none."""
    points = [test for test in tests.tests if isinstance(test, Point)]
    is_list = len(points) == len(tests.tests) and not tests.negated
    return tuple(dict.fromkeys(point.value for point in points)) if is_list else ()


def _rank(value: Value, column: Output) -> int:
    return column.order.index(value) if value in column.order else len(column.order)
