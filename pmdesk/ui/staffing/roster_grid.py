"""The roster of a week: a row for each day, a column for each shift, in each cell who is on."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from pmdesk.domain.staffing import Cell, Need, days_of
from pmdesk.i18n import _
from pmdesk.services.staffing.rosters import Board
from pmdesk.ui import theme
from pmdesk.ui.staffing.words import day_words, need_words, shift_words
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

_WIDE = 130  # pixels of a cell at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a cell shows."""

    names: tuple[str, ...]
    wanted: Need
    lacking: Need
    is_past: bool


class ShiftCell(QFrame):
    """Who is on, how many are needed, and whether that is enough; by word, never colour alone."""

    pressed = Signal(object)  # Cell

    def __init__(self, cell: Cell, *, may_edit: bool) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.cell = cell
        self._may_edit = may_edit
        self.names = label("", wrap=True)
        self.wanted = label("", "muted", wrap=True)
        self.state = label("", wrap=True)
        self.change = button(_("Change…"), lambda: self.pressed.emit(self.cell), look="link")
        set_shown(self.change, may_edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        for part in (self.names, self.wanted, self.state):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.setMinimumWidth(theme.length(_WIDE))

    def show_filled(self, shown: Filled, where: str) -> None:
        """The cell shows this; `where` is day and shift, for those who hear it."""
        names = _(", ").join(shown.names)
        self.names.setText(names or _("Nobody"))
        theme.look(self.names, look="" if names else "muted")
        needed = need_words(shown.wanted)
        self.wanted.setText(_("Needed: {people}").format(people=needed) if needed else "")
        set_shown(self.wanted, bool(needed))
        sentence, tone = _state(shown)
        self.state.setText(sentence)
        theme.look(self.state, ink=tone.value)
        set_shown(self.state, bool(sentence))
        self.change.setAccessibleName(
            " ".join((where, names or _("Nobody"), self.wanted.text(), sentence))
        )
        self.change.setEnabled(self._may_edit)


def _state(shown: Filled) -> tuple[str, Tone]:
    if shown.is_past or not shown.wanted:
        return "", Tone.NEUTRAL
    if shown.lacking:
        words = _("Lacking: {people}").format(people=need_words(shown.lacking))
        return f"▲ {words}", Tone.WARN
    return "✓ " + _("enough"), Tone.GOOD


class RosterGrid(QWidget):
    """Built anew when the shifts change, else filled anew."""

    pressed = Signal(object)  # Cell

    def __init__(self, *, may_edit: bool) -> None:
        super().__init__()
        self._may_edit = may_edit
        self._built: tuple[object, ...] = ()
        self.cells: dict[Cell, ShiftCell] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def show_board(self, board: Board, careful: int) -> None:
        """The grid shows this week at that place of the slider."""
        self._build(board)
        wanted = board.wanted(careful)
        lacking = board.lacking(board.roster, wanted)
        names = {shift.code: shift_words(shift) for shift in board.crew.shifts}
        for cell, part in self.cells.items():
            codes = board.roster.of(*cell)
            hands = (board.crew.hand(code) for code in codes)
            filled = Filled(
                names=tuple(one.name if one else _("somebody who left") for one in hands),
                wanted=wanted.get(cell, Need()),
                lacking=lacking.get(cell, Need()),
                is_past=cell[0] < board.today,
            )
            part.show_filled(filled, f"{day_words(cell[0])} {names[cell[1]]}")

    def _build(self, board: Board) -> None:
        wanted = (board.week, board.today, board.crew.shifts)
        if wanted == self._built:
            return
        self._built = wanted
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.cells = {}
        for column, shift in enumerate(board.crew.shifts, 1):
            self._grid.addWidget(label(shift_words(shift), "label", wrap=True), 0, column)
            self._grid.setColumnStretch(column, 1)
        for row, day in enumerate(days_of(board.week), 1):
            self._grid.addWidget(self._day(day, board.today), row, 0)
            for column, shift in enumerate(board.crew.shifts, 1):
                part = ShiftCell((day, shift.code), may_edit=self._may_edit)
                part.pressed.connect(self.pressed)
                self.cells[part.cell] = part
                self._grid.addWidget(part, row, column)

    def _day(self, day: date, today: date) -> QWidget:
        words = day_words(day)
        return label(f"{words}\n{_('today')}" if day == today else words, "label")
