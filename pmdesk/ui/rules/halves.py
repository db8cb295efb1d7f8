"""Both halves of the grid side by side: widths, heights, hidden columns and the drop line."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QSplitter, QWidget
from typing_extensions import override

from pmdesk.i18n import _
from pmdesk.rules.facts import Fact, FactType
from pmdesk.ui import theme
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.drop_line import DropLine
from pmdesk.ui.rules.edits import Output
from pmdesk.ui.rules.grid_part import GridPart
from pmdesk.ui.rules.headings import Heading
from pmdesk.ui.rules.model import RulesModel
from pmdesk.ui.widgets.pill import pill_size

_WIDE = {
    FactType.FLAG: 6.2,
    FactType.CHOICE: 7.6,
    FactType.NUMBER: 7.6,
    FactType.DATE: 10.0,
    FactType.TEXT: 9.0,
}
_OUTPUT_WIDE = {
    Output.TIER: 6.6,
    Output.COUNT: 5.4,
    Output.TAGS: 9.0,
    Output.REASON: 15.0,
    Output.LEGAL: 12.0,
}
_HEAD_LINES = 3
_LINES = 2.2  # of text, in a row


class Halves(QWidget):
    """Two views of one model that scroll and select together; each shows its own columns."""

    def __init__(self, model: RulesModel) -> None:
        super().__init__()
        self._model = model
        self._only_used = True
        self._kept: set[str] = set()
        self._by_hand: dict[str, int] = {}  # widths that the user chose
        self.asked, self.given = GridPart(model), GridPart(model)
        self.line = DropLine(self)
        self._couple()
        self._lay_out()

    @property
    def visible_columns(self) -> tuple[int, ...]:
        """The columns that are seen, from left to right."""
        count = self._model.columnCount()
        return tuple(c for c in range(count) if not self._part(c).isColumnHidden(c))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._by_hand.clear()
            if self.isVisible():
                self.measure()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.measure()  # what was worn while it was hidden

    def show_only_used(self, only: bool) -> None:
        """Columns in which no rule asks for anything are hidden, or shown."""
        self._only_used = only
        self._kept.clear()
        self._arrange()

    def keep(self, fact: Fact) -> None:
        """The column is seen though no rule asks for anything there yet."""
        self._kept.add(fact.key)
        self._arrange()

    def measure(self) -> None:
        """Heights and widths follow the font."""
        high = round(self.fontMetrics().height() * _LINES)
        letter = self.fontMetrics().horizontalAdvance("国")
        for part in (self.asked, self.given):
            part.verticalHeader().setDefaultSectionSize(high)
        self.asked.verticalHeader().setFixedWidth(letter * 3)
        for column in range(self._model.columnCount()):
            fact, output = self._model.fact_at(column), self._model.output_at(column)
            wide = _WIDE[fact.type] if fact else _OUTPUT_WIDE[output or Output.TIER]
            usual = max(round(wide * letter), self._least_width(column))
            chosen = self._by_hand.get(self._model.key_of(column), usual)
            self._part(column).setColumnWidth(column, chosen)
        self._give_rest()
        self._level_headings()

    def _give_rest(self) -> None:
        """The last column takes the room that the others leave."""
        head, last = self.given.heading, edits.column_of(self._model.table, Output.LEGAL)
        others = head.length() - head.sectionSize(last)
        least = round(_OUTPUT_WIDE[Output.LEGAL] * self.fontMetrics().horizontalAdvance("国"))
        self.given.setColumnWidth(last, max(self.given.viewport().width() - others, least))

    def _least_width(self, column: int) -> int:
        """No word of a heading and no tier is cut, and headings stay low."""
        metrics = self._part(column).horizontalHeader().fontMetrics()
        words = edits.title_of(self._model.table, column).split()
        widths = [metrics.horizontalAdvance(word) for word in words if word.isascii()]
        if self._model.output_at(column) is Output.TIER:
            badges = (self._model.badge(tier) for tier in self._model.table.scheme.tier_keys)
            widths += [pill_size(badge, self.font()).width() for badge in badges]
        least = max(widths, default=0) + theme.length(28)
        return max(least, self._part(column).heading.width_for(column, _HEAD_LINES))

    def _keep_width(self, column: int) -> None:
        self._by_hand[self._model.key_of(column)] = self._part(column).columnWidth(column)
        self._level_headings()

    def _couple(self) -> None:
        self.given.setSelectionModel(self.asked.selectionModel())
        self.given.verticalHeader().hide()
        self.asked.setAccessibleName(_("What the rules ask"))
        self.given.setAccessibleName(_("What the rules give"))
        self.given.resized.connect(self._give_rest)
        self.asked.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        always = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        for part, other in ((self.asked, self.given), (self.given, self.asked)):
            part.heading.set_by_hand.connect(self._keep_width)
            part.setHorizontalScrollBarPolicy(always)  # both halves stay equally high
            part.verticalScrollBar().valueChanged.connect(other.verticalScrollBar().setValue)
        self.asked.numbers.dragged.connect(self._show_row_gap)
        self.asked.heading.dragged.connect(self._show_column_gap)

    def _lay_out(self) -> None:
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.asked)
        self._split.addWidget(self.given)
        self._split.setStretchFactor(0, 5)
        self._split.setStretchFactor(1, 4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._split)

    def _arrange(self) -> None:
        table = self._model.table
        used = edits.used_columns(table)
        for column in range(self._model.columnCount()):
            fact = self._model.fact_at(column)
            idle = fact is not None and column not in used and fact.key not in self._kept
            self.asked.setColumnHidden(column, fact is None or (idle and self._only_used))
            self.given.setColumnHidden(column, fact is not None)
        first = next((c for c in self.visible_columns), 0)
        self.asked.cells.first_column = first
        for heading in (self.asked.heading, self.asked.numbers):
            heading.draggable = self._model.editable
        self.measure()

    def _show_row_gap(self, _row: int, gap: int) -> None:
        self.line.hide()
        if gap < 0:
            self.asked.setFocus()
        else:
            gap = min(gap, self._model.last_place)
            _follow(self.asked.verticalScrollBar(), self.asked.numbers, gap)
            at = QPoint(0, self.asked.numbers.edge_of(gap))
            self.line.show_across(self.asked.viewport().mapTo(self, at).y())

    def _show_column_gap(self, _column: int, gap: int) -> None:
        self.line.hide()
        if gap < 0:
            self.asked.setFocus()
        else:
            _follow(self.asked.horizontalScrollBar(), self.asked.heading, gap)
            at = QPoint(self.asked.heading.edge_of(gap), 0)
            self.line.show_down(self.asked.viewport().mapTo(self, at).x())

    def _part(self, column: int) -> GridPart:
        return self.asked if self._model.fact_at(column) is not None else self.given

    def _level_headings(self) -> None:
        heads = [self.asked.horizontalHeader(), self.given.horizontalHeader()]
        high = max(
            head.sectionSizeFromContents(column).height()
            for column in range(self._model.columnCount())
            for head in (self._part(column).horizontalHeader(),)
            if not self._part(column).isColumnHidden(column)
        )
        for head in heads:
            head.setFixedHeight(high)


def _follow(bar: QScrollBar, head: Heading, gap: int) -> None:
    """What is dragged to the edge of what is seen brings more of it there."""
    edge, room, step = head.edge_of(gap), bar.pageStep(), head.defaultSectionSize()
    if edge < step:
        bar.setValue(bar.value() - step)
    elif edge > room - step:
        bar.setValue(bar.value() + step)
