"""Rates of places with their intervals, the highest first; those to be watched have a word."""

from pmdesk.analytics.figures import NO_DATA, Cell
from pmdesk.i18n import _
from pmdesk.ui.charts.pen import SMALL, Pen

_ROOM = 1.32  # beside the outermost end, for the words
_BELOW = 1.9  # letters between the axis and the legend: its numbers
_CAP = 0.16  # half the height of the end of an interval
_WATCHED = ("warn", "D")
_QUIET = ("accent", "o")
_WATCH = "watch"


def draw(pen: Pen) -> None:
    """A point with its interval for each category on a plain axis from nothing on."""
    rows = _rows(pen)
    longest = max((cell.value or 0.0 for row in rows for cell in row[:3]), default=0.0) or 1.0
    pen.scale_to(longest * _ROOM)
    for row, cells in enumerate(rows):
        _row(pen, row, longest, cells)
    numbers = pen.numbers(longest * _ROOM, 5)
    pen.axes.set_xticks(numbers, [f"{one:,g}" for one in numbers])
    pen.axes.tick_params(axis="x", labelsize=pen.size(SMALL), labelcolor=pen.theme["muted"])
    pen.axes.grid(axis="x", color=pen.theme["line"], linewidth=0.8)
    pen.axes.set_axisbelow(True)
    gaps = pen.gaps()
    if gaps:
        pen.legend(gaps, below=_BELOW)
        return
    pen.axes.set_xlabel(
        pen.figure.unit, loc="left", size=pen.size(SMALL), color=pen.theme["muted"], labelpad=6
    )


def _rows(pen: Pen) -> list[tuple[Cell, ...]]:
    """Rate, low, high and events of each category."""
    told = {one.key: one.cells for one in pen.figure.series}
    first = pen.figure.series[0].cells
    none = (NO_DATA,) * len(pen.figure.categories)
    keys = ("low", "high", "events")
    return list(zip(told.get("rate", first), *(told.get(key, none) for key in keys), strict=True))


def _row(pen: Pen, row: int, longest: float, cells: tuple[Cell, ...]) -> None:
    rate, low, high, events = cells
    if rate.value is None:
        pen.gap(row, 0.0, longest * 0.1, rate)
        pen.word(row, longest * 0.12, rate.text)
        return
    keys = pen.figure.category_keys
    is_watched = bool(keys) and keys[row] == _WATCH
    colour, mark = _WATCHED if is_watched else _QUIET
    ink, end = pen.theme[colour], rate.value
    if low.value is not None and high.value is not None:
        end = high.value
        pen.axes.plot([low.value, high.value], [row, row], color=ink, linewidth=2, zorder=2)
        for at in (low.value, high.value):
            pen.axes.plot([at, at], [row - _CAP, row + _CAP], color=ink, linewidth=2, zorder=2)
    pen.axes.plot(
        *([rate.value], [row]), marker=mark, markersize=7, color=ink, linestyle="none", zorder=3
    )
    words = [rate.text]
    if events.value is not None:
        words.append(_("n = {count}").format(count=events.text))
    if is_watched:
        words.append(_("watch"))
    pen.word(row, end + longest * 0.02, " · ".join(words), strong=is_watched)
