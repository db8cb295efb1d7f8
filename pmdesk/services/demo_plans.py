"""Invented service plans for the demo: the office's contract, and later what tiers add to it."""

from collections.abc import Iterable

from pmdesk.domain.office import Changes
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.plan_draft import CONTRACT, Line, PlanCell, PlanDraft, drafted
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.services.orders import floor
from pmdesk.services.plans import desk
from pmdesk.services.session import Session

_OWN = ((CONTRACT, Aspect.RESPOND, Service.ENQUIRY, "8 小时"),)
_ADDED = (
    ("care", Aspect.VISITS, Service.REPAIR, "每年 2 次"),
    ("enhanced", Aspect.VISITS, Service.REPAIR, "每年 4 次"),
    ("enhanced", Aspect.RESPOND, Service.REPAIR, "12 小时"),
    ("special", Aspect.VISITS, Service.REPAIR, "每月 1 次"),
    ("special", Aspect.RESPOND, Service.REPAIR, "4 小时"),
    ("special", Aspect.WAYS, Service.ENQUIRY, "前台、电话、上门、专人联系"),
)


def confirm(session: Session) -> Changes:
    """The contract of the office is published; no tier adds anything yet."""
    return _publish(session, _OWN)


def enrich(session: Session) -> Changes:
    """A later version: tiers add visits, sooner answers and ways."""
    return _publish(session, _ADDED)


def richer(draft: PlanDraft) -> PlanDraft:
    """The draft with what the demo's tiers add."""
    return _with(draft, _ADDED)


def _publish(session: Session, entries: Iterable[tuple[str, Aspect, str, str]]) -> Changes:
    newest = floor.versions(session)[0]
    return desk.publish(session, _with(drafted(newest), entries), newest)


def _with(draft: PlanDraft, entries: Iterable[tuple[str, Aspect, str, str]]) -> PlanDraft:
    for tier, aspect, of, text in entries:
        draft = draft.entered(PlanCell(tier, Line(aspect, of)), text)
    return draft
