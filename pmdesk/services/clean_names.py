"""What rules and purposes are called and say: screened before a second person reads them."""

from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purpose_plans import PurposePlan
from pmdesk.domain.screening import Use
from pmdesk.i18n import Words
from pmdesk.rules.table import DecisionTable
from pmdesk.services import starters
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session

_PURPOSE = Words("目的名称", "Name of the purpose")
_SUMMARY = Words("目的说明", "What the purpose is for")


def require_fair_rules(session: Session, work: UnitOfWork, table: DecisionTable) -> None:
    """RefusedError when a rule's name, reason or legal note holds a refused or ranking word."""
    names = {
        Words(f"规则 {rule.id} 的名称", f"Name of rule {rule.id}"): rule.id for rule in table.rules
    }
    reasons = {}
    for rule in table.rules:
        reasons[Words(f"规则 {rule.id} 的理由", f"Reason of rule {rule.id}")] = rule.reason
        reasons[Words(f"规则 {rule.id} 的依据", f"Legal note of rule {rule.id}")] = rule.legal
    screen.require_fair(session, work, names, reasons)


def require_clean_plan(session: Session, work: UnitOfWork, plan: PurposePlan) -> None:
    """RefusedError when a purpose or a field that the office adds asks for what is refused."""
    local = [one.field for one in plan.local]
    if all(plan.purpose.code != known.code for known in starters.catalogue().purposes):
        names = {_PURPOSE: plan.purpose.name, _SUMMARY: plan.purpose.summary}
        for place, both in names.items():
            use = Use.NAME if place is _PURPOSE else Use.PROSE
            for text in both:
                screen.require_clean(session, work, {place: text}, use)
    for field in local:
        texts = (field.key, *field.label, *(t for option in field.options for t in option.label))
        for text in texts:
            screen.require_clean(session, work, {field.label: text})
        for text in field.necessity:
            screen.require_clean(session, work, {field.label: text}, Use.PROSE)
