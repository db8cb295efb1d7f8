"""Records on the printer and as files; reportlab is imported when a file is made."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pmdesk.i18n import _, said
from pmdesk.services.files import write_whole
from pmdesk.services.paper.record_text import record_text
from pmdesk.services.records.record_desk import OpenRecord
from pmdesk.ui import printing
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks

Make = Callable[[OpenRecord], bytes]
_PDF = "PDF (*.pdf)"


class RecordPapers:
    """Makes files of a record where the user says, and shows it as it will be printed."""

    def __init__(self, owner: QWidget, tasks: Tasks, prompts: Prompts) -> None:
        self._owner = owner
        self._tasks = tasks
        self._prompts = prompts

    def save(
        self, shown: OpenRecord, done: Callable[[Path], None], make: Make | None = None
    ) -> None:
        """A PDF file is where the user wants it; `make` gives another form than the long one."""
        suggested = f"{shown.record.number} {said(shown.kind.title)}.pdf"
        path = self._prompts.save_file(_("Save as PDF"), suggested, _PDF)
        if path is not None:
            self._tasks.query(
                partial(_write, shown, path, make or _long_form),
                owner=self._owner,
                done=lambda _none: done(path),
            )

    def print(self, shown: OpenRecord) -> None:
        """The record is seen as it will be printed."""
        text = record_text(shown)
        parts = [printing.heading(text.title), *map(printing.paragraph, text.lines)]
        for block in text.blocks:
            parts += [printing.heading(block.title)] if block.title else []
            parts.append(printing.table(block.rows))
        parts.append(printing.paragraph(text.footer))
        printing.preview(printing.document(parts), text.title, self._owner)


def _write(shown: OpenRecord, path: Path, make: Make) -> None:
    write_whole(path, make(shown))


def _long_form(shown: OpenRecord) -> bytes:
    from pmdesk.services.paper.record import record_pdf  # noqa: PLC0415  # reportlab is slow

    return record_pdf(shown)
