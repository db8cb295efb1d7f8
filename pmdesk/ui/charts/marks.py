"""What stands where in a drawn chart, and what is said of it when somebody points at it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pmdesk.analytics.figures import ENDS, Cell, Figure, FigureKind, Gap
from pmdesk.i18n import N_, _

_WHY = {
    Gap.HIDDEN: N_("Not shown: it would tell of too few people, by itself or by subtraction."),
    Gap.NO_DATA: N_("There was nothing to count here; this is not a zero."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Cells of one category, and where the picture shows them, in shares of its size."""

    category: int
    series: tuple[int, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Across and down."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def distance(self, other: "Mark") -> tuple[float, float]:
        """How many lines away the other one is, and how far to the side."""
        across, down = (abs(a - b) for a, b in zip(self.middle, other.middle, strict=True))
        return round(down, 2), across


# what the keys lead to: the first of these, if there is any
_LINEWISE: Mapping[str, Callable[[Sequence[Mark], int], Sequence[Mark]]] = {
    "next": lambda marks, at: marks[at + 1 :],
    "before": lambda marks, at: marks[:at][::-1],
    "first": lambda marks, _at: marks,
    "last": lambda marks, _at: marks[::-1],
}
_LINE = 0.005  # of the height, that marks of one line differ at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """What it is, its numbers, and the unit or why there is no number."""

    head: str
    lines: tuple[str, ...]
    foot: str

    @property
    def words(self) -> str:
        """As it is read out."""
        return "\n".join(part for part in (self.head, *self.lines, self.foot) if part)


def stepped(marks: Sequence[Mark], now: Mark | None, way: str) -> Mark | None:
    """The mark that a key leads to; None where there is none on that way."""
    if not way or not marks:
        return None
    if now is None or now not in marks:
        return marks[-1] if way == "last" else marks[0]
    at = marks.index(now)
    if way in _LINEWISE:
        return next(iter(_LINEWISE[way](marks, at)), None)
    side = 1 if way == "below" else -1
    others = [one for one in marks if side * (one.middle[1] - now.middle[1]) > _LINE]
    return min(others, key=now.distance, default=None)


def tip(figure: Figure, category: int, series: Sequence[int]) -> Tip:
    """The words of the table for these cells; it knows nothing that the figure does not."""
    told = [figure.series[at] for at in series]
    cells = [(one.label, one.cells[category]) for one in told]
    named = [one for one in told if one.key not in ENDS]
    is_single = len(named) == 1
    main, ends = (cells[:1], cells[1:]) if is_single else (cells, [])
    lines = [cell.text for _label, cell in main] if is_single else list(_grouped(main))
    gaps = {cell.gap for _label, cell in main if cell.gap}
    return Tip(
        head=_head(figure, category, told[0].label if is_single else ""),
        lines=(*lines, *_grouped(ends), *_judged(figure, category)),
        foot=_foot(figure, gaps),
    )


def _head(figure: Figure, category: int, label: str) -> str:
    """The names of line and column; a figure with one series needs no name for it."""
    name = figure.categories[category]
    named = [one for one in figure.series if one.key not in ENDS]
    if not label or len(named) == 1:
        return name
    if figure.kind is FigureKind.MATRIX:
        return _("{before} → now: {tier}").format(before=label, tier=name)
    first, second = (label, name) if figure.kind is FigureKind.HEAT else (name, label)
    return f"{first} · {second}"


def _grouped(cells: Sequence[tuple[str, Cell]]) -> list[str]:
    """A line for each; what has no number for the same reason has one together."""
    lines = []
    for words, group in groupby(cells, lambda one: one[1].text if one[1].gap else ""):
        if words:
            names = _(", ").join(label for label, _cell in group)
            lines.append(_("{name}: {value}").format(name=names, value=words))
        else:
            lines += [_("{name}: {value}").format(name=n, value=cell.text) for n, cell in group]
    return lines


def _judged(figure: Figure, category: int) -> list[str]:
    """The verdict in words."""
    words = figure.remarks[category] if figure.remarks else ""
    return [_("{name}: {value}").format(name=figure.remark, value=words)] if words else []


def _foot(figure: Figure, gaps: Collection[Gap]) -> str:
    """The unit; of gaps why they are there."""
    return "\n".join([*(_(_WHY[gap]) for gap in Gap if gap in gaps)]) or figure.unit
