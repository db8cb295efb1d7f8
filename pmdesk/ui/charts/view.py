"""A chart that is drawn beside the window: the old picture stays until the new one is ready."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from pmdesk.analytics.figures import Figure
from pmdesk.errors import PmdeskError
from pmdesk.ui import theme
from pmdesk.ui.charts.spoken import spoken
from pmdesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from pmdesk.ui.charts.sheet import Picture

_NARROWEST = 320
_SLACK = 8  # pixels of width that are not worth drawing anew
_FIRST = 300  # pixels high before the first picture is there

_Want = tuple[Figure, int, float, float, str]  # figure, width, text size, dots, colours


class ChartView(QWidget):
    """Shows one figure without title; it is drawn when it is first seen, and read out at once."""

    def __init__(self, figure: Figure, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._figure = figure
        self._image = QImage()
        self._drawn: _Want | None = None  # what the picture shows
        self._asked: _Want | None = None  # what is being drawn
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumSize(_NARROWEST, theme.length(_FIRST))
        self.show_figure(figure)

    @property
    def is_drawn(self) -> bool:
        """Whether the picture shows the figure as it is."""
        return self._drawn is not None and self._drawn == self._want()

    def show_figure(self, figure: Figure) -> None:
        """This figure is shown as soon as it is drawn."""
        self._figure = figure
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(spoken(figure))
        self.update()

    def redraw(self) -> None:
        """The picture has the present colours and text size."""
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.length(_NARROWEST), self.minimumHeight())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._image.isNull():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            wide, high = self._image.width(), self._image.height()
            share = self.width() / wide if wide else 1.0
            painter.drawImage(QRectF(0, 0, self.width(), high * share), self._image)
        if self._drawn != self._want():
            self._ask()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.update()

    def _want(self) -> _Want:
        shown = theme.applied()
        wide = self.width()
        if self._drawn is not None and abs(self._drawn[1] - wide) <= _SLACK:
            wide = self._drawn[1]
        ratio = self.devicePixelRatioF()
        return (self._figure, wide, shown.scale, ratio, shown.colours["base"])

    def _ask(self) -> None:
        """The picture is drawn in another thread; of several only the last is shown."""
        want = self._want()
        if want == self._asked:
            return
        self._asked = want
        self._tasks.query(
            partial(_picture, want, theme.applied().colours),
            owner=self,
            done=partial(self._show, want),
            failed=self._forget,
            newest="picture",
        )

    def _show(self, want: _Want, made: "Picture") -> None:
        image = QImage(made.pixels, made.width, made.height, QImage.Format.Format_RGBA8888)
        self._image = image.copy()  # the pixels are its own now
        self._drawn, self._asked = want, None
        high = round(made.height / want[3])
        if self.minimumHeight() != high:
            self.setMinimumHeight(high)
            self.setMaximumHeight(high)
            self.updateGeometry()
        self.update()

    def _forget(self, error: PmdeskError) -> None:
        """The table and the spoken text are still there; the next look draws again."""
        del error
        self._asked = None


def _picture(want: _Want, colours: Mapping[str, str]) -> "Picture":
    from pmdesk.ui.charts import sheet  # noqa: PLC0415  # matplotlib takes its time

    figure, width, scale, ratio, _ground = want
    return sheet.picture(figure, colours, width=width, scale=scale, ratio=ratio)
