"""Notices, change notices and the public rules as files and on the printer, each copy counted."""

from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pmdesk.domain.notices import Notice
from pmdesk.domain.ports.notices import ChangeId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.i18n import _
from pmdesk.services.files import write_whole
from pmdesk.services.notices import copies, handling_rules, notice_changes, purpose_shelf
from pmdesk.services.notices.handling_html import body, page
from pmdesk.services.notices.handling_rules import HandlingRules
from pmdesk.services.session import Session
from pmdesk.ui import printing
from pmdesk.ui.notices.words import sheet_html
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks

_PDF, _HTML = "PDF (*.pdf)", "HTML (*.html)"


class NoticePapers:
    """Makes files where the user says, prints, and has every copy counted in the log."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        self._session = session
        self._tasks = tasks
        self._prompts = prompts

    def save_notice(self, owner: QWidget, code: PurposeCode, tongue: str, *, large: bool) -> None:
        """The notice in force is a PDF file."""
        self._save(
            owner,
            f"{_('Notice on personal information')} {code}.pdf",
            _PDF,
            partial(_write_notice, self._session, code, tongue, large=large),
        )

    def print_notice(self, owner: QWidget, code: PurposeCode, tongue: str, *, large: bool) -> None:
        """The notice in force goes to the printer, after a look at it."""

        def shown(notice: Notice) -> None:
            points = printing.LARGE if large else printing.BODY
            version = escape(_("Version {version}").format(version=notice.version))
            made = printing.document([sheet_html(notice.text), f"<p>{version}</p>"], points=points)
            if printing.preview(made, _("Notice on personal information"), owner.window()):
                self._count(owner, [copies.version_of(notice)])

        work = partial(purpose_shelf.notice_in_force, self._session, code, tongue)
        self._tasks.query(work, owner=owner, done=shown)

    def save_change(self, owner: QWidget, change: ChangeId, *, poster: bool) -> None:
        """The change notice, or its poster, is a PDF file."""
        name = _("Poster of the change notice") if poster else _("Change notice")
        work = partial(_write_change, self._session, change, poster=poster)
        self._save(owner, f"{name}.pdf", _PDF, work)

    def save_rules(self, owner: QWidget, rules: HandlingRules, *, large: bool) -> None:
        """The public rules are a PDF file."""
        work = partial(_write_rules_pdf, self._session, rules, large=large)
        self._save(owner, _("Rules for handling personal information") + ".pdf", _PDF, work)

    def save_rules_page(self, owner: QWidget, rules: HandlingRules) -> None:
        """The public rules are one HTML file that needs no network."""
        work = partial(_write_rules_html, self._session, rules)
        self._save(owner, _("Rules for handling personal information") + ".html", _HTML, work)

    def print_rules(self, owner: QWidget, rules: HandlingRules) -> None:
        """The public rules go to the printer, after a look at them."""
        made = printing.document([body(rules)])
        if printing.preview(made, handling_rules.title(rules), owner.window()):
            self._count(owner, [_named(rules)])

    def _save(
        self, owner: QWidget, suggested: str, kind: str, work: Callable[[Path], None]
    ) -> None:
        path = self._prompts.save_file(_("Save the notice"), suggested, kind)
        if path is not None:
            self._tasks.query(partial(work, path), owner=owner, done=lambda _none: None)

    def _count(self, owner: QObject, what: list[str]) -> None:
        work = partial(copies.handed_out, self._session, what)
        self._tasks.query(work, owner=owner, done=lambda _none: None)


def _write_notice(
    session: Session, code: PurposeCode, tongue: str, path: Path, *, large: bool
) -> None:
    from pmdesk.services.paper.notice import sheet_pdf  # noqa: PLC0415  # reportlab is slow

    notice, purpose, office = purpose_shelf.sheet(session, code, tongue)
    write_whole(path, sheet_pdf(notice, purpose, office, large=large))
    copies.handed_out(session, [copies.version_of(notice)])


def _write_change(session: Session, change: ChangeId, path: Path, *, poster: bool) -> None:
    from pmdesk.services.paper.change import change_pdf  # noqa: PLC0415  # reportlab is slow

    sheet = notice_changes.sheet(session, change)
    write_whole(path, change_pdf(sheet, poster=poster))
    copies.handed_out(session, [f"change {change}"])


def _write_rules_pdf(session: Session, rules: HandlingRules, path: Path, *, large: bool) -> None:
    from pmdesk.services.paper.handling_rules import rules_pdf  # noqa: PLC0415  # reportlab is slow

    write_whole(path, rules_pdf(rules, large=large))
    copies.handed_out(session, [_named(rules)])


def _write_rules_html(session: Session, rules: HandlingRules, path: Path) -> None:
    write_whole(path, page(rules).encode())
    copies.handed_out(session, [_named(rules)])


def _named(rules: HandlingRules) -> str:
    return f"rules {rules.day.isoformat()} {handling_rules.digest(rules)}"
