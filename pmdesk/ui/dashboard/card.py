"""One question on the charts page: its charts, its answer, its table, and where it leads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pmdesk.analytics.figures import Figure
from pmdesk.domain.dashboard import QUESTIONS, CardKey, CardState
from pmdesk.i18n import N_, _, said
from pmdesk.services.dashboard import going_out
from pmdesk.services.dashboard.card import Card as Answer
from pmdesk.services.dashboard.card import Target
from pmdesk.ui import theme
from pmdesk.ui.charts.card import table_of
from pmdesk.ui.charts.view import ChartView
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown

FORMS: Mapping[str, str] = {
    "png": N_("As a picture (PNG)…"),
    "svg": N_("As a drawing (SVG)…"),
    "pdf": N_("As a document (PDF)…"),
    "csv": N_("As a table (CSV)…"),
}
_PICTURES: Mapping[CardState, str] = {
    CardState.EMPTY: "info",
    CardState.TOO_SMALL: "eye-off",
    CardState.REFUSED: "shield",
}
_WIDE = 860  # pixels from which on two charts of a card stand beside each other
_HIGH = 200  # of a card that has nothing to draw
_THIN = 3
_ROUND = 12  # pixels of an edge that belong to its corner


class QuestionCard(Card):
    """Shows one answer; while a new one is counted, or when it fails, the old one stays."""

    export_requested = Signal(object, str)  # CardKey, one of FORMS
    print_requested = Signal(object)  # CardKey
    copy_requested = Signal(object)  # CardKey
    retry_requested = Signal(object)  # CardKey
    target_requested = Signal(object, object)  # CardKey, Target

    def __init__(
        self, key: CardKey, tasks: Tasks, *, may_export: bool, leads: Callable[[Target], bool]
    ) -> None:
        super().__init__(said(QUESTIONS[key]), wraps=True)
        self.key = key
        self.shown: Answer | None = None
        self._tasks = tasks
        self._leads = leads
        self._may_export = may_export
        self.views: tuple[ChartView, ...] = ()
        self._tables: tuple[QWidget, ...] = ()
        self._parts: tuple[_Titled, ...] = ()
        self._titles: tuple[QLabel, ...] = ()
        self._across = 0
        self._room = 0  # pixels that the page gives
        self.working = _thin()
        self.trouble = Banner(
            tone=Tone.PROBLEM,
            action=_("Count again"),
            pressed=lambda: self.retry_requested.emit(key),
        )
        self.answer = label("", wrap=True)
        self.waiting = label(_("Counting…"), "muted")
        self.waiting.setMinimumHeight(theme.length(_HIGH))
        self.empty = EmptyState("")
        self.note = label("", "muted", wrap=True)
        self.source = label("", "muted", wrap=True)
        self.links = FlowLayout(12)
        self.toggle = button(_("Data table"), look="quiet", picture="table")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._show_table)
        self.menu = _menu_button(self._menu())
        self.place = QGridLayout()
        self.place.setContentsMargins(0, 0, 0, 0)
        self.place.setSpacing(14)
        self._arrange()

    def show_working(self, *, working: bool) -> None:
        """A thin line says that new numbers are on their way."""
        self.working.setVisible(working)

    def show_trouble(self, sentence: str) -> None:
        """The sentence says why there is nothing newer; what is there stays."""
        self.show_working(working=False)
        self.trouble.show_sentence(sentence, Tone.PROBLEM)
        set_shown(self.waiting, False)

    def show_answer(self, answer: Answer) -> None:
        """These numbers are shown; the choice between chart and table stays."""
        self.show_working(working=False)
        self.trouble.show_sentence("")
        set_shown(self.waiting, False)
        before, self.shown = self.shown, answer
        has_charts = answer.state is CardState.SHOWN
        self.answer.setText(answer.answer)
        set_shown(self.answer, has_charts)
        set_shown(self.toggle, has_charts)
        set_shown(self.menu, has_charts and self._may_export)
        self._show_empty(answer)
        self.note.setText("\n".join(answer.notes))
        set_shown(self.note, bool(answer.notes))
        self.source.setText(going_out.source(answer))
        self._show_links(answer.targets)
        if before is None or before.figures != answer.figures:
            self._show_figures(answer.figures)
        self.setAccessibleName(answer.question)
        self.setAccessibleDescription(answer.answer)

    def redraw(self) -> None:
        """The charts have the colours and the text size of the present theme."""
        for view in self.views:
            view.redraw()
        self._across = 0
        self._spread()

    @property
    def narrowest(self) -> int:
        """Pixels that its question, on one line, and its buttons need beside each other."""
        edges, heading = self.body.contentsMargins(), self.heading or self.answer
        words = heading.fontMetrics().horizontalAdvance(heading.text())
        gap = self.aside.spacing()
        buttons = sum(gap + one.sizeHint().width() for one in (self.toggle, self.menu))
        return words + buttons + edges.left() + edges.right()

    def spread(self, room: int) -> None:
        """Charts of the card stand beside each other where it is so many pixels wide."""
        self._room = room
        self._spread()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.working.setGeometry(_ROUND, 0, self.width() - 2 * _ROUND, _THIN)

    # ---- charts and tables -----------------------------------------------------------------------

    def _show_figures(self, figures: Sequence[Figure]) -> None:
        """As many charts as before keep their old pictures until the new ones are drawn."""
        if len(self.views) == len(figures):
            for view, figure in zip(self.views, figures, strict=True):
                view.show_figure(figure)
            for words, figure in zip(self._titles, figures, strict=True):
                words.setText(figure.title)
            _drop(self._tables)
            self._tables = ()
        else:
            _drop(self._parts)
            self.views = tuple(ChartView(one, self._tasks) for one in figures)
            self._titles = tuple(label(one.title, "label") for one in figures)
            self._parts = tuple(map(_titled, self._titles, self.views))
            self._tables = ()
            for words in self._titles:
                set_shown(words, len(figures) > 1)
            self._across = 0
        self._show_table(self.toggle.isChecked())

    def _show_table(self, wanted: bool) -> None:
        if wanted and not self._tables and self.shown is not None:
            self._tables = tuple(table_of(one) for one in self.shown.figures)
            for part, table in zip(self._parts, self._tables, strict=True):
                part.body.addWidget(table)
        for view in self.views:
            view.setVisible(not wanted)
        for table in self._tables:
            table.setVisible(wanted)
        self.toggle.setIcon(icon("chart-column" if wanted else "table", Ink.MUTED))
        self.toggle.setText(_("Chart") if wanted else _("Data table"))
        self.toggle.setAccessibleName(self.toggle.text())
        self._spread()

    def _spread(self) -> None:
        if not self._parts:
            return
        wide = self._room >= theme.length(_WIDE) and len(self._parts) > 1
        across = 2 if wide else 1
        if across == self._across:
            return
        self._across = across
        for at, part in enumerate(self._parts):
            self.place.addWidget(part, at // across, at % across)
        self.place.setColumnStretch(0, 1)
        self.place.setColumnStretch(1, 1 if wide else 0)

    # ---- words ---------------------------------------------------------------------------------

    def _show_empty(self, answer: Answer) -> None:
        is_empty = answer.state is not CardState.SHOWN
        if is_empty:
            fresh = EmptyState(
                "\n".join(part for part in (answer.answer, answer.remedy) if part),
                picture=_PICTURES[answer.state],
            )
            fresh.setMinimumHeight(theme.length(_HIGH))
            self.body.replaceWidget(self.empty, fresh)
            self.empty.hide()
            self.empty.deleteLater()
            self.empty = fresh
        set_shown(self.empty, is_empty)

    def _show_links(self, targets: Sequence[Target]) -> None:
        while (item := self.links.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for target in filter(self._leads, targets):
            made = button(
                target.label,
                partial(self.target_requested.emit, self.key, target),
                look="link",
                picture="arrow-right",
            )
            self.links.addWidget(made)

    # ---- building --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.aside.addWidget(self.toggle)
        self.aside.addWidget(self.menu)
        self.working.setParent(self)  # at the edge: it takes no room from the question
        links = QWidget()
        links.setLayout(self.links)
        above: tuple[QWidget, ...] = (self.trouble, self.answer, self.waiting, self.empty)
        for widget in above:
            self.add(widget)
        self.body.addLayout(self.place)
        below: tuple[QWidget, ...] = (self.note, links, self.source)
        for widget in below:
            self.add(widget)
        self.body.addStretch(1)
        unknown: tuple[QWidget, ...] = (self.toggle, self.menu, self.working)
        for widget in (*unknown, self.answer, self.empty, self.note):
            widget.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for form, words in FORMS.items():
            menu.addAction(_(words), partial(self.export_requested.emit, self.key, form))
        menu.addSeparator()
        menu.addAction(_("Copy the picture"), partial(self.copy_requested.emit, self.key))
        menu.addAction(_("Print…"), partial(self.print_requested.emit, self.key))
        return menu


class _Titled(QWidget):
    """A chart below its own title."""

    def __init__(self, title: QWidget, view: ChartView) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(6)
        self.body.addWidget(title)
        self.body.addWidget(view)
        self.body.addStretch(1)


def _titled(title: QWidget, view: ChartView) -> _Titled:
    return _Titled(title, view)


def _thin() -> QProgressBar:
    made = QProgressBar()
    made.setRange(0, 0)
    made.setTextVisible(False)
    made.setProperty("look", "thin")
    made.setFixedHeight(_THIN)
    made.setAccessibleName(_("Counting"))
    return made


def _menu_button(menu: QMenu) -> QPushButton:
    made = button("", look="quiet", picture="ellipsis", tip=_("Export, print or copy"))
    made.setMenu(menu)
    return made


def _drop(widgets: Iterable[QWidget]) -> None:
    for widget in widgets:
        widget.hide()
        widget.deleteLater()
