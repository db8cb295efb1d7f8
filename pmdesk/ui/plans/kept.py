"""A plan draft as the document that is kept while it is not published."""

import json

from pmdesk.domain.orders.floor import ServicePlan
from pmdesk.domain.orders.plan_draft import Line, PlanCell, PlanDraft, drafted
from pmdesk.domain.orders.plan_form import floor_of, plain, plans_of
from pmdesk.domain.orders.plan_reading import Aspect


def document(draft: PlanDraft, base: ServicePlan, reason: str = "") -> str:
    """What `read` makes the draft of again, and why it promises less."""
    unread = [(cell.tier, *cell.line, text) for cell, text in draft.unread.items()]
    entry = {
        "base": base.version,
        "plan": plain(draft.floors(), draft.plans()),
        "unread": unread,
        "reason": reason,
    }
    return json.dumps(entry, ensure_ascii=False)


def read(text: str) -> tuple[PlanDraft, int, str]:
    """The draft, the version that it started from, and why it promises less."""
    entry = json.loads(text)
    plan = ServicePlan(version=0, floor=floor_of(entry["plan"]), plans=plans_of(entry["plan"]))
    made = drafted(plan)
    for tier, aspect, of, words in entry["unread"]:
        made = made.entered(PlanCell(tier, Line(Aspect(aspect), of)), words)
    return made, entry["base"], entry.get("reason", "")
