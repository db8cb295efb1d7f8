"""What one version of the service plans says otherwise than another, cell by cell."""

from typing import NamedTuple

from pmdesk.domain.orders.plan_draft import CONTRACT, LINES, PlanCell, PlanDraft, is_less
from pmdesk.domain.orders.plan_reading import Value


class PlanChange(NamedTuple):
    """A cell before and after, and whether a tier had, or has, no value of its own there."""

    cell: PlanCell
    before: Value
    after: Value
    was_contract: bool
    is_contract: bool

    @property
    def less(self) -> bool:
        """Whether less is promised than before."""
        return is_less(self.before, self.after, self.cell.line.aspect)


def plan_changes(before: PlanDraft, after: PlanDraft) -> tuple[PlanChange, ...]:
    """The contract first, then the tiers, each from top to bottom."""
    tiers = dict.fromkeys(cell.tier for draft in (before, after) for cell in draft.own)
    cells = (PlanCell(tier, line) for tier in (CONTRACT, *tiers) for line in LINES)
    return tuple(_change(before, after, cell) for cell in cells if _is_other(before, after, cell))


def is_lower(before: PlanDraft, after: PlanDraft) -> bool:
    """Whether anybody is promised less than before in any respect."""
    return any(change.less for change in plan_changes(before, after))


def same_contract(one: PlanDraft, other: PlanDraft) -> bool:
    """Whether both promise everybody the same."""
    return one.floor == other.floor


def _is_other(before: PlanDraft, after: PlanDraft, cell: PlanCell) -> bool:
    return _own(before, cell) != _own(after, cell)


def _change(before: PlanDraft, after: PlanDraft, cell: PlanCell) -> PlanChange:
    follows = [_own(draft, cell) is None for draft in (before, after)]
    return PlanChange(cell, before.value(cell), after.value(cell), *follows)


def _own(draft: PlanDraft, cell: PlanCell) -> Value | None:
    """None where a tier says what the contract says."""
    shown = cell.tier == CONTRACT or draft.differs(cell)
    return draft.value(cell) if shown else None
