"""The charts page: four questions about the office, answered with numbers that point at nobody."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication, QImage, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.analytics.figures import Figure
from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import charts
from pmdesk.services.charts import Board
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.charts.card import ChartCard
from pmdesk.ui.charts.files import writer
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.header import PageHeader
from pmdesk.ui.widgets.label import label

_WIDE = 1000  # two charts beside each other from here on; grows with the text
_KINDS = {"png": "PNG (*.png)", "svg": "SVG (*.svg)", "csv": "CSV (*.csv)"}


class ChartsPage(QWidget):
    """Cards, each with a question, its chart and its answer."""

    shown = Signal()  # the cards show what was read last

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._theme = theme.applied()
        self._across = 0
        self.cards: tuple[ChartCard, ...] = ()
        self._build()
        self._arrange()
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The charts show what the office holds now; until then the old ones stay."""
        kinds = {office.RESIDENTS, office.CONSENTS, office.CLASSIFICATION, office.OFFICE}
        if changes is None or changes.kinds & kinds:
            self.working.show()
            self._tasks.query(
                partial(_read, self._session),
                owner=self,
                done=self._show_board,
                failed=self._explain,
                newest="board",
            )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and theme.applied() is not self._theme:
            self._theme = theme.applied()
            for card in self.cards:
                card.redraw()
            self._spread()

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        again = button(_("Refresh"), self.reload, picture="refresh-cw", tip="F5")
        self.header = PageHeader(_("Charts"), " ", (again,))
        self.banner = Banner()
        self.working = QProgressBar()
        self.working.setRange(0, 0)
        self.working.setTextVisible(False)
        self.working.setAccessibleName(_("Counting"))
        self.waiting: QLabel = label(_("Counting…"), "muted")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        inner = QWidget()
        inner.setProperty("look", "clear")
        self.grid = QGridLayout(inner)
        self.grid.setContentsMargins(0, 0, theme.length(10), 0)
        self.grid.setSpacing(14)
        self.grid.addWidget(self.waiting, 0, 0)
        self.area.setWidget(inner)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(14)
        for widget in (self.header, self.banner, self.working):
            column.addWidget(widget)
        column.addWidget(self.area, 1)

    # ---- showing ---------------------------------------------------------------------------

    def _show_board(self, board: Board) -> None:
        self.working.hide()
        self.waiting.hide()
        self.banner.show_sentence("")
        self.header.show_subtitle(_source(board))
        if len(self.cards) == len(board.figures):
            for card, figure in zip(self.cards, board.figures, strict=True):
                card.show_figure(figure)
        else:
            self.cards = tuple(self._card(figure) for figure in board.figures)
            self._across = 0
        self._spread()
        self.shown.emit()

    def _card(self, figure: Figure) -> ChartCard:
        card = ChartCard(figure, may_export=self._session.staff.may(Permission.EXPORT))
        card.export_requested.connect(self._export)
        card.copy_requested.connect(self._copy)
        return card

    def _spread(self) -> None:
        """One card or two in a line, as the window and the text size allow."""
        if not self.cards:
            return
        widest = max(card.minimumSizeHint().width() for card in self.cards)
        needed = max(theme.length(_WIDE), 2 * widest + self.grid.spacing() + theme.length(10))
        across = 2 if self.area.viewport().width() >= needed else 1
        if across == self._across:
            return
        self._across = across
        for at, card in enumerate(self.cards):
            self.grid.addWidget(card, at // across, at % across)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1 if across > 1 else 0)

    def _explain(self, error: PmdeskError) -> None:
        self.working.hide()
        self.waiting.setVisible(False)
        self.banner.show_sentence(told(error), Tone.PROBLEM)

    # ---- out of the program ------------------------------------------------------------------

    def _export(self, figure: Figure, form: str) -> None:
        path = self._prompts.save_file(_("Save the chart"), f"{figure.key}.{form}", _KINDS[form])
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(f".{form}")
        write = writer(figure, form, theme.applied().colours)
        self._tasks.query(
            partial(charts.export, self._session, figure, path, write),
            owner=self,
            done=lambda path: self.banner.show_sentence(
                _("Saved: {name}").format(name=path.name), Tone.GOOD
            ),
            failed=self._explain,
        )

    def _copy(self, figure: Figure) -> None:
        card = next(card for card in self.cards if card.figure is figure)

        def work() -> QImage:
            charts.handed_out(self._session, figure, "clipboard")
            return card.picture()

        self._tasks.query(work, owner=self, done=self._to_clipboard, failed=self._explain)

    def _to_clipboard(self, picture: QImage) -> None:
        QGuiApplication.clipboard().setImage(picture)
        self.banner.show_sentence(_("The chart is in the clipboard."), Tone.GOOD)


def _read(session: Session) -> Board:
    """The board; matplotlib is at hand afterwards, so that the window does not wait for it."""
    from pmdesk.ui.charts import draw  # noqa: PLC0415  # only this page needs it

    del draw
    return charts.board(session)


def _source(board: Board) -> str:
    words = _("Data of {day}").format(day=board.as_of.isoformat())
    rules = (
        _("rules version {version}").format(version=board.version)
        if board.version
        else _("no active rules")
    )
    hint = _("groups of fewer than {count} people are not shown").format(count=board.smallest)
    return f"{words} · {rules} · {hint}"
