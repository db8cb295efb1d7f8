"""Colours by meaning and text size, as palette, style sheet and a value for whatever paints."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from pmdesk.assets import asset

SMALLEST, LARGEST, STEP = 0.9, 2.0, 0.1
_BASE = 14 / 96  # inches: 14 px at the customary 96 dots per inch
_SIZES = {"small": 0.93, "body": 1.0, "heading": 1.14, "title": 1.57, "figure": 1.86}
_LENGTH = re.compile(r"@(\d+)\b")
_TOKEN = re.compile(r"@([a-z_]+\d?)")

_Group = QPalette.ColorGroup
_Role = QPalette.ColorRole
_ROLES: Mapping[QPalette.ColorRole, str] = {
    _Role.Window: "window",
    _Role.WindowText: "text",
    _Role.Base: "base",
    _Role.AlternateBase: "hover",
    _Role.ToolTipBase: "base",
    _Role.ToolTipText: "text",
    _Role.PlaceholderText: "muted",
    _Role.Text: "text",
    _Role.Button: "base",
    _Role.ButtonText: "text",
    _Role.BrightText: "on_panel",
    _Role.Light: "base",
    _Role.Midlight: "hover",
    _Role.Mid: "line",
    _Role.Dark: "edge",
    _Role.Shadow: "edge",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "on_accent",
    _Role.Link: "accent_text",
    _Role.LinkVisited: "accent_text",
    _Role.Accent: "accent",
}
_DISABLED = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText)


class Scheme(StrEnum):
    """Light or dark."""

    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """What a state says by colour; beside it always stand an icon and a word."""

    NEUTRAL = "neutral"
    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    PROBLEM = "problem"
    PLUM = "plum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours by name and the text size; `theme.colour("muted")`."""

    scheme: Scheme
    scale: float
    colours: Mapping[str, str]

    def colour(self, name: str) -> QColor:
        """The colour of a token of `themes/*.toml`."""
        return QColor(self.colours[name])

    def ink(self, tone: Tone) -> QColor:
        """The colour of a tone's word and icon."""
        return self.colour(tone.value)

    def ground(self, tone: Tone) -> QColor:
        """The soft colour behind a tone's word."""
        return self.colour(f"{tone.value}_soft")

    @property
    def series(self) -> tuple[str, ...]:
        """The colours of chart series, in order of use."""
        return tuple(v for k, v in self.colours.items() if k.startswith("chart_"))


class _Applied:
    theme: Theme | None = None


def loaded(scheme: Scheme, scale: float = 1.0) -> Theme:
    """The theme of a scheme, its text size kept within what the layouts can carry."""
    colours = tomllib.loads(asset(f"themes/{scheme.value}.toml").read_text(encoding="utf-8"))
    return Theme(scheme=scheme, scale=min(max(scale, SMALLEST), LARGEST), colours=colours)


def apply(theme: Theme, app: QApplication) -> None:
    """Every widget, open or to come, shows the theme's colours and text size."""
    announce(theme)
    font = QFont(app.font())
    font.setPointSizeF(_points(theme))
    app.setPalette(palette(theme))
    app.setStyleSheet("")  # else Qt styles each widget once more for each that it lies in
    app.setFont(font)
    app.setStyleSheet(style_sheet(theme))


def announce(theme: Theme) -> None:
    """What paints or is built from now on asks for this theme; the widgets there are follow."""
    _Applied.theme = theme


def applied() -> Theme:
    """The theme that the program shows, for what paints by itself: delegates and charts."""
    if _Applied.theme is None:
        _Applied.theme = loaded(Scheme.LIGHT)
    return _Applied.theme


def system_scheme() -> Scheme:
    """What the desktop asks for."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return Scheme.DARK if dark else Scheme.LIGHT


def palette(theme: Theme) -> QPalette:
    """A palette with every role set: derived roles do not survive `setPalette`."""
    made = QPalette()
    for role, name in _ROLES.items():
        for group in (_Group.Active, _Group.Inactive, _Group.Disabled):
            made.setColor(group, role, theme.colour(name))
    for role in _DISABLED:
        made.setColor(_Group.Disabled, role, theme.colour("disabled"))
    made.setColor(_Group.Disabled, _Role.Highlight, theme.colour("edge"))
    return made


def style_sheet(theme: Theme) -> str:
    """`pmdesk.qss` with its tokens and lengths filled in."""
    source = asset("themes/pmdesk.qss").read_text(encoding="utf-8")
    points = _points(theme)
    values = {
        **theme.colours,
        **{name: f"{points * factor:.2f}pt" for name, factor in _SIZES.items()},
        "scheme": theme.scheme.value,
        "images": asset("themes/images").as_posix(),
    }
    source = _LENGTH.sub(lambda found: f"{length(int(found[1]), theme)}px", source)
    return _TOKEN.sub(lambda found: values[found[1]], source)


def length(pixels: int, theme: Theme | None = None) -> int:
    """A distance that grows with the text size."""
    return max(1, round(pixels * (theme or applied()).scale))


def look(widget: QWidget, **properties: str) -> None:
    """The style sheet now sees the widget with these properties, such as `tone="good"`."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _points(theme: Theme) -> float:
    dots = QGuiApplication.primaryScreen().logicalDotsPerInchY()
    return _BASE * 72 * theme.scale * max(1.0, 96 / dots)  # macOS counts 72 dots per inch
