"""Excel workbooks (xlsx, xls): cells, merged ranges, and the errors of their formulas."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_
from pmdesk.services.exchange.sheet import Book, Cell, Sheet, too_large

_ZIP = b"PK\x03\x04"
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")  # xls, and every encrypted Office file
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|meta)", re.IGNORECASE
)
_UNPACKED_AT_MOST = 2_000_000_000
_CHUNK = 1 << 20

_SAVE_AGAIN = N_("Open it in Excel or WPS and save it as “Excel workbook (*.xlsx)”.")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*?\br:id=\"([^\"]+)\"")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\bt=\"e\")[^>]*\br=\"([A-Z]{1,3})([0-9]{1,7})\"[^>]*>"
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>(#[^<]{1,20})</",
    re.DOTALL,
)

Faults = Mapping[int, Sequence[tuple[int, str]]]  # row from 0: (column from 0, what Excel shows)


def book(data: bytes) -> Book:
    """The workbook; its worksheets are decoded when asked for."""
    from python_calamine import (  # noqa: PLC0415  # only an import needs it
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    _check(data)
    with _understood():
        source = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = tuple(
            about.name
            for about in source.sheets_metadata
            if about.typ is SheetTypeEnum.WorkSheet and about.visible is SheetVisibleEnum.Visible
        )
    if not names:
        raise ExchangeError(N_("The workbook has no worksheet with data."), _SAVE_AGAIN)
    return Book(names=names, sheet=lambda name: _sheet(source, name, data))


def _sheet(source: Any, name: str, data: bytes) -> Sheet:
    with _understood():
        found = source.get_sheet_by_name(name)
        spans = tuple(found.merged_cell_ranges or ())
    left = found.start[1] if found.start else 0
    faults = _faults(data, source.sheet_names.index(name))

    def rows() -> Iterator[Sequence[Cell]]:
        margin: list[Cell] = [""] * left
        with _understood():
            for index, cells in enumerate(found.iter_rows()):
                row = margin + list(cells) if left else cells
                yield _with_faults(row, faults[index]) if index in faults else row

    width = found.end[1] + 1 if found.end else 0
    return Sheet(name=name, width=width, decoded=rows, spans=spans)


def _check(data: bytes) -> None:
    """ExchangeError when the content cannot be a workbook, whatever the file is called."""
    if data.startswith(_COMPOUND_FILE):
        if _ENCRYPTED in data:
            raise _protected()
        return
    if _WEB_PAGE.match(data[:1000]):
        raise ExchangeError(
            N_("The file is a web page with the name of an Excel file."), _SAVE_AGAIN
        )
    if not data.startswith(_ZIP):
        raise ExchangeError(N_("This is not an Excel file, whatever its name says."), _SAVE_AGAIN)
    _check_package(data)


def _check_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(part.file_size for part in package.infolist())
            names = package.namelist()
    except zipfile.BadZipFile:
        raise _damaged() from None
    if size > _UNPACKED_AT_MOST:
        raise too_large()
    if not any(name.startswith("xl/") for name in names):
        raise ExchangeError(N_("This is not an Excel file, whatever its name says."), _SAVE_AGAIN)


@contextmanager
def _understood() -> Iterator[None]:
    """Whatever the decoder stumbles over becomes one sentence without a cell's content."""
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415  # see book()

    try:
        yield
    except PasswordError:
        raise _protected() from None
    except (CalamineError, ValueError, OSError):
        raise _damaged() from None
    except BaseException as error:  # a panic of the decoder is not an Exception
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged() from None


def _protected() -> ExchangeError:
    return ExchangeError(
        N_("The file is protected by a password."),
        N_("Open it in Excel or WPS, remove the password and save it again."),
    )


def _damaged() -> ExchangeError:
    return ExchangeError(N_("The Excel file is damaged."), _SAVE_AGAIN)


def _with_faults(cells: Sequence[Cell], faults: Sequence[tuple[int, str]]) -> Sequence[Cell]:
    full = list(cells)
    for column, shown in faults:
        if column < len(full):
            full[column] = shown
    return full


def _faults(data: bytes, position: int) -> Faults:
    """The formula errors of the worksheet at `position`: the decoder hands them out as empty."""
    if not data.startswith(_ZIP):
        return {}  # of an old xls they stay unknown
    found: dict[int, list[tuple[int, str]]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = _part(package, position)
        for letters, number, shown in _error_cells(package, part) if part else ():
            found.setdefault(int(number) - 1, []).append(
                (_column(letters), shown.decode(errors="replace"))
            )
    return found


def _part(package: zipfile.ZipFile, position: int) -> str | None:
    """The name of the worksheet's own XML inside the package."""
    try:
        listing = package.read("xl/workbook.xml").decode()
        relations = package.read("xl/_rels/workbook.xml.rels").decode()
    except (KeyError, UnicodeDecodeError):
        return None
    ids = _SHEET.findall(listing)
    if position >= len(ids):
        return None
    for relation in _RELATION.findall(relations):
        if f'Id="{ids[position]}"' in relation:
            target = re.search(r"Target=\"([^\"]+)\"", relation)
            name = target.group(1).lstrip("/") if target else ""
            name = name if name.startswith("xl/") else f"xl/{name}"
            return name if name in package.namelist() else None
    return None


def _error_cells(package: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, bytes, bytes]]:
    rest = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            cut = text.rfind(b"</row>") + 1
            if b't="e"' in text[:cut]:
                yield from _ERROR_CELL.findall(text[:cut])
            rest = text[cut:]
    yield from _ERROR_CELL.findall(rest)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
