"""What a person's tier means for the service, on paper: from beside the tier."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from pmdesk.domain.people import PersonId
from pmdesk.i18n import _
from pmdesk.services.files import write_whole
from pmdesk.services.paper.letter_text import Letter
from pmdesk.services.plans.papers import person_sheet
from pmdesk.services.session import Session
from pmdesk.ui import printing
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button, opening

_PDF = "PDF (*.pdf)"


class PersonSheetButton(QWidget):
    """Prints or saves the sheet of one person; each making of it is logged."""

    saved = Signal(str)  # the name of the file

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts, person: PersonId) -> None:
        super().__init__()
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._person = person
        self.button = button(_("What it means, on paper"), look="link", picture="file-text")
        self.button.setObjectName("tier.sheet")
        menu = QMenu(self.button)
        menu.addAction(_("Look and print…"), self.print)
        menu.addAction(_("Save as PDF…"), self.save)
        opening(self.button, menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addStretch(1)

    def print(self) -> None:
        """The sheet goes to the printer, after a look at it."""
        work = partial(person_sheet, self._session, self._person)
        self._tasks.command(work, owner=self, done=self._preview)

    def save(self) -> None:
        """The sheet is a PDF file where the user says."""
        path = self._prompts.save_file(_("Save"), _("What the tier means") + ".pdf", _PDF)
        if path is not None:
            work = partial(_saved, self._session, self._person, path)
            self._tasks.command(work, owner=self, done=lambda _none: self.saved.emit(path.name))

    def _preview(self, made: Letter) -> None:
        printing.preview_letter(made, self.window())


def _saved(session: Session, person: PersonId, path: Path) -> None:
    from pmdesk.services.paper.letter import letter_pdf  # noqa: PLC0415  # reportlab is slow

    write_whole(path, letter_pdf(person_sheet(session, person)))
