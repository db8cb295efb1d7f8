"""Papers and files of a case: made in the background, saved where the user says."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pmdesk.domain.requests import RequestId
from pmdesk.i18n import _
from pmdesk.services.case_words import PAPERS, Paper
from pmdesk.services.files import write_whole
from pmdesk.services.paper.letter_text import Letter
from pmdesk.services.rights import request_papers, requests_poster
from pmdesk.services.rights.request_acts import Acted
from pmdesk.services.rights.request_papers import Bundle
from pmdesk.services.session import Session
from pmdesk.ui import printing
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks

_PDF = "PDF (*.pdf)"

Done = Callable[[str], None]  # hears the name of the file


class CasePapers:
    """Saves or prints what a case gives out; `done` hears the name of the file or the paper."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        self._session = session
        self._tasks = tasks
        self._prompts = prompts

    def save(
        self, request: RequestId, number: str, paper: Paper, owner: QObject, done: Done
    ) -> None:
        """The letter is a PDF file."""
        path = self._ask(f"{_(PAPERS[paper])} {number}")
        if path is not None:
            work = partial(_letter, self._session, request, paper, path)
            self._tasks.command(work, owner=owner, done=lambda _none: done(path.name))

    def print(self, request: RequestId, paper: Paper, owner: QWidget, done: Done) -> None:
        """The letter goes to the printer, after a look at it."""
        work = partial(request_papers.letter, self._session, request, paper)
        self._tasks.command(work, owner=owner, done=lambda made: _print(made, owner, done))

    def print_correction(
        self, request: RequestId, acted: Acted, owner: QWidget, done: Done
    ) -> None:
        """The value before and after, on the printer."""
        work = partial(request_papers.corrected, self._session, request, acted)
        self._tasks.query(work, owner=owner, done=lambda made: _print(made, owner, done))

    def save_files(
        self,
        request: RequestId,
        number: str,
        recipient: str | None,
        owner: QObject,
        done: Done,
    ) -> None:
        """The files lie side by side: for people and for machines."""
        paper = Paper.DOSSIER if recipient is None else Paper.PACKAGE
        path = self._ask(f"{_(PAPERS[paper])} {number}")
        if path is not None:
            work = partial(_files, self._session, request, recipient, path)
            self._tasks.command(work, owner=owner, done=lambda _none: done(path.name))

    def save_correction(
        self, request: RequestId, number: str, acted: Acted, owner: QObject, done: Done
    ) -> None:
        """The value before and after: told on paper now or never."""
        path = self._ask(f"{_(PAPERS[Paper.CORRECTION])} {number}")
        if path is not None:
            work = partial(_correction, self._session, request, acted, path)
            self._tasks.command(work, owner=owner, done=lambda _none: done(path.name))

    def save_poster(self, owner: QObject, done: Done) -> None:
        """The rights in plain words, for the wall."""
        path = self._ask(_("Your rights"))
        if path is not None:
            work = partial(_poster, self._session, path)
            self._tasks.query(work, owner=owner, done=lambda _none: done(path.name))

    def _ask(self, name: str) -> Path | None:
        return self._prompts.save_file(_("Save"), f"{name}.pdf", _PDF)


def _print(made: Letter, owner: QWidget, done: Done) -> None:
    printing.preview_letter(made, owner.window())
    done(made.title)


def _letter(session: Session, request: RequestId, paper: Paper, path: Path) -> None:
    _write(request_papers.letter(session, request, paper), path)


def _correction(session: Session, request: RequestId, acted: Acted, path: Path) -> None:
    _write(request_papers.corrected(session, request, acted), path)


def _poster(session: Session, path: Path) -> None:
    write_whole(path, requests_poster.poster_pdf(session))


def _files(session: Session, request: RequestId, recipient: str | None, path: Path) -> Bundle:
    if recipient is None:
        made = request_papers.make_dossier(session, request)
    else:
        made = request_papers.make_package(session, request, recipient)
    for file in made.files:
        write_whole(path.with_suffix(f".{file.ending}"), file.data)
    return made


def _write(letter: Letter, path: Path) -> None:
    from pmdesk.services.paper.letter import letter_pdf  # noqa: PLC0415  # reportlab is slow

    write_whole(path, letter_pdf(letter))
