"""How many would move from which tier to which, as a small table; what is hidden has a sign."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from pmdesk.analytics.suppression import Shown
from pmdesk.i18n import _, said
from pmdesk.rules.scheme import Scheme
from pmdesk.ui import theme
from pmdesk.ui.rules.preview import count_words
from pmdesk.ui.widgets.label import label

_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NONE = "·"  # nobody, or a change of too few to be counted


class MatrixTable(QWidget):
    """Present tiers down, new tiers across, weakest first."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[tuple[int, int], QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.length(24))
        self._grid.setVerticalSpacing(8)

    def show_matrix(self, scheme: Scheme, shown: Shown) -> None:
        """These counts are shown; the diagonal, that is who stays, is quiet."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.cells = {}
        names = [said(words) for _key, words in scheme.tiers]
        self._put(0, 0, label(_("Now ↓   Then →"), "muted"))
        for place, name in enumerate([*names, _("Total")], 1):
            self._put(0, place, label(name, "label"))
            self._put(place, 0, label(name, "label"))
        last = len(names)
        lines = [*zip(shown.cells, shown.rows, strict=True), (shown.columns, shown.total)]
        for row, (counts, total) in enumerate(lines):
            for column, count in enumerate([*counts, total]):
                moves = row != column and last not in {row, column} and count != 0
                cell = label(_words(count), "heading" if moves else "muted")
                self.cells[row, column] = cell
                self._put(row + 1, column + 1, cell)
        self._grid.setColumnStretch(last + 2, 1)
        self.setAccessibleName(self._sentence([*names, _("Total")]))

    def _put(self, row: int, column: int, cell: QLabel) -> None:
        if column:
            cell.setAlignment(_END)
        self._grid.addWidget(cell, row, column)

    def _sentence(self, names: list[str]) -> str:
        return "; ".join(
            f"{names[row]} → {names[column]} {cell.text()}"
            for (row, column), cell in self.cells.items()
        )


def _words(count: int | None) -> str:
    return NONE if count == 0 else count_words(count)
