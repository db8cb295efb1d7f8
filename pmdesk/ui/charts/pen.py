"""The strokes that charts are made of, in the colours of the theme."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from pmdesk.analytics.figures import ENDS, GAPS, Cell, Figure, Gap
from pmdesk.i18n import _, language
from pmdesk.ui.charts import palette

Theme = Mapping[str, str]

TEXT, SMALL = 10, 9  # points at text size 100 %

_BAR = 0.62  # thickness, of the distance between two bars
_LEGIBLE = 0.055  # of the axis: narrower parts carry no number
_STEPS = 6
_LETTERS = 11  # of a category's name on one line
_BESIDE, _MOST_BESIDE = 0.4, 0.6  # of an axis that is left to words, on one line and at most
_ACROSS = 4  # names in a line of a legend
_HANDLE = 3.6  # letters that the colour before a name and the space behind it take
_GAP_PATTERNS = {Gap.HIDDEN: "////", Gap.NO_DATA: "...."}


class Pen:
    """Draws one figure on one pair of axes; categories run from top to bottom."""

    def __init__(self, axes: Axes, figure: Figure, theme: Theme, scale: float, room: float) -> None:
        self.axes = axes
        self.figure = figure
        self.theme = theme
        self._scale = scale
        self._room = room  # inches beside the names of the categories
        self._end = 1.0
        # category, series, and the area: left, right, top, bottom on the axes
        self.marks: list[tuple[int, tuple[int, ...], tuple[float, float, float, float]]] = []
        self._bare()

    def size(self, points: float) -> float:
        """So many points at the present text size."""
        return points * self._scale

    @property
    def room(self) -> float:
        """Inches beside the names of the categories, at text size 100 %."""
        return self._room / self._scale

    @property
    def unit(self) -> str:
        """The unit, on as many lines as it takes."""
        return "\n".join(unit_lines(self.figure, self._room, self._scale))

    def numbers(self, top: float, count: int) -> list[float]:
        """At most so many even numbers from 0 to `top`, for an axis."""
        found = MaxNLocator(nbins=count, integer=top >= count).tick_values(0, top)
        return [float(one) for one in found if 0 <= one <= top]

    def scale_to(self, end: float) -> None:
        """The axis reaches from 0 to `end`."""
        self._end = end
        self.axes.set_xlim(0, end)

    def beside(self, rows: Iterable[tuple[str, str]]) -> tuple[list[str], float]:
        """Words for the end of each line, on two lines where room is short, and their share."""
        parts = list(rows)
        lines = [" · ".join(filter(None, one)) for one in parts]
        if (share := self._share(lines)) <= _BESIDE:
            return lines, share
        folded = ["\n".join(filter(None, one)) for one in parts]
        share = self._share(line for one in folded for line in one.split("\n"))
        return folded, min(share, _MOST_BESIDE)

    def _share(self, lines: Iterable[str]) -> float:
        """Which share of the axis the longest line takes."""
        return (max(map(letters_of, lines), default=0.0) + 1.5) * SMALL / 72 / self.room

    def mark(self, row: int, places: Iterable[int], left: float, right: float) -> None:
        """These series of the line are told of where somebody points between `left` and `right`."""
        self.marks.append((row, tuple(places), (left, right, row - 0.5, row + 0.5)))

    def mark_line(self, row: int, places: Iterable[int]) -> None:
        """These series are told of on the whole line."""
        self.mark(row, places, *self.axes.get_xlim())

    def mark_column(self, at: int, places: Iterable[int]) -> None:
        """These series are told of above that place of an axis from left to right."""
        low, high = self.axes.get_ylim()
        self.marks.append((at, tuple(places), (at - 0.5, at + 0.5, high, low)))

    def say(self, sentence: str) -> None:
        """A sentence where the numbers would be."""
        self.axes.set_yticks([])
        self.axes.text(
            *(0.5, 0.5, sentence),
            transform=self.axes.transAxes,
            ha="center",
            va="center",
            size=TEXT * self._scale,
            color=self.theme["muted"],
        )

    def bar(
        self, row: int, start: float, width: float, colour: str, pattern: str = "", edge: str = ""
    ) -> None:
        """A bar, or a part of one."""
        self.axes.barh(
            row,
            width,
            left=start,
            height=_BAR,
            color=colour,
            hatch=pattern,
            hatchcolor=self._stripe(colour, edge),
            edgecolor=self.theme[edge or "base"],
            linewidth=0.8,
        )

    def part(self, row: int, start: float, width: float, cell: Cell, place: int) -> None:
        """The part of a series, with its number where it is wide enough."""
        if cell.value is None:
            self.gap(row, start, width, cell)
            return
        colour, pattern = palette.of_series(self.figure, place, self.theme)
        self.bar(row, start, width, colour, pattern, edge=self._outline(colour))
        if width / self._end >= _LEGIBLE:
            self._number(row, start + width / 2, f"{cell.value:.0f}", colour)

    def gap(self, row: int, start: float, width: float, cell: Cell) -> None:
        """A patterned box for a number that is not there; its width says nothing."""
        pattern = _GAP_PATTERNS[cell.gap or Gap.NO_DATA]
        self.bar(row, start, width, self.theme["base"], pattern, edge="muted")

    def whisker(self, row: int, low: float | None, high: float | None) -> None:
        """The interval around the end of a bar, below it so that no number is crossed."""
        if low is None or high is None:
            return
        ink, level = self.theme["text"], row + _BAR / 2 + 0.08
        wide = self.size(1.2)
        self.axes.plot([low, high], [level, level], color=ink, linewidth=wide, zorder=4)
        for at in (low, high):
            ends = [level - 0.06, level + 0.06]
            self.axes.plot([at, at], ends, color=ink, linewidth=wide, zorder=4)

    def why(self, row: int, start: float, cell: Cell) -> None:
        """Beside a gap, why there is no number."""
        self.word(row, start, _(GAPS[cell.gap or Gap.NO_DATA]))

    def word(
        self, row: int, start: float, text: str, *, strong: bool = False, clear: bool = False
    ) -> None:
        """A word beside a bar; a clear one hides the lines behind it."""
        colour = self.theme["text" if strong else "muted"]
        behind = {"facecolor": self.theme["base"], "edgecolor": "none", "pad": 1.5}
        self.axes.text(
            *(start, row, text),
            ha="left",
            va="center",
            size=SMALL * self._scale,
            color=colour,
            bbox=behind if clear and text else None,
        )

    def columns(self, labels: Sequence[str]) -> None:
        """Columns with their names above them."""
        self.scale_to(len(labels))
        letters = letters_in(self._room / max(len(labels), 1), self._scale)
        self.axes.set_xticks(
            [place + 0.5 for place in range(len(labels))],
            [_narrow(label, letters) for label in labels],
            size=SMALL * self._scale,
        )
        self.axes.xaxis.tick_top()

    def tile(
        self, row: int, column: int, cell: Cell, share: float, text: str | None = None
    ) -> None:
        """A tile, the darker the larger its share of the largest number."""
        self.mark(row, [column], column, column + 1)
        if cell.value is None:
            self.axes.barh(
                row,
                1,
                left=column,
                height=0.94,
                color=self.theme["base"],
                hatch=_GAP_PATTERNS[cell.gap or Gap.NO_DATA],
                edgecolor=self.theme["disabled"],
                linewidth=0,
            )
            return
        colour = palette.shade(self.theme, share, _STEPS)
        self.axes.barh(
            *(row, 1),
            left=column,
            height=0.94,
            color=colour,
            edgecolor=self.theme["base"],
            linewidth=2,
        )
        self.axes.text(
            *(column + 0.5, row, f"{cell.value:.0f}" if text is None else text),
            ha="center",
            va="center",
            size=SMALL * self._scale,
            color=palette.ink_on(colour),
        )

    def unit_below(self) -> None:
        """The unit below the chart, and what the gaps mean."""
        gaps = self.gaps()
        if gaps:
            self.legend(gaps)
        else:
            self.axes.set_xlabel(
                self.unit, loc="left", size=SMALL * self._scale, color=self.theme["muted"]
            )

    def legend_below(self) -> None:
        """The series in their colours and patterns, the unit, and what the gaps mean."""
        handles = []
        parts = (one for one in self.figure.series if one.key not in ENDS)
        for place, series in enumerate(parts):
            colour, pattern = palette.of_series(self.figure, place, self.theme)
            handles.append(
                Patch(
                    facecolor=colour,
                    hatch=pattern,
                    hatchcolor=self._stripe(colour),
                    edgecolor=self.theme[self._outline(colour) or "base"],
                    linewidth=0.8,
                    label=series.label,
                )
            )
        self.legend([*handles, *self.gaps()])

    def gaps(self) -> list[Patch]:
        """A handle for each sort of gap that the figure has."""
        there = {
            cell.gap
            for series in self.figure.series
            if series.key not in ENDS
            for cell in series.cells
        }
        return [
            Patch(
                facecolor=self.theme["base"],
                hatch=pattern,
                edgecolor=self.theme["muted"],
                linewidth=0.8,
                label=_(GAPS[gap]),
            )
            for gap, pattern in _GAP_PATTERNS.items()
            if gap in there
        ]

    def legend(self, handles: Sequence[Artist], *, most: int = _ACROSS, below: float = 0.0) -> None:
        """What colours, patterns and marks mean, below the chart, read line by line."""
        names = [str(one.get_label()) for one in handles]
        columns = across(names, self._room, self._scale, most)
        legend = self.axes.legend(  # it fills column by column
            handles=[one for at in range(columns) for one in handles[at::columns]],
            title=self.unit,
            alignment="left",
            loc="upper left",
            bbox_to_anchor=(0, 0),
            bbox_transform=self.axes.transAxes + self._lowered(below),
            ncols=columns,
            frameon=False,
            fontsize=SMALL * self._scale,
            labelcolor=self.theme["text"],
            handlelength=1.5,
            handleheight=1.1,
            columnspacing=1.6,
            borderpad=0,
            borderaxespad=0.4,
        )
        legend.get_title().set_color(self.theme["muted"])
        legend.get_title().set_fontsize(SMALL * self._scale)

    def _lowered(self, letters: float) -> ScaledTranslation:
        """So many letters further down, whatever the size of the picture."""
        dots = self.axes.figure.get_figure(root=True).dpi_scale_trans
        return ScaledTranslation(0, -letters * SMALL * self._scale / 72, dots)

    def _outline(self, colour: str) -> str:
        """The token of a line around it, for the one that is too near to the ground."""
        return "muted" if colour == self.theme["edge"] else ""

    def _stripe(self, ground: str, edge: str = "") -> str:
        """Patterns of gaps are drawn in the colour of the edge, those of series softly."""
        return self.theme[edge] if edge else palette.stripe_on(ground, self.theme)

    def _number(self, row: int, middle: float, text: str, ground: str) -> None:
        """A number on a bar, on a quiet ground so that patterns do not cross it."""
        self.axes.text(
            middle,
            row,
            text,
            ha="center",
            va="center",
            size=SMALL * self._scale,
            color=palette.ink_on(ground),
            bbox={"facecolor": ground, "edgecolor": "none", "pad": 1.2},
        )

    def _bare(self) -> None:
        """Axes without lines, with the names of the categories."""
        axes = self.axes
        axes.set_facecolor(self.theme["base"])
        for side in axes.spines.values():
            side.set_visible(False)
        axes.tick_params(length=0, labelcolor=self.theme["text"], labelsize=TEXT * self._scale)
        axes.set_xticks([])
        names = [_narrow(name, _LETTERS) for name in self.figure.categories]
        axes.set_yticks(range(len(names)), names)
        axes.set_ylim(max(len(names), 1) - 0.5, -0.5)


def room_beside(figure: Figure, wide: float, scale: float) -> float:
    """The inches that are left of `wide` beside the names of the categories."""
    lines = (line for name in figure.categories for line in _narrow(name, _LETTERS).split("\n"))
    names = max(map(letters_of, lines), default=0.0)
    return max(wide - (names + 2) * TEXT * scale / 72, wide / 3)


def unit_lines(figure: Figure, room: float, scale: float) -> list[str]:
    """The unit of the figure where there are so many inches for it."""
    letters = room * 72 / (SMALL * scale) / (1.0 if language() == "zh_CN" else 0.62)
    return textwrap.wrap(figure.unit, max(int(letters), 10)) or [""]


def legend_labels(figure: Figure) -> tuple[str, ...]:
    """Everything that a legend of all series would name."""
    parts = [series for series in figure.series if series.key not in ENDS]
    there = {cell.gap for series in parts for cell in series.cells}
    gaps = (_(words) for gap, words in GAPS.items() if gap in there)
    return (*(series.label for series in parts), *gaps)


def across(labels: Sequence[str], room: float, scale: float, most: int = _ACROSS) -> int:
    """How many columns of names with their colours stand beside each other in `room` inches."""
    letters = room * 72 / (SMALL * scale)
    wide = [letters_of(one) + _HANDLE for one in labels]
    for columns in range(min(most, len(wide)), 1, -1):
        if sum(max(wide[at::columns]) for at in range(columns)) <= letters:
            return columns
    return 1


def letters_in(room: float, scale: float) -> int:
    """How many Chinese letters of a column's name fit on a line."""
    return min(max(int(room * 72 / (SMALL * scale)) - 1, 2), 7)


def letters_of(text: str) -> float:
    """How wide the text is, in Chinese letters."""
    return sum(0.58 if letter.isascii() else 1.0 for letter in text)


def _narrow(name: str, letters: int) -> str:
    """The name on even lines of at most so many Chinese letters; other words are never broken."""
    if language() != "zh_CN":
        return textwrap.fill(name, letters * 2, break_long_words=False)
    lines = -(-len(name) // letters) or 1
    return textwrap.fill(name, max(-(-len(name) // lines), 1))
