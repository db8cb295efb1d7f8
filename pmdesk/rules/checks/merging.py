"""Two rows that can be one: they give the same and differ in one cell (“partial reduction”)."""

from collections.abc import Iterator
from itertools import islice

from pmdesk.i18n import N_
from pmdesk.rules.cells import Cell
from pmdesk.rules.checks.examined import MOST_FOUND, Examined
from pmdesk.rules.checks.mends import merging
from pmdesk.rules.finding import Finding, FindingKind, Severity
from pmdesk.rules.rule import Rule

_Pair = tuple[int, int, int]  # two turns and the column in which they differ


def mergeable(table: Examined, dropped: frozenset[int]) -> Iterator[Finding]:
    """Pairs of rows of which one can be made without changing anything, each row at most once."""
    return islice(_found(table, dropped), MOST_FOUND)


def _found(table: Examined, dropped: frozenset[int]) -> Iterator[Finding]:
    used = set(dropped)
    for one, other, column in _pairs(table):
        if one not in used and other not in used and not _is_between(table, one, other):
            cell = _union(table, one, other, column)
            if cell is not None:
                used |= {one, other}
                yield _told(table, (one, other, column), cell)


def _pairs(table: Examined) -> Iterator[_Pair]:
    """Pairs of rows that give the same and differ in one column, by what they share."""
    alone: dict[tuple[object, ...], list[int]] = {}
    for turn in range(len(table.order)):
        alone.setdefault(_given(table.rule(turn)), []).append(turn)
    for turns in alone.values():
        if len(turns) > 1:
            yield from _differing(table, turns)


def _differing(table: Examined, turns: list[int]) -> Iterator[_Pair]:
    seen: dict[tuple[int, tuple[int, ...]], int] = {}
    for turn in turns:
        box = table.space.rows[turn]
        for column in range(len(box)):
            shared = column, (*box[:column], *box[column + 1 :])
            if shared in seen:
                yield seen[shared], turn, column
            else:
                seen[shared] = turn


def _given(rule: Rule) -> tuple[object, ...]:
    return rule.tier, rule.tags, rule.reason.strip(), rule.legal.strip()


def _is_between(table: Examined, one: int, other: int) -> bool:
    """Whether a row that comes between decides about some of the later one's people."""
    return bool(table.others[other] & (1 << other) - (2 << one))


def _union(table: Examined, one: int, other: int, column: int) -> Cell | None:
    """The cell of both, if it reads no worse; None where one has it already."""
    bits = table.space.rows[one][column], table.space.rows[other][column]
    both = bits[0] | bits[1]
    cell = table.space.columns[column].cell(both)
    if both in bits or cell is None:
        return None
    longest = max(len(table.rule(turn).cells[column].ranges) for turn in (one, other))
    return cell if len(cell.ranges) <= max(1, longest) else None


def _told(table: Examined, pair: _Pair, cell: Cell) -> Finding:
    one, other, column = pair
    fact = table.table.facts[column]
    kept, merged = table.rule(one).id, table.rule(other).id
    return Finding(
        kind=FindingKind.MERGEABLE,
        severity=Severity.INFO,
        rules=(kept, merged),
        fact=fact.key,
        sentence=N_("Row {row} and row {other} can be one: they differ only in “{label}”."),
        remedy=N_("Making one of them changes nothing for anybody."),
        places={"row": table.number(one), "other": table.number(other), "label": fact.label},
        example=table.space.somebody(table.space.rows[other]),
        mend=merging(kept, merged, fact.key, cell),
    )
