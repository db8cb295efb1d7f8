"""Numbers over time: what came and what is expected, and how much was done in time."""

import math
from collections.abc import Sequence

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from pmdesk.analytics.figures import NO_DATA, Cell, FigureKind, Gap
from pmdesk.i18n import _
from pmdesk.ui.charts.pen import SMALL, Pen

KINDS = frozenset({FigureKind.OUTLOOK, FigureKind.SHARES})
HEIGHT = 3.5  # inches at text size 100 %

_BAR = 0.62
_BELOW = 1.9  # letters between the axis and the legend: the names of the days
_LETTER = 0.62  # of its size that a digit is wide
_HEADROOM = 1.18
_ABOVE = 1.12  # of 100 %: room for a number above it
_LOW = 15.0  # %, below which there is no room under a point
_TALLER = 2.0  # times all else, up to which the roster sets how high the chart reaches
_MANY = 16  # bars from which on they carry no numbers
_WHOLE = 100.0
_PERCENT = (0.0, 25.0, 50.0, 75.0, _WHOLE)
_DASHED, _DOTTED = (0, (3.5, 2)), (0, (1.5, 2))


def outlook(pen: Pen) -> None:
    """Bars of what came, then the line of what is expected within its band, and the roster."""
    past, expected, low, high = (_series(pen, key) for key in ("past", "expected", "low", "high"))
    top = max((cell.value or 0.0 for cell in (*past, *expected, *high)), default=0.0) or 1.0
    roster = _series(pen, "roster")
    able = [cell.value for cell in roster if cell.value is not None]
    is_seen = max(able, default=0.0) <= top * _TALLER  # else it would press all else flat
    top = max(top, *able) if able and is_seen else top
    _upright(pen, top * _HEADROOM)
    ahead = next((at for at, cell in enumerate(expected) if cell != NO_DATA), len(past))
    for at, cell in enumerate(past[:ahead]):
        _bar(pen, at, cell, top)
    _today(pen, ahead, top)
    ink = pen.theme["accent"]
    _band(pen, low, high, ink)
    _line(pen, expected, ink, marker="o")
    if is_seen:
        _line(pen, roster, pen.theme["text"], style=_DASHED, step=True)
    for at in range(ahead, len(expected)):
        if expected[at].gap is Gap.HIDDEN:
            _gap(pen, at, top)
    _mark(pen)
    handles = [
        Patch(facecolor=_grey(pen), label=_label(pen, "past")),
        Line2D([], [], color=ink, marker="o", linewidth=2, label=_label(pen, "expected")),
        Patch(facecolor=ink, alpha=0.22, label=_("80 % band")),
    ]
    if able:
        handles.append(_roster_handle(pen, able, is_seen=is_seen))
    pen.legend([*handles, *_hidden(pen)], below=_BELOW)


def shares(pen: Pen) -> None:
    """The share of each week as a line beside its target; hidden weeks are hatched."""
    share, target = _series(pen, "share"), _series(pen, "target")
    _upright(pen, _WHOLE * _ABOVE, _PERCENT)
    for at, cell in enumerate(share):
        if cell.gap is Gap.HIDDEN:
            _gap(pen, at, _WHOLE / 2)
    _line(pen, target, pen.theme["muted"], style=_DASHED)
    ink = pen.theme["accent"]
    _line(pen, share, ink, marker="o")
    _last_value(pen, share, target)
    for at in range(len(share)):
        pen.mark_column(at, range(len(pen.figure.series)))
    handles = [
        Line2D([], [], color=ink, marker="o", linewidth=2, label=_label(pen, "share")),
        Line2D([], [], color=pen.theme["muted"], linestyle=_DASHED, label=_label(pen, "target")),
    ]
    pen.legend([*handles, *_hidden(pen)], below=_BELOW)


def _mark(pen: Pen) -> None:
    """Each day tells what is known or hidden of it."""
    for at in range(len(pen.figure.categories)):
        cells = [one.cells[at] for one in pen.figure.series]
        known = [place for place, cell in enumerate(cells) if cell != NO_DATA]
        pen.mark_column(at, known or [0])


def _roster_handle(pen: Pen, able: Sequence[float], *, is_seen: bool) -> Line2D:
    """The roster in the legend, with its numbers where its line lies far above the chart."""
    words = _label(pen, "roster")
    if not is_seen:
        low, high = f"{min(able):,.0f}", f"{max(able):,.0f}"
        span = low if low == high else f"{low}–{high}"
        words = _("{roster}: {count} (above this chart)").format(roster=words, count=span)
    ink = pen.theme["text"]
    if not is_seen:
        return Line2D([], [], color=ink, marker="^", linestyle="none", label=words)
    return Line2D([], [], color=ink, linestyle=_DASHED, label=words)


# ---- strokes ---------------------------------------------------------------------------------


