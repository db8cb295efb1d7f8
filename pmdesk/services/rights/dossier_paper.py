"""The dossier as a PDF file that can be searched, fast also for thousands of lines."""

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.services.paper.sheet import FONT, paragraph, pdf, style, table
from pmdesk.services.rights.dossier import Dossier
from pmdesk.services.rights.dossier_text import Section

_SIZE = 8.5
_LEADING = 12.0
_WIDTH = 168.0  # of the sheet, in millimetres
_COLUMNS = int(_WIDTH * mm / (_SIZE / 2))  # half-width characters in a line
_WIDE = frozenset("WFA")


class Ledger(Flowable):
    """Lines of plain text, drawn without a layout engine: thousands take no longer than a page."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        style(_SIZE)  # the font is known from now on
        self._lines = tuple(lines)
        self.width = _WIDTH * mm
        self.height = len(self._lines) * _LEADING

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # reportlab's names
        del aW, aH
        return self.width, self.height

    @override
    def split(self, aW: float, aH: float) -> list[Flowable]:  # reportlab's names
        del aW
        fitting = int(aH // _LEADING)
        if fitting <= 0:
            return []
        return [Ledger(self._lines[:fitting]), Ledger(self._lines[fitting:])]

    def draw(self) -> None:
        """The lines are on the canvas of the page."""
        canvas: Canvas = self.canv
        text = canvas.beginText(0, self.height - _LEADING + 3)
        text.setFont(FONT, _SIZE, _LEADING)
        for line in self._lines:
            text.textLine(line)
        canvas.drawText(text)


def dossier_pdf(dossier: Dossier, found: Sequence[Section]) -> bytes:
    """The dossier with its number and page numbers on each page."""
    title = _("Your personal information")
    parts: list[Flowable] = [
        paragraph(title, 18),
        paragraph(
            _("{office} · request {number} · {at}").format(
                office=dossier.office,
                number=dossier.number,
                at=f"{dossier.made_at.astimezone():%Y-%m-%d %H:%M}",
            ),
            grey=True,
        ),
        paragraph(_others(dossier), grey=True),
    ]
    for section in found:
        parts += _section(section)
    return pdf(parts, title, f"{dossier.office} · {dossier.number}")


def _section(section: Section) -> Iterator[Flowable]:
    yield paragraph(section.title, 13)
    if section.remark:
        yield paragraph(section.remark, 9, grey=True)
    if section.rows:
        columns = len(section.rows[0])
        first = _WIDTH * 0.3
        rest = (_WIDTH - first) / max(columns - 1, 1)
        yield table(section.rows, (first, *(rest for _column in range(columns - 1))), 9)
    if section.lines:
        yield Ledger([piece for line in section.lines for piece in wrapped(line)])


def wrapped(line: str) -> Iterator[str]:
    """The line in pieces that fit the sheet, by the widths that a Chinese font has."""
    start, width = 0, 0.0
    for at, sign in enumerate(line):
        step = 2 if east_asian_width(sign) in _WIDE else 1.2
        if width + step > _COLUMNS:
            yield line[start:at]
            start, width = at, 0.0
        width += step
    yield line[start:]


def _others(dossier: Dossier) -> str:
    if not dossier.others_removed:
        return _("Everything that is held about you follows.")
    return _(
        "Everything that is held about you follows. {count} values about other people are left out"
        " or masked."
    ).format(count=dossier.others_removed)
