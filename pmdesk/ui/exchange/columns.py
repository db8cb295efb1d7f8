"""Step 2 of an import: where each column leads, and which ones are never read."""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pmdesk.i18n import N_, Words, _, ngettext, said
from pmdesk.services.exchange.examining import CellKind, Examined
from pmdesk.services.exchange.headers import Column, Fate, Target
from pmdesk.ui.exchange.still_box import StillBox
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import Picture, label, rule

SHOWN = 100  # columns; a sheet with more is a drawing board
TARGETS: Mapping[str, str] = {
    Target.BUILDING: N_("Building"),
    Target.ENTRANCE: N_("Entrance"),
    Target.ROOM: N_("Room number"),
    Target.LABEL: N_("Building, entrance and room in one"),
    Target.PHASE: N_("Phase or estate, before the building"),
    Target.NAME: N_("Name"),
    Target.MOBILE: N_("Mobile"),
    Target.ROLE: N_("Role"),
}
KINDS: Mapping[CellKind, str] = {
    CellKind.TEXT: N_("text"),
    CellKind.NUMBER: N_("number"),
    CellKind.DATE: N_("date"),
    CellKind.NOTHING: N_("blank"),
}


def names_residents(chosen: Collection[str]) -> bool:
    """There is a column for the name, and a room in one of two ways."""
    return Target.NAME in chosen and bool({Target.ROOM, Target.LABEL}.intersection(chosen))


class ColumnsStep(QWidget):
    """A line for each column; what is refused has no choice.

    `targets` are where columns may lead; `suffices` knows whether enough is told.
    """

    edited = Signal()

    def __init__(
        self,
        targets: Mapping[str, str] = TARGETS,
        suffices: Callable[[Collection[str]], bool] = names_residents,
    ) -> None:
        super().__init__()
        self._targets = targets
        self._suffices = suffices
        self.boxes: dict[int, QComboBox] = {}
        self._before: dict[int, str] = {}
        self.notice = Banner()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        card = Card(margin=16)
        card.add(self._area, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.notice)
        column.addWidget(card, 1)

    def show_file(self, examined: Examined) -> None:
        """The columns of this file, each led where its header says."""
        self.boxes.clear()
        columns = _shown(examined.header.columns)
        self._before = {column.index: column.target for column in columns}
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(2, 1)
        for at, title in enumerate((_("Column"), _("First value, masked"), _("Goes to"))):
            grid.addWidget(label(title, "label"), 0, at)
        for line, column in enumerate(columns, start=1):
            grid.addWidget(rule(), 2 * line - 1, 0, 1, 3)
            self._add_line(grid, 2 * line, column, examined)
        grid.setRowStretch(2 * len(columns) + 1, 1)
        inner = QWidget()
        inner.setProperty("look", "clear")
        inner.setLayout(grid)
        self._area.setWidget(inner)
        self._show_notice(examined, len(columns))

    @property
    def mapping(self) -> Mapping[int, str]:
        """The columns that the user led elsewhere."""
        chosen = {index: str(box.currentData()) for index, box in self.boxes.items()}
        return {i: target for i, target in chosen.items() if target != self._before[i]}

    @property
    def is_usable(self) -> bool:
        """The columns that are read tell enough."""
        return self._suffices({str(box.currentData()) for box in self.boxes.values()})

    def _add_line(self, grid: QGridLayout, at: int, column: Column, examined: Examined) -> None:
        grid.addWidget(label(column.header), at, 0)
        grid.addWidget(label(_hint(column, examined), "muted"), at, 1)
        if column.fate is Fate.REFUSED:
            grid.addWidget(_refused(column), at, 2)
            return
        box = _box(column, examined, self._targets)
        self.boxes[column.index] = box
        box.activated.connect(lambda _at: self.edited.emit())
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(box)
        line.addWidget(label(reason(column), "muted", wrap=True), 1)
        grid.addLayout(line, at, 2)

    def _show_notice(self, examined: Examined, shown: int) -> None:
        hidden = len(examined.header.columns) - shown
        if hidden > 0 or examined.is_wide:
            more = ngettext(
                "The sheet is very wide: {count} further column is not shown and not read.",
                "The sheet is very wide: {count} further columns are not shown and not read.",
                hidden,
            )
            self.notice.show_sentence(more.format(count=hidden), Tone.WARN)
        else:
            self.notice.show_sentence("")


def reason(column: Column) -> str:
    """Why the column is left out, in the user's language; nothing for a column that is read."""
    return said(column.reason) if isinstance(column.reason, Words) else _(column.reason)


def _hint(column: Column, examined: Examined) -> str:
    if column.fate is Fate.REFUSED:
        return "—"
    return examined.hints.get(column.index) or _(KINDS[examined.kinds[column.index]])


def _shown(columns: Sequence[Column]) -> Sequence[Column]:
    """In order: all that are read or refused, and of the others as many as fit."""
    room = SHOWN - sum(column.fate is not Fate.IGNORED for column in columns)
    spare = [column for column in columns if column.fate is Fate.IGNORED][max(room, 0) :]
    return [column for column in columns if column not in spare]


def _refused(column: Column) -> QWidget:
    why = reason(column)
    made = QWidget()
    made.setAccessibleName(f"{column.header}: {why}")
    made.setToolTip(why)
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 4, 0, 4)
    line.setSpacing(8)
    line.addWidget(Picture("lock", Tone.WARN), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(why, wrap=True), 1)
    return made


def _box(column: Column, examined: Examined, targets: Mapping[str, str]) -> StillBox:
    offered = [
        (_("Leave out"), ""),
        *((_(words), str(target)) for target, words in targets.items()),
        *((said(field.label), str(field.key)) for field in examined.fields),
    ]
    return StillBox(_("{column} goes to").format(column=column.header), offered, column.target)
