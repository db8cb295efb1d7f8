"""The public handling rules as they hold now: to read, to save, to print."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QTextBrowser

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.i18n import _
from pmdesk.services.notices import handling_rules
from pmdesk.services.notices.handling_html import body
from pmdesk.services.notices.handling_rules import HandlingRules
from pmdesk.services.session import Session
from pmdesk.ui.notices.papers import NoticePapers
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.page import Page


class HandlingRulesPage(Page):
    """Generated anew each time it is opened; nothing in it is typed by hand."""

    back_requested = Signal()

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        self._rules: HandlingRules | None = None
        self.large = QCheckBox(_("Large print"))
        self.acts = (
            button(_("Save as PDF…"), self.save_pdf, look="primary", picture="download"),
            button(_("Save as web page…"), self.save_page, picture="file-text"),
            button(_("Print…"), self.print_it, picture="printer"),
        )
        back = button(
            _("Back"), lambda: self.back_requested.emit(), look="quiet", picture="chevron-left"
        )
        super().__init__(_("Public handling rules"), _says(), (back, self.large, *self.acts))
        self._session = session
        self._tasks = tasks
        self._papers = NoticePapers(session, tasks, prompts)
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Public handling rules"))
        self.text.setOpenLinks(False)
        card = Card()
        card.add(self.text, 1)
        self.add(card, 1)
        self._enable(on=False)
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The page shows what is live now."""
        if changes is None or changes.kinds & {office.PURPOSES, office.OFFICE}:
            self._tasks.query(
                partial(handling_rules.rules, self._session), owner=self, done=self._show
            )

    def save_pdf(self) -> None:
        """The rules are a PDF file."""
        if self._rules is not None:
            self._papers.save_rules(self, self._rules, large=self.large.isChecked())

    def save_page(self) -> None:
        """The rules are one HTML file."""
        if self._rules is not None:
            self._papers.save_rules_page(self, self._rules)

    def print_it(self) -> None:
        """The rules go to the printer."""
        if self._rules is not None:
            self._papers.print_rules(self, self._rules)

    def _show(self, rules: HandlingRules) -> None:
        self._rules = rules
        self.text.setHtml(body(rules))
        self._enable(on=True)

    def _enable(self, *, on: bool) -> None:
        for act in self.acts:
            act.setEnabled(on)


def _says() -> str:
    return _("Made of what is in force: hand out a copy, or hang it up in the service centre.")
