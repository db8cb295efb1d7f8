"""Print preview: what goes to paper is seen first."""

from collections.abc import Sequence
from html import escape

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from pmdesk.services.paper.letter_text import Letter

BODY, LARGE = 12.0, 16.0  # 小四 and 三号


def document(parts: Sequence[str], *, points: float = BODY) -> QTextDocument:
    """A document of these pieces of HTML, one below the other."""
    made = QTextDocument()
    font = made.defaultFont()
    font.setPointSizeF(points)
    made.setDefaultFont(font)
    made.setHtml("".join(parts))
    return made


def preview(made: QTextDocument, title: str, parent: QWidget) -> bool:
    """Whether the user sent the document to a printer."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setWindowTitle(title)
    dialog.paintRequested.connect(made.print_)
    return dialog.exec() == QPrintPreviewDialog.DialogCode.Accepted


def preview_letter(made: Letter, parent: QWidget) -> bool:
    """Whether the user sent the letter to a printer, after a look at it."""
    parts = [heading(made.title), *map(paragraph, (made.number, made.opening))]
    if made.rows:
        parts.append(table(made.rows))
    parts += map(paragraph, (*made.closing, made.footer))
    return preview(document(parts), made.title, parent)


def heading(text: str) -> str:
    """A heading; markup in the text is shown, not obeyed."""
    return f"<h2>{_shown(text)}</h2>"


def paragraph(text: str) -> str:
    """A paragraph."""
    return f"<p>{_shown(text)}</p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table whose first row is its heading."""
    lines = []
    for index, row in enumerate(rows):
        tag = "td" if index else "th"
        cells = "".join(f'<{tag} align="left">{_shown(cell)}</{tag}>' for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    return f'<table cellpadding="5" width="100%">{"".join(lines)}</table>'


def _shown(text: str) -> str:
    """Markup in the text is shown, not obeyed; its lines stay lines."""
    return escape(text).replace("\n", "<br>")
