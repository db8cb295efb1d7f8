"""Draws a figure of `analytics` with matplotlib; knows no window, so charts also go to files."""

import functools
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.layout_engine import ConstrainedLayoutEngine

from pmdesk.analytics.figures import ENDS, Cell, Figure, FigureKind
from pmdesk.assets import asset
from pmdesk.i18n import language
from pmdesk.ui.charts import maps, palette, ranked, ratios, times
from pmdesk.ui.charts.marks import Mark
from pmdesk.ui.charts.pen import (
    TEXT,
    Pen,
    Theme,
    across,
    legend_labels,
    letters_in,
    letters_of,
    room_beside,
    unit_lines,
)

WIDTH = 7.2  # inches, at 100 dots each
DOTS = 100
TITLE = 13  # points at text size 100 %

_FAMILIES = (  # as the window writes, so that charts do not look pasted in
    *("Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC"),
    *("Noto Sans SC", "WenQuanYi Micro Hei"),
)
_ALWAYS = "DejaVu Sans"  # comes with matplotlib
EDGE = 0.14  # inches around everything
LINE = 1.55  # line height
_QUOTES = str.maketrans("“”‘’", "\"\"''")  # the fonts set these as wide as a Chinese character
_NARROW = 0.52  # how wide a Latin letter is beside a Chinese one
# what stays together: a word or a letter, with the marks before and behind it
_PARTS = re.compile(r"[“‘（《]*(?:[!-~]+|[^\s])[，。；：、！？）》”’%]*\s*")
_WHOLE = 100.0
_TURNED = frozenset({FigureKind.HEAT, FigureKind.MATRIX})  # their series are the lines


def drawn(figure: Figure, theme: Theme, *, titled: bool = True, scale: float = 1.0) -> Canvas:
    """The figure on a canvas of its own, in the colours of the theme."""
    canvas = Canvas(figsize=(WIDTH * scale, height(figure, scale, titled=titled)), dpi=DOTS)
    draw(canvas, figure, theme, titled=titled, scale=scale)
    return canvas


def draw(
    canvas: Canvas, figure: Figure, theme: Theme, *, titled: bool = True, scale: float = 1.0
) -> Pen:
    """The canvas shows this figure and nothing else, text `scale` times as large as usual."""
    prepare()
    canvas.clear()
    canvas.set_facecolor(theme["base"])
    lines = ((figure.title, TITLE, "text"), (figure.answer, TEXT, "muted"))
    top = written(canvas, lines, theme, scale) if titled else 0.0
    canvas.set_layout_engine(layout(canvas, top))
    wide = float(canvas.get_size_inches()[0]) - 2 * EDGE
    return paint(canvas.add_subplot(), figure, theme, scale=scale, wide=wide)


def paint(axes: Axes, figure: Figure, theme: Theme, *, scale: float, wide: float) -> Pen:
    """The axes, so many inches wide, show this figure."""
    if figure.kind in _TURNED and not figure.is_empty:
        figure = figure.turned()
    pen = Pen(axes, figure, theme, scale, room_beside(figure, wide, scale))
    if figure.is_empty:
        pen.say(figure.answer)
    else:
        _DRAWN[figure.kind](pen)
    return pen


def marks(pen: Pen) -> tuple[Mark, ...]:
    """Where the numbers stand, line by line, once the canvas is rendered."""
    page = pen.axes.figure.get_figure(root=True).bbox
    found = []
    for row, places, (left, right, top, bottom) in pen.marks:
        ends = pen.axes.transData.transform([(left, top), (right, bottom)])
        (x0, y0), (x1, y1) = ends / (page.width, page.height)
        turned = pen.figure.kind in _TURNED
        found.append(
            Mark(
                category=places[0] if turned else row,
                series=(row,) if turned else places,
                left=max(float(x0), 0.0),
                top=max(1 - float(y0), 0.0),
                right=min(float(x1), 1.0),
                bottom=min(1 - float(y1), 1.0),
            )
        )
    return tuple(sorted(found, key=lambda one: (round(one.top, 3), one.left)))


def save(figure: Figure, theme: Theme, path: Path) -> None:
    """The figure with title and answer is at `path`, as PNG or SVG by its ending."""
    drawn(figure, theme).savefig(path, dpi=200, facecolor=theme["base"])


