"""A finished list as workbook and as paper, with who made it and when on every page and sheet."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pmdesk.i18n import _
from pmdesk.services.files import write_whole

_WIDTHS = (12, 12, 15, 10, 8, 24, 10, 60)
_KEPT = (0, 1, 4, 5, 6, 7)  # paper is narrower than a sheet
_LONGEST_FOOTER = 240  # Excel takes 255 with the page numbers
_GREY = "#6b7480"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A finished export: its number is in the log and on every page."""

    number: str
    stamp: str  # who made it and when: across each page and above each sheet
    footer: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def write_xlsx(made: Listing, path: Path) -> None:
    """The workbook is complete at `path`, or StorageError and no half of it lies there."""
    write_whole(path, _workbook(made))


def write_pdf(made: Listing, path: Path) -> None:
    """The paper is complete at `path`, or StorageError and no half of it lies there."""
    write_whole(path, as_pdf(made))


def as_pdf(made: Listing) -> bytes:
    """The same rows on paper: heading repeated, operator and time across each page."""
    from pmdesk.services.paper.sheet import paragraph, pdf, table  # noqa: PLC0415  # reportlab

    title = _("Classification table")
    rows = [[line[index] for index in _KEPT] for line in (made.head, *made.rows)]
    parts = [paragraph(title, 16), paragraph(made.footer, 9, grey=True)]
    body = table(rows, (18, 20, 14, 34, 18, 66), 8.5)
    return pdf([*parts, body], title, made.footer, mark=made.stamp)


def _workbook(made: Listing) -> bytes:
    """The bytes of the file; nothing of it passes through a temporary folder in clear."""
    import xlsxwriter  # noqa: PLC0415  # slow to import: pages show before anybody exports

    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Classification table"))
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(2, 0)
        sheet.write_string(0, 0, made.stamp, book.add_format({"font_color": _GREY}))
        for column, title in enumerate(made.head):
            sheet.write_string(1, column, title, bold)
        for row, line in enumerate(made.rows, start=2):
            for column, cell in enumerate(line):
                sheet.write_string(row, column, cell)  # a string is never a formula
        sheet.write_string(len(made.rows) + 3, 0, made.footer)
        sheet.repeat_rows(0, 1)
        sheet.set_header("&C" + _plain(made.stamp))
        sheet.set_footer("&L" + _plain(made.footer) + "&R&P / &N")
    return held.getvalue()


def _plain(text: str) -> str:
    return text.replace("&", "&&")[:_LONGEST_FOOTER]
