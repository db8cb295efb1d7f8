"""The review sheet as a file; reportlab is imported when it is made."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pmdesk.domain.classification import Ruleset, RulesetId
from pmdesk.i18n import _
from pmdesk.services.files import write_whole
from pmdesk.services.session import Session
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks

_PDF = "PDF (*.pdf)"


class ReviewPapers:
    """Makes the sheet of a version where the user says."""

    def __init__(self, owner: QWidget, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        self._owner = owner
        self._session = session
        self._tasks = tasks
        self._prompts = prompts

    def save(self, ruleset: Ruleset) -> None:
        """A PDF file is where the user wants it."""
        suggested = _("Legality review v{version}.pdf").format(version=ruleset.version)
        path = self._prompts.save_file(_("Save as PDF"), suggested, _PDF)
        if path is not None:
            saved = _("Saved as {name}").format(name=path.name)
            self._tasks.query(
                partial(_write, self._session, ruleset.id, path),
                owner=self._owner,
                done=lambda _none: self._prompts.tell(saved),
            )


def _write(session: Session, ruleset: RulesetId, path: Path) -> None:
    from pmdesk.services.paper.review import (  # noqa: PLC0415  # reportlab is slow to import
        review_pdf,
        sheet,
    )

    write_whole(path, review_pdf(sheet(session, ruleset)))
