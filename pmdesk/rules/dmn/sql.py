"""Compiles a DMN table to SQL expressions over the codes of its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    String,
    and_,
    case,
    false,
    literal_column,
    true,
)
from sqlalchemy.types import TypeEngine

from pmdesk.rules.cells import Cell
from pmdesk.rules.dmn.codec import Code, Codec, codecs_of
from pmdesk.rules.dmn.listed import ListedCodec
from pmdesk.rules.dmn.model import DECIDED_BY_ONE, Table
from pmdesk.rules.dmn.values import Value
from pmdesk.rules.sql import cell_test

BITS = 60  # in one integer, its sign and a margin left out
NO_ROW = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compiled:
    """A table whose columns hold codes; `results` are what to select."""

    table: Table
    codecs: tuple[Codec, ...]
    cells: tuple[tuple[Cell | None, ...], ...]

    @property
    def types(self) -> Mapping[str, TypeEngine[int] | TypeEngine[str]]:
        """The SQL type of each column by its name."""
        return {
            codec.fact.key: String() if isinstance(codec, ListedCodec) else Integer()
            for codec in self.codecs
        }

    def codes(self, values: Sequence[Value]) -> Mapping[str, Code]:
        """The row to store for these values."""
        return {
            codec.fact.key: codec.code(value)
            for codec, value in zip(self.codecs, values, strict=True)
        }

    def results(
        self, columns: Mapping[str, ColumnElement[object]]
    ) -> tuple[ColumnElement[int], ...]:
        """The row that decides, or the rows that fit as bits, `BITS` of them in a number."""
        tests = [self._fits(cells, columns) for cells in self.cells]
        if self.table.policy in DECIDED_BY_ONE:
            whens = [(tests[place], _number(place)) for place in self.table.deciding_order]
            return (case(*whens, else_=_number(NO_ROW)) if whens else _number(NO_ROW),)
        return tuple(
            _bits(tests[start : start + BITS]) for start in range(0, max(len(tests), 1), BITS)
        )

    def hits(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """The places of the rows that the selected numbers tell of."""
        if self.table.policy in DECIDED_BY_ONE:
            return () if numbers[0] == NO_ROW else (numbers[0],)
        return tuple(
            start * BITS + place
            for start, number in enumerate(numbers)
            for place in range(number.bit_length())
            if number >> place & 1
        )

    def _fits(
        self, cells: Sequence[Cell | None], columns: Mapping[str, ColumnElement[object]]
    ) -> ColumnElement[bool]:
        tests = []
        for cell, codec in zip(cells, self.codecs, strict=True):
            if cell is None:
                return false()
            if not cell.is_any:
                tests.append(cell_test(cell, codec.fact, columns[codec.fact.key]))
        return and_(*tests) if tests else true()


def compiled(table: Table) -> Compiled:
    """The table with its cells as sets of codes."""
    codecs = codecs_of(table)
    cells = tuple(
        tuple(codec.cell(tests) for codec, tests in zip(codecs, row.cells, strict=True))
        for row in table.rows
    )
    return Compiled(table=table, codecs=codecs, cells=cells)


def _bits(tests: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
    bits = [case((test, _number(1 << place)), else_=_number(0)) for place, test in enumerate(tests)]
    return sum(bits[1:], start=bits[0]) if bits else _number(0)


def _number(number: int) -> ColumnElement[int]:
    return literal_column(str(number), BigInteger())
