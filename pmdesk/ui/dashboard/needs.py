"""The needs of the residents, as their answers tell: more charts below the eight questions."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pmdesk.analytics.figures import Figure
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
from pmdesk.ui.widgets.label import label

_ABOVE = frozenset({"consent_coverage"})  # one of the eight questions shows it already
_KINDS = {"png": "PNG (*.png)", "svg": "SVG (*.svg)", "csv": "CSV (*.csv)"}


class NeedsGroup(QWidget):
    """Tells `told` what became of an export; the filters above do not touch it."""

    told = Signal(str, object)  # sentence, Tone
    shown = Signal()

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._across = 0
        self.cards: tuple[ChartCard, ...] = ()
        self.trouble = Banner(action=_("Count again"), pressed=self.reload)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(14)
        column.addWidget(label(_("What residents need, as they told"), "heading"))
        column.addWidget(
            label(_("Of the whole office; the filters above do not change it."), "muted", wrap=True)
        )
        column.addWidget(self.trouble)
        column.addLayout(self.grid)

    def reload(self, after: Callable[[], None] = lambda: None) -> None:
        """The charts show what the office holds now; until then the old ones stay."""

        def failed(error: PmdeskError) -> None:
            self.trouble.show_sentence(told(error), Tone.PROBLEM)
            after()

        def done(board: Board) -> None:
            self._show_board(board)
            after()

        self._tasks.query(
            partial(charts.board, self._session),
            owner=self,
            done=done,
            failed=failed,
            newest="board",
        )

    def redraw(self) -> None:
        """The charts have the colours and the text size of the present theme."""
        for card in self.cards:
            card.redraw()

    def spread(self, across: int) -> None:
        """So many charts stand in a line."""
        if across == self._across or not self.cards:
            return
        self._across = across
        last = len(self.cards) - 1
        for at, card in enumerate(self.cards):
            wide = across - at % across if at == last else 1  # no card leaves a void beside it
            self.grid.addWidget(card, at // across, at % across, 1, wide)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1 if across > 1 else 0)

    def _show_board(self, board: Board) -> None:
        self.trouble.show_sentence("")
        figures = tuple(one for one in board.figures if one.key not in _ABOVE)
        if len(self.cards) == len(figures):
            for card, figure in zip(self.cards, figures, strict=True):
                card.show_figure(figure)
        else:
            self.cards = tuple(map(self._card, figures))
            across, self._across = max(self._across, 1), 0
            self.spread(across)
        self.shown.emit()

    def _card(self, figure: Figure) -> ChartCard:
        may = self._session.staff.may(Permission.EXPORT)
        card = ChartCard(figure, self._tasks, may_export=may)
        card.export_requested.connect(self._export)
        card.copy_requested.connect(self._copy)
        return card

    def _export(self, figure: Figure, form: str) -> None:
        path = self._prompts.save_file(_("Save the chart"), f"{figure.key}.{form}", _KINDS[form])
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(f".{form}")
        write = writer(figure, form, theme.applied().colours)
        self._tasks.query(
            partial(charts.export, self._session, figure, path, write),
            owner=self,
            done=lambda path: self.told.emit(_("Saved: {name}").format(name=path.name), Tone.GOOD),
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
        self.told.emit(_("The chart is in the clipboard."), Tone.GOOD)

    def _explain(self, error: PmdeskError) -> None:
        self.told.emit(told(error), Tone.PROBLEM)
