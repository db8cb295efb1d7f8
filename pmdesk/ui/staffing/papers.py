"""Rosters and rounds as PDF files and on the printer; each copy is in the log."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from pmdesk.analytics.buildings import building_words
from pmdesk.domain.ports.staffing import PlanKind
from pmdesk.domain.staffing import days_of
from pmdesk.i18n import _
from pmdesk.services import office
from pmdesk.services.files import write_whole
from pmdesk.services.session import Session
from pmdesk.services.staffing import plans
from pmdesk.services.staffing.patrols import PatrolBoard
from pmdesk.services.staffing.rosters import Board
from pmdesk.ui import printing
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.staffing.words import day_words, hours_words, shift_words, week_words
from pmdesk.ui.tasks import Tasks

_PDF = "PDF (*.pdf)"
Rows = tuple[tuple[str, ...], ...]


class Papers:
    """Asks where a file goes, shows a page before it is printed."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        self._session, self._tasks, self._prompts = session, tasks, prompts

    def print_roster(self, owner: QWidget, board: Board) -> None:
        """The roster goes to the printer, after a look at it."""
        self._print(owner, PlanKind.ROSTER, board.week, roster_rows(board))

    def print_patrol(self, owner: QWidget, board: PatrolBoard) -> None:
        """The rounds go to the printer, after a look at them."""
        self._print(owner, PlanKind.PATROL, board.week, patrol_rows(board))

    def save_roster(self, owner: QWidget, board: Board, tell: Callable[[str], None]) -> None:
        """The roster is a PDF file."""
        self._save(owner, PlanKind.ROSTER, board.week, roster_rows(board), tell)

    def save_patrol(self, owner: QWidget, board: PatrolBoard, tell: Callable[[str], None]) -> None:
        """The rounds are a PDF file."""
        self._save(owner, PlanKind.PATROL, board.week, patrol_rows(board), tell)

    def _print(self, owner: QWidget, kind: PlanKind, week: date, rows: Rows) -> None:
        title = title_of(kind, week)
        if printing.preview(plan_document(title, rows), title, owner.window()):
            work = partial(plans.handed_out, self._session, kind, week, "print")
            self._tasks.query(work, owner=owner, done=lambda _none: None)

    def _save(
        self,
        owner: QWidget,
        kind: PlanKind,
        week: date,
        rows: Rows,
        tell: Callable[[str], None],
    ) -> None:
        path = self._prompts.save_file(_("Save the plan"), f"{title_of(kind, week)}.pdf", _PDF)
        if path is not None:
            self._tasks.query(
                partial(_written, self._session, kind, week, rows, path),
                owner=owner,
                done=lambda made: tell(_("Saved: {name}").format(name=made.name)),
            )


def plan_document(title: str, rows: Rows) -> QTextDocument:
    """The plan as it is printed."""
    return printing.document([printing.heading(title), printing.table(rows)])


def title_of(kind: PlanKind, week: date) -> str:
    """What stands at the head of the paper, and names its file."""
    name = _("Shift roster") if kind is PlanKind.ROSTER else _("Rounds")
    return f"{name} {week_words(week)}"


def roster_rows(board: Board) -> Rows:
    """A row for each day, a column for each shift."""
    shifts = board.crew.shifts
    rows = [(_("Day"), *(shift_words(shift) for shift in shifts))]
    for day in days_of(board.week):
        names = (
            _(", ").join(hand.name for hand in board.hands(board.roster, (day, shift.code)))
            for shift in shifts
        )
        rows.append((day_words(day), *(name or "—" for name in names)))
    return tuple(rows)


def patrol_rows(board: PatrolBoard) -> Rows:
    """A row for each round; one can be ticked off by hand."""
    head = (_("Day"), _("Time"), _("Place"), _("Why"), _("Done by"))
    rows = (
        (
            day_words(one.day),
            hours_words(one.start, one.end),
            building_words(one.place),
            _(one.why),
            "",
        )
        for one in board.patrol.rounds
    )
    return (head, *rows)


def _written(session: Session, kind: PlanKind, week: date, rows: Rows, path: Path) -> Path:
    from pmdesk.services.paper.staffing import (  # noqa: PLC0415  # reportlab takes its time
        PlanText,
        plan_pdf,
    )

    plans.handed_out(session, kind, week, "pdf")
    title = title_of(kind, week)
    text = PlanText(
        title=title,
        office=office.profile(session).name,
        lines=(_("The program suggests; the manager decides."),),
        rows=rows,
        footer=f"{title} · {session.clock.today().isoformat()}",
    )
    path = path if path.suffix else path.with_suffix(".pdf")
    return write_whole(path, plan_pdf(text))
