"""A card on one sheet for files and paper: question, answer, every chart, and where it is from."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas

from pmdesk.analytics.figures import Figure
from pmdesk.ui.charts import draw
from pmdesk.ui.charts.marks import Mark
from pmdesk.ui.charts.pen import TEXT

_HEADING = 11  # points at text size 100 %
_SMALL = 8.5
_GAP = 0.42  # inches above each chart, for its title
_DOTS = 200

# matplotlib keeps fonts and settings in common: one drawing at a time
_AT_WORK = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on it; `lines` are remarks, and from when and of what the numbers are."""

    title: str
    answer: str
    figures: tuple[Figure, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Pixels, four bytes each, from the top left to the bottom right, and where numbers stand."""

    pixels: bytes
    width: int
    height: int
    marks: tuple[Mark, ...] = ()


def picture(
    figure: Figure, theme: Mapping[str, str], *, width: int, scale: float, ratio: float
) -> Picture:
    """One chart without title, so many pixels wide on a screen with that many dots in a pixel."""
    with _AT_WORK:
        wide = width / draw.DOTS
        high = draw.height(figure, scale, titled=False, wide=wide)
        canvas = Canvas(figsize=(wide, high), dpi=draw.DOTS * ratio)
        made = FigureCanvasAgg(canvas)
        pen = draw.draw(canvas, figure, theme, titled=False, scale=scale)
        made.draw()  # type: ignore[no-untyped-call]  # matplotlib's
        pixels = bytes(made.buffer_rgba())  # type: ignore[no-untyped-call]  # matplotlib's
        across, down = made.get_width_height(physical=True)
        found = Picture(pixels=pixels, width=across, height=down, marks=draw.marks(pen))
        _forget(canvas)
        return found


def save(sheet: Sheet, theme: Mapping[str, str], path: Path) -> None:
    """The sheet is at `path`, as PNG, SVG or PDF by its ending."""
    with _AT_WORK:
        canvas = drawn(sheet, theme)
        canvas.savefig(path, dpi=_DOTS, facecolor=theme["base"])
        _forget(canvas)


def png(sheet: Sheet, theme: Mapping[str, str]) -> bytes:
    """The sheet as a picture."""
    made = BytesIO()
    with _AT_WORK:
        canvas = drawn(sheet, theme)
        canvas.savefig(made, format="png", dpi=_DOTS, facecolor=theme["base"])
        _forget(canvas)
    return made.getvalue()


def drawn(sheet: Sheet, theme: Mapping[str, str]) -> Canvas:
    """The sheet as a drawing, charts one below the other."""
    draw.prepare()
    several = len(sheet.figures) > 1
    heights = [draw.height(one, titled=False) + (_GAP if several else 0.0) for one in sheet.figures]
    above, below = _room(sheet), _foot(sheet)
    canvas = Canvas(figsize=(draw.WIDTH, sum(heights) + above + below), dpi=draw.DOTS)
    canvas.set_facecolor(theme["base"])
    head = ((sheet.title, draw.TITLE, "text"), (sheet.answer, TEXT, "muted"))
    top = draw.written(canvas, head, theme, 1.0)
    _write_lines(canvas, sheet.lines, theme)
    canvas.set_layout_engine(draw.layout(canvas, top, below, between=0.06))
    if not sheet.figures:
        return canvas
    grid = canvas.add_gridspec(len(heights), 1, height_ratios=heights)
    for place, figure in enumerate(sheet.figures):
        axes = canvas.add_subplot(grid[place])
        draw.paint(axes, figure, theme, scale=1.0, wide=draw.WIDTH - 2 * draw.EDGE)
        if several:
            axes.set_title(figure.title, loc="left", size=_HEADING, color=theme["text"], pad=10)
    return canvas


def _forget(canvas: Canvas) -> None:
    """Nothing of a drawing is left to the collector of garbage, which would hold up the window.

    Its thousands of parts point at each other; without what they know they go one by one, here.
    """
    for part in canvas.findobj():
        vars(part).clear()


def _room(sheet: Sheet) -> float:
    """Inches of question and answer."""
    letters = (draw.WIDTH - 2 * draw.EDGE) * 72
    lines = len(draw.wrapped(sheet.title, letters / draw.TITLE)) * draw.TITLE
    lines += len(draw.wrapped(sheet.answer, letters / TEXT)) * TEXT
    return lines * draw.LINE / 72 + 2 * draw.EDGE


def _foot(sheet: Sheet) -> float:
    """Inches of the remarks."""
    return len(_wrapped(sheet.lines)) * _SMALL * draw.LINE / 72


def _wrapped(lines: Sequence[str]) -> list[str]:
    room = (draw.WIDTH - 2 * draw.EDGE) * 72 / _SMALL
    return [part for line in lines for part in draw.wrapped(line, room)]


def _write_lines(canvas: Canvas, lines: Sequence[str], theme: Mapping[str, str]) -> None:
    """The remarks, the last of them at the bottom."""
    wide, high = canvas.get_size_inches()
    for place, line in enumerate(reversed(_wrapped(lines))):
        up = draw.EDGE + place * _SMALL * draw.LINE / 72
        canvas.text(
            *(draw.EDGE / wide, up / high, line),
            va="bottom",
            size=_SMALL,
            color=theme["muted"],
        )
