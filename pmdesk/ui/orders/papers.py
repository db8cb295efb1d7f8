"""The contractor sheet: seen before it is printed, or saved as a PDF."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from pmdesk.domain.orders.order import OrderId
from pmdesk.i18n import _, told
from pmdesk.services.files import write_whole
from pmdesk.services.orders import sheet
from pmdesk.services.orders.book import Line
from pmdesk.services.orders.sheet_text import sheet_letter
from pmdesk.services.paper.letter_text import Letter
from pmdesk.services.session import Session
from pmdesk.ui import printing
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone

T = TypeVar("T")
Say = Callable[[str, Tone], None]
_PDF = "PDF (*.pdf)"


class SheetPapers:
    """`say` hears what was made, or why there is no sheet."""

    def __init__(
        self, session: Session, tasks: Tasks, prompts: Prompts, owner: QWidget, say: Say
    ) -> None:
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._owner = owner
        self._say = say

    def print(self, line: Line) -> None:
        """The sheet goes to the printer, after a look at it."""
        self._make(partial(_made, self._session, line.id), self._look)

    def save(self, line: Line) -> None:
        """The sheet is a PDF file."""
        name = _("Work sheet")
        path = self._prompts.save_file(_("Save"), f"{name} {line.number}.pdf", _PDF)
        if path is not None:
            words = _("Saved as {file}.").format(file=path.name)
            work = partial(_saved, self._session, line.id, path)
            self._make(work, lambda _none: self._say(words, Tone.GOOD))

    def _make(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._tasks.command(
            work,
            owner=self._owner,
            done=done,
            failed=lambda error: self._say(told(error), Tone.WARN),
        )

    def _look(self, made: Letter) -> None:
        printing.preview_letter(made, self._owner.window())
        self._say(_("Shown for printing: {name}").format(name=made.title), Tone.INFO)


def _made(session: Session, order: OrderId) -> Letter:
    return sheet_letter(session, sheet.contractor_sheet(session, order))


def _saved(session: Session, order: OrderId, path: Path) -> None:
    from pmdesk.services.paper.letter import letter_pdf  # noqa: PLC0415  # reportlab is slow

    write_whole(path, letter_pdf(_made(session, order)))
