"""Rows without which nothing would change: they never decide, and others give their tags."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pmdesk.i18n import N_
from pmdesk.rules.checks.examined import Examined
from pmdesk.rules.checks.mends import removing
from pmdesk.rules.classes import bits_of
from pmdesk.rules.finding import Finding, FindingKind, Severity
from pmdesk.rules.proofs.overlaps import met
from pmdesk.rules.proofs.proof import Unreachable
from pmdesk.rules.proofs.unreachable import covering, unreachable_in
from pmdesk.rules.rule import HitPolicy

_SENTENCES = {
    FindingKind.IDENTICAL: (
        N_("Row {row} says the same as row {other}."),
        N_("Remove one of the two."),
    ),
    FindingKind.EQUIVALENT: (
        N_("Row {row} is written differently but means the same as row {other}."),
        N_("Remove one of the two."),
    ),
    FindingKind.MASKED: (
        N_("Row {row} can never fire: row {other} always decides before it."),
        N_("Narrow row {other} or remove row {row}."),
    ),
    FindingKind.REDUNDANT: (
        N_("Row {row} can never fire: together, {others} always decide before it."),
        N_("Narrow one of them or remove row {row}."),
    ),
    FindingKind.IMPOSSIBLE: (
        N_("Row {row} can never fit anybody: its cells contradict each other."),
        N_("Correct its cells or remove row {row}."),
    ),
    FindingKind.SUBSUMED: (
        N_("Row {row} changes nothing but the reason: row {other} gives the same to all of them."),
        N_("Remove it if the reason of row {other} will do."),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Needless:
    """The findings about needless rows, and the turns that could not be decided in time.

    Some rows are `silent`: they never decide, but those outside `turns` give a tag.
    """

    findings: tuple[Finding, ...]
    turns: frozenset[int]
    silent: frozenset[int]
    undecided: tuple[int, ...]


def needless(table: Examined) -> Needless:
    """The rows that may all be removed together; afterwards `table.search` bars the others."""
    proof = unreachable_in(table.space, table.others, table.search, table.asking)
    undecided = list(proof.undecided)
    gone: dict[int, Unreachable] = {}
    for one in reversed(proof.found):
        given = _gives_no_tag_alone(table, one.row, gone.keys())
        if given is None:
            undecided.append(one.row)
        elif given:
            gone[one.row] = one
    found = tuple(_told(table, one) for one in sorted(gone.values(), key=lambda one: one.row))
    return Needless(
        findings=found,
        turns=frozenset(gone),
        silent=frozenset(one.row for one in proof.found),
        undecided=tuple(sorted(undecided)),
    )


def subsumed(table: Examined, rows: Needless) -> Iterator[Finding]:
    """Rows that decide, but for people to whom a wider row gives the same if they do not."""
    for turn in range(len(table.order)):
        if turn not in rows.silent:
            wider = _wider(table, turn, rows.turns)
            if wider is not None:
                yield _subsumed(table, turn, wider)


def _gives_no_tag_alone(table: Examined, turn: int, gone: Iterable[int]) -> bool | None:
    """Whether rows that stay give each of its tags whenever it fits; None: not decided in time."""
    staying = table.others[turn] & ~sum(1 << other for other in gone)
    for tag in table.rule(turn).tags - table.given_to_all:
        givers = staying & table.tagged[tag]
        if not covering(table.space, turn, givers):
            found = table.asking.finds(table.space.rows[turn], givers)
            if found is not False:
                return None if found is None else False
    return True


def _wider(table: Examined, turn: int, dropped: frozenset[int]) -> str | None:
    """The id of a row that gives the same to all whom this one decides about."""
    own = table.rule(turn)
    later = table.others[turn] & ~((2 << turn) - 1)
    alike = later & table.alike[own.tier] & ~sum(1 << other for other in dropped)
    for tag in own.tags:
        alike &= table.tagged.get(tag, 0)
    if alike and table.table.policy is not HitPolicy.UNIQUE:
        wider = covering(table.space, turn, alike)
        for other in bits_of(wider):
            between = (1 << other) - 1
            if not later & between & ~table.alike[own.tier]:
                return table.rule(other).id
    last = table.last
    is_like_last = last is not None and last.tier == own.tier and own.tags <= last.tags
    if last is not None and is_like_last and not later & ~table.alike[own.tier]:
        return last.id
    return None


def _told(table: Examined, one: Unreachable) -> Finding:
    box = table.space.rows[one.row]
    kind = FindingKind.REDUNDANT if one.by else FindingKind.IMPOSSIBLE
    if len(one.by) == 1:
        kind = _kind(table, one.row, one.by[0])
        box = met(box, table.space.rows[one.by[0]])
    return Finding(
        kind=kind,
        severity=Severity.WARNING,
        rules=(table.rule(one.row).id, *table.ids(one.by)),
        sentence=_SENTENCES[kind][0],
        remedy=_SENTENCES[kind][1],
        places={
            "row": table.number(one.row),
            "other": table.number(one.by[0]) if one.by else "",
            "others": table.words(one.by),
        },
        example=table.space.somebody(box) if one.by else None,
        mend=removing(table.rule(one.row).id),
    )


def _kind(table: Examined, turn: int, other: int) -> FindingKind:
    own, masker = table.rule(turn), table.rule(other)
    if (own.tier, own.tags) != (masker.tier, masker.tags):
        return FindingKind.MASKED
    if own.cells == masker.cells:
        return FindingKind.IDENTICAL
    is_same = table.space.includes(turn, other)
    return FindingKind.EQUIVALENT if is_same else FindingKind.MASKED


def _subsumed(table: Examined, turn: int, wider: str) -> Finding:
    kind = FindingKind.SUBSUMED
    own = table.rule(turn).id
    return Finding(
        kind=kind,
        severity=Severity.INFO,
        rules=(own, wider),
        sentence=_SENTENCES[kind][0],
        remedy=_SENTENCES[kind][1],
        places={"row": table.number(turn), "other": table.table.place_of(wider) + 1},
        example=table.space.somebody(table.space.rows[turn]),
        mend=removing(own),
    )
