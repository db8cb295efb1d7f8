"""Places that ask for attention: the chart of buildings, and what stood out twice in a row."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.i18n import _, ngettext
from pmdesk.services.session import Session
from pmdesk.services.watch import hot_spots
from pmdesk.services.watch.hot_spots import HotSpots, Spot
from pmdesk.ui import theme
from pmdesk.ui.charts.card import ChartCard
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.watch.panel import Panel
from pmdesk.ui.watch.words import attention, late
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label, rule
from pmdesk.ui.widgets.pill import Pill


class SpotsPanel(Panel):
    """Asks for attention to places, never to people."""

    measure_requested = Signal(str, str)  # building, topic

    def __init__(self, session: Session, tasks: Tasks, *, may_plan: bool) -> None:
        super().__init__(tasks)
        self._session = session
        self._may_plan = may_plan
        self._theme = theme.applied()
        self.chart: ChartCard | None = None
        self.found: HotSpots | None = None
        self.card = Card(_("Places that ask for attention"))
        self.about = label(_about(), "muted", wrap=True)
        self.card.add(self.about)
        self._list = QWidget()
        self.card.add(self._list)
        self.column.addWidget(self.card)
        self.card.hide()

    @override
    def reload(self) -> None:
        """The panel shows the last whole months."""
        self.ask(partial(_read, self._session), self.show_found, "spots")

    def show_found(self, found: HotSpots) -> None:
        """These places are shown."""
        self.found = found
        if self.chart is None:
            self.chart = ChartCard(found.figure, self._tasks, may_export=False)
            self.column.addWidget(self.chart)
        else:
            self.chart.show_figure(found.figure)
        self.card.show()
        made = self._made(found)
        self.card.body.replaceWidget(self._list, made)
        self._list.hide()
        self._list.deleteLater()
        self._list = made

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and theme.applied() is not self._theme:
            self._theme = theme.applied()
            if self.chart is not None:
                self.chart.redraw()

    def _made(self, found: HotSpots) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        if not found.spots:
            column.addWidget(label(_nothing(found), wrap=True))
        for at, spot in enumerate(found.spots):
            if at:
                column.addWidget(rule())
            column.addWidget(self._row(spot))
        return made

    def _row(self, spot: Spot) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(hot_spots.where(spot.building, spot.topic), "heading"))
        head.addWidget(Pill(attention()))
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(label(spot.sentence, wrap=True, select=True))
        if spot.measures:
            count = ngettext(
                "{count} measure is under way here",
                "{count} measures are under way here",
                spot.measures,
            )
            under_way = QHBoxLayout()
            under_way.setSpacing(10)
            under_way.addWidget(label(count.format(count=spot.measures), "muted"))
            if spot.late:
                under_way.addWidget(Pill(late(spot.late)))
            under_way.addStretch(1)
            words.addLayout(under_way)
        row.addLayout(words, 1)
        if self._may_plan:
            ask = partial(self.measure_requested.emit, spot.building, spot.topic)
            row.addWidget(button(_("Plan a measure…"), ask, picture="plus"))
        return made


def _read(session: Session) -> HotSpots:
    """The places; matplotlib is at hand afterwards, so that the window does not wait for it."""
    found = hot_spots.hot_spots(session)
    if not found.figure.is_empty:
        from pmdesk.ui.charts import draw  # noqa: PLC0415  # only a chart needs it

        del draw
    return found


def _about() -> str:
    return _(
        "Buildings with clearly more complaints on a topic than the others, in the last three"
        " months and in the three before. Four in ten of such signs pass by themselves: look, ask, "
        "offer service. It is no judgement of a building or of anybody in it, and no rule can read"
        " it."
    )


def _nothing(found: HotSpots) -> str:
    if found.is_short:
        words = _(
            "Two whole periods are needed: orders since {day} at the latest. Until then nothing"
            " is said here."
        )
        return words.format(day=found.before.since.isoformat())
    return _("Nothing stands out twice in a row.")
