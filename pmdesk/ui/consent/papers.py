"""Receipts and notices as files and on the printer; reportlab is imported when one is made."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from pmdesk.domain.people import PersonId
from pmdesk.i18n import _
from pmdesk.services import office
from pmdesk.services.consent import consent_proof
from pmdesk.services.consent.consents import Choice, Receipt
from pmdesk.services.files import write_whole
from pmdesk.services.notices import copies
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks

_PDF = "PDF (*.pdf)"
_JSON = "JSON (*.json)"


class Papers:
    """Makes files of receipts and notices where the user says."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        self._session = session
        self._tasks = tasks
        self._prompts = prompts

    def save_receipt(self, receipt: Receipt, owner: QObject, done: Callable[[Path], None]) -> None:
        """The receipt is a PDF file where the user wants it; `done` hears where."""
        suggested = _("Receipt {number}").format(number=receipt.number) + ".pdf"
        path = self._prompts.save_file(_("Save the receipt"), suggested, _PDF)
        if path is not None:
            work = partial(_write_receipt, receipt, path)
            self._tasks.query(work, owner=owner, done=lambda _none: done(path))

    def save_proof(self, person: PersonId, owner: QObject, done: Callable[[Path], None]) -> None:
        """The proof of all decisions of the person, for people as PDF or for machines as JSON."""
        suggested = _("Proof of consents") + ".pdf"
        path = self._prompts.save_file(_("Save the proof"), suggested, f"{_PDF};;{_JSON}")
        if path is not None:
            work = partial(_write_proof, self._session, person, path)
            self._tasks.query(work, owner=owner, done=lambda _none: done(path))

    def save_notices(
        self,
        choices: Sequence[Choice],
        owner: QObject,
        done: Callable[[Path], None],
        *,
        large: bool,
    ) -> None:
        """The notices are a PDF file to be printed and handed over."""
        suggested = _("Notice on personal information") + ".pdf"
        path = self._prompts.save_file(_("Save the notice"), suggested, _PDF)
        if path is not None:
            work = partial(_write_notices, self._session, tuple(choices), path, large=large)
            self._tasks.query(work, owner=owner, done=lambda _none: done(path))


def _write_receipt(receipt: Receipt, path: Path) -> None:
    from pmdesk.services.paper.receipt import receipt_pdf  # noqa: PLC0415  # reportlab is slow

    write_whole(path, receipt_pdf(receipt))


def _write_proof(session: Session, person: PersonId, path: Path) -> None:
    proof = consent_proof.gathered(session, person)
    if path.suffix.lower() == ".json":
        write_whole(path, consent_proof.as_json(proof))
        return
    from pmdesk.services.paper.consent_proof import (  # noqa: PLC0415  # reportlab is slow
        consent_proof_pdf,
    )

    write_whole(path, consent_proof_pdf(proof))


def _write_notices(session: Session, choices: Sequence[Choice], path: Path, *, large: bool) -> None:
    from pmdesk.services.paper.notice import notice_pdf  # noqa: PLC0415  # reportlab is slow

    write_whole(path, notice_pdf(choices, office.profile(session).name, large=large))
    copies.handed_out(session, [copies.version_of(choice.notice) for choice in choices])
