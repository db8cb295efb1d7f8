"""Print preview: what goes to paper is seen first."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from pmdesk.services.paper.letter_text import Letter

BODY, LARGE = 12.0, 16.0  # 小四 and 三号
_INK = "h2, p, td, th { color: #000000 }"  # paper is white, however dark the window is
_RULE = "border-bottom: 1px solid #c8cfda"


def document(parts: Sequence[str], *, points: float = BODY) -> QTextDocument:
    """A document of these pieces of HTML, one below the other."""
    made = QTextDocument()
    font = made.defaultFont()
    font.setPointSizeF(points)
    made.setDefaultFont(font)
    made.setDefaultStyleSheet(_INK)
    made.setHtml("".join(parts))
    return made


def preview(made: QTextDocument, title: str, parent: QWidget) -> bool:
    """Whether the user sent the document to a printer."""
    return looked_at(seen_first(made, title, parent))


def looked_at(dialog: QPrintPreviewDialog) -> bool:
    """Whether the user sent to a printer what it shows; the window is gone afterwards."""
    try:
        return dialog.exec() == QPrintPreviewDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()  # and with it the words, which are about somebody


def seen_first(made: QTextDocument, title: str, parent: QWidget) -> QPrintPreviewDialog:
    """The window that shows the document, now its own, as it will be printed."""
    dialog = painted_first(made.print_, title, parent)
    made.setParent(dialog)
    return dialog


def painted_first(
    paint: Callable[[QPrinter], object], title: str, parent: QWidget
) -> QPrintPreviewDialog:
    """The window that shows what `paint` puts on paper, with a printer of its own."""
    dialog = QPrintPreviewDialog(parent)
    dialog.printer().setDocName(title)
    dialog.setWindowTitle(title)
    dialog.paintRequested.connect(paint)
    return dialog


def preview_letter(made: Letter, parent: QWidget) -> bool:
    """Whether the user sent the letter to a printer, after a look at it."""
    return preview(letter_document(made), made.title, parent)


def letter_document(made: Letter) -> QTextDocument:
    """The letter as it is printed."""
    parts = [heading(made.title), *map(paragraph, (made.number, made.opening))]
    if made.rows:
        parts.append(table(made.rows))
    parts += map(paragraph, (*made.closing, made.footer))
    return document(parts)


def heading(text: str) -> str:
    """A heading; markup in the text is shown, not obeyed."""
    return f"<h2>{_shown(text)}</h2>"


def paragraph(text: str) -> str:
    """A paragraph."""
    return f"<p>{_shown(text)}</p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table whose first row is its heading, with a line below each row to lead the eye."""
    lines = []
    for index, row in enumerate(rows):
        tag = "td" if index else "th"
        cells = "".join(
            f'<{tag} align="left" style="{_RULE}">{_shown(cell)}</{tag}>' for cell in row
        )
        lines.append(f"<tr>{cells}</tr>")
    return f'<table cellpadding="5" cellspacing="0" width="100%">{"".join(lines)}</table>'


def _shown(text: str) -> str:
    """Markup in the text is shown, not obeyed; its lines stay lines."""
    return escape(text).replace("\n", "<br>")
