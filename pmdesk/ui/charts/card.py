"""One question on the charts page: the chart, its answer, the same numbers as a table."""

import math
import textwrap
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QVBoxLayout

from pmdesk.analytics.figures import Figure
from pmdesk.i18n import N_, _, capitalised
from pmdesk.ui import theme
from pmdesk.ui.charts.view import ChartView
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.tables.model import Align, Column, RowsModel
from pmdesk.ui.tables.view import TableView
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label

FORMS = {
    "png": N_("As a picture (PNG)…"),
    "svg": N_("As a drawing (SVG)…"),
    "csv": N_("As a table (CSV)…"),
}
Line = tuple[str, ...]
_FOLD = 4  # Chinese letters on a line of a column's title


class ChartCard(Card):
    """Shows one figure; what it cannot draw it says in a sentence."""

    export_requested = Signal(object, str)  # Figure, one of FORMS
    copy_requested = Signal(object)  # Figure

    def __init__(self, figure: Figure, tasks: Tasks, *, may_export: bool) -> None:
        super().__init__(figure.title, wraps=True)
        self._tasks = tasks
        self.figure = figure
        self.view: ChartView | None = None
        self._table: TableView | None = None
        self.answer = label("", wrap=True)
        self.note = label("", "muted", wrap=True)
        self.toggle = _toggle()
        self.toggle.toggled.connect(self._show_table)
        self.menu = _menu_button(self._menu())
        self.aside.addWidget(self.toggle)
        self.aside.addWidget(self.menu)
        self.menu.setVisible(may_export)
        self.place = QVBoxLayout()
        self.place.setContentsMargins(0, 0, 0, 0)
        self.body.insertWidget(1, self.answer)
        self.body.addLayout(self.place)
        self.add(self.note)
        self.body.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.show_figure(figure)

    def show_figure(self, figure: Figure) -> None:
        """These numbers are shown; the choice between chart and table stays."""
        self.figure = figure
        self.answer.setText(figure.answer)
        self.note.setText(figure.note)
        self.note.setVisible(bool(figure.note) and not figure.is_empty)
        self.answer.setVisible(not figure.is_empty)
        self.toggle.setVisible(not figure.is_empty)
        self._clear()
        if figure.is_empty:
            self.place.addWidget(_said_only(figure))
        else:
            self._show_table(self.toggle.isChecked())
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(figure.answer)

    def redraw(self) -> None:
        """The chart has the colours and the text size of the present theme."""
        self.show_figure(self.figure)

    def picture(self) -> QImage:
        """The chart with its title and answer, for the clipboard."""
        from pmdesk.ui.charts.files import png  # noqa: PLC0415  # matplotlib takes its time

        return QImage.fromData(png(self.figure, theme.applied().colours))

    def _show_table(self, wanted: bool) -> None:
        if wanted and self._table is None:
            self._table = table_of(self.figure)
            self.place.addWidget(self._table)
        if not wanted and self.view is None:
            self.view = ChartView(self.figure, self._tasks)
            self.place.addWidget(self.view)
        if self.view is not None:
            self.view.setVisible(not wanted)
        if self._table is not None:
            self._table.setVisible(wanted)
        self.toggle.setIcon(icon("chart-column" if wanted else "table", Ink.MUTED))
        self.toggle.setText(_("Chart") if wanted else _("Data table"))
        self.toggle.setAccessibleName(self.toggle.text())

    def _clear(self) -> None:
        self.view = self._table = None
        while (item := self.place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for form, words in FORMS.items():
            menu.addAction(_(words), partial(self._export, form))
        menu.addSeparator()
        menu.addAction(_("Copy the picture"), lambda: self.copy_requested.emit(self.figure))
        return menu

    def _export(self, form: str) -> None:
        self.export_requested.emit(self.figure, form)


def table_of(figure: Figure) -> TableView:
    """The suppressed numbers, all rows to be seen."""
    head, *rows = figure.table()
    columns: tuple[Column[Line], ...] = tuple(
        _column(at, _folded(capitalised(title)), [row[at] for row in rows])
        for at, title in enumerate(head)
    )
    view = TableView(RowsModel[Line](columns, rows), nobody=True)
    view.setAccessibleName(figure.title)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    high = view.verticalHeader().defaultSectionSize() * len(rows)
    view.setFixedHeight(high + view.horizontalHeader().sizeHint().height() + theme.length(24))
    return view


def _column(at: int, title: str, cells: Sequence[str]) -> Column[Line]:
    def cell(line: Line) -> str:
        return line[at]

    align = Align.END if at else Align.START
    letters = max(map(_letters, (*title.split("\n"), *cells)))
    return Column(key=str(at), title=title, cell=cell, align=align, width=letters)


def _letters(text: str) -> int:
    """How many digits the text is wide."""
    font = QFontMetrics(QGuiApplication.font())
    return math.ceil(font.horizontalAdvance(text) / font.horizontalAdvance("0"))


def _folded(title: str) -> str:
    """The title on lines of a few letters, so that all columns find room."""
    if title.isascii():
        return textwrap.fill(title, _FOLD * 3, break_long_words=False)
    lines = -(-len(title) // _FOLD)
    return textwrap.fill(title, -(-len(title) // lines))


def _said_only(figure: Figure) -> EmptyState:
    made = EmptyState(figure.answer, picture="eye-off")
    made.setMinimumHeight(theme.length(160))
    return made


def _toggle() -> QPushButton:
    made = button(_("Data table"), look="quiet", picture="table")
    made.setCheckable(True)
    return made


def _menu_button(menu: QMenu) -> QPushButton:
    made = button("", look="quiet", picture="ellipsis", tip=_("Export or copy"))
    made.setMenu(menu)
    return made