def height(
    figure: Figure, scale: float = 1.0, *, titled: bool = True, wide: float | None = None
) -> float:
    """The inches that the figure needs to be read with ease at that width."""
    if figure.kind in _TURNED and not figure.is_empty:
        figure = figure.turned()
    rows = max(len(figure.categories), 3)
    room = room_beside(figure, (wide or WIDTH * scale) - 2 * EDGE, scale)
    if figure.kind in times.KINDS:
        return scale * (times.HEIGHT + (0.9 if titled else 0.0))
    above, below = _around(figure, room, scale)
    return scale * (0.4 * rows + above + below + (0.9 if titled else 0.0))


def _around(figure: Figure, room: float, scale: float) -> tuple[float, float]:
    """The inches above and below the lines of a chart."""
    unit = 0.17 * (len(unit_lines(figure, room, scale)) - 1)
    if figure.kind is FigureKind.HEAT:
        lines = -(-len(maps.HANDLES) // across(maps.HANDLES, room, scale, len(maps.HANDLES)))
        return 0.25, 0.36 + unit + 0.22 * lines
    if figure.kind in {FigureKind.TILES, FigureKind.MATRIX}:
        letters = letters_in(room / max(len(figure.series), 1), scale)
        longest = max((_lines(one.label, letters) for one in figure.series), default=1)
        return 0.15 + 0.16 * longest, 0.45 + unit
    if figure.kind in {FigureKind.RATIOS, FigureKind.RANKED}:
        return 0.1, 0.75 + unit
    if figure.kind in {FigureKind.STACKED, FigureKind.COVERAGE}:
        labels = legend_labels(figure)
        return 0.1, 0.36 + unit + 0.22 * -(-len(labels) // across(labels, room, scale))
    return 0.1, 0.45 + unit


# ---- each kind ------------------------------------------------------------------------------


def _bars(pen: Pen) -> None:
    """One bar per category in the ordered hue, its number beside it."""
    (series,) = pen.figure.series
    longest = max((cell.value or 0.0 for cell in series.cells), default=0.0) or 1.0
    pen.scale_to(longest * 1.12)
    hue = palette.steps(pen.theme)
    for row, cell in enumerate(series.cells):
        colour = hue[row * (len(hue) - 1) // max(len(series.cells) - 1, 1)]
        pen.mark_line(row, [0])
        if cell.value is None:
            pen.gap(row, 0.0, longest * 0.1, cell)
            pen.why(row, longest * 0.12, cell)
        else:
            pen.bar(row, 0.0, cell.value, colour, edge="text")
            pen.word(row, cell.value + longest * 0.015, cell.text, strong=True)
    pen.unit_below()


def _stacked(pen: Pen) -> None:
    """A bar per category, a part for each series; a number where the part is wide enough."""
    parts = [one for one in pen.figure.series if one.key not in ENDS]
    ends = {one.key: one.cells for one in pen.figure.series if one.key in ENDS}
    sums = [
        sum(series.cells[row].value or 0.0 for series in parts)
        for row in range(len(pen.figure.categories))
    ]
    highest = max((cell.value or 0.0 for cell in ends.get("high", ())), default=0.0)
    longest = max(*sums, highest) or 1.0
    pen.scale_to(longest * 1.15)
    for row in range(len(pen.figure.categories)):
        _stack(pen, row, [series.cells[row] for series in parts], longest)
        if ends:
            pen.whisker(row, *(ends[key][row].value for key in ENDS))
    pen.legend_below()


def _stack(pen: Pen, row: int, cells: Sequence[Cell], longest: float) -> None:
    """One bar; where nothing of it may be shown, one gap."""
    if all(cell.value is None for cell in cells):
        pen.mark_line(row, range(len(cells)))
        pen.gap(row, 0.0, longest * 0.1, cells[0])
        pen.why(row, longest * 0.12, cells[0])
        return
    told = enumerate(pen.figure.series)
    ends = [at for at, one in told if one.key in ENDS and one.cells[row].value is not None]
    start = 0.0
    for place, cell in enumerate(cells):
        width = longest * 0.03 if cell.value is None else cell.value
        pen.part(row, start, width, cell, place)
        if width:
            pen.mark(row, [place, *ends], start, start + width)
        start += width
    if not start:
        pen.mark_line(row, range(len(cells)))
        pen.word(row, longest * 0.01, cells[0].text, strong=True)


def _coverage(pen: Pen) -> None:
    """A bar of 100 % per category; what is hidden shares the rest."""
    pen.scale_to(_WHOLE * 1.003)  # the last edge too
    for row in range(len(pen.figure.categories)):
        start = 0.0
        rest = [at for at, one in enumerate(pen.figure.series) if one.cells[row].value is None]
        for place, series in enumerate(pen.figure.series):
            cell = series.cells[row]
            if cell.value is not None:
                pen.part(row, start, cell.value, cell, place)
                if cell.value:
                    pen.mark(row, [place], start, start + cell.value)
                start += cell.value
        if rest:
            pen.gap(row, start, _WHOLE - start, pen.figure.series[rest[-1]].cells[row])
            pen.mark(row, rest, start, _WHOLE)
    pen.legend_below()


def _tiles(pen: Pen) -> None:
    """A tile with its number for each category and series, the darker the more."""
    figure = pen.figure
    most = max((c.value or 0.0 for series in figure.series for c in series.cells), default=0.0)
    pen.columns([series.label for series in figure.series])
    for column, series in enumerate(figure.series):
        for row, cell in enumerate(series.cells):
            pen.tile(row, column, cell, (cell.value or 0.0) / most if most else 0.0)
    pen.unit_below()


_DRAWN: Mapping[FigureKind, Callable[[Pen], None]] = {
    FigureKind.BARS: _bars,
    FigureKind.STACKED: _stacked,
    FigureKind.COVERAGE: _coverage,
    FigureKind.TILES: _tiles,
    FigureKind.RATIOS: ratios.draw,
    FigureKind.HEAT: maps.heat,
    FigureKind.MATRIX: maps.matrix,
    FigureKind.OUTLOOK: times.outlook,
    FigureKind.SHARES: times.shares,
    FigureKind.RANKED: ranked.draw,
}

# ---- what stands around it ------------------------------------------------------------------


def prepare() -> None:
    """Fonts with Latin and Chinese letters are at hand, and a minus sign that they have."""
    mpl.rcParams["font.family"] = [name for name in (*_FAMILIES, _ALWAYS) if name in _fonts()]
    mpl.rcParams["axes.unicode_minus"] = False
    mpl.rcParams["svg.fonttype"] = "path"  # readable where the font is missing
    mpl.rcParams["hatch.linewidth"] = 0.7


@functools.cache
def _fonts() -> frozenset[str]:
    """The families there are, ours among them."""
    font_manager.fontManager.addfont(str(asset("fonts/wqy-microhei.ttc")))
    return frozenset(font_manager.get_font_names())


def written(
    canvas: Canvas, lines: Sequence[tuple[str, float, str]], theme: Theme, scale: float
) -> float:
    """Lines (words, size, colour) stand at the top left; how many inches they take."""
    wide, high = canvas.get_size_inches()
    below = EDGE
    for text, points, colour in lines:
        size = points * scale
        for line in wrapped(text, (wide - 2 * EDGE) * 72 / size):
            canvas.text(
                *(EDGE / wide, 1 - below / high, line), va="top", size=size, color=theme[colour]
            )
            below += size / 72 * LINE
    return below


def wrapped(text: str, room: float) -> list[str]:
    """Lines of at most `room` times the letter size; a Chinese letter is twice as wide."""
    if language() == "zh_CN":
        return _wrapped_chinese(text, max(room, 10))
    return textwrap.wrap(text.translate(_QUOTES), max(int(room / _NARROW), 10)) or [""]


def _wrapped_chinese(text: str, room: float) -> list[str]:
    """Broken after any Chinese letter, but not within numbers and words nor before a mark."""
    lines = [""]
    for part in _PARTS.findall(text):
        if lines[-1] and letters_of(lines[-1] + part.rstrip()) > room:
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
    return [line.rstrip() for line in lines]


def _lines(label: str, letters: int) -> int:
    """On how many lines a column's name stands."""
    room = letters if language() == "zh_CN" else letters / _NARROW
    return len(textwrap.wrap(label, max(int(room), 10))) if label else 1


def layout(
    canvas: Canvas, top: float, foot: float = 0.0, *, between: float = 0.0
) -> ConstrainedLayoutEngine:
    """Room for everything between so many inches of titles and of remarks."""
    wide, high = canvas.get_size_inches()
    across, down = 1 - 2 * EDGE / wide, 1 - (top + foot + 2 * EDGE) / high
    space = (EDGE / wide, (EDGE + foot) / high, across, down)
    return ConstrainedLayoutEngine(rect=space, w_pad=0.02, h_pad=0.02, hspace=between)
