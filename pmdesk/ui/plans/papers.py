"""Public papers about service plans: printed after a look, or as PDF files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from pmdesk.i18n import _
from pmdesk.services.files import write_whole
from pmdesk.services.paper.letter_text import Letter
from pmdesk.ui import printing
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button

_PDF = "PDF (*.pdf)"


Say = Callable[[str], None]  # that a file is written


def paper_button(
    words: str, make: Callable[[], Letter], owner: QWidget, tools: tuple[Tasks, Prompts], say: Say
) -> QPushButton:
    """A button with the two ways in which the paper can leave."""
    made = button(words, picture="printer")
    menu = QMenu(made)
    menu.addAction(_("Look and print…"), partial(print_paper, make, owner, tools[0]))
    menu.addAction(_("Save as PDF…"), partial(save_paper, words, make, owner, tools, say))
    made.setMenu(menu)
    return made


def print_paper(make: Callable[[], Letter], owner: QWidget, tasks: Tasks) -> None:
    """The paper goes to the printer, after a look at it."""

    def shown(letter: Letter) -> None:
        printing.preview_letter(letter, owner.window())

    tasks.query(make, owner=owner, done=shown)


def save_paper(
    name: str, make: Callable[[], Letter], owner: QWidget, tools: tuple[Tasks, Prompts], say: Say
) -> None:
    """The paper is a PDF file where the user says."""
    tasks, prompts = tools
    path = prompts.save_file(_("Save"), name + ".pdf", _PDF)
    if path is not None:
        words = _("Saved as {file}.").format(file=path.name)
        tasks.query(partial(_write, make, path), owner=owner, done=lambda _none: say(words))


def _write(make: Callable[[], Letter], path: Path) -> None:
    from pmdesk.services.paper.letter import letter_pdf  # noqa: PLC0415  # reportlab is slow

    write_whole(path, letter_pdf(make()))
