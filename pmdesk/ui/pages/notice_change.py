"""A change notice: what changed, its papers, and who still has to be told."""

from array import array
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from pmdesk.domain import office
from pmdesk.domain.classification import ResidentRow
from pmdesk.domain.office import Changes
from pmdesk.domain.ports.notices import ChangeId
from pmdesk.domain.purpose_plans import Aspect
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, said, told
from pmdesk.services import residents
from pmdesk.services.notices import notice_changes
from pmdesk.services.notices.change_words import headline, what_to_do
from pmdesk.services.notices.notice_changes import ChangeSheet
from pmdesk.services.session import Session
from pmdesk.ui.notices.changes_table import progress_words
from pmdesk.ui.notices.papers import NoticePapers
from pmdesk.ui.notices.words import alteration_words
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import Column, PagedModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import Page


class NoticeChangePage(Page):
    """Residents are ticked off one by one, several at a time, or all by the poster."""

    back_requested = Signal()

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts, change: ChangeId) -> None:
        self.back = button(
            _("Back"), lambda: self.back_requested.emit(), look="quiet", picture="chevron-left"
        )
        super().__init__(_("Change notice"), "", (self.back,))
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._change = change
        self._papers = NoticePapers(session, tasks, prompts)
        self.what = Card(_("What changed"))
        self.words = label("", wrap=True, select=True)
        self.message = Banner()
        self.model = PagedModel[ResidentRow](_columns(), self._fetch, lambda row: int(row.id))
        self.table = Table(self.model, EmptyState(_("Everybody was told."), picture="circle-check"))
        self.mark = button(
            _("Mark the chosen as told"), self.tell_chosen, look="primary", picture="check"
        )
        self.post = button(_("The poster hangs on the notice board…"), self.post_all)
        self._arrange()
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The page shows who still has to be told."""
        if changes is None or changes.kinds & {office.PURPOSES, office.RESIDENTS}:
            self._tasks.query(
                partial(notice_changes.sheet, self._session, self._change),
                owner=self,
                done=self._show,
                newest="sheet",
            )
            self._tasks.query(
                partial(notice_changes.untold, self._session, self._change),
                owner=self,
                done=self._show_people,
                newest="people",
            )

    def tell_chosen(self) -> None:
        """Those whose rows are chosen were told."""
        chosen = [row.id for row in self.table.view.chosen]
        if not chosen:
            self.message.show_sentence(_("Choose the rows of those who were told."), Tone.WARN)
            return
        self.message.show_sentence("")
        self._tasks.command(
            partial(notice_changes.tell, self._session, self._change, chosen),
            owner=self,
            failed=self._failed,
        )

    def post_all(self) -> None:
        """The poster hangs: all others were told today."""
        if self._prompts.confirm(
            _("Does the poster hang on the notice board?"),
            yes=_("It hangs there"),
            detail=_("Everybody still open counts as told today. This cannot be taken back."),
        ):
            self._tasks.command(
                partial(notice_changes.post, self._session, self._change),
                owner=self,
                failed=self._failed,
            )

    def _arrange(self) -> None:
        papers = QHBoxLayout()
        for words, poster in ((_("Change notice as PDF…"), False), (_("Poster as PDF…"), True)):
            papers.addWidget(
                button(
                    words,
                    partial(self._papers.save_change, self, self._change, poster=poster),
                    picture="download",
                )
            )
        papers.addStretch(1)
        self.what.add(self.words)
        self.what.body.addLayout(papers)
        people = Card(_("Still to be told"))
        acts = QHBoxLayout()
        acts.addWidget(self.post)
        acts.addStretch(1)
        acts.addWidget(self.mark)
        people.add(self.message)
        people.add(self.table, 1)
        people.body.addLayout(acts)
        tells = self._session.staff.may(Permission.TAKE_CONSENT)
        self.mark.setVisible(tells)
        self.post.setVisible(tells)
        self.table.setMinimumHeight(260)
        self.add(self.what)
        self.add(people, 1)

    def _show(self, sheet: ChangeSheet) -> None:
        self.header.show_title(headline(sheet))
        posted = sheet.change.posted_on
        words = progress_words(sheet.change)
        if posted is not None:
            words += " · " + _("on the notice board since {day}").format(day=posted.isoformat())
        self.header.show_subtitle(words)
        lines = [
            said(sheet.change.text.summary),
            *(
                alteration_words(one)
                for one in sheet.change.text.alterations
                if one.aspect is not Aspect.TEXT
            ),
            *what_to_do(sheet),
        ]
        self.words.setText("\n".join(lines))

    def _show_people(self, ids: "array[int]") -> None:
        self.model.set_ids(ids)
        for part in (self.mark, self.post):
            part.setEnabled(bool(ids))

    def _fetch(self, ids: Sequence[int]) -> Sequence[ResidentRow]:
        try:
            return residents.rows(self._session, ids)
        except PmdeskError:  # raised while painting; the query explains the same fault
            return ()

    def _failed(self, error: PmdeskError) -> None:
        self.message.show_sentence(told(error), Tone.PROBLEM)


def _columns() -> tuple[Column[ResidentRow], ...]:
    return (
        Column(key="room", title=_("Room"), cell=lambda row: row.room, width=20),
        Column(key="name", title=_("Name"), cell=lambda row: row.name),
        Column(key="mobile", title=_("Phone"), cell=lambda row: row.mobile, width=18),
    )
