"""Who else handles the data: what the books say reaches the notice and the published rules."""

from dataclasses import replace

from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purpose_plans import Booked, Particulars, PurposePlan
from pmdesk.domain.purposes import CONTRACT, Purpose
from pmdesk.i18n import Words
from pmdesk.services.notices import publishing
from pmdesk.services.records import books
from pmdesk.services.session import Session

CHANGED = Words(
    "替我们处理信息或者经常接收信息的单位有变化，名单见告知书。",
    "The companies that handle information for us, or regularly get it, have changed: see the"
    " notice.",
)


def prefilled(session: Session, work: UnitOfWork, plan: PurposePlan) -> PurposePlan:
    """The plan with what the books say now, and then a first sentence on what changed.

    Entries of the books are about the contract's data: that notice names them.
    """
    facts = particulars(session, work, plan)
    if facts.names_like(plan.particulars):
        return plan
    return replace(plan, particulars=facts, summary=CHANGED)


def particulars(session: Session, work: UnitOfWork, plan: PurposePlan) -> Particulars:
    """Who handles the purpose's data now; the office's own words stand where it wrote some."""
    if plan.purpose.code != CONTRACT:
        return plan.particulars
    today = session.clock.today()
    return plan.particulars.following(
        Booked(
            processors=books.processors_words(work, today),
            recipients=books.recipients_words(work, today),
        )
    )


def outdated(session: Session, work: UnitOfWork) -> Purpose | None:
    """The purpose whose notice names others than the books do: it needs a new major version."""
    plan = publishing.plan_in_force(work, CONTRACT)
    if plan is None or work.catalogue.notice(CONTRACT, session.language) is None:
        return None
    named = particulars(session, work, plan).names_like(plan.particulars)
    return None if named else plan.purpose
