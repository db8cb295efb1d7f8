"""A chart as plain data: what it asks, what it answers, and its numbers with their gaps."""

from dataclasses import dataclass, replace
from enum import StrEnum

from pmdesk.i18n import N_, _


class FigureKind(StrEnum):
    """How the numbers are drawn."""

    BARS = "bars"  # one bar per category
    STACKED = "stacked"  # a bar per category, in parts
    TILES = "tiles"  # a number for each category and series
    COVERAGE = "coverage"  # a bar of 100 % per category, in parts
    RATIOS = "ratios"  # a point with its interval per category; the keys of categories say how sure
    HEAT = "heat"  # hours (categories) x days of the week (series), darker for more
    MATRIX = "matrix"  # from the tier of the series to that of the category
    OUTLOOK = "outlook"  # past (bars), expected (line) between low and high (band), roster (line)
    SHARES = "shares"  # `share` as a line over time beside the line `target`; `count` is how many
    RANKED = "ranked"  # `rate` with `low` and `high` per category, `events`; keys: watch or none


class Gap(StrEnum):
    """Why a cell has no number; 0 is a number."""

    HIDDEN = "hidden"  # too few people, or it would tell of too few
    NO_DATA = "no_data"


GAPS = {Gap.HIDDEN: N_("hidden to protect people"), Gap.NO_DATA: N_("no data")}
_SHORT = {**GAPS, Gap.HIDDEN: N_("hidden")}
ENDS = ("low", "high")  # series that are the ends of an interval, not parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A number, or None and why there is none."""

    value: float | None = None
    gap: Gap | None = None
    digits: int = 1  # behind the point; whole numbers have none

    @property
    def text(self) -> str:
        """As it is written in charts and tables."""
        if self.value is None:
            return _(_SHORT[self.gap or Gap.NO_DATA])
        return f"{self.value:,.{self.digits}f}".removesuffix(".0")


HIDDEN = Cell(gap=Gap.HIDDEN)
NO_DATA = Cell(gap=Gap.NO_DATA)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A cell for each category."""

    key: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart: its title is a question, its answer one sentence."""

    key: str
    title: str
    answer: str
    unit: str
    kind: FigureKind
    axis: str  # what the categories are
    categories: tuple[str, ...] = ()
    category_keys: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    remarks: tuple[str, ...] = ()  # of each category, a verdict in words; none: not judged
    remark: str = ""  # what the remarks are
    limit: float | None = None  # of ratios, at which a line stands beside that of no difference
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw; the answer says why."""
        return not (self.categories and self.series)

    def table(self) -> tuple[tuple[str, ...], ...]:
        """The same numbers as rows of text, the first one being the heading."""
        head = (self.axis, *(series.label for series in self.series))
        rows = (
            (name, *(series.cells[place].text for series in self.series))
            for place, name in enumerate(self.categories)
        )
        if not self.remarks:
            return (head, *rows)
        judged = zip(rows, self.remarks, strict=True)
        return ((*head, self.remark), *((*row, remark) for row, remark in judged))

    def turned(self) -> "Figure":
        """The same numbers with the series as categories, and the other way round."""
        return replace(
            self,
            categories=tuple(one.label for one in self.series),
            category_keys=tuple(one.key for one in self.series),
            series=tuple(
                Series(key=key, label=name, cells=tuple(one.cells[place] for one in self.series))
                for place, (key, name) in enumerate(
                    zip(self.category_keys or self.categories, self.categories, strict=True)
                )
            ),
        )


def cell(value: float | None) -> Cell:
    """The number, or hidden for None."""
    return HIDDEN if value is None else Cell(value=value)
