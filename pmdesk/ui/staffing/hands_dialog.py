"""Who is on one shift: everybody with a tick, those who are needed first."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain.staffing import Cell, Hand, Need
from pmdesk.i18n import _
from pmdesk.services.staffing.rosters import Board
from pmdesk.ui import theme
from pmdesk.ui.forms.small_dialog import SmallDialog
from pmdesk.ui.staffing.words import day_words, need_words, service_words, shift_words
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled

_HIGH = 320
Save = Callable[[tuple[str, ...]], Callable[[], object]]


class HandsDialog(SmallDialog):
    """Closes once the roster is saved."""

    def __init__(
        self,
        board: Board,
        cell: Cell,
        wanted: Need,
        tasks: Tasks,
        save: Save,
        parent: QWidget | None = None,
    ) -> None:
        shift = next(one for one in board.crew.shifts if one.code == cell[1])
        title = f"{day_words(cell[0])}　{shift_words(shift)}"
        super().__init__(title, parent, button(_("Save"), self._save, look="primary"))
        self._tasks, self._make = tasks, save
        self._on = board.roster.of(*cell)
        needed = need_words(wanted)
        said = _("Needed: {people}").format(people=needed) if needed else _("Nothing is suggested.")
        self.boxes = {hand.code: self._box(board, hand, cell) for hand in _sorted(board, wanted)}
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        for box in self.boxes.values():
            column.addWidget(box)
        column.addStretch(1)
        area = scrolled(column)
        area.setMinimumHeight(theme.length(min(_HIGH, 40 * max(len(self.boxes), 1) + 20)))
        self.arrange(label(said, "muted", wrap=True), area)

    @property
    @override
    def is_edited(self) -> bool:
        return any(box.isChecked() != (code in self._on) for code, box in self.boxes.items())

    @property
    def chosen(self) -> tuple[str, ...]:
        """Who has a tick; who is no colleague any more stays until taken out by a new roster."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def _box(self, board: Board, hand: Hand, cell: Cell) -> QCheckBox:
        text = _("{name} ({skills})").format(name=hand.name, skills=service_words(hand.skills))
        busy = [
            one
            for one in board.crew.shifts
            if one.code != cell[1] and hand.code in board.roster.of(cell[0], one.code)
        ]
        if busy:
            text = _("{who}: already on {shift}").format(who=text, shift=busy[0].name)
        made = QCheckBox(text)
        made.setChecked(hand.code in self._on)
        return made

    def _save(self) -> None:
        self.do(self._tasks, self._make(self.chosen))


def _sorted(board: Board, wanted: Need) -> list[Hand]:
    """Those who can do what is needed come first."""
    return sorted(
        board.crew.hands, key=lambda hand: (not hand.skills & set(wanted.able), hand.name)
    )
