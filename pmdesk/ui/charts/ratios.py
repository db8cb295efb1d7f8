"""Ratios with their intervals on a logarithmic axis; lines stand for a limit and no difference."""

from collections.abc import Mapping

from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from pmdesk.analytics.figures import ENDS, GAPS, NO_DATA, Cell
from pmdesk.i18n import _
from pmdesk.ui.charts.pen import SMALL, Pen

REVIEW = 0.8  # below it people have to look
_TICKS = (0.1, 0.25, 0.5, 0.8, 1.0, 1.5, 2.5, 5.0, 10.0)
_USUAL = (0.5, 1.5)  # what the axis holds at least
_WIDEST = (0.08, 12.5)
_ROOM = 1.08  # beside the outermost end
_APART = 0.025  # of the axis, between an interval and its words
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
    low, high = _limits(pen)
    rows = _rows(pen)
    words, share = pen.beside(_words(pen, row, cells[0]) for row, cells in enumerate(rows))
    axes.set_xlim(low, low * (high / low) ** (1 / (1 - share)))
    axes.axvline(1, color=pen.theme["muted"], linewidth=pen.size(1.2), zorder=1)
    limit = pen.figure.limit or (REVIEW if pen.figure.remarks else None)  # where they are judged
    if limit is not None:
        axes.axvline(
            limit,
            color=pen.theme["muted"],
            linewidth=pen.size(1.2),
            linestyle=(0, (4, 3)),
            zorder=1,
        )
    for row, cells in enumerate(rows):
        _row(pen, row, cells, words[row])
    _ticks(pen, high)
    axes.set_xlabel(
        pen.unit, loc="left", size=pen.size(SMALL), color=pen.theme["muted"], labelpad=6
    )


def _rows(pen: Pen) -> list[tuple[Cell, ...]]:
    """Ratio, low and high of each category; a figure without ends has points alone."""
    told = {one.key: one.cells for one in pen.figure.series}
    first = pen.figure.series[0].cells
    none = (NO_DATA,) * len(pen.figure.categories)
    return list(zip(first, *(told.get(key, none) for key in ENDS), strict=True))


def _limits(pen: Pen) -> tuple[float, float]:
    """The axis holds everything, from 0.5 to 1.5 at least, and ends somewhere."""
    told = [cell.value for cells in _rows(pen) for cell in cells if cell.value]
    low, high = min([_USUAL[0], *told]) / _ROOM, max([_USUAL[1], *told]) * _ROOM
    return max(low, _WIDEST[0]), min(high, _WIDEST[1])


def _row(pen: Pen, row: int, cells: tuple[Cell, ...], words: str) -> None:
    ratio, low, high = cells
    pen.mark_line(row, range(len(pen.figure.series) if ratio.value is not None else 1))
    if ratio.value is None:
        pen.gap(row, 1.0, 0.25, ratio)
        pen.word(row, 1.3, words)
        return
    key = pen.figure.category_keys[row] if pen.figure.category_keys else ""
    colour, mark = _MARKS.get(key, _PLAIN)
    ink = pen.theme[colour]
    end = ratio.value
    if low.value and high.value:
        end = high.value
        pen.axes.plot(
            [low.value, high.value], [row, row], color=ink, linewidth=pen.size(2), zorder=2
        )
        for at in (low.value, high.value):
            pen.axes.plot(
                [at, at], [row - _CAP, row + _CAP], color=ink, linewidth=pen.size(2), zorder=2
            )
    pen.axes.plot(
        *([max(ratio.value, _WIDEST[0])], [row]),
        marker=mark,
        markersize=pen.size(7),
        color=ink,
        markeredgecolor=ink,
        linestyle="none",
        zorder=3,
    )
    left, right = pen.axes.get_xlim()
    pen.word(row, max(end, _WIDEST[0]) * (right / left) ** _APART, words, strong=True, clear=True)


def _words(pen: Pen, row: int, ratio: Cell) -> tuple[str, str]:
    """The ratio with its verdict, and how many people or events it is of."""
    told = ratio.text if ratio.gap is None else _(GAPS[ratio.gap])
    verdict = pen.figure.remarks[row] if pen.figure.remarks else ""
    made_of = ""
    for one in pen.figure.series:
        count = one.cells[row]
        if one.key == "people" and count.value is not None:
            made_of = _("of {count} people").format(count=count.text)
        if one.key == "events" and count.value is not None:
            made_of = _("about {count} homes").format(count=count.text)
    return " · ".join(filter(None, (told, verdict))), made_of


def _ticks(pen: Pen, high: float) -> None:
    """Numbers below the points, none below the words."""
    low, _end = pen.axes.get_xlim()
    shown = [tick for tick in _TICKS if low <= tick <= high]
    pen.axes.xaxis.set_major_locator(FixedLocator(shown))
    pen.axes.xaxis.set_major_formatter(FixedFormatter([f"{tick:g}" for tick in shown]))
    pen.axes.xaxis.set_minor_locator(NullLocator())
    for name in pen.axes.get_xticklabels():
        name.set_fontsize(pen.size(SMALL))
        name.set_color(pen.theme["muted"])
