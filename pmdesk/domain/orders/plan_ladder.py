"""Where a higher tier is promised less than a lower one: allowed, and worth a second look."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pmdesk.domain.orders.plan_draft import LINES, PlanCell, PlanDraft, is_less, may_type
from pmdesk.domain.orders.plan_reading import Value


class Behind(NamedTuple):
    """A cell of a tier that promises less than a lower tier does, and what that one promises."""

    cell: PlanCell
    lower: str
    value: Value


def behind(draft: PlanDraft, tiers: Sequence[str]) -> Iterator[Behind]:
    """Tier by tier, the lowest first; the same promise for both is as it should be."""
    for at, tier in enumerate(tiers):
        for line in LINES:
            cell = PlanCell(tier, line)
            lower = _lower(draft, cell, tiers[:at]) if may_type(cell) else None
            if lower is not None:
                yield Behind(cell, lower, draft.value(PlanCell(lower, line)))


def _lower(draft: PlanDraft, cell: PlanCell, tiers: Sequence[str]) -> str | None:
    """The nearest of the lower tiers that is promised more there."""
    here = draft.value(cell)
    more = (
        tier
        for tier in reversed(tiers)
        if is_less(draft.value(PlanCell(tier, cell.line)), here, cell.line.aspect)
    )
    return next(more, None)
