"""Who works when: the suggestion, its price at a slider, and the roster that the manager keeps."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSlider, QVBoxLayout
from typing_extensions import override

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.ports.staffing import PlanKind
from pmdesk.domain.staffing import CAREFUL, Cell, Need
from pmdesk.i18n import _, joined, ngettext
from pmdesk.services.session import Session
from pmdesk.services.staffing import plans, rosters
from pmdesk.services.staffing.needs import STEP, Tradeoff
from pmdesk.services.staffing.plans import Edition
from pmdesk.services.staffing.rosters import Board
from pmdesk.ui.building import built
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.staffing.crew_dialog import CrewDialog
from pmdesk.ui.staffing.hands_dialog import HandsDialog
from pmdesk.ui.staffing.roster_grid import RosterGrid
from pmdesk.ui.staffing.week_panel import WeekPanel
from pmdesk.ui.staffing.words import day_words
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_REST_MS = 120  # after the last move of the slider
_SIDES = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop,
)


class RosterPanel(WeekPanel):
    """The slider above, the week below it, shift by shift."""

    kind = PlanKind.ROSTER

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(session, tasks, prompts)
        self.board: Board | None = None
        self.slider = _slider()
        self.ends = label("", "muted", wrap=True), label("", "muted", wrap=True)
        self.price = label("", wrap=True)
        self.cost = label("", "muted", wrap=True)
        self.fill = button(
            _("Fill by the suggestion"), self._fill, look="primary", picture="sparkles"
        )
        self.crew = button(_("Shifts and colleagues…"), self.open_crew, picture="users")
        self.clear = button(_("Clear the week"), self._clear, picture="trash-2")
        self.strain = Banner()
        self.grid = RosterGrid(may_edit=self._may)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._arrange()
        self._rest.timeout.connect(self._rested)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderReleased.connect(self._rest.start)
        self.grid.pressed.connect(self.choose_hands)
        self.reload()

    @property
    def careful(self) -> int:
        """Per cent, at the place of the slider."""
        return CAREFUL.start + STEP * self.slider.value()

    @override
    def reload(self, changes: Changes | None = None) -> None:
        kinds = {office.STAFFING, office.ORDERS, office.REQUESTS}
        if changes is None or changes.kinds & kinds:
            self.working.show()
            self._tasks.query(
                partial(rosters.board, self._session, self.bar.week),
                owner=self,
                done=self._take,
                failed=self._explain,
                newest="board",
            )

    # ---- building --------------------------------------------------------------------------

    def _arrange(self) -> None:
        edits = self.fill, self.clear, self.undo, self.redo, self.crew
        acts = self._row((*edits, self.printing, self.saving))
        for edit in edits:
            set_shown(edit, self._may)
        card = Card(_("How many people a shift needs"))
        card.add(self.slider)
        ends = QHBoxLayout()
        for end, side in zip(self.ends, _SIDES, strict=True):
            end.setAlignment(side)
            ends.addWidget(end, 1)
        card.body.addLayout(ends)
        card.add(self.price)
        card.add(self.cost)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for part in (self.bar, acts, self.working, self.note, card, self.strain):
            column.addWidget(part)
        column.addWidget(self.grid)
        column.addWidget(self.edition)
        column.addStretch(1)

    # ---- showing ---------------------------------------------------------------------------

    def _take(self, board: Board) -> None:
        new = self.board is None or self.board.crew.careful != board.crew.careful
        self.board = board
        self._show_edition(board.edition)
        if new:
            self.slider.blockSignals(True)
            self.slider.setValue((board.crew.careful - CAREFUL.start) // STEP)
            self.slider.blockSignals(False)
        self._show()

    def _show(self) -> None:
        board = self.board
        if board is None:
            return
        self.grid.show_board(board, self.careful)
        for end, words in zip(self.ends, end_words(board), strict=True):
            end.setText(words)
        self._tell_price(board)
        self.slider.setEnabled(bool(board.workloads))
        planned = bool(board.workloads and board.crew.hands)
        self.fill.setEnabled(planned)
        self.fill.setToolTip("" if planned else _("Enter shifts and colleagues first."))
        self.clear.setEnabled(rosters.cleared(board) != board.roster)
        self.strain.show_sentence(_strain_words(board), Tone.WARN)
        if not board.crew.hands and self._may:
            self.note.show_sentence(
                _("No colleagues are entered yet: enter who can be put on a shift."), Tone.INFO
            )

    def _slid(self) -> None:
        if self.board is not None:
            self._tell_price(self.board)
        self._rest.start()

    def _tell_price(self, board: Board) -> None:
        """What that place of the slider means, in a line; below it what it costs."""
        price, cost = price_words(board, self.careful)
        self.price.setText(price)
        self.cost.setText(cost)
        set_shown(self.cost, bool(cost))

    def _rested(self) -> None:
        """The place of the slider is what the office plans with, once mouse and keys let go."""
        board = self.board
        self._show()
        if board is None or not self._may or board.crew.careful == self.careful:
            return
        if self._saving or self.slider.isSliderDown():
            self._rest.start()
            return
        made = replace(board.crew, careful=self.careful)
        work = partial(plans.save_crew, self._session, made, board.crew_edition)
        self._change(work, _("how many people a shift needs"), PlanKind.CREW)

    # ---- acts ------------------------------------------------------------------------------

    def _fill(self) -> None:
        if self.board is None:
            return
        wanted = self.board.wanted(self.careful)
        made = rosters.filled(self.board, wanted)
        if made == self.board.roster:
            lacking = self.board.lacking(made, wanted).values()
            self.note.show_sentence(_why_none(sum(map(bool, lacking))), Tone.INFO)
            return
        work = partial(plans.save_roster, self._session, made, self.board.edition)
        self._change(work, _("fill by the suggestion"))

    def _clear(self) -> None:
        if self.board is not None:
            made = rosters.cleared(self.board)
            work = partial(plans.save_roster, self._session, made, self.board.edition)
            self._change(work, _("clear the week"))

    def choose_hands(self, cell: Cell) -> None:
        """Who is on that shift can be ticked in a dialog."""
        board = self.board
        if board is None:
            return
        if not board.crew.hands:
            self.open_crew()
            return

        def save(chosen: tuple[str, ...]) -> "partial[Changes]":
            made = board.roster.with_cell(*cell, chosen)
            return partial(plans.save_roster, self._session, made, board.edition)

        wanted = board.wanted(self.careful).get(cell, Need())
        made = HandsDialog(board, cell, wanted, self._tasks, save, self.window())
        shift = next(one.name for one in board.crew.shifts if one.code == cell[1])
        self._open(made, f"{day_words(cell[0])} {shift}", PlanKind.ROSTER)

    def open_crew(self) -> None:
        """Shifts and colleagues can be changed in a dialog."""
        if self.board is not None and self._may:
            board = self.board
            crew = (board.crew, board.crew_edition, self.window())
            made = built(partial(CrewDialog, self._session, self._tasks, *crew))
            self._open(made, _("shifts and colleagues"), PlanKind.CREW)

    def _open(self, dialog: QDialog, name: str, kind: PlanKind) -> None:
        """What is saved in the dialog can be taken back like all else."""
        dialog.accepted.connect(lambda: self._made(name, kind))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @override
    def _editions(self) -> Mapping[PlanKind, Edition]:
        board = self.board
        if board is None:
            return {}
        return {PlanKind.ROSTER: board.edition, PlanKind.CREW: board.crew_edition}

    @override
    def _print(self) -> None:
        if self.board is not None:
            self.papers.print_roster(self, self.board)

    @override
    def _save_pdf(self) -> None:
        if self.board is not None:
            self.papers.save_roster(self, self.board, self._tell)


def _slider() -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(0, len(range(CAREFUL.start, CAREFUL.stop, STEP)) - 1)
    made.setPageStep(1)
    made.setAccessibleName(_("How sure the work of a shift shall be done"))
    return made


def price_words(board: Board, careful: int) -> tuple[str, str]:
    """What that place of the slider means in one short sentence, and what it costs."""
    if board.why_none:
        return board.why_none, ""
    found = next((one for one in board.tradeoffs if one.careful == careful), None)
    if found is None or not board.workloads:
        return _("This week cannot be planned any more, or lies too far ahead."), ""
    hours = _("The orders have no time of day: their work is shared out over 8 to 20 o'clock.")
    return _price(found), joined(_cost(found), "" if board.is_timed else hours)


def end_words(board: Board) -> tuple[str, str]:
    """What both ends of the slider mean in people, and in orders that are late for it."""
    few, many = _("few people, more left undone"), _("many people, more idle time")
    if not board.workloads or not board.tradeoffs:
        return few, many
    words = _("{end}: {shifts} shifts of one person in the week, orders that wait: {left}")
    ends = ((few, board.tradeoffs[0]), (many, board.tradeoffs[-1]))
    bold, careful = (
        words.format(end=end, shifts=one.shifts, left=round(one.left)) for end, one in ends
    )
    return bold, careful


def _price(found: Tradeoff) -> str:
    """What is delivered, not what was asked for: whole people are nearly always a bit too many."""
    words = ngettext(
        "Suggested: {shifts} shift of one person in the week: in {short} of the shifts there is"
        " more work than people, and {idle} of the time for orders stays free.",
        "Suggested: {shifts} shifts of one person in the week: in {short} of the shifts there is"
        " more work than people, and {idle} of the time for orders stays free.",
        found.shifts,
    )
    return words.format(shifts=found.shifts, short=f"{found.short:.0%}", idle=f"{found.idle:.0%}")


def _cost(found: Tradeoff) -> str:
    words = ngettext(
        "About {count} order waits for the next shift.",
        "About {count} orders wait for the next shift.",
        round(found.left),
    ).format(count=round(found.left))
    if found.pooled >= found.shifts:
        return words
    fewer = _("Could everybody do everything, {count} would be enough.").format(count=found.pooled)
    return joined(words, fewer)


def _why_none(lacking: int) -> str:
    """Why the suggestion puts nobody on."""
    if not lacking:
        return _(
            "Every shift has enough people. The suggestion takes nobody off: press “Change…” on a"
            " shift, or clear the week and fill it anew."
        )
    words = ngettext(
        "{count} shift still lacks people, but nobody who can do the work is free for it.",
        "{count} shifts still lack people, but nobody who can do the work is free for them.",
        lacking,
    )
    return words.format(count=lacking)


def _strain_words(board: Board) -> str:
    lines = []
    for one in board.strains(board.roster):
        hand = board.crew.hand(one.hand)
        lines.append(_(one.sentence).format(name=hand.name if hand else "", count=one.count))
    return "\n".join(lines)
