"""What one version of the service plans says otherwise than another, cell by cell."""

from typing import NamedTuple

from pmdesk.domain.orders.plan_draft import CONTRACT, LINES, PlanCell, PlanDraft, is_less
from pmdesk.domain.orders.plan_reading import Value


class PlanChange(NamedTuple):
    """A cell before and after; None where a tier says what the contract says."""

    cell: PlanCell
    before: Value | None
    after: Value | None
    less: bool  # less is promised than before


def plan_changes(before: PlanDraft, after: PlanDraft) -> tuple[PlanChange, ...]:
    """The contract first, then the tiers, each from top to bottom."""
    tiers = dict.fromkeys(cell.tier for draft in (before, after) for cell in draft.own)
    cells = (PlanCell(tier, line) for tier in (CONTRACT, *tiers) for line in LINES)
    return tuple(_change(before, after, cell) for cell in cells if _is_other(before, after, cell))


def same_contract(one: PlanDraft, other: PlanDraft) -> bool:
    """Whether both promise everybody the same."""
    return one.floor == other.floor


def _is_other(before: PlanDraft, after: PlanDraft, cell: PlanCell) -> bool:
    return _own(before, cell) != _own(after, cell)


def _change(before: PlanDraft, after: PlanDraft, cell: PlanCell) -> PlanChange:
    less = is_less(before.value(cell), after.value(cell), cell.line.aspect)
    return PlanChange(cell, _own(before, cell), _own(after, cell), less)


def _own(draft: PlanDraft, cell: PlanCell) -> Value | None:
    shown = cell.tier == CONTRACT or draft.differs(cell)
    return draft.value(cell) if shown else None
