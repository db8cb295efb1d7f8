"""Rows that fit a common person: wrong where only one may, worth knowing where one gives way."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from pmdesk.i18n import N_
from pmdesk.rules.checks.examined import MOST_FOUND, Examined
from pmdesk.rules.checks.mends import Cells, narrowing
from pmdesk.rules.classes import bits_of
from pmdesk.rules.finding import Finding, FindingKind, Mend, Severity
from pmdesk.rules.proofs.overlaps import common
from pmdesk.rules.proofs.remainder import remainder
from pmdesk.rules.rule import HitPolicy

_MOST_TO_KNOW = 5  # findings that are only to know
_MOST_NARROWED = 8  # rows by one click
_MOST_PIECES = 3  # of one row


def overlapping_rows(table: Examined, dropped: frozenset[int]) -> Iterator[Finding]:
    """The overlaps that matter under the table's policy."""
    if table.table.policy is HitPolicy.UNIQUE:
        later = {turn: rows & ~((1 << turn) - 1) for turn, rows in enumerate(table.others)}
        found = {turn: rows for turn, rows in later.items() if rows}
        yield from (_colliding(table, *one) for one in islice(found.items(), MOST_FOUND))
        yield from _more(len(found) - MOST_FOUND, Severity.ERROR)
    else:
        giving = _giving(table, dropped)
        yield from (_yielding(table, *one) for one in islice(giving.items(), _MOST_TO_KNOW))
        yield from _more(len(giving) - _MOST_TO_KNOW, Severity.INFO)


def _more(count: int, severity: Severity) -> Iterator[Finding]:
    if count > 0:
        yield Finding(
            kind=FindingKind.OVERLAP,
            severity=severity,
            sentence=N_("{count} more overlaps are not listed."),
            remedy=N_("They are listed once fewer are left."),
            places={"count": count},
        )


def _colliding(table: Examined, turn: int, rows: int) -> Finding:
    later = tuple(bits_of(rows))
    return Finding(
        kind=FindingKind.OVERLAP,
        severity=Severity.ERROR,
        rules=(table.rule(turn).id, *table.ids(later)),
        sentence=N_("Row {row} overlaps with {others}: there are people whom both fit."),
        remedy=N_("Exactly one row may fit: narrow one, or choose another policy."),
        places={"row": table.number(turn), "others": table.words(later)},
        example=common(table.space, turn, later[0]),
        mend=_narrowing(table, turn, later),
    )


def _giving(table: Examined, dropped: frozenset[int]) -> Mapping[int, Sequence[int]]:
    """Rows that give way where earlier or stronger ones with another tier fit, by these."""
    giving: dict[int, list[int]] = {}
    for turn, others in enumerate(table.others):
        winners = others & (1 << turn) - 1 & ~table.alike[table.rule(turn).tier]
        if winners and turn not in dropped:
            giving.setdefault(winners, []).append(turn)
    return giving


def _yielding(table: Examined, winners: int, turns: Sequence[int]) -> Finding:
    stronger = tuple(bits_of(winners))
    return Finding(
        kind=FindingKind.OVERLAP,
        severity=Severity.INFO,
        rules=(*table.ids(turns), *table.ids(stronger)),
        sentence=N_("Where both fit, {others} decide before {rows}."),
        remedy=N_("Right if the other tier is meant for these people."),
        places={"rows": table.words(turns), "others": table.words(stronger)},
        example=common(table.space, turns[0], stronger[0]),
    )


def _narrowing(table: Examined, turn: int, later: tuple[int, ...]) -> Mend | None:
    if len(later) > _MOST_NARROWED:
        return None
    pieces = {table.rule(other).id: _left(table, turn, other) for other in later}
    made = {rule_id: cells for rule_id, cells in pieces.items() if cells is not None}
    return narrowing(made) if len(made) == len(pieces) else None


def _left(table: Examined, turn: int, other: int) -> tuple[Cells, ...] | None:
    """The cells of the rows that are left of `other`; None where they are many or not writable."""
    space = table.space
    boxes = remainder(space, other, turn)
    if len(boxes) > _MOST_PIECES:
        return None
    cells = [
        tuple(c.cell(bits) for c, bits in zip(space.columns, box, strict=True)) for box in boxes
    ]
    written = [tuple(cell for cell in row if cell is not None) for row in cells]
    return tuple(written) if all(len(row) == len(space.columns) for row in written) else None
