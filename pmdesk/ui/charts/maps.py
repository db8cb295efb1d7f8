"""Numbers as a map of tiles: days by hours, and from which tier to which."""

import math

from matplotlib.patches import Patch

from pmdesk.i18n import _
from pmdesk.ui.charts import palette
from pmdesk.ui.charts.pen import SMALL, Pen

HANDLES = ("0", *("100–199",) * 5, "hidden to protect people")  # names as long as they usually get
_STEPS = 6
_LETTER = 0.62  # of its size that a digit is wide
_THOUSAND = 1000
_NAME = 5  # letters of an hour's name


def heat(pen: Pen) -> None:
    """A tile for each hour of each day: nothing is plain, few is hatched, many is dark."""
    figure = pen.figure
    cells = [cell for series in figure.series for cell in series.cells]
    most = max((cell.value or 0.0 for cell in cells), default=0.0)
    across = pen.room / max(len(figure.series), 1)
    digits = int(across * 72 / (SMALL * _LETTER) - 0.5)
    _hours(pen, across)
    for column, series in enumerate(figure.series):
        for row, cell in enumerate(series.cells):
            share = (cell.value or 0.0) / most if most else 0.0
            pen.tile(row, column, cell, share, _short(cell.value or 0.0, digits))
    pen.legend([*_steps(pen, most), *pen.gaps()], most=len(HANDLES))


def matrix(pen: Pen) -> None:
    """From the tier of the line to that of the column; those who stayed are pale."""
    figure = pen.figure
    moved = [
        cell.value or 0.0
        for column, series in enumerate(figure.series)
        for row, cell in enumerate(series.cells)
        if row != column
    ]
    most = max(moved, default=0.0)
    pen.columns([_("now: {tier}").format(tier=series.label) for series in figure.series])
    for column, series in enumerate(figure.series):
        for row, cell in enumerate(series.cells):
            share = 0.0 if row == column or not most else (cell.value or 0.0) / most
            pen.tile(row, column, cell, share, cell.text)
    pen.unit_below()


def _hours(pen: Pen, across: float) -> None:
    """The names of the hours, as many as there is room for."""
    names = [series.label for series in pen.figure.series]
    pen.scale_to(len(names))
    every = max(1, -(-int(_NAME * SMALL * _LETTER + SMALL) // max(int(across * 72), 1)))
    places = range(0, len(names), every)
    pen.axes.set_xticks(
        [place + 0.5 for place in places],
        [names[place] for place in places],
        size=pen.size(SMALL),
    )
    pen.axes.xaxis.tick_top()


def _short(value: float, digits: int) -> str:
    """The number in so many digits; nothing for nothing."""
    if not value:
        return ""
    text = f"{value:.0f}"
    if len(text) <= digits:
        return text
    if value < _THOUSAND:
        return ""
    thousands = value / _THOUSAND
    return _("{count}k").format(count=f"{thousands:.0f}" if digits < _NAME else f"{thousands:.1f}")


def _steps(pen: Pen, most: float) -> list[Patch]:
    """What each shade stands for; shades that no whole number has are left out."""
    width = most / (_STEPS - 1)
    handles = [_shade(pen, 0.0, "0")]
    for step in range(1, _STEPS):
        low = max(math.ceil(width * (step - 1)), 1)
        high = int(most) if step == _STEPS - 1 else math.ceil(width * step) - 1
        if low <= high:
            words = f"{low:,}" if low == high else f"{low:,}–{high:,}"
            handles.append(_shade(pen, (step - 0.5) / (_STEPS - 1), words))
    return handles


def _shade(pen: Pen, share: float, words: str) -> Patch:
    colour = palette.shade(pen.theme, share, _STEPS)
    return Patch(facecolor=colour, edgecolor=pen.theme["edge"], linewidth=0.6, label=words)
