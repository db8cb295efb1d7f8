"""Where a second person decides on large lists: what, how many, why, and the own words."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.export_guard import ExportRequestId, Stage
from pmdesk.domain.office import Changes
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import export_guard
from pmdesk.services.export_guard import Shown
from pmdesk.services.session import Session
from pmdesk.ui.exports.request_line import RequestLine
from pmdesk.ui.forms.line import PinyinEdit
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.decision import decision_row
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown


class ExportDesk(Card):
    """Hidden while nobody asked for a large list within the last seven days."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(_("Large lists that wait for a second person"))
        self._session, self._tasks = session, tasks
        self.lines: list[RequestLine] = []
        self.decisions: dict[ExportRequestId, PinyinEdit] = {}
        self.outcome = Banner()
        self._list = QVBoxLayout()
        why = _(
            "Look at what, for how many and why. Selling or giving away data of residents is a"
            " crime from small numbers on; whoever agrees answers for it too."
        )
        self.add(label(why, "muted", wrap=True))
        self.body.addLayout(self._list)
        self.add(self.outcome)
        self.hide()

    def reload(self, changes: Changes | None = None) -> None:
        """The requests as they stand now."""
        if changes is None or changes.kinds & {office.RECORDS, office.STAFF}:
            self._tasks.query(
                partial(export_guard.everybody, self._session),
                owner=self,
                done=self.show_requests,
                newest="desk",
            )

    def show_requests(self, found: Sequence[Shown]) -> None:
        """These are shown, what waits first; words that were typed already stay."""
        typed = {key: line.text() for key, line in self.decisions.items()}
        for old in self.findChildren(QWidget, "request"):
            self._list.removeWidget(old)
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self.lines, self.decisions = [], {}
        now = self._session.clock.local()
        for one in sorted(found, key=lambda shown: shown.stage is not Stage.WAITING):
            line = RequestLine(one, now, (), decider=True)
            self.lines.append(line)
            self._place(line)
            if one.decidable:
                self._place(self._row(one, typed.get(one.request.id, "")))
        set_shown(self, bool(found))

    def decide(self, request: ExportRequestId, *, approve: bool) -> None:
        """The words in the line are the reason."""
        act = export_guard.approve if approve else export_guard.refuse
        work = partial(act, self._session, request, self.decisions[request].text())
        self._tasks.command(
            work, owner=self, done=partial(self._decided, approve=approve), failed=self._failed
        )

    def _row(self, one: Shown, words: str) -> QWidget:
        line = PinyinEdit(_("Your reason, one sentence"))
        line.setAccessibleName(_("Your reason, one sentence"))
        line.setText(words)
        key = one.request.id
        self.decisions[key] = line
        return decision_row(
            line,
            button(_("Not agreed, with this reason"), partial(self.decide, key, approve=False)),
            button(_("Agree"), partial(self.decide, key, approve=True), look="primary"),
        )

    def _place(self, part: QWidget) -> None:
        part.setObjectName("request")
        self._list.addWidget(part)

    def _decided(self, _changes: Changes, *, approve: bool) -> None:
        words = (
            _("Agreed. The list can be fetched in an hour, once.") if approve else _("Not agreed.")
        )
        self.outcome.show_sentence(words, Tone.GOOD)
        self.reload()

    def _failed(self, error: PmdeskError) -> None:
        self.outcome.show_sentence(told(error), Tone.PROBLEM)
        self.reload()
