"""The sheet of paper: embedded Chinese font, styles, and the frame every PDF shares.

reportlab is slow to import: pages import this module when something is printed, not before.
"""

import re
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, Paragraph, SimpleDocTemplate, Table, TableStyle

from pmdesk.assets import asset

FONT = "WenQuanYi Micro Hei"
_LEADING = 1.55  # of the height of the letters
_TALL = 600  # points: a row that is higher cannot stay on one page
_MARK = 20  # points
_SLANT = 32  # degrees
_QUOTES = str.maketrans("“”‘’", "\"\"''")  # the font sets these as wide as a Chinese character
_IDEOGRAPHS = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


@cache
def _register() -> None:
    pdfmetrics.registerFont(TTFont(FONT, str(asset("fonts/wqy-microhei.ttc")), subfontIndex=0))


def style(size: float, *, grey: bool = False, spaced: bool = False) -> ParagraphStyle:
    """A paragraph style; `size` in points, lines break between characters, or words if `spaced`."""
    _register()
    return ParagraphStyle(
        f"{size}{grey}{spaced}",
        fontName=FONT,
        fontSize=size,
        leading=size * _LEADING,
        wordWrap=None if spaced else "CJK",
        spaceAfter=4,
        textColor=HexColor("#5b6472" if grey else "#1b2230"),
    )


def paragraph(text: str, size: float = 10.5, *, grey: bool = False) -> Flowable:
    """A paragraph of plain text; markup in it is shown, not obeyed."""
    spaced = _is_spaced(text)
    words = text.translate(_QUOTES) if spaced else text
    return Paragraph(escape(words).replace("\n", "<br/>"), style(size, grey=grey, spaced=spaced))


def _is_spaced(text: str) -> bool:
    """Written in words with spaces between them, but for a name or two."""
    return len(_IDEOGRAPHS.findall(text)) * 4 < len(text)


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float = 9.5) -> Flowable:
    """A quiet table whose first row repeats on each page; widths in millimetres."""
    cells = [
        [paragraph(cell, size, grey=index == 0) for cell in row] for index, row in enumerate(rows)
    ]
    tall = any(
        _height(cell, width, size) > _TALL
        for row in rows
        for cell, width in zip(row, widths, strict=True)
    )
    made = Table(
        cells, colWidths=[width * mm for width in widths], repeatRows=1, splitInRow=int(tall)
    )
    line = HexColor("#d9dee6")
    made.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, line),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return made


def _height(cell: str, millimetres: float, size: float) -> float:
    """About how high the text will be, in points: a Chinese character is as wide as high."""
    fitting = max(1, int(millimetres * mm / size) - 1)
    lines = sum(1 + len(line) // fitting for line in cell.split("\n"))
    return lines * size * _LEADING


def qr(content: str, millimetres: float = 28) -> Flowable:
    """A QR code of that side."""
    picture = BytesIO()
    segno.make(content, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    picture.seek(0)
    return Image(picture, width=millimetres * mm, height=millimetres * mm)


def pdf(parts: Sequence[Flowable], title: str, footer: str, *, mark: str = "") -> bytes:
    """The finished file, A4: page numbers and `footer` on each page, `mark` lightly across it."""

    def frame(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawString(20 * mm, 12 * mm, footer)
        number = str(document.page)
        canvas.drawRightString(190 * mm, 12 * mm, number)
        if mark:
            _water(canvas, mark)

    made = BytesIO()
    document = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=22 * mm,
        title=title,
        author="pmdesk",
    )
    document.build(list(parts), onFirstPage=frame, onLaterPages=frame)
    return made.getvalue()


def _water(canvas: Canvas, mark: str) -> None:
    """The mark three times from below left to above right, too light to hide anything."""
    canvas.saveState()
    canvas.setFont(FONT, _MARK)
    canvas.setFillColor(HexColor("#d5dae2"))
    for height in (70, 150, 230):
        canvas.saveState()
        canvas.translate(105 * mm, height * mm)
        canvas.rotate(_SLANT)
        canvas.drawCentredString(0, 0, mark)
        canvas.restoreState()
    canvas.restoreState()