def _upright(pen: Pen, top: float, numbers: Sequence[float] = ()) -> None:
    """Time runs from left to right, numbers from bottom to top."""
    axes, names = pen.axes, pen.figure.categories
    axes.set_yticks([])
    axes.set_xlim(-0.6, max(len(names), 1) - 0.4)
    axes.set_ylim(0, top)
    numbers = numbers or pen.numbers(top, 4)
    axes.set_yticks(numbers, [f"{one:,g}" for one in numbers])
    axes.tick_params(axis="y", labelcolor=pen.theme["muted"], labelsize=pen.size(SMALL))
    axes.grid(axis="y", color=pen.theme["line"], linewidth=0.8)
    axes.set_axisbelow(True)
    every = _every(pen, names)
    places = range((len(names) - 1) % every, len(names), every)
    axes.set_xticks(list(places), [names[at] for at in places], size=pen.size(SMALL))


def _every(pen: Pen, names: Sequence[str]) -> int:
    """Each how many names there is room for one."""
    letters = max((len(name) + 1.5 for name in names), default=1.0)
    slot = pen.room * 72 / max(len(names), 1)
    return max(1, math.ceil(letters * SMALL * _LETTER / slot))


def _bar(pen: Pen, at: int, cell: Cell, top: float) -> None:
    if cell.value is None:
        if cell.gap is Gap.HIDDEN:
            _gap(pen, at, top)
        return
    pen.axes.bar(at, cell.value, width=_BAR, color=_grey(pen), linewidth=0, zorder=2)
    if len(pen.figure.categories) <= _MANY * 2 and cell.value:
        pen.axes.text(
            *(at, cell.value + top * 0.015, f"{cell.value:.0f}"),
            ha="center",
            va="bottom",
            size=pen.size(SMALL - 1),
            color=pen.theme["muted"],
        )


def _gap(pen: Pen, at: int, top: float) -> None:
    """A hatched box whose height says nothing."""
    pen.axes.bar(
        at,
        top * 0.4,
        width=_BAR,
        color=pen.theme["base"],
        hatch="////",
        edgecolor=pen.theme["muted"],
        linewidth=0.8,
        zorder=2,
    )


def _line(
    pen: Pen,
    cells: Sequence[Cell],
    ink: str,
    *,
    marker: str = "",
    style: object = "-",
    step: bool = False,
) -> None:
    """A line through the known numbers, with gaps where there are none."""
    values = [math.nan if cell.value is None else cell.value for cell in cells]
    pen.axes.plot(
        range(len(values)),
        values,
        color=ink,
        linewidth=pen.size(2 if marker else 1.6),
        marker=marker or None,
        markersize=pen.size(5),
        linestyle=style,
        drawstyle="steps-mid" if step else "default",
        zorder=4,
    )


def _band(pen: Pen, low: Sequence[Cell], high: Sequence[Cell], ink: str) -> None:
    known = [
        (at, bottom.value, top.value)
        for at, (bottom, top) in enumerate(zip(low, high, strict=True))
        if bottom.value is not None and top.value is not None
    ]
    if known:
        places, bottoms, tops = zip(*known, strict=True)
        pen.axes.fill_between(places, bottoms, tops, color=ink, alpha=0.22, linewidth=0, zorder=3)
        for ends in (bottoms, tops):  # soft colours alone are hard to see
            pen.axes.plot(places, ends, color=ink, linewidth=pen.size(0.8), zorder=3)


def _today(pen: Pen, ahead: int, top: float) -> None:
    """A line before the first day that is still to come."""
    if not 0 < ahead < len(pen.figure.categories):
        return
    pen.axes.axvline(ahead - 0.5, color=pen.theme["muted"], linewidth=1, linestyle=_DOTTED)
    pen.axes.text(
        *(ahead - 0.42, top * _HEADROOM * 0.985, _("from today")),
        ha="left",
        va="top",
        size=pen.size(SMALL),
        color=pen.theme["muted"],
    )


def _last_value(pen: Pen, cells: Sequence[Cell], target: Sequence[Cell]) -> None:
    """The newest number, on the side of its point where the line of the target is not."""
    known = [(at, cell.value) for at, cell in enumerate(cells) if cell.value is not None]
    if not known:
        return
    at, value = known[-1]
    is_below = _LOW < value < (target[at].value or _WHOLE / 2)
    pen.axes.annotate(
        _("{share} %").format(share=f"{value:.0f}"),
        (at, value),
        xytext=(0, -8 if is_below else 7),
        textcoords="offset points",
        ha="right",
        va="top" if is_below else "bottom",
        size=pen.size(SMALL),
        color=pen.theme["text"],
        bbox={"facecolor": pen.theme["base"], "edgecolor": "none", "pad": 1.0},
        zorder=5,
    )


def _series(pen: Pen, key: str) -> tuple[Cell, ...]:
    none = (NO_DATA,) * len(pen.figure.categories)
    return next((one.cells for one in pen.figure.series if one.key == key), none)


def _label(pen: Pen, key: str) -> str:
    return next((one.label for one in pen.figure.series if one.key == key), "")


def _hidden(pen: Pen) -> list[Patch]:
    """What the hatching means; days without a number need no word."""
    return [one for one in pen.gaps() if one.get_hatch() == "////"]


def _grey(pen: Pen) -> str:
    return pen.theme["neutral"]
