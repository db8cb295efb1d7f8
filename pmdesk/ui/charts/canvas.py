"""A drawn figure as a widget; imported where the first chart is shown, for matplotlib is slow."""

from collections.abc import Mapping

from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure as Canvas
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from pmdesk.analytics.figures import Figure
from pmdesk.ui.charts import draw
from pmdesk.ui.charts.spoken import spoken

_DOTS = 100  # for an inch at text size 100 %
_NARROWEST = 360
_SLACK = 8  # pixels of width that are not worth drawing anew


class ChartCanvas(FigureCanvasQTAgg):
    """Shows one figure without title and answer, which stand on its card; readers read it out."""

    def __init__(
        self,
        figure: Figure,
        colours: Mapping[str, str],
        *,
        scale: float = 1.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Canvas(dpi=_DOTS))  # type: ignore[no-untyped-call]  # matplotlib's
        self.setParent(parent)
        self._drawn = 0  # the width that the chart was drawn for
        self._size = QSize(_NARROWEST, _NARROWEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_figure(figure, colours, scale=scale)

    def show_figure(
        self, figure: Figure, colours: Mapping[str, str], *, scale: float = 1.0
    ) -> None:
        """This figure is shown in these colours, its text `scale` times as large as usual."""
        self._shown = (figure, colours, scale)
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(spoken(figure))
        self._drawn = 0
        if self.isVisible():
            self._draw()
        else:  # the width is not known yet, and drawing is slow
            self._measure(self.sizeHint().width())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)  # type: ignore[no-untyped-call]  # matplotlib's
        if not self._drawn:
            self._draw()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)  # type: ignore[no-untyped-call]  # matplotlib's
        if self.isVisible() and abs(event.size().width() - self._drawn) > _SLACK:
            self._draw()

    def _draw(self) -> None:
        """The chart fits its width: names are wrapped, and the legend has as many lines."""
        figure, colours, scale = self._shown
        self._drawn = self.width()
        self._measure(self._drawn)
        draw.draw(self.figure, figure, colours, titled=False, scale=scale)
        self.draw_idle()  # type: ignore[no-untyped-call]  # matplotlib's

    def _measure(self, width: int) -> None:
        """The canvas is as high as its figure needs at that width."""
        figure, _colours, scale = self._shown
        wide = max(width, _NARROWEST) / _DOTS
        high = round(draw.height(figure, scale, titled=False, wide=wide) * _DOTS)
        self._size = QSize(round(draw.WIDTH * scale * _DOTS), high)
        self.setMinimumSize(_NARROWEST, high)
        self.setMaximumHeight(high)
        self.figure.set_size_inches(wide, high / _DOTS, forward=False)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The size at which the figure is read with ease."""
        return self._size
