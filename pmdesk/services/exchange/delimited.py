"""Text tables (csv) in the encodings that Chinese offices meet."""

import codecs
import csv
import io
from collections.abc import Iterator

from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_
from pmdesk.services.exchange.sheet import Book, Cell, Sheet

NAME = "csv"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = (",", "\t", ";", "，")
_SAMPLE = 20_000  # characters that decide on the delimiter


def book(data: bytes) -> Book:
    """The text as a file with one worksheet."""
    return table(decoded(data))


def table(text: str) -> Book:
    """The same for a text that is decoded already, such as a block copied from Excel or WPS."""
    delimiter = max(_DELIMITERS, key=text[:_SAMPLE].count)

    def rows() -> Iterator[list[Cell]]:
        try:
            yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        except csv.Error:
            raise _unreadable() from None

    width = max((len(row) for row in rows()), default=0)
    return Book(names=(NAME,), sheet=lambda name: Sheet(name=name, width=width, decoded=rows))


def decoded(data: bytes) -> str:
    """The text, whichever of UTF-8, UTF-16, GB18030 or a rarer encoding it was saved in."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as(data, encoding)
    if b"\x00" in data:
        raise _unreadable()
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _guessed(data)


def _as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _unreadable() from None


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  # slow, and rarely needed

    best = from_bytes(data).best()
    if best is None:
        raise _unreadable()
    return str(best)


def _unreadable() -> ExchangeError:
    return ExchangeError(
        N_("The text of the file cannot be read."),
        N_("Open it in Excel or WPS and save it as “Excel workbook (*.xlsx)”."),
    )
