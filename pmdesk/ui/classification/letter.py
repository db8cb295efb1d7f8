"""The letter that explains a tier: on paper or as a file, from beside the explanation."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from pmdesk.domain.people import PersonId
from pmdesk.i18n import _
from pmdesk.services.files import write_whole
from pmdesk.services.paper.letter_text import Letter
from pmdesk.services.rights.tier_letter import tier_letter
from pmdesk.services.session import Session
from pmdesk.ui import printing
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button, opening

_PDF = "PDF (*.pdf)"


class LetterButton(QWidget):
    """Prints or saves the letter of the person it was last told about."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._person: PersonId | None = None
        self.menu = QMenu(self)
        self.menu.addAction(_("Look and print…"), self.print)
        self.menu.addAction(_("Save as PDF…"), self.save)
        self.button = button(_("Letter for the resident"), look="link", picture="file-text")
        self.button.setObjectName("explanation.letter")
        opening(self.button, self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addStretch(1)

    def show_person(self, person: PersonId) -> None:
        """The letter is about this person."""
        self._person = person
        self.show()

    def print(self) -> None:
        """The letter goes to the printer, after a look at it."""
        if self._person is not None:
            work = partial(tier_letter, self._session, self._person)
            self._tasks.command(work, owner=self, done=self._preview)

    def save(self) -> None:
        """The letter is a PDF file where the user says."""
        path = self._prompts.save_file(_("Save"), _("Tier explained") + ".pdf", _PDF)
        if path is not None and self._person is not None:
            work = partial(_saved, self._session, self._person, path)
            self._tasks.command(work, owner=self)

    def _preview(self, made: Letter) -> None:
        printing.preview_letter(made, self.window())


def _saved(session: Session, person: PersonId, path: Path) -> None:
    from pmdesk.services.paper.letter import letter_pdf  # noqa: PLC0415  # reportlab is slow

    write_whole(path, letter_pdf(tier_letter(session, person)))
