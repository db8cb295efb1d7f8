"""Opening a file from outside by what it holds, not by what it is called."""

from pathlib import Path

from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_
from pmdesk.services.exchange import delimited, workbook
from pmdesk.services.exchange.sheet import Book, too_large

BYTES_AT_MOST = 200_000_000
_TEXT = frozenset((".csv", ".tsv", ".txt"))


def open_book(path: Path) -> Book:
    """The file as worksheets; ExchangeError in one sentence when it is none."""
    data = _content(path)
    if path.suffix.lower() in _TEXT:
        return delimited.book(data)
    return workbook.book(data)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > BYTES_AT_MOST:
            raise too_large()
        data = path.read_bytes()
    except FileNotFoundError:
        raise ExchangeError(N_("The file is not there."), N_("Choose it again.")) from None
    except OSError:
        raise ExchangeError(
            N_("The file cannot be read."),
            N_("Close it in Excel or WPS, check the drive, and try again."),
        ) from None
    if not data:
        raise ExchangeError(
            N_("The file is empty."), N_("Ask for it again, or export it once more.")
        )
    return data
