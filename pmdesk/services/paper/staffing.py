"""Rosters and rounds on paper: what hangs in the office; no resident and no room is on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pmdesk.services.paper.sheet import paragraph, pdf, table

_WIDE = 170.0  # millimetres
_FIRST = 26.0


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
    """The first column is narrow, the others share the rest."""
    count = len(rows[0]) - 1
    return (_FIRST, *((_WIDE - _FIRST) / count for _column in range(count)))
