"""A worksheet from outside: rows of plain cells, numbered as in the file."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_

Cell = str | float | int | bool | date | datetime | time | timedelta
Span = tuple[tuple[int, int], tuple[int, int]]  # (row, column) of the first and last cell, from 0

ROWS_AT_MOST = 1_048_576  # of a worksheet, Excel's own limit
WIDE = 200  # columns from which the report says so: mostly a sheet used as a drawing board
_EXACT = 1e15  # a float holds no more digits than this
_EMPTY = frozenset(("", None))


class Row(NamedTuple):
    """A row with its number in the file, counted from 1 as Excel shows it."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One worksheet; its rows are handed out one by one, anew each time they are asked for."""

    name: str
    width: int
    decoded: Callable[[], Iterator[Sequence[Cell]]] = field(repr=False)
    spans: tuple[Span, ...] = field(default=(), repr=False)

    @property
    def is_wide(self) -> bool:
        """Too many columns to have been meant."""
        return self.width >= WIDE

    def rows(self, columns: Sequence[int] | None = None) -> Iterator[Row]:
        """The rows that hold anything; a merged cell's value stands in every row it covers.

        With `columns` only those cells are looked at and handed out, in that order.
        """
        opening = _by_first_row(self.spans, columns)
        covering: dict[int, tuple[int, Cell]] = {}  # column: last row, value
        for index, cells in enumerate(self.decoded()):
            if index >= ROWS_AT_MOST:
                raise too_large()
            own = _picked(cells, columns)
            if _is_blank(own):
                continue
            if index in opening or covering:
                full = _filled(index, cells, opening.get(index, ()), covering)
                own = _picked(full, columns)
            yield Row(index + 1, own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """An opened file: the names of its visible worksheets, and each of them when asked for."""

    names: tuple[str, ...]
    sheet: Callable[[str], Sheet] = field(repr=False)


def too_large() -> ExchangeError:
    """The refusal of a file that no office's register can be."""
    return ExchangeError(
        N_("The file is too large."),
        N_("Split it into files of at most {count} rows and import them one after another."),
        count=100_000,
    )


def text_of(cell: Cell) -> str:
    """A cell as its owner meant it: no .0 behind a number, dates as 2026-03-02."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


def _is_blank(cells: Sequence[Cell]) -> bool:
    return not any(cell not in _EMPTY and (cell == 0 or str(cell).strip()) for cell in cells)


def _picked(cells: Sequence[Cell], columns: Sequence[int] | None) -> Sequence[Cell]:
    if columns is None:
        return cells
    width = len(cells)
    return [cells[column] if column < width else "" for column in columns]


def _by_first_row(
    spans: Sequence[Span], columns: Sequence[int] | None
) -> Mapping[int, tuple[Span, ...]]:
    """The merged ranges that reach over more than one row, by the row they begin in."""
    tall: dict[int, tuple[Span, ...]] = {}
    for span in spans:
        (top, left), (bottom, _) = span
        if bottom > top and (columns is None or left in columns):
            tall[top] = (*tall.get(top, ()), span)
    return tall


def _filled(
    index: int,
    cells: Sequence[Cell],
    opening: Sequence[Span],
    covering: MutableMapping[int, tuple[int, Cell]],
) -> Sequence[Cell]:
    """The row with what merged cells hide; `covering` then knows which ranges go on below."""
    full = list(cells)
    for column, (bottom, value) in tuple(covering.items()):
        if index > bottom:
            del covering[column]
        elif column < len(full) and full[column] in _EMPTY:
            full[column] = value
    for (_, column), (bottom, _) in opening:
        if column < len(full):
            covering[column] = (bottom, full[column])
    return full
