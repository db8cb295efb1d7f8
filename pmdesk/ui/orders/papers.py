"""The contractor sheet: seen before it is printed, or saved as a PDF."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pmdesk.domain.orders.order import OrderId
from pmdesk.i18n import _
from pmdesk.services.files import write_whole
from pmdesk.services.orders import sheet
from pmdesk.services.orders.sheet_text import sheet_letter
from pmdesk.services.paper.letter_text import Letter
from pmdesk.services.session import Session
from pmdesk.ui import printing
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks

_PDF = "PDF (*.pdf)"


class SheetPapers:
    """`done` hears the name of the file, or of the paper that was looked at."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        self._session = session
        self._tasks = tasks
        self._prompts = prompts

    def print(self, order: OrderId, owner: QWidget, done: Callable[[str], None]) -> None:
        """The sheet goes to the printer, after a look at it."""

        def show(made: Letter) -> None:
            printing.preview_letter(made, owner.window())
            done(made.title)

        self._tasks.command(partial(_made, self._session, order), owner=owner, done=show)

    def save(
        self, order: OrderId, number: str, owner: QWidget, done: Callable[[str], None]
    ) -> None:
        """The sheet is a PDF file."""
        name = _("Work sheet")
        path = self._prompts.save_file(_("Save"), f"{name} {number}.pdf", _PDF)
        if path is not None:
            work = partial(_saved, self._session, order, path)
            self._tasks.command(work, owner=owner, done=lambda _none: done(path.name))


def _made(session: Session, order: OrderId) -> Letter:
    return sheet_letter(session, sheet.contractor_sheet(session, order))


def _saved(session: Session, order: OrderId, path: Path) -> None:
    from pmdesk.services.paper.letter import letter_pdf  # noqa: PLC0415  # reportlab is slow

    write_whole(path, letter_pdf(_made(session, order)))
