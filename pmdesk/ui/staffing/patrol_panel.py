"""The rounds of a week: suggested from peaks of places and times, kept as the manager wants."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from pmdesk.analytics.buildings import building_entries, building_words
from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.ports.staffing import PlanKind
from pmdesk.domain.staffing import Patrol, Round, days_of, round_problem
from pmdesk.i18n import N_, _, joined
from pmdesk.services.session import Session
from pmdesk.services.staffing import patrols
from pmdesk.services.staffing.patrols import WEEKS, PatrolBoard
from pmdesk.services.staffing.plans import Edition
from pmdesk.ui import theme
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.staffing.round_form import RoundForm
from pmdesk.ui.staffing.week_panel import WeekPanel
from pmdesk.ui.staffing.words import day_words, hours_words, service_words
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_HIGH = 260  # pixels of the table at least
_HINT = N_(
    "Rounds lead past buildings and parts that all share, never to a home or a person. Places with"
    " fewer than five reports in {weeks} weeks are not named. Looked at: {services}."
)


class PatrolPanel(WeekPanel):
    """The rounds in a table; below it one more can be entered."""

    kind = PlanKind.PATROL

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(session, tasks, prompts)
        self.board: PatrolBoard | None = None
        self._picked: Round | None = None
        self.adopt = button(
            _("Take the suggestion"), self._adopt, look="primary", picture="sparkles"
        )
        self.change = button(
            _("Change the round"), lambda: self._edit(self._picked), picture="pencil", tip="F2"
        )
        self.drop = button(_("Remove the round"), self._drop, picture="x")
        self.hint = label("", "muted", wrap=True)
        self.model = RowsModel[Round](_columns())
        self.table = Table(
            self.model, EmptyState(_("No rounds are planned for this week.")), nobody=True
        )
        self.table.setMinimumHeight(theme.length(_HIGH))
        self.table.view.picked.connect(self._on_picked)
        self.table.view.opened.connect(self._edit)
        QShortcut(
            QKeySequence(Qt.Key.Key_F2),
            self.table.view,
            lambda: self._edit(self._picked),
            context=Qt.ShortcutContext.WidgetShortcut,
        )
        self.form = RoundForm()
        self.form.sent.connect(self._send)
        self._arrange()
        self.reload()

    @override
    def reload(self, changes: Changes | None = None) -> None:
        if changes is None or changes.kinds & {office.STAFFING, office.ORDERS}:
            self.working.show()
            self._tasks.query(
                partial(patrols.board, self._session, self.bar.week),
                owner=self,
                done=self._show_board,
                failed=self._explain,
                newest="board",
            )

    # ---- building --------------------------------------------------------------------------

    def _arrange(self) -> None:
        edits = (self.adopt, self.undo, self.redo, self.change, self.drop)
        acts = self._row((*edits, self.printing, self.saving))
        for edit in (*edits, self.form):
            set_shown(edit, self._may)
        for act in (self.change, self.drop):
            act.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for line in (self.bar, acts, self.working, self.note, self.hint):
            column.addWidget(line)
        card = Card(margin=8)
        card.add(self.table, 1)
        column.addWidget(card, 1)
        column.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.edition)

    # ---- showing ---------------------------------------------------------------------------

    def _show_board(self, board: PatrolBoard) -> None:
        self.board = board
        self.model.set_rows(board.patrol.rounds)
        self._on_picked(None)
        self.form.show_week(days_of(board.week), building_entries(board.places))
        if self.form.edited is not None and self.form.edited not in board.patrol.rounds:
            self.form.show_round(None)
        self.hint.setText(_hint_words(board))
        self.adopt.setEnabled(bool(board.suggested.rounds))
        self._show_edition(board.edition)

    def _on_picked(self, one: Round | None) -> None:
        self._picked = one
        for act in (self.change, self.drop):
            act.setEnabled(one is not None and self._may)

    # ---- acts ------------------------------------------------------------------------------

    def _adopt(self) -> None:
        """What was entered by hand stays; what is suggested and not there comes to it."""
        if self.board is not None:
            rounds = (*self.board.patrol.rounds, *self.board.suggested.rounds)
            self._save(rounds, _("take the suggestion"))

    def _drop(self) -> None:
        if self.board is not None and self._picked is not None:
            left = tuple(one for one in self.board.patrol.rounds if one != self._picked)
            self._save(left, _("remove {round}").format(round=_round_words(self._picked)))

    def _edit(self, one: Round | None) -> None:
        if one is not None and self._may:
            self.form.show_round(one)

    def _send(self) -> None:
        board, one, old = self.board, self.form.value, self.form.edited
        if board is None or one is None:
            return
        problem = round_problem(one, frozenset(board.places)) if one != old else ""
        self.form.show_problem(_(problem) if problem else "")
        if problem:
            return
        words = _("add {round}") if old is None else _("change {round}")
        others = (other for other in board.patrol.rounds if other != old)
        self._save((one, *others), words.format(round=_round_words(old or one)), sent=True)

    def _save(self, rounds: tuple[Round, ...], name: str, *, sent: bool = False) -> None:
        if self.board is None:
            return
        found = {(one.day, one.start, one.place): one for one in reversed(rounds)}
        kept = tuple(found[key] for key in sorted(found))
        made = Patrol(week=self.board.week, rounds=kept)
        work = partial(patrols.save, self._session, made, self.board.edition)
        self._do(work, partial(self._saved, name, sent=sent))

    def _saved(self, name: str, *, sent: bool) -> None:
        """What was entered goes only once it is kept."""
        self._made(name)
        if sent:
            self.form.show_round(None)

    @override
    def _editions(self) -> Mapping[PlanKind, Edition]:
        return {PlanKind.PATROL: self.board.edition} if self.board else {}

    @override
    def _print(self) -> None:
        if self.board is not None:
            self.papers.print_patrol(self, self.board)

    @override
    def _save_pdf(self) -> None:
        if self.board is not None:
            self.papers.save_patrol(self, self.board, self._tell)


def _round_words(one: Round) -> str:
    """A round as what was done to it is named."""
    return f"{day_words(one.day)} {hours_words(one.start, one.end)} {building_words(one.place)}"


def _hint_words(board: PatrolBoard) -> str:
    words = _(_HINT).format(
        weeks=WEEKS, services=service_words(board.crew.patrolled) or _("nothing")
    )
    if not board.suggested.rounds:
        return joined(words, _("There are too few reports to suggest a round."))
    if not board.is_timed:
        return joined(
            words, _("The reports have no time of day: rounds are suggested by day only.")
        )
    return words


def _columns() -> tuple[Column[Round], ...]:
    return (
        Column(key="day", title=_("Day"), cell=lambda one: day_words(one.day), width=12),
        Column(
            key="time", title=_("Time"), cell=lambda one: hours_words(one.start, one.end), width=13
        ),
        Column(key="place", title=_("Place"), cell=lambda one: building_words(one.place), width=17),
        Column(key="why", title=_("Why"), cell=lambda one: _(one.why)),
    )
