"""All findings of a table: what it lacks, and what is proved of its rows while somebody types."""

from collections.abc import Iterator, Sequence

from pmdesk.i18n import N_
from pmdesk.rules.checks.examined import Examined, examined
from pmdesk.rules.checks.lacking import lacking
from pmdesk.rules.checks.merging import mergeable
from pmdesk.rules.checks.missing import missing
from pmdesk.rules.checks.needless import needless, subsumed
from pmdesk.rules.checks.overlapping import overlapping_rows
from pmdesk.rules.facts import Fact
from pmdesk.rules.finding import Finding, FindingKind, Mend, Severity
from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.proofs.proof import Extent
from pmdesk.rules.table import DecisionTable

__all__ = ["Finding", "FindingKind", "Mend", "Severity", "check"]


def check(
    table: DecisionTable,
    catalogue: Sequence[Fact] | None = None,
    budget: Budget | None = None,
) -> tuple[Finding, ...]:
    """All findings, errors first; what the budget did not suffice to prove is one of them.

    `catalogue` are the facts there are today, by default the table's own.
    """
    found = (
        *lacking(table, table.facts if catalogue is None else catalogue),
        *_proved(examined(table, budget or Budget())),
    )
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.severity)))


def _proved(table: Examined) -> Iterator[Finding]:
    rows = needless(table)
    gaps, extent = missing(table)
    yield from overlapping_rows(table, rows.turns)
    yield from rows.findings
    yield from _not_proved(table, rows.undecided, extent)
    yield from subsumed(table, rows)
    yield from mergeable(table, rows.turns)
    yield from gaps


def _not_proved(table: Examined, turns: Sequence[int], extent: Extent) -> Iterator[Finding]:
    if turns:
        yield Finding(
            kind=FindingKind.NOT_PROVED,
            severity=Severity.WARNING,
            rules=table.ids(turns),
            sentence=N_("Not proved in the time there is: whether {others} can ever fire."),
            remedy=N_("Make the cells simpler if you want to be sure."),
            places={"others": table.words(turns)},
        )
    if extent is Extent.NOT_PROVED:
        yield Finding(
            kind=FindingKind.NOT_PROVED,
            severity=Severity.WARNING,
            sentence=N_("Not proved in the time there is: whether these are all whom no row fits."),
            remedy=N_("Make the cells simpler if you want to be sure."),
        )


_ORDER = tuple(Severity)
