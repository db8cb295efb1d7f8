"""A file before its rows are judged: its columns, where each would lead, and who decides."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import islice
from pathlib import Path

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Field
from pmdesk.domain.masks import mask_name, mask_phone
from pmdesk.domain.patterns import credentials
from pmdesk.domain.phones import parsed_phones
from pmdesk.domain.staff import Permission
from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_
from pmdesk.services.exchange.delimited import table
from pmdesk.services.exchange.headers import (
    RESIDENTS,
    SAMPLE,
    Fate,
    Header,
    Target,
    importable,
    located,
)
from pmdesk.services.exchange.opening import open_book
from pmdesk.services.exchange.sheet import Book, Cell, Sheet, text_of
from pmdesk.services.exchange.vocabulary import Vocabulary
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session


class CellKind(StrEnum):
    """What stands below a header, without saying it."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """The columns that were found in a file, before anything below them is judged."""

    sheet: str
    header: Header
    is_wide: bool
    hints: Mapping[int, str]  # by column: a masked value of what a list may show, or nothing
    kinds: Mapping[int, CellKind]  # of the first value of each column
    fields: tuple[Field, ...]  # that columns may lead to, beside the parts of `Target`


def examine(session: Session, source: Path | Book, known: Vocabulary = RESIDENTS) -> Examined:
    """The worksheet most like such a list, its columns and where each would lead."""
    catalogue = live_catalogue(session)
    sheet, header = located(opened(source), catalogue, known=known)
    values = _first_values(sheet, header)
    return Examined(
        sheet=sheet.name,
        header=header,
        is_wide=sheet.is_wide,
        hints=_hints(header, values),
        kinds={c.index: _kind(values.get(c.index)) for c in header.columns},
        fields=importable(catalogue) if known.has_fields else (),
    )


def pasted(text: str) -> Book:
    """A block of cells from the clipboard as a file."""
    if not text.strip():
        raise ExchangeError(
            N_("The clipboard holds no table."),
            N_("Select the cells with their header row in Excel or WPS, copy them, and try again."),
        )
    return table(text)


def live_catalogue(session: Session) -> Catalogue:
    """The catalogue of whoever may import, with the present list of what is not collected."""
    with session.reading(Permission.IMPORT) as work:
        return screen.screening(work, work.catalogue.live())


def opened(source: Path | Book) -> Book:
    """The file, read now; a block from the clipboard is open already."""
    return source if isinstance(source, Book) else open_book(source)


def led(header: Header, mapping: Mapping[int, str], catalogue: Catalogue) -> Header:
    """The header with its columns led elsewhere; no way leads past the consent of a resident."""
    return redirected(header, mapping, {*Target, *(field.key for field in importable(catalogue))})


def redirected(header: Header, mapping: Mapping[int, str], lawful: Collection[str]) -> Header:
    """The header with its columns led elsewhere; only to one of the lawful targets, or nowhere."""
    if not {"", *lawful}.issuperset(mapping.values()):
        raise ExchangeError(
            N_("A column was led to something that an import may not fill."),
            N_("Choose one of the listed parts; what needs consent is entered after the consent."),
        )
    for index, target in mapping.items():
        header = header.redirected(index, target)
    return header


def _first_values(sheet: Sheet, header: Header) -> Mapping[int, Cell]:
    """The first value below each header that is read or might be; of refused columns none."""
    wanted = {c.index for c in header.columns if c.fate is not Fate.REFUSED}
    values: dict[int, Cell] = {}
    for row in islice(sheet.rows(), header.row + SAMPLE):
        if row.number > header.row:
            there = ((i, row.cells[i]) for i in wanted if i < len(row.cells))
            values |= {i: cell for i, cell in there if i not in values and text_of(cell)}
    return values


def _hints(header: Header, values: Mapping[int, Cell]) -> Mapping[int, str]:
    """The values that lists may show, masked as lists mask them."""
    texts = {index: text_of(cell) for index, cell in values.items()}
    return {
        column.index: _SHOWN[Target(column.target)](texts[column.index])
        for column in header.columns
        if column.target in _SHOWN and column.index in texts
        if not credentials(texts[column.index])
    }


def _kind(cell: Cell | None) -> CellKind:
    if cell is None:
        return CellKind.NOTHING
    if isinstance(cell, (date, time, timedelta)):
        return CellKind.DATE
    return CellKind.NUMBER if text_of(cell).replace(".", "", 1).isdigit() else CellKind.TEXT


_SHOWN: Mapping[Target, Callable[[str], str]] = {
    Target.NAME: mask_name,
    Target.MOBILE: lambda text: mask_phone(next(iter(parsed_phones(text).numbers), "")),
    **dict.fromkeys((Target.PHASE, Target.BUILDING, Target.ENTRANCE, Target.ROOM), str),
    Target.LABEL: str,
}
