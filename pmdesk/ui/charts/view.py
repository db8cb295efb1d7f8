"""A chart that is drawn beside the window: the old picture stays until the new one is ready."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from pmdesk.analytics.figures import Figure
from pmdesk.errors import PmdeskError
from pmdesk.ui import theme
from pmdesk.ui.charts.bubble import Bubble
from pmdesk.ui.charts.marks import Mark, stepped, tip
from pmdesk.ui.charts.spoken import spoken
from pmdesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from pmdesk.ui.charts.sheet import Picture

_NARROWEST = 320
_SLACK = 8  # pixels of width that are not worth drawing anew
_FIRST = 300  # pixels high before the first picture is there
_EDGE, _ROUND = 2, 4  # of the frame around what is pointed at

_STEPS: Mapping[int, str] = {
    Qt.Key.Key_Right: "next",
    Qt.Key.Key_Left: "before",
    Qt.Key.Key_Down: "below",
    Qt.Key.Key_Up: "above",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
}

_Want = tuple[Figure, int, float, float, str]  # figure, width, text size, dots, colours


class ChartView(QWidget):
    """Shows one figure without title; it is drawn when it is first seen, and read out at once.

    What the mouse points at, or the arrow keys walk to, is told in a tip.
    """

    def __init__(self, figure: Figure, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._figure = figure
        self._image = QImage()
        self._drawn: _Want | None = None  # what the picture shows
        self._asked: _Want | None = None  # what is being drawn
        self._marks: tuple[Mark, ...] = ()
        self._mark: Mark | None = None  # what the tip is about
        self._bubble: Bubble | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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
        self.point_at(None)
        self.update()

    def redraw(self) -> None:
        """The picture has the present colours and text size."""
        self.update()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What can be pointed at in the picture, line by line."""
        return self._marks if self._drawn is not None and self._drawn[0] == self._figure else ()

    def point_at(self, mark: Mark | None, at: QPoint | None = None) -> None:
        """The tip tells of this mark, at `at` or in its middle; it is read out in its place."""
        self._mark = mark
        told = None if mark is None else tip(self._figure, mark.category, mark.series)
        self.setAccessibleDescription(spoken(self._figure) if told is None else told.words)
        if mark is not None and told is not None:
            if self._bubble is None:
                self._bubble = Bubble(self)
            area = self._area(mark)
            if at is None:
                self._bubble.reveal(area)
            self._bubble.show_tip(told, area, at or area.center())
        elif self._bubble is not None:
            self._bubble.hide()
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        found = next((one for one in self.marks if self._area(one).contains(at)), None)
        if found is None or found != self._mark:
            self.point_at(found, at)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_at(None)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_at(None)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.point_at(None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._mark is not None:
            self.point_at(None)
            return
        found = stepped(self.marks, self._mark, _STEPS.get(event.key(), ""))
        if found is None:
            super().keyPressEvent(event)
            return
        self.point_at(found)

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
            self._frame(painter)
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

    def _frame(self, painter: QPainter) -> None:
        """A frame around what the tip tells of, or around all that the keys can walk."""
        if self._mark is None and not self.hasFocus():
            return
        area = self.rect() if self._mark is None else self._area(self._mark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.applied().colours["accent"]), theme.length(_EDGE)))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), _ROUND, _ROUND)

    def _area(self, mark: Mark) -> QRect:
        """Where the mark is, in pixels of the widget."""
        wide = self.width()
        high = self._image.height() * wide / max(self._image.width(), 1)
        area = QRectF(0, 0, 0, 0)
        area.setCoords(mark.left * wide, mark.top * high, mark.right * wide, mark.bottom * high)
        return area.toAlignedRect()

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
        self._marks = made.marks
        self.point_at(None)
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
