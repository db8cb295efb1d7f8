"""Monochrome SVG icons, tinted from the palette at the moment they are painted."""

from enum import Enum
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

from pmdesk.assets import asset
from pmdesk.ui import theme
from pmdesk.ui.theme import Tone

_Role = QPalette.ColorRole


class Ink(Enum):
    """Which colour of the palette an icon is drawn with."""

    TEXT = _Role.ButtonText
    MUTED = _Role.PlaceholderText
    ACCENT = _Role.Link
    ON_ACCENT = _Role.HighlightedText
    ON_PANEL = _Role.BrightText


def icon(name: str, ink: Ink | Tone = Ink.TEXT) -> QIcon:
    """The icon of that file name; it follows light, dark and disabled by itself."""
    return _made(name, ink, ink)


def nav_icon(name: str) -> QIcon:
    """An icon for the sidebar: muted, and in the accent colour while its page is open."""
    return _made(name, Ink.MUTED, Ink.ACCENT)


def painted(name: str, side: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """The icon as a square picture of `side` logical pixels."""
    picture = QPixmap(QSize(side, side) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _renderer(name, colour.name()).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


# PySide deletes an engine with its Python object even while a QIcon still uses it, which crashes
# at exit; so engines live as long as the program, and there is one for each look.
_ENGINES: list[QIconEngine] = []


class _Tinted(QIconEngine):
    def __init__(self, name: str, ink: Ink | Tone, chosen: Ink | Tone) -> None:
        super().__init__()
        self._name = name
        self._ink = ink
        self._chosen = chosen
        _ENGINES.append(self)

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        _renderer(self._name, self._colour(mode, state).name()).render(painter, QRectF(rect))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    @override
    def clone(self) -> QIconEngine:
        return _Tinted(self._name, self._ink, self._chosen)

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        palette = QGuiApplication.palette()
        if mode is QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, _Role.ButtonText)
        ink = self._chosen if state is QIcon.State.On else self._ink
        return theme.applied().ink(ink) if isinstance(ink, Tone) else palette.color(ink.value)


@cache
def _made(name: str, ink: Ink | Tone, chosen: Ink | Tone) -> QIcon:
    return QIcon(_Tinted(name, ink, chosen))


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = asset(f"icons/{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
