"""Rates of places with their intervals, the highest first; those to be watched have a word."""

from pmdesk.analytics.figures import NO_DATA, Cell
from pmdesk.i18n import _
from pmdesk.ui.charts.pen import SMALL, Pen

_BELOW = 1.9  # letters between the axis and the legend: its numbers
_CAP = 0.16  # half the height of the end of an interval
_WATCHED = ("warn", "D")
_QUIET = ("accent", "o")
_WATCH = "watch"


def draw(pen: Pen) -> None:
    """A point with its interval for each category on a plain axis from nothing on."""
    rows = _rows(pen)
    longest = max((cell.value or 0.0 for row in rows for cell in row[:3]), default=0.0) or 1.0
    words, share = pen.beside(_words(pen, row, cells) for row, cells in enumerate(rows))
    end = longest / (1 - share)
    pen.scale_to(end)
    for row, cells in enumerate(rows):
        _row(pen, row, longest, cells, words[row])
    numbers = pen.numbers(end, 5)
    pen.axes.set_xticks(numbers, [f"{one:,g}" for one in numbers])
    pen.axes.tick_params(axis="x", labelsize=pen.size(SMALL), labelcolor=pen.theme["muted"])
    pen.axes.grid(axis="x", color=pen.theme["line"], linewidth=0.8)
    pen.axes.set_axisbelow(True)
    gaps = pen.gaps()
    if gaps:
        pen.legend(gaps, below=_BELOW)
        return
    pen.axes.set_xlabel(
        pen.unit, loc="left", size=pen.size(SMALL), color=pen.theme["muted"], labelpad=6
    )


def _rows(pen: Pen) -> list[tuple[Cell, ...]]:
    """Rate, low, high, events and how sure a raised rate is, of each category."""
    told = {one.key: one.cells for one in pen.figure.series}
    first = pen.figure.series[0].cells
    none = (NO_DATA,) * len(pen.figure.categories)
    keys = ("low", "high", "events", "raised")
    return list(zip(told.get("rate", first), *(told.get(key, none) for key in keys), strict=True))


def _row(pen: Pen, row: int, longest: float, cells: tuple[Cell, ...], words: str) -> None:
    rate, low, high, *_others = cells
    pen.mark_line(row, range(len(pen.figure.series) if rate.value is not None else 1))
    if rate.value is None:
        pen.gap(row, 0.0, longest * 0.1, rate)
        pen.why(row, longest * 0.12, rate)
        return
    keys = pen.figure.category_keys
    is_watched = bool(keys) and keys[row] == _WATCH
    colour, mark = _WATCHED if is_watched else _QUIET
    ink, end = pen.theme[colour], rate.value
    if low.value is not None and high.value is not None:
        end = high.value
        pen.axes.plot(
            [low.value, high.value], [row, row], color=ink, linewidth=pen.size(2), zorder=2
        )
        for at in (low.value, high.value):
            pen.axes.plot(
                [at, at], [row - _CAP, row + _CAP], color=ink, linewidth=pen.size(2), zorder=2
            )
    pen.axes.plot(
        *([rate.value], [row]),
        marker=mark,
        markersize=pen.size(7),
        color=ink,
        linestyle="none",
        zorder=3,
    )
    pen.word(row, end + longest * 0.02, words, strong=is_watched)


def _words(pen: Pen, row: int, cells: tuple[Cell, ...]) -> tuple[str, str]:
    """The rate with its sign, and what it is made of; nothing of what is hidden."""
    rate, _low, _high, events, raised = cells
    if rate.value is None:
        return "", ""
    made_of = []
    if events.value is not None:
        made_of.append(_("about {count} homes").format(count=events.text))
    if raised.value is not None:
        made_of.append(_("{share} % sure of > 1.5×").format(share=raised.text))
    sign = pen.figure.remarks[row] if pen.figure.remarks else ""
    return " · ".join(filter(None, (rate.text, sign))), " · ".join(made_of)
