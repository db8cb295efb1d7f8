"""Rosters and rounds on paper: what hangs in the office; no resident and no room is on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from pmdesk.services.paper.sheet import paragraph, pdf, table

_WIDE = 170.0  # millimetres
_FIRST = 26.0
_LEAST, _MOST = 10, 40  # letters of a column that count


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanText:
    """What the paper says, in the user's language; the first row is the heading."""

    title: str
    office: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    footer: str


def plan_pdf(shown: PlanText) -> bytes:
    """The table on A4."""
    parts = [
        paragraph(shown.title, 18),
        paragraph(shown.office, 12),
        *(paragraph(line, 9.5, grey=True) for line in shown.lines),
        table(shown.rows, _widths(shown.rows)),
    ]
    return pdf(parts, shown.title, shown.footer)


def _widths(rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """The first column is narrow, the others share the rest by their longest words."""
    columns = list(zip(*rows, strict=True))[1:]
    longest = [min(max(_LEAST, *map(_letters, column)), _MOST) for column in columns]
    return (_FIRST, *((_WIDE - _FIRST) * one / sum(longest) for one in longest))


def _letters(text: str) -> int:
    """Chinese ones are twice as wide."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
