"""Letters of the rights desk as PDF files."""

from reportlab.platypus import Spacer

from pmdesk.services.paper.letter_text import Letter
from pmdesk.services.paper.sheet import paragraph, pdf, table

_WIDTH = 168.0  # of the sheet, in millimetres
_FIRST = 44.0
_AIR = 8  # points below the rows


def letter_pdf(letter: Letter, *, mark: str = "") -> bytes:
    """One letter on A4 with its number on each page, and `mark` across it; it can be searched."""
    parts = [
        paragraph(letter.title, 16),
        paragraph(letter.number, grey=True),
        paragraph(letter.opening, 11),
    ]
    if letter.rows:
        parts += [
            table(letter.rows, letter.widths or _widths(len(letter.rows[0]))),
            Spacer(1, _AIR),
        ]
    parts += [paragraph(sentence) for sentence in letter.closing]
    return pdf(parts, letter.title, letter.footer, mark=mark)


def _widths(columns: int) -> tuple[float, ...]:
    if columns == 1:
        return (_WIDTH,)
    rest = (_WIDTH - _FIRST) / (columns - 1)
    return (_FIRST, *(rest for _column in range(columns - 1)))
