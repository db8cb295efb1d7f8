"""Cells in positive normal form: what a fact's value may be, with unknown as a value of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.facts import Fact, FactType, Value

NEVER_TRUE = N_("From character {position}: this can never be true.")


class Range(NamedTuple):
    """All values from `low` on and below `high`; None leaves an end open. Days are ordinals."""

    low: int | None
    high: int | None

    def holds(self, value: int) -> bool:
        """Whether `value` lies inside."""
        return (self.low is None or value >= self.low) and (self.high is None or value < self.high)

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies inside."""
        return self.low is not None and self.high is not None and self.low >= self.high

    def is_beyond(self, other: "Range") -> bool:
        """Whether it begins after the other has ended, and does not touch it."""
        return self.low is not None and other.high is not None and self.low > other.high

    @property
    def single(self) -> int | None:
        """The only value inside, if there is only one."""
        if self.low is not None and self.high == self.low + 1:
            return self.low
        return None


EVERYTHING = Range(None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Anything at all, or some values or ranges; it fits unknown only where `unknown` says so."""

    is_any: bool = False
    values: tuple[str | bool, ...] = ()
    ranges: tuple[Range, ...] = ()
    unknown: bool = False

    def __post_init__(self) -> None:
        if not (self.is_any or self.values or self.ranges or self.unknown):
            raise PmdeskError(N_("This cell can never be true."))


ANY = Cell(is_any=True)
UNKNOWN = Cell(unknown=True)


def holds(cell: Cell, value: Value) -> bool:
    """Whether `value` fits; two-valued, because unknown fits only where it is written."""
    if cell.is_any:
        return True
    if value is None:
        return cell.unknown
    if isinstance(value, str | bool):
        return any(type(own) is type(value) and own == value for own in cell.values)
    number = value.toordinal() if isinstance(value, date) else value
    return any(span.holds(number) for span in cell.ranges)


def of_values(values: Iterable[str | bool], fact: Fact, *, unknown: bool = False) -> Cell:
    """The cell for these values, each once, in the order of the fact's options."""
    order = {code: place for place, code in enumerate(fact.codes)}
    return Cell(
        values=tuple(sorted(set(values), key=lambda v: (order.get(str(v), len(order)), v))),
        unknown=unknown,
    )


def of_ranges(ranges: Iterable[Range], *, unknown: bool = False) -> Cell:
    """The cell for these ranges, merged where they touch."""
    return Cell(ranges=_merged(ranges), unknown=unknown)


def united(cells: Sequence[Cell], fact: Fact) -> Cell:
    """The cell that holds whenever one of `cells` does."""
    if any(cell.is_any for cell in cells):
        return ANY
    unknown = any(cell.unknown for cell in cells)
    if fact.is_ordered:
        ranges = _merged(r for cell in cells for r in cell.ranges)
        ranges = (whole_span(fact),) if ranges == (EVERYTHING,) else ranges
        whole = Cell(ranges=ranges, unknown=unknown)
    else:
        whole = of_values((v for cell in cells for v in cell.values), fact, unknown=unknown)
    return ANY if unknown and _is_known(whole, fact) else whole


def known(fact: Fact) -> Cell | None:
    """The cell that holds for every known value, or None for free text."""
    return outside((), fact)


def outside(cells: Sequence[Cell], fact: Fact) -> Cell | None:
    """Every known value of the declared domain outside `cells`; None where nothing is left.

    Free text has no declared domain, so nothing is left there either.
    """
    if fact.is_ordered:
        gaps = _gaps(_merged(r for cell in cells for r in cell.ranges))
        kept = tuple(gap for gap in gaps if meets_span(gap, fact))
        kept = (whole_span(fact),) if kept == (EVERYTHING,) else kept
        return Cell(ranges=kept) if kept else None
    taken = {value for cell in cells for value in cell.values}
    left = [value for value in _domain(fact) if value not in taken]
    return of_values(left, fact) if left else None


def whole_span(fact: Fact) -> Range:
    """The range of every number the fact can be, or of every day."""
    if fact.type is FactType.DATE:
        return EVERYTHING
    return Range(fact.low, None if fact.high is None else fact.high + 1)


def meets_span(span: Range, fact: Fact) -> bool:
    """Whether a value that the fact can have lies in the range."""
    low, high = fact.span
    after = high is not None and span.low is not None and span.low > high
    before = low is not None and span.high is not None and span.high <= low
    return not (after or before)


def _domain(fact: Fact) -> tuple[str | bool, ...]:
    if fact.type is FactType.FLAG:
        return (False, True)
    return fact.codes if fact.type is FactType.CHOICE else ()


def _is_known(cell: Cell, fact: Fact) -> bool:
    if fact.type is FactType.FLAG:
        return len(cell.values) == len(_domain(fact))
    return cell.ranges == (whole_span(fact),)


def _merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for span in sorted(ranges, key=lambda r: (r.low is not None, r.low or 0)):
        last = merged[-1] if merged else None
        if last is None or span.is_beyond(last):
            merged.append(span)
        elif last.high is not None and (span.high is None or span.high > last.high):
            merged[-1] = Range(last.low, span.high)
    return tuple(merged)


def _gaps(ranges: Sequence[Range]) -> tuple[Range, ...]:
    gaps: list[Range] = []
    start: int | None = None
    for place, span in enumerate(ranges):
        if place or span.low is not None:
            gaps.append(Range(start, span.low))
        if span.high is None:
            return tuple(gaps)
        start = span.high
    return (*gaps, Range(start, None))
