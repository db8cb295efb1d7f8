"""The rounds of a week: suggested from peaks of places and times, kept as the manager wants."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSpinBox, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.analytics.buildings import building_entries, building_words
from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.ports.staffing import PlanKind
from pmdesk.domain.staffing import HOURS, LONGEST, Patrol, Round, days_of, round_problem
from pmdesk.i18n import N_, _, joined
from pmdesk.services.session import Session
from pmdesk.services.staffing import patrols, plans
from pmdesk.services.staffing.patrols import WEEKS, PatrolBoard
from pmdesk.ui import theme
from pmdesk.ui.forms.cell import cell, choice_box, fill
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.staffing.week_panel import WeekPanel
from pmdesk.ui.staffing.words import day_words, hours_words, service_words
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.spin import indented
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
        self.drop = button(_("Remove the round"), self._drop, picture="x")
        self.hint = label("", "muted", wrap=True)
        self.model = RowsModel[Round](_columns())
        self.table = Table(
            self.model, EmptyState(_("No rounds are planned for this week.")), nobody=True
        )
        self.table.setMinimumHeight(theme.length(_HIGH))
        self.table.view.picked.connect(self._on_picked)
        self.day, self.place, self.why = choice_box(), choice_box(), QLineEdit()
        self.why.setMaxLength(LONGEST)
        self.start, self.until = _hour(0, HOURS - 1, 20), _hour(1, HOURS, 22)
        self.form = self._form()
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

    def _form(self) -> Card:
        card = Card(_("One more round"))
        row = QWidget()
        flow = FlowLayout(14)
        for part in (
            cell(_("Day"), self.day),
            cell(_("from"), self.start),
            cell(_("to"), self.until),
            cell(_("Place"), self.place),
            cell(_("Why (if you like)"), self.why),
            button(_("Add the round"), self._add, picture="plus"),
        ):
            flow.addWidget(part)
        row.setLayout(flow)
        card.add(row)
        return card

    def _arrange(self) -> None:
        acts = self._row((self.adopt, self.undo, self.drop, self.printing, self.saving))
        for edit in (self.adopt, self.undo, self.drop, self.form):
            set_shown(edit, self._may)
        self.drop.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for line in (self.bar, acts, self.working, self.note, self.hint):
            column.addWidget(line)
        column.addWidget(self.table, 1)
        column.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.edition)

    # ---- showing ---------------------------------------------------------------------------

    def _show_board(self, board: PatrolBoard) -> None:
        self.board = board
        self.model.set_rows(board.patrol.rounds)
        self._on_picked(None)
        days: list[tuple[str, object]] = [(day_words(day), day) for day in days_of(board.week)]
        fill(self.day, days)
        fill(self.place, building_entries(board.places))
        self.form.setEnabled(bool(board.places))
        self.hint.setText(_hint_words(board))
        self.adopt.setEnabled(bool(board.suggested.rounds))
        self._show_edition(board.edition)

    def _on_picked(self, one: Round | None) -> None:
        self._picked = one
        self.drop.setEnabled(one is not None and self._may)

    # ---- acts ------------------------------------------------------------------------------

    def _adopt(self) -> None:
        """What was entered by hand stays; what is suggested and not there comes to it."""
        if self.board is not None:
            self._save((*self.board.patrol.rounds, *self.board.suggested.rounds))

    def _drop(self) -> None:
        if self.board is not None and self._picked is not None:
            self._save(tuple(one for one in self.board.patrol.rounds if one != self._picked))

    def _add(self) -> None:
        board, day = self.board, self.day.currentData()
        if board is None or not isinstance(day, date):
            return
        one = Round(
            day=day,
            start=self.start.value(),
            end=self.until.value(),
            place=str(self.place.currentData()),
            why=self.why.text().strip(),
        )
        problem = round_problem(one, frozenset(board.places))
        if problem:
            self.note.show_sentence(_(problem), Tone.WARN)
            return
        self.why.clear()
        self._save((*board.patrol.rounds, one))

    def _save(self, rounds: tuple[Round, ...]) -> None:
        if self.board is None:
            return
        found = {(one.day, one.start, one.place): one for one in reversed(rounds)}
        kept = tuple(found[key] for key in sorted(found))
        made = Patrol(week=self.board.week, rounds=kept)
        self._do(partial(plans.save_patrol, self._session, made, self.board.edition))

    @override
    def _print(self) -> None:
        if self.board is not None:
            self.papers.print_patrol(self, self.board)

    @override
    def _save_pdf(self) -> None:
        if self.board is not None:
            self.papers.save_patrol(self, self.board, self._tell)


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


def _hour(low: int, high: int, value: int) -> QSpinBox:
    box = indented(QSpinBox())
    box.setRange(low, high)
    box.setSuffix(":00")
    box.setValue(value)
    return box
