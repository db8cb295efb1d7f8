"""Whom no row but the last fits: lawful, they have the standard, and worth knowing."""

from collections.abc import Iterable, Sequence

from pmdesk.i18n import N_, _, said
from pmdesk.rules.cells import Cell
from pmdesk.rules.checks.examined import MOST_FOUND, Examined
from pmdesk.rules.checks.mends import adding
from pmdesk.rules.facts import Fact
from pmdesk.rules.finding import Finding, FindingKind, Mend, Severity
from pmdesk.rules.proofs.gaps import gaps_in
from pmdesk.rules.proofs.proof import Extent, Gap
from pmdesk.rules.table import DecisionTable
from pmdesk.rules.words import labelled_words

_WITH_LAST = (
    N_("Only the last row fits: {people}."),
    N_("Right if they are to have what everyone else has; otherwise add a row for them."),
)
_WITHOUT_LAST = (
    N_("No row fits: {people}."),
    N_("Add a row for them, and at the end a row for everyone else."),
)


def missing(table: Examined) -> tuple[tuple[Finding, ...], Extent]:
    """The gaps above the last row, and whether these are all."""
    proof = gaps_in(table.space, table.search, MOST_FOUND)
    found = [_gap(table.table, gap) for gap in proof.found]
    if proof.extent is Extent.LIMITED:
        found.append(_more(table.table, len(found)))
    return tuple(found), proof.extent


def box_words(facts: Sequence[Fact], cells: Sequence[Cell | None]) -> str:
    """The people in a box: each fact that is asked, with its cell; None is any other text."""
    asked = (
        (fact, _("any other text") if cell is None else labelled_words(cell, fact))
        for fact, cell in zip(facts, cells, strict=True)
        if cell is None or not cell.is_any
    )
    return _joined(asked) or _("everyone")


def _gap(table: DecisionTable, gap: Gap) -> Finding:
    sentence, remedy = _WITH_LAST if table.is_complete else _WITHOUT_LAST
    return Finding(
        kind=FindingKind.GAP,
        severity=_severity(table),
        sentence=sentence,
        remedy=remedy,
        places={"people": box_words(table.facts, gap.cells)},
        example=gap.example,
        mend=_adding(gap),
    )


def _adding(gap: Gap) -> Mend | None:
    cells = tuple(cell for cell in gap.cells if cell is not None)
    return adding(cells) if len(cells) == len(gap.cells) else None


def _more(table: DecisionTable, count: int) -> Finding:
    return Finding(
        kind=FindingKind.GAP,
        severity=_severity(table),
        sentence=N_("More people than those {count} kinds fit no other row."),
        remedy=N_("They are listed once fewer are left."),
        places={"count": count},
    )


def _severity(table: DecisionTable) -> Severity:
    return Severity.INFO if table.is_complete else Severity.ERROR


def _joined(pairs: Iterable[tuple[Fact, str]]) -> str:
    """The facts with their words, those with the same words together."""
    labels: dict[str, list[str]] = {}
    for fact, words in pairs:
        labels.setdefault(words, []).append(f"“{said(fact.label)}”")
    return _("; ").join(f"{_(', ').join(named)}{_(': ')}{words}" for words, named in labels.items())
