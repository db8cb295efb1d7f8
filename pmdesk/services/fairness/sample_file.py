"""A sample from outside, as counts: no row of it is kept, and no value of it is in a message."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pmdesk.analytics.fairness import Group
from pmdesk.errors import ExchangeError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services.exchange.opening import open_book
from pmdesk.services.exchange.sheet import Cell, Row, text_of

VALUES_AT_MOST = 50  # in a column; more are names or numbers
_NAMES_FROM = 10  # so many values, each of them once, are names too
_PEOPLE_AT_MOST = 1_000_000_000
_GROUPS = 2  # at least


class SampleError(ExchangeError):
    """The file or the options do not fit: nothing was computed."""

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns are read, by the names in the first row; empty: there is none."""

    group: str
    outcome: str
    stratum: str = ""
    count: str = ""
    proxies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The counts of a file: people by group, by stratum, and by group and each proxy."""

    columns: Columns
    rows: int
    people: int
    left_out: int  # people without a group, an outcome or a stratum
    groups: tuple[Group, ...]
    strata: Mapping[str, tuple[Group, ...]]
    tables: Mapping[str, tuple[tuple[int, ...], ...]]  # by proxy: its values x the groups


@dataclass(frozen=True, slots=True)
class _Line:
    """What one row says."""

    number: int
    cells: Mapping[str, str]
    count: int


def read(path: Path, columns: Columns, favourable: str) -> Sample:
    """The file as counts of whom `favourable` came to; refused when a column names people."""
    lines = tuple(_lines(path, columns))
    for name in (columns.group, columns.outcome, columns.stratum, *columns.proxies):
        if name:
            _refuse_names(name, lines, counted=bool(columns.count))
    needed = [columns.group, columns.outcome, *filter(None, [columns.stratum])]
    full = [line for line in lines if all(line.cells[name] for name in needed)]
    wanted = _clean(favourable)
    _refuse_unfit(full, columns, wanted)
    return Sample(
        columns=columns,
        rows=len(lines),
        people=sum(line.count for line in full),
        left_out=sum(line.count for line in lines) - sum(line.count for line in full),
        groups=_groups(full, columns, wanted),
        strata=_strata(full, columns, wanted),
        tables={name: _table(full, columns, name) for name in (columns.outcome, *columns.proxies)},
    )


def _lines(path: Path, columns: Columns) -> Iterator[_Line]:
    try:
        book = open_book(path)
        rows = book.sheet(book.names[0]).rows()
        head = next(rows, None)
        yield from _told(rows, _places(head, columns), columns.count)
    except SampleError:
        raise
    except ExchangeError as error:
        raise SampleError(error.sentence, error.remedy, **error.places) from None


def _places(head: Row | None, columns: Columns) -> Mapping[str, int]:
    if head is None:
        raise SampleError(N_("The file is empty."), N_("Choose a file with a heading row."))
    titles = [_clean(text_of(cell)) for cell in head.cells]
    names = (columns.group, columns.outcome, columns.stratum, columns.count, *columns.proxies)
    places: dict[str, int] = {}
    for name in filter(None, names):
        if titles.count(_clean(name)) != 1:
            raise SampleError(
                N_("The column “{column}” is not in the first row exactly once."),
                N_("Give the name as it stands in the file."),
                column=name,
            )
        places[name] = titles.index(_clean(name))
    return places


def _told(rows: Iterator[Row], places: Mapping[str, int], count: str) -> Iterator[_Line]:
    for row in rows:
        cells = {name: _cell(row.cells, place) for name, place in places.items()}
        yield _Line(row.number, cells, _counted(cells[count], row.number) if count else 1)


def _cell(cells: Sequence[Cell], place: int) -> str:
    return _clean(text_of(cells[place])) if place < len(cells) else ""


def _counted(text: str, row: int) -> int:
    if text.isdecimal() and int(text) <= _PEOPLE_AT_MOST:
        return int(text)
    raise SampleError(
        N_("Row {row}: the count is not a whole number from 0 on."),
        N_("Write how many people the row stands for, in digits only."),
        row=row,
    )


def _refuse_names(name: str, lines: Sequence[_Line], *, counted: bool) -> None:
    """RefusedError for a column that tells people apart; it says the column, no value."""
    seen = Counter(line.cells[name] for line in lines if line.cells[name])
    alone = not counted and len(seen) > _NAMES_FROM and max(seen.values()) == 1
    if len(seen) > VALUES_AT_MOST or alone:
        raise RefusedError(
            N_("The column “{column}” has {count} different values: probably names or numbers."),
            N_("Choose a column with a few groups; nothing was read from this one."),
            column=name,
            count=len(seen),
        )


def _refuse_unfit(lines: Sequence[_Line], columns: Columns, wanted: str) -> None:
    if not any(line.count for line in lines):
        raise SampleError(
            N_("The file has no row with a group and an outcome."),
            N_("Check the columns, and that rows follow the heading."),
        )
    if not any(line.cells[columns.outcome] == wanted for line in lines):
        raise SampleError(
            N_("The value looked for is not in the column “{column}”."),
            N_("Give it exactly as it stands in the file."),
            column=columns.outcome,
        )
    if len({line.cells[columns.group] for line in lines if line.count}) < _GROUPS:
        raise SampleError(
            N_("The column “{column}” has one group only."),
            N_("A comparison needs at least two."),
            column=columns.group,
        )


def _groups(lines: Sequence[_Line], columns: Columns, wanted: str) -> tuple[Group, ...]:
    people, having = Counter[str](), Counter[str]()
    for line in lines:
        people[line.cells[columns.group]] += line.count
        if line.cells[columns.outcome] == wanted:
            having[line.cells[columns.group]] += line.count
    return tuple(
        Group(name=name, people=count, having=having[name])
        for name, count in sorted(people.items())
        if count
    )


def _strata(
    lines: Sequence[_Line], columns: Columns, wanted: str
) -> Mapping[str, tuple[Group, ...]]:
    if not columns.stratum:
        return {}
    apart = defaultdict(list)
    for line in lines:
        apart[line.cells[columns.stratum]].append(line)
    return {name: _groups(apart[name], columns, wanted) for name in sorted(apart)}


def _table(lines: Sequence[_Line], columns: Columns, name: str) -> tuple[tuple[int, ...], ...]:
    """How many people of each group have each value; an empty cell is a value too."""
    counts = Counter[tuple[str, str]]()
    for line in lines:
        counts[line.cells[name], line.cells[columns.group]] += line.count
    groups = sorted({group for _value, group in counts})
    values = sorted({value for value, _group in counts})
    return tuple(tuple(counts[value, group] for group in groups) for value in values)


def _clean(text: str) -> str:
    """The same letters however they were composed, without spaces around them."""
    return unicodedata.normalize("NFC", text).strip()
