"""Step 3 of an import: what it would bring, what must be mended, and what is left out."""

from collections import Counter
from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.i18n import _, ngettext
from pmdesk.services.exchange import faults
from pmdesk.services.exchange.planned import Fault, ImportPlan, Judged
from pmdesk.ui import theme
from pmdesk.ui.exchange.columns import reason
from pmdesk.ui.tables.model import Align, Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card, Tile
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label

PlanT = TypeVar("PlanT", bound=Judged)
GROUPS = 40  # of equal warnings; more would not be read


class TileGrid(QWidget):
    """Tiles side by side, in as many lines as large text needs."""

    def __init__(self, tiles: Sequence[Tile]) -> None:
        super().__init__()
        self._tiles = tuple(tiles)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)
        self._across = 0

    def arrange(self, width: int) -> None:
        """As many tiles stand in a line as fit into `width`."""
        need = max(tile.sizeHint().width() for tile in self._tiles) + self._grid.spacing()
        across = next((n for n in (len(self._tiles), 3, 2) if n * need <= width), 1)
        if across != self._across:
            self._across = across
            for at, tile in enumerate(self._tiles):
                self._grid.addWidget(tile, at // across, at % across)


class Checked(QScrollArea, Generic[PlanT]):
    """The result of a dry run; nothing has been written yet."""

    save_requested = Signal()

    def __init__(self, tiles: Sequence[Tile]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.numbers = TileGrid(tiles)
        self._table()
        self.left_out = Card(_("Columns left out"))
        self.odd = Card(_("Worth a look"))
        inner = QWidget()
        inner.setProperty("look", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.length(10), 0)
        column.setSpacing(14)
        for widget in (self.numbers, self.bad, self.odd, self.left_out):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(inner)

    def show_plan(self, plan: PlanT) -> None:
        """What this file would bring."""
        raise NotImplementedError

    def show_rows(self, plan: PlanT, odd: Sequence[str]) -> None:
        """The bad rows, what is worth a look, and the columns that are left out."""
        self.model.set_rows(fault for row in plan.bad for fault in row.faults)
        self.bad.setVisible(bool(plan.bad))
        _fill(self.left_out, _left_out(plan))
        _fill(self.odd, odd)
        self.numbers.arrange(self.viewport().width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.numbers.arrange(self.viewport().width())

    def _table(self) -> None:
        columns: tuple[Column[Fault], ...] = (
            Column(
                key="row",
                title=_("Row"),
                cell=lambda fault: str(fault.row_number),
                align=Align.END,
                width=8,
                sort=lambda fault: fault.row_number,
            ),
            Column(key="column", title=_("Column"), cell=lambda fault: fault.column, width=22),
            Column(key="why", title=_("What is wrong"), cell=_why, tip=_why),
        )
        self.model = RowsModel[Fault](columns)
        nothing = EmptyState(_("Every row can be entered."), picture="circle-check")
        self.bad = Card(_("Rows to mend"))
        self.save = button(
            _("Save the rows to mend…"), self.save_requested.emit, picture="download"
        )
        self.bad.aside.addWidget(self.save)
        table = Table(self.model, nothing, sortable=True)
        table.setMinimumHeight(theme.length(260))
        self.bad.add(table)


class CheckStep(Checked[ImportPlan]):
    """What a list of residents would bring."""

    def __init__(self) -> None:
        self.good = Tile(_("Can be entered"))
        self.to_mend = Tile(_("To mend"))
        self.again = Tile(_("Known or repeated"))
        self.empty = Tile(_("Empty units"))
        self.refused = Tile(_("Columns not collected"))
        super().__init__((self.good, self.to_mend, self.again, self.empty, self.refused))

    @override
    def show_plan(self, plan: ImportPlan) -> None:
        again = len(plan.duplicates) + plan.known
        self.good.show_figure(f"{len(plan.residents) - plan.known:,}", _("residents"), Tone.GOOD)
        tone = Tone.PROBLEM if plan.bad else Tone.GOOD
        self.to_mend.show_figure(f"{len(plan.bad):,}", _("rows"), tone)
        self.again.show_figure(f"{again:,}", _("left as they are"), Tone.NEUTRAL)
        self.empty.show_figure(f"{len(plan.units):,}", _("without a resident"))
        self.refused.show_figure(f"{len(plan.refused):,}", _("not read"), Tone.NEUTRAL)
        self.show_rows(plan, _odd(plan))


def _why(fault: Fault) -> str:
    return faults.reason(fault.problem)


def _left_out(plan: Judged) -> list[str]:
    """The refused columns first; columns with the same reason in one sentence."""
    by_reason: dict[str, list[str]] = {}
    for column in (*plan.refused, *plan.ignored):
        by_reason.setdefault(reason(column), []).append(column.header)
    return [
        _("{column}: {reason}").format(column=_(", ").join(headers), reason=why)
        for why, headers in by_reason.items()
    ]


def _odd(plan: ImportPlan) -> list[str]:
    """Equal warnings as one sentence with their number."""
    lines = []
    if plan.further_phones:
        more = ngettext(
            "{count} resident has several phones: only the first is entered.",
            "{count} residents have several phones: only the first of each is entered.",
            plan.further_phones,
        )
        lines.append(more.format(count=f"{plan.further_phones:,}"))
    found = Counter((fault.column, _why(fault)) for fault in plan.warnings)
    for (column, why), count in found.most_common(GROUPS):
        line = ngettext(
            "{column}: {reason} ({count} row)", "{column}: {reason} ({count} rows)", count
        )
        lines.append(line.format(column=column, reason=why, count=f"{count:,}"))
    return lines


def _fill(card: Card, lines: Sequence[str]) -> None:
    while card.body.count() > 1:  # the title stays
        item = card.body.takeAt(1)
        if item is not None and (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for line in lines[:GROUPS]:
        card.add(label(line, wrap=True))
    if len(lines) > GROUPS:
        more = ngettext("and {count} more", "and {count} more", len(lines) - GROUPS)
        card.add(label(more.format(count=len(lines) - GROUPS), "muted"))
    card.setVisible(bool(lines))
