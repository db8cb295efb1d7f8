"""Ratios with their intervals on a logarithmic axis, beside the band that calls for no review."""

from collections.abc import Mapping

from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from pmdesk.analytics.figures import NO_DATA, Cell
from pmdesk.ui.charts.pen import SMALL, Pen

BAND = (0.8, 1.25)
_TICKS = (0.1, 0.25, 0.5, 0.8, 1.0, 1.25, 2.0, 4.0, 10.0)
_WIDEST = (0.08, 12.5)
_ROOM = 1.12  # beside the outermost end
_CAP = 0.16  # half the height of the end of an interval

# the token and the mark by the verdict, so that none is told by colour alone
_MARKS: Mapping[str, tuple[str, str]] = {
    "review": ("problem", "D"),
    "watch": ("warn", "s"),
    "clear": ("good", "o"),
    "too_few": ("muted", "x"),
}
_PLAIN = ("accent", "o")


def draw(pen: Pen) -> None:
    """A point and its interval for each category; 1 is no difference."""
    axes = pen.axes
    axes.set_xscale("log")
    axes.set_xlim(*_limits(pen))
    axes.axvspan(*BAND, color=pen.theme["hover"], linewidth=0, zorder=0)
    axes.axvline(1, color=pen.theme["edge"], linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    for row, cells in enumerate(_rows(pen)):
        _row(pen, row, *cells)
    _ticks(pen)
    axes.set_xlabel(
        pen.figure.unit, loc="left", size=pen.size(SMALL), color=pen.theme["muted"], labelpad=6
    )


def _rows(pen: Pen) -> list[tuple[Cell, ...]]:
    """Ratio, low and high of each category; a figure without ends has points alone."""
    told = [series.cells for series in pen.figure.series]
    none = (NO_DATA,) * len(pen.figure.categories)
    return list(zip(*[*told, none, none][:3], strict=True))


def _limits(pen: Pen) -> tuple[float, float]:
    """The axis holds everything, from a half to double at least, and ends somewhere."""
    told = [cell.value for cells in _rows(pen) for cell in cells if cell.value]
    low, high = min([0.5, *told]) / _ROOM, max([2.0, *told]) * _ROOM
    return max(low, _WIDEST[0]), min(high, _WIDEST[1])


def _row(pen: Pen, row: int, ratio: Cell, low: Cell, high: Cell) -> None:
    if ratio.value is None:
        pen.gap(row, 1.0, BAND[1] - 1.0, ratio)
        pen.word(row, BAND[1] * 1.04, ratio.text)
        return
    key = pen.figure.category_keys[row] if pen.figure.category_keys else ""
    colour, mark = _MARKS.get(key, _PLAIN)
    ink = pen.theme[colour]
    end = ratio.value
    if low.value and high.value:
        end = high.value
        pen.axes.plot([low.value, high.value], [row, row], color=ink, linewidth=2, zorder=2)
        for at in (low.value, high.value):
            pen.axes.plot([at, at], [row - _CAP, row + _CAP], color=ink, linewidth=2, zorder=2)
    pen.axes.plot(
        *([max(ratio.value, _WIDEST[0])], [row]),
        marker=mark,
        markersize=7,
        color=ink,
        markeredgecolor=ink,
        linestyle="none",
        zorder=3,
    )
    pen.word(row, max(end, _WIDEST[0]) * 1.04, ratio.text, strong=True)


def _ticks(pen: Pen) -> None:
    low, high = pen.axes.get_xlim()
    shown = [tick for tick in _TICKS if low <= tick <= high]
    pen.axes.xaxis.set_major_locator(FixedLocator(shown))
    pen.axes.xaxis.set_major_formatter(FixedFormatter([f"{tick:g}" for tick in shown]))
    pen.axes.xaxis.set_minor_locator(NullLocator())
    for name in pen.axes.get_xticklabels():
        name.set_fontsize(pen.size(SMALL))
        name.set_color(pen.theme["muted"])
