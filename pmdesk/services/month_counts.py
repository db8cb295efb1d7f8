"""Counts of a month, kept so that a later month can be compared; none stands for few people."""

from collections.abc import Mapping

from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.watch import Bins
from pmdesk.domain.watch import FEWEST, WITH, WITHOUT, month_start
from pmdesk.services.classification import table_of
from pmdesk.services.session import Session

TIERS, ELSE = "tier", "else"
TAG, FIELD = "tag:", "field:"
FEW = "~few"  # answers of too few people, together


def keep(session: Session, work: UnitOfWork) -> None:
    """The present month has its counts, in the caller's transaction; nothing before any rules."""
    month = month_start(session.clock.today())
    if work.watch.counts(month) is None and (bins := _counted(work)):
        work.watch.keep_counts(month, bins)


def pooled(counts: Mapping[str, int]) -> Mapping[str, int]:
    """The counts with all that stand for few people put together, until none stands for few.

    Empty where even then somebody could be told.
    """
    shown = {key: count for key, count in counts.items() if count >= FEWEST}
    few = sum(count for key, count in counts.items() if count < FEWEST)
    if 0 < few < FEWEST and shown:
        smallest = min(shown, key=lambda key: (shown[key], key))
        few += shown.pop(smallest)
    if few:
        shown[FEW] = few
    return shown if len(shown) > 1 or (shown and FEW not in shown) else {}


def alike(
    before: Mapping[str, int], now: Mapping[str, int]
) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Both months over the same answers, as near to each other as what is put together allows.

    An answer that only one month tells may have been among the few of the other, so of those it
    gets as many as it has in the month that tells: what still differs did change.
    """
    return _beside(before, now), _beside(now, before)


def _beside(own: Mapping[str, int], other: Mapping[str, int]) -> Mapping[str, float]:
    untold = {key: count for key, count in other.items() if key not in own and key != FEW}
    few, wanted = own.get(FEW, 0), sum(untold.values())
    share = min(1.0, few / wanted) if wanted else 0.0
    return {**own, FEW: max(0, few - wanted)} | {key: share * n for key, n in untold.items()}


def everyone_else(work: UnitOfWork) -> tuple[int, int] | None:
    """People whom only the row for everyone else fits, and all who are classified."""
    active, results = work.rulesets.active(), work.watch_counts.results()
    if active is None or not results:
        return None
    rows = table_of(work, active.document).rules
    catching = {rule.id for rule in rows if rule.fits_everyone} | {""}
    rules = results["rule"]
    total = sum(rules.values())
    return sum(count for rule, count in rules.items() if rule in catching), total


def _counted(work: UnitOfWork) -> Bins:
    results = work.watch_counts.results()
    if not results:
        return {}
    people = sum(results["tier"].values())
    found: dict[str, Mapping[str, int]] = {TIERS: results["tier"]}
    if (share := everyone_else(work)) is not None:
        found[ELSE] = {WITH: share[0], WITHOUT: share[1] - share[0]}
    for tag, count in results["tag"].items():
        found[TAG + tag] = {WITH: count, WITHOUT: people - count}
    for field, counts in work.watch_counts.inputs().items():
        found[FIELD + field] = counts
    kept = {key: pooled(counts) for key, counts in found.items()}
    return {key: counts for key, counts in kept.items() if counts}
